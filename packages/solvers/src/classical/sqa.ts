/**
 * `sqa`: simulated quantum annealing by path-integral Monte Carlo (Martonak, Santoro & Tosatti 2002, "Quantum annealing by
 * the path-integral Monte Carlo method: the two-dimensional random Ising model", section II). A transverse field G turns n
 * spins at inverse temperature P b into P coupled copies (Trotter slices, periodic) at inverse temperature b,
 *
 *   weight = exp(-b sum_p E(s^p) + K sum_p sum_i s_i^p s_i^(p+1)),   K = 1/2 ln coth(b G),
 *
 * and G falls linearly to almost nothing, where the slices agree. Each sweep tries every spin of every slice, and for each
 * variable all of its slices at once.
 *
 * Work: { reads: 16, sweeps: 500 }; a read answers the best slice seen, after flips that lower the energy.
 */
import type { Steps } from '@qurriculum/kernels';
import type { BinaryQuadraticModel, Platform, Solver } from '@qurriculum/problems';
import type { Random } from '@qurriculum/random';
import { searchBetaRange } from './beta-schedule.ts';
import { fieldsOf, flipSpin, settle } from './spin-fields.ts';
import { createSpinSolver, type SpinRead } from './spin-solver.ts';
import { sweepsPerSlice, termsPerSweep } from './sweep-slices.ts';

/** P: the paper finds little gain beyond 20. */
const SLICES = 16;
/** b G at the beginning, where neighbouring slices hardly feel each other, and at the end, where K is 3.5. */
const FIRST_FIELD = 1.5;
const LAST_FIELD = 0.001;
/** Looks at the slices in a read at most; fewer sweeps between them where sweeps are long. */
const LOOKS = 8;
/** Variables and entries passed between two looks at the clock within a sweep: flips go through memory, in milliseconds. */
const LOOK_TERMS = 5e5;

/** Simulated quantum annealing for unconstrained models. */
export function createSqaSolver(platform: Platform): Solver {
  return createSpinSolver(platform, {
    name: 'sqa',
    kind: 'quantum-simulated',
    description: 'Simulated quantum annealing: coupled copies of the plan, drawn together as a quantum field fades.',
    unit: 'sweeps',
    length: 500,
    reads: 16,
    open: openPaths,
    // Each slice by itself, and the whole path.
    proposals: (variables) => variables * (SLICES + 1),
  });
}

/** The temperature that reads are made at. */
export function* openPaths(spin: BinaryQuadraticModel): Steps<(read: SpinRead) => Promise<Int32Array>> {
  const { hot: beta } = yield* searchBetaRange(spin);
  return (read) => annealPaths(spin, beta, read);
}

interface Slice {
  readonly spins: Int32Array;
  readonly fields: Float64Array;
}

async function annealPaths(spin: BinaryQuadraticModel, beta: number, read: SpinRead): Promise<Int32Array> {
  const fields = fieldsOf(spin, read.start);
  await read.look(0, Number.POSITIVE_INFINITY);
  const slices = Array.from({ length: SLICES }, () => ({ spins: read.start.slice(), fields: fields.slice() }));
  const between = Math.min(Math.ceil(read.length / LOOKS), sweepsPerSlice(spin, SLICES));
  let best = { energy: Number.POSITIVE_INFINITY, spins: read.start };
  let terms = 0;
  // Looks at the clock within a sweep where sweeps are long.
  const look = async (share = 1): Promise<boolean> => {
    terms += share * termsPerSweep(spin);
    if (terms < LOOK_TERMS) return false;
    terms = 0;
    return read.look(reached, best.energy + spin.offset);
  };
  let reached = 0;
  for (let done = 0; done < read.length; ) {
    const end = Math.min(read.length, done + between);
    reached = done;
    let cut = false;
    for (; done < end && !cut; done++) {
      const field = FIRST_FIELD + ((LAST_FIELD - FIRST_FIELD) * done) / Math.max(1, read.length - 1);
      cut = await sweepPaths(spin, slices, beta, -0.5 * Math.log(Math.tanh(field)), read.random, look);
    }
    for (const slice of slices) {
      // Late already: one settled slice is an answer.
      if (cut && Number.isFinite(best.energy)) break;
      const settled = settle(spin, slice.spins, slice.fields);
      if (settled.energy < best.energy) best = settled;
      if (await look()) break;
    }
    if ((await read.look(cut ? done - 1 : done, best.energy + spin.offset)) || cut) break;
  }
  return best.spins;
}

/** One sweep: local moves in every slice, then the whole path of each variable. True where it was cut short. */
async function sweepPaths(
  spin: BinaryQuadraticModel,
  slices: readonly Slice[],
  beta: number,
  bond: number,
  random: Random,
  look: (share: number) => Promise<boolean>,
): Promise<boolean> {
  const size = spin.linear.length;
  // Of one slice; all slices pass as much in a part of it.
  const stretch = Math.max(1, Math.ceil((size * LOOK_TERMS) / termsPerSweep(spin)));
  for (const [p, { spins, fields }] of slices.entries()) {
    const before = slices[(p + SLICES - 1) % SLICES].spins;
    const after = slices[(p + 1) % SLICES].spins;
    for (let from = 0; from < size; from += stretch) {
      const to = Math.min(size, from + stretch);
      for (let i = from; i < to; i++) {
        // What the logarithm of the weight loses by the flip.
        const loss = spins[i] * (2 * bond * (before[i] + after[i]) - beta * fields[i]);
        if (loss <= 0 || random.next() < Math.exp(-loss)) flipSpin(spin, spins, fields, i);
      }
      if (await look((to - from) / size)) return true;
    }
  }
  const share = Math.ceil(stretch / SLICES);
  for (let from = 0; from < size; from += share) {
    const to = Math.min(size, from + share);
    for (let i = from; i < to; i++) {
      let loss = 0;
      for (const { spins, fields } of slices) loss -= beta * spins[i] * fields[i];
      if (loss <= 0 || random.next() < Math.exp(-loss)) {
        for (const { spins, fields } of slices) flipSpin(spin, spins, fields, i);
      }
    }
    if (await look((SLICES * (to - from)) / size)) return true;
  }
  return false;
}
