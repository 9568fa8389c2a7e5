/**
 * The twin that the annealing kernels are measured against: one replica, the fastest scalar TypeScript loop that we know
 * for it. Compressed rows, fields kept up to date by flips, 32-bit integers wherever the model has whole numbers; a draw
 * of xorshift32 (Marsaglia 2003) only for moves uphill that have a chance.
 */
import type { IsingRows } from '@qurriculum/kernels';

const THRESHOLD_BITS = 12;
/** Up to this size thresholds are scaled at each use: scaling the table once per sweep would take longer. */
const FEW_VARIABLES = 1000;

export interface ScalarAnnealer {
  start(seed: number): void;
  sweep(betas: ArrayLike<number>): void;
  energy(): number;
}

/** The loops are closures of each annealer, so that V8 compiles one for whole and one for real numbers. */
export function createScalarAnnealer(model: IsingRows): ScalarAnnealer {
  const isWhole = (value: number): boolean => Number.isInteger(2 * value);
  const whole = model.linear.every(isWhole) && model.bias.every(isWhole);
  const numbers = (length: number) => (whole ? new Int32Array(length) : new Float64Array(length));
  const { linear, rowStart, neighbour } = model;
  const size = linear.length;
  const weights = numbers(model.bias.length);
  for (let k = 0; k < weights.length; k++) weights[k] = 4 * model.bias[k];
  const spins = numbers(size);
  const fields = numbers(size);
  const rows = 2 ** THRESHOLD_BITS;
  const quantiles = Float64Array.from({ length: rows }, (_, k) => -Math.log((k + 0.5) / rows));
  const thresholds = numbers(rows);
  const shift = 32 - THRESHOLD_BITS;
  let state = 1;

  function flip(i: number, spin: number): void {
    spins[i] = -spin;
    const end = rowStart[i + 1];
    for (let k = rowStart[i]; k < end; k++) fields[neighbour[k]] -= weights[k] * spin;
  }

  function sweepScaling(temperature: number): void {
    const most = quantiles[0] * temperature;
    for (let i = 0; i < size; i++) {
      const spin = spins[i];
      const cost = -spin * fields[i];
      if (cost > 0) {
        if (cost > most) continue;
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        if (cost > quantiles[state >>> shift] * temperature) continue;
      }
      flip(i, spin);
    }
  }

  function sweepScaled(temperature: number): void {
    for (let k = 0; k < rows; k++) thresholds[k] = quantiles[k] * temperature;
    const most = thresholds[0];
    for (let i = 0; i < size; i++) {
      const spin = spins[i];
      const cost = -spin * fields[i];
      if (cost > 0) {
        if (cost > most) continue;
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        if (cost > thresholds[state >>> shift]) continue;
      }
      flip(i, spin);
    }
  }

  return {
    start(seed) {
      state = seed | 1;
      for (let i = 0; i < size; i++) {
        state = (Math.imul(state, 1664525) + 1013904223) | 0;
        spins[i] = state < 0 ? -1 : 1;
      }
      state |= 1;
      for (let i = 0; i < size; i++) {
        let field = 2 * linear[i];
        for (let k = rowStart[i]; k < rowStart[i + 1]; k++) field += 2 * model.bias[k] * spins[neighbour[k]];
        fields[i] = field;
      }
    },
    sweep(betas) {
      const run = size <= FEW_VARIABLES ? sweepScaling : sweepScaled;
      // Whole thresholds must fit 32 bits; a flip that costs 2^30 steps is refused at any temperature that matters.
      for (let k = 0; k < betas.length; k++) run(Math.min(2 ** 26, 1 / betas[k]));
    },
    energy() {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += spins[i] * (fields[i] + 2 * linear[i]);
      return sum / 4;
    },
  };
}
