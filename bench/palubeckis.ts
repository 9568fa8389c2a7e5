/**
 * Palubeckis' p-instances (Palubeckis 2004, "Multistart tabu search strategies for the unconstrained binary quadratic
 * optimization problem", section 4): dense QUBOs too large to store, made again from size, density and seed. Lehmer's
 * generator s := 16807 s mod (2^31 - 1), r = s / 2^31; row by row q_ii = floor(201 r - 100), then for each j > i one draw
 * decides by the density whether another gives q_ij.
 */
import { type BinaryQuadraticModel, createBqm } from '@qurriculum/problems';

export interface PalubeckisInstance {
  readonly name: string;
  readonly size: number;
  /** Chance of a pair, in per cent. */
  readonly density: number;
  readonly seed: number;
  /** The best value known, of sum_ij q_ij x_i x_j, to be maximised. */
  readonly best: number;
}

/** The instances with known values; pal2500.1 stands in for bqp2500, whose value others reached too. */
export const PALUBECKIS: readonly PalubeckisInstance[] = [
  { name: 'pal2500.1', size: 2500, density: 10, seed: 25001, best: 1402728 },
  { name: 'p3000.1', size: 3000, density: 50, seed: 31000, best: 3931583 },
  { name: 'p3000.2', size: 3000, density: 80, seed: 32000, best: 5193073 },
  { name: 'p4000.1', size: 4000, density: 50, seed: 41000, best: 6181830 },
  { name: 'p5000.1', size: 5000, density: 50, seed: 51000, best: 8559680 },
];

/** The instance as a model to minimise: its energy is minus the value. */
export function palubeckisModel({ size, density, seed }: PalubeckisInstance): BinaryQuadraticModel {
  let state = seed;
  const draw = (): number => {
    // 16807 s < 2^46 is exact in float64.
    state = (16807 * state) % 2147483647;
    return state / 2147483648;
  };
  const coefficient = (): number => Math.floor(201 * draw() - 100);
  const linear: number[] = [];
  const quadratic: [number, number, number][] = [];
  for (let i = 0; i < size; i++) {
    linear.push(-coefficient());
    for (let j = i + 1; j < size; j++) {
      if (100 * draw() > density) continue;
      const value = coefficient();
      // Off the diagonal an entry counts twice.
      if (value !== 0) quadratic.push([i, j, -2 * value]);
    }
  }
  return createBqm({ vartype: 'BINARY', variables: size, linear, quadratic });
}
