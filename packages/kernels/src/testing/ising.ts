/** Models for tests of the annealers and the tabu search, and what they are held against. */
import { createRandom } from '@qurriculum/random';
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

/** A random Ising model with the given chance of a pair; `draw` gives its biases. */
export function randomModel(
  size: number,
  chance: number,
  seed: number,
  draw: (random: () => number) => number,
): IsingRows {
  const random = createRandom(seed);
  const dense = Array.from({ length: size }, () => new Float64Array(size));
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size; j++) if (random.chance(chance)) dense[i][j] = dense[j][i] = draw(random.next);
  }
  const rowStart = [0];
  const neighbour: number[] = [];
  const bias: number[] = [];
  for (const row of dense) {
    for (let j = 0; j < size; j++) {
      if (row[j] === 0) continue;
      neighbour.push(j);
      bias.push(row[j]);
    }
    rowStart.push(neighbour.length);
  }
  return {
    linear: Float64Array.from({ length: size }, () => (random.chance(0.5) ? 0 : draw(random.next))),
    rowStart: Int32Array.from(rowStart),
    neighbour: Int32Array.from(neighbour),
    bias: Float64Array.from(bias),
  };
}
