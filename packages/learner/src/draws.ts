/**
 * Single draws that depend on nothing but a seed and labels: how two policies meet the same luck whatever each did
 * before (common random numbers; Law, Simulation Modeling and Analysis, section 11.2).
 */
import { mixSeed } from '@qurriculum/random';

/** A uniform draw in [0, 1) that depends on nothing but the seed and the labels. */
export function uniform(seed: number, ...labels: readonly (string | number)[]): number {
  return mixSeed(seed, ...labels) * 2 ** -32;
}

/** A standard normal draw that depends on nothing but the seed and the labels (Box & Muller 1958). */
export function gaussian(seed: number, ...labels: readonly (string | number)[]): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform(seed, ...labels, 'radius')));
  return radius * Math.cos(2 * Math.PI * uniform(seed, ...labels, 'angle'));
}
