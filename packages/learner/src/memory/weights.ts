/**
 * The 21 weights of FSRS-6 (Ye, Su & Cao 2022, "A stochastic shortest path algorithm for optimizing spaced repetition
 * scheduling", KDD, and the project's "The Algorithm", section FSRS-6): defaults and bounds as `ts-fsrs` has them.
 */
import { CLAMP_PARAMETERS, clipParameters, default_w, W17_W18_Ceiling } from 'ts-fsrs';

/** How many weights FSRS-6 has. */
export const WEIGHTS = 21;

/** FSRS-6's own, fitted by its authors to the reviews of about 10,000 people. */
export const defaultMemoryWeights: readonly number[] = default_w;

/** Lowest and highest value of each weight. */
export const memoryWeightBounds: readonly (readonly number[])[] = CLAMP_PARAMETERS(W17_W18_Ceiling);

/**
 * How far fitted weights of different people lie apart: standard deviations as the project's optimiser (`fsrs-rs`,
 * training) has them for its penalty towards the defaults.
 */
export const memoryWeightSpread: readonly number[] = [
  6.43, 9.66, 17.58, 27.85, 0.57, 0.28, 0.6, 0.12, 0.39, 0.18, 0.33, 0.3, 0.09, 0.16, 0.57, 0.25, 1.03, 0.31, 0.32,
  0.14, 0.27,
];

/** Weights inside their bounds. @throws RangeError unless they are 21 finite numbers. */
export function boundedWeights(weights: readonly number[]): readonly number[] {
  if (weights.length !== WEIGHTS || !weights.every(Number.isFinite)) {
    throw new RangeError(
      `memory: expected ${WEIGHTS} finite weights, got ${weights.length} (${weights.slice(0, 3).join(', ')}, …); take FSRS-6 weights.`,
    );
  }
  return clipParameters([...weights], 1);
}
