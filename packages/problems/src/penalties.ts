/**
 * Penalties that nobody tunes: rounds of sampling, after each of which those of broken rows are raised. Once a sample
 * keeps all rows, those of rows that no sample breaks are lowered a little: penalties too large hide the objective from a
 * sampler. Before that lowering would only chase the raises.
 */
import type { ConstrainedQuadraticModel } from './cqm.ts';
import { cqmEnergy, cqmViolations } from './cqm-operations.ts';
import { type ConvertedCqm, type CqmToBqmOptions, cqmToBqmSteps } from './cqm-to-bqm.ts';
import { ProblemError } from './errors.ts';
import { runSteps, type Steps } from './steps.ts';

export interface RefineOptions {
  /** Factor for rows that some sample breaks; above 1. Default 2. */
  readonly raise?: number;
  /** Factor for rows that no sample breaks, once a sample keeps all; above 0, at most 1. Default 0.9, so that seven quiet rounds undo a raise. */
  readonly lower?: number;
}

/** Penalties for the next round, from samples in values of the constrained model. */
export function refinePenalties(
  cqm: ConstrainedQuadraticModel,
  penalties: ArrayLike<number>,
  samples: Iterable<ArrayLike<number>>,
  { raise = 2, lower = 0.9 }: RefineOptions = {},
): Float64Array {
  if (!(raise > 1 && lower > 0 && lower <= 1)) {
    throw new ProblemError(
      'BAD_COEFFICIENT',
      `refinePenalties: expected raise above 1 and lower from 0 to 1, got ${raise} and ${lower}; correct them.`,
    );
  }
  const broken = new Set<string>();
  let quiet = 1;
  for (const values of samples) {
    const violations = cqmViolations(cqm, values);
    if (violations.length === 0) quiet = lower;
    for (const { name } of violations) broken.add(name);
  }
  return Float64Array.from(penalties, (penalty, r) => penalty * (broken.has(cqm.constraints[r].name) ? raise : quiet));
}

export interface PenaltyRounds extends CqmToBqmOptions, RefineOptions {
  /** Rounds of sampling at most. Default 8. */
  readonly rounds?: number;
  /** Asked after each round, with its samples in values of the constrained model, whether that will do. Default: never. */
  readonly enough?: (samples: readonly Int32Array[]) => boolean;
  /** Does the steps of a conversion; null gives up, and what there is is the answer. Default: all at once. */
  readonly convert?: (steps: Steps<ConvertedCqm>) => Promise<ConvertedCqm | null>;
}

export interface PenaltyResult {
  /** The cheapest sample that keeps every row, in values of the constrained model; null when no round found one. */
  readonly values: Int32Array | null;
  /** The penalties of the last round; empty when no conversion was finished. */
  readonly penalties: Float64Array;
}

/**
 * Samples a constrained model by a sampler of BQMs: converts, samples, refines. The sampler gets the converted model and the
 * round, from 0, and answers samples of `converted.bqm`.
 */
export async function sampleByPenalties(
  cqm: ConstrainedQuadraticModel,
  sample: (converted: ConvertedCqm, round: number) => Promise<Iterable<ArrayLike<number>>>,
  options: PenaltyRounds = {},
): Promise<PenaltyResult> {
  const convert = options.convert ?? (async (steps: Steps<ConvertedCqm>) => runSteps(steps));
  let best: Int32Array | null = null;
  let penalties: Float64Array = new Float64Array(0);
  let converted = await convert(cqmToBqmSteps(cqm, options));
  for (let round = 0; converted; ) {
    penalties = converted.penalties;
    const samples = Array.from(await sample(converted, round), converted.invert);
    for (const values of samples) {
      if (cqmViolations(cqm, values).length > 0) continue;
      if (best === null || cqmEnergy(cqm, values) < cqmEnergy(cqm, best)) best = values;
    }
    if (++round >= (options.rounds ?? 8) || options.enough?.(samples)) break;
    const refined = refinePenalties(cqm, penalties, samples, options);
    converted = await convert(cqmToBqmSteps(cqm, { ...options, penalties: refined }));
  }
  return { values: best, penalties };
}
