/**
 * Fields of an Ising model, F_i = 2 (h_i + sum_j J_ij s_j): flipping s_i changes the energy by -s_i F_i, and the field of
 * each neighbour by -4 J_ij s_i.
 */
import type { BinaryQuadraticModel } from '@qurriculum/problems';

export function fieldsOf(spin: BinaryQuadraticModel, spins: ArrayLike<number>): Float64Array {
  const { linear, rowStart, neighbour, bias } = spin;
  return Float64Array.from(linear, (own, i) => {
    let sum = own;
    for (let k = rowStart[i]; k < rowStart[i + 1]; k++) sum += bias[k] * spins[neighbour[k]];
    return 2 * sum;
  });
}

/** Flips spin i and keeps the fields. */
export function flipSpin(spin: BinaryQuadraticModel, spins: Int32Array, fields: Float64Array, i: number): void {
  const { rowStart, neighbour, bias } = spin;
  const change = 4 * spins[i];
  for (let k = rowStart[i]; k < rowStart[i + 1]; k++) fields[neighbour[k]] -= change * bias[k];
  spins[i] = -spins[i];
}

/** E without the offset, from spins and their fields: sum_i s_i (F_i + 2 h_i) / 4. */
export function fieldEnergy(spin: BinaryQuadraticModel, spins: Int32Array, fields: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < spins.length; i++) sum += spins[i] * (fields[i] + 2 * spin.linear[i]);
  return sum / 4;
}

/** What flips that lower the energy make of spins and their fields, both left as they are; energy without the offset. */
export function settle(
  spin: BinaryQuadraticModel,
  from: Int32Array,
  around: Float64Array,
): { readonly energy: number; readonly spins: Int32Array } {
  const spins = Int32Array.from(from);
  const fields = Float64Array.from(around);
  descend(spin, spins, fields);
  return { energy: fieldEnergy(spin, spins, fields), spins };
}

/** Flips whatever lowers the energy, in order, until nothing does. */
export function descend(spin: BinaryQuadraticModel, spins: Int32Array, fields: Float64Array): void {
  // Rounding may leave a gain of next to nothing for ever: gains count from a part of the largest field on.
  const least = 1e-12 * fields.reduce((most, field) => Math.max(most, Math.abs(field)), 0);
  for (let moved = true; moved; ) {
    moved = false;
    for (let i = 0; i < spins.length; i++) {
      if (spins[i] * fields[i] <= least) continue;
      flipSpin(spin, spins, fields, i);
      moved = true;
    }
  }
}
