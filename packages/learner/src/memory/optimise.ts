/**
 * Weights of FSRS-6 by maximum posterior likelihood: Adam on mini-batches of histories with a falling rate, the penalty
 * sum_k ((w_k - default_k) / spread_k)^2 / 2, bounds after every step. First stabilities move on a log scale (they span
 * five orders of magnitude), the others in units of their spread.
 */
import type { Random } from '@qurriculum/random';
import { createPause } from '../pause.ts';
import { createAdam } from '../tracing/network/adam.ts';
import type { Histories } from './histories.ts';
import { createTrace, lossOfHistories } from './likelihood.ts';
import { boundedWeights, defaultMemoryWeights, memoryWeightSpread, WEIGHTS } from './weights.ts';

/** Reviews in a mini-batch: a few hundred hold the gradient's direction, and leave many steps to an epoch. */
const BATCH_REVIEWS = 500;
/** Times through the histories, and steps at least: little data is gone through more often. */
const EPOCHS = 6;
const LEAST_STEPS = 160;
/** Adam's rate at first, in units of spread (log units for first stabilities). */
const RATE = 0.08;
/** Gradients are means over the batch's reviews; larger ones than this are scaled down. */
const CLIP = 5;
/** The first four weights are stabilities. */
const STABILITIES = 4;

export interface OptimiseOptions {
  readonly random: Random;
  readonly signal?: AbortSignal;
  /** 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

/** Fits weights to the histories named; the defaults where they hold no review. */
export async function optimiseWeights(
  histories: Histories,
  which: Int32Array,
  { random, signal, onProgress }: OptimiseOptions,
): Promise<readonly number[]> {
  const pause = createPause(signal);
  const useful = Int32Array.from([...which].filter((h) => reviewsOf(histories, h) > 0));
  const reviews = useful.reduce((sum, h) => sum + reviewsOf(histories, h), 0);
  if (reviews === 0) return defaultMemoryWeights;
  const batches = Math.max(1, Math.round(reviews / BATCH_REVIEWS));
  const steps = Math.max(LEAST_STEPS, EPOCHS * batches);
  const trace = createTrace(histories);
  const gradient = new Float64Array(WEIGHTS);
  const scaled = new Float64Array(WEIGHTS);
  let w: readonly number[] = [...defaultMemoryWeights];
  const place = Float64Array.from(w, toPlace);
  const step = createAdam(place, { clip: CLIP });
  for (let done = 0; done < steps; ) {
    random.shuffle(useful);
    for (let batch = 0; batch < batches && done < steps; batch++, done++) {
      await pause();
      const from = Math.floor((batch * useful.length) / batches);
      const part = useful.subarray(from, Math.floor(((batch + 1) * useful.length) / batches));
      gradient.fill(0);
      lossOfHistories(w, histories, part, trace, gradient);
      const share = batches / reviews;
      for (let k = 0; k < WEIGHTS; k++) {
        const pull = (w[k] - defaultMemoryWeights[k]) / memoryWeightSpread[k] ** 2 / reviews;
        scaled[k] = (gradient[k] * share + pull) * unitOf(w[k], k);
      }
      step(scaled, (RATE * (1 + Math.cos((Math.PI * done) / steps))) / 2);
      w = boundedWeights(Array.from(place, fromPlace));
      for (let k = 0; k < WEIGHTS; k++) place[k] = toPlace(w[k], k);
      onProgress?.((done + 1) / steps);
    }
  }
  return w;
}

/** Reviews of a history, one answer on several skills counting its share. */
export function reviewsOf({ start, days, weight }: Histories, h: number): number {
  let sum = 0;
  for (let at = start[h]; at < start[h + 1]; at++) if (days[at] > 0) sum += weight[at];
  return sum;
}

const toPlace = (value: number, k: number): number =>
  k < STABILITIES ? Math.log(value) : value / memoryWeightSpread[k];
const fromPlace = (place: number, k: number): number =>
  k < STABILITIES ? Math.exp(place) : place * memoryWeightSpread[k];
/** d weight / d place. */
const unitOf = (value: number, k: number): number => (k < STABILITIES ? value : memoryWeightSpread[k]);
