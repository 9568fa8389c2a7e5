/**
 * `bifurcate`: discrete simulated bifurcation (Goto et al. 2021, "High-performance combinatorial optimization based on
 * classical mechanics", equations 9 to 11). Oscillators with positions x_i and momenta y_i feel the signs of the others,
 *
 *   y_i += (-(1 - a(t)) x_i - c (h_i + sum_j J_ij sgn x_j)) dt,   x_i += y_i dt,   a(t) = t from 0 to 1,
 *
 * with walls at |x_i| = 1 that take the momentum, c = 1/2 / rms_i(sqrt(h_i^2 + sum_j J_ij^2)), and the spins are sgn x_i.
 *
 * Work: { reads: 32, steps: 1000 }; a read answers the best signs seen, after flips that lower the energy. `workDone` counts
 * updates of one oscillator as proposals, those flips not.
 */
import { inRanges, type Steps } from '@qurriculum/kernels';
import type { BinaryQuadraticModel, Platform, Solver } from '@qurriculum/problems';
import { fieldsOf, flipSpin, settle } from './spin-fields.ts';
import { createSpinSolver, type SpinRead } from './spin-solver.ts';
import { sweepsPerSlice } from './sweep-slices.ts';

/** The time step of the paper's benchmarks is between 0.5 and 1.25. */
const TIME_STEP = 1;
/** Positions and momenta start within this. */
const START = 0.1;
/** Steps between two looks at the energy: a tenth of a read, or fewer where steps are long. */
const LOOKS = 10;

/** Simulated bifurcation for unconstrained models. */
export function createBifurcateSolver(platform: Platform): Solver {
  return createSpinSolver(platform, {
    name: 'bifurcate',
    kind: 'classical',
    description: 'Simulated bifurcation: choices swing like pendulums that pull at each other until they settle.',
    unit: 'steps',
    length: 1000,
    reads: 32,
    open: openBifurcation,
    // A step moves every oscillator once; whether its sign changes follows.
    proposals: (variables) => variables,
  });
}

/** Reads of a model. */
export function* openBifurcation(spin: BinaryQuadraticModel): Steps<(read: SpinRead) => Promise<Int32Array>> {
  // F holds twice the force.
  const strength = (yield* coupling(spin)) / 2;
  return (read) => bifurcate(spin, strength, read);
}

/** c; 1 for a model without terms. */
function* coupling(spin: BinaryQuadraticModel): Steps<number> {
  let squares = 0;
  for (const values of [spin.linear, spin.bias]) {
    yield* inRanges(values.length, (from, to) => {
      for (let k = from; k < to; k++) squares += values[k] * values[k];
    });
  }
  return squares === 0 ? 1 : 0.5 / Math.sqrt(squares / spin.linear.length);
}

async function bifurcate(spin: BinaryQuadraticModel, strength: number, read: SpinRead): Promise<Int32Array> {
  const { start, random, length } = read;
  const spins = Int32Array.from(start);
  const fields = fieldsOf(spin, spins);
  const positions = Float64Array.from(spins, (sign) => sign * START * random.next());
  const momenta = Float64Array.from(spins, () => START * (2 * random.next() - 1));
  await read.look(0, Number.POSITIVE_INFINITY);
  const slice = Math.min(Math.ceil(length / LOOKS), sweepsPerSlice(spin));
  let best: ReturnType<typeof settle> = { energy: Number.POSITIVE_INFINITY, spins };
  for (let done = 0; done < length; ) {
    const end = Math.min(length, done + slice);
    for (; done < end; done++) {
      step(positions, momenta, fields, 1 - done / length, strength);
      for (let i = 0; i < spins.length; i++) {
        if (positions[i] * spins[i] < 0) flipSpin(spin, spins, fields, i);
      }
    }
    // A large model takes as long to settle as the steps took.
    await read.look(done, best.energy + spin.offset);
    const settled = settle(spin, spins, fields);
    if (settled.energy < best.energy) best = settled;
    if (await read.look(done, best.energy + spin.offset)) break;
  }
  return best.spins;
}

/** One step of all oscillators, by symplectic Euler. */
function step(
  positions: Float64Array,
  momenta: Float64Array,
  fields: Float64Array,
  detuning: number,
  strength: number,
): void {
  for (let i = 0; i < positions.length; i++) {
    momenta[i] -= (detuning * positions[i] + strength * fields[i]) * TIME_STEP;
    positions[i] += momenta[i] * TIME_STEP;
    if (positions[i] > 1 || positions[i] < -1) {
      positions[i] = positions[i] > 0 ? 1 : -1;
      momenta[i] = 0;
    }
  }
}
