/**
 * Population annealing (Hukushima & Iba 2003; Machta 2010, "Population annealing with weighted averages", section II):
 * each time that the inverse temperature rises by d, replica l is copied or dropped so that n_l copies of it are
 * expected, n_l = R w_l / sum w, w_l = exp(-d E_l). Where plain restarts would spend most reads in poor valleys, all
 * replicas end up in the good ones.
 */
import type { ReplicaAnnealer } from '@qurriculum/kernels';
import type { Random } from '@qurriculum/random';

/** Resamples the replicas of an annealer, whose energies these are, for a step up in inverse temperature. */
export function resample(
  annealer: Pick<ReplicaAnnealer, 'copy' | 'replicas'>,
  energies: ArrayLike<number>,
  step: number,
  random: Random,
): void {
  const copies = systematicCopies(energies, step, random.next());
  const free: number[] = [];
  for (let lane = 0; lane < copies.length; lane++) if (copies[lane] === 0) free.push(lane);
  for (let lane = 0; lane < copies.length; lane++) {
    for (let extra = copies[lane]; extra > 1; extra--) {
      const to = free.pop();
      if (to !== undefined) annealer.copy(lane, to);
    }
  }
}

/**
 * Copies of each replica by systematic resampling: the marks (u + k) / R, k = 0 ... R - 1, counted in the intervals of
 * cumulated weight, so that n_l is the expected number rounded up or down. They add up to R.
 */
export function systematicCopies(energies: ArrayLike<number>, step: number, u: number): Uint32Array {
  const count = energies.length;
  let least = Number.POSITIVE_INFINITY;
  for (let lane = 0; lane < count; lane++) least = Math.min(least, energies[lane]);
  const weights = Float64Array.from(energies, (energy) => Math.exp(-step * (energy - least)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const copies = new Uint32Array(count);
  let cumulated = 0;
  let mark = 0;
  for (let lane = 0; lane < count; lane++) {
    cumulated += (weights[lane] / total) * count;
    // Rounding may leave the last interval short of its end: it takes what is left.
    while (mark < count && (mark + u < cumulated || lane === count - 1)) {
      copies[lane]++;
      mark++;
    }
  }
  return copies;
}
