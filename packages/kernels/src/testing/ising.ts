/** What tests of both annealers hold them against. */
import type { IsingRows } from '../lane-model.ts';

/** Energy of spins by its definition: every pair stands in the rows twice. */
export function energy(model: IsingRows, spins: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < model.linear.length; i++) {
    sum += model.linear[i] * spins[i];
    for (let k = model.rowStart[i]; k < model.rowStart[i + 1]; k++) {
      sum += 0.5 * model.bias[k] * spins[i] * spins[model.neighbour[k]];
    }
  }
  return sum;
}

/** Factors that rise in equal steps to `last`. */
export const ramp = (count: number, last: number) =>
  Float64Array.from({ length: count }, (_, k) => (last * (k + 1)) / count);
