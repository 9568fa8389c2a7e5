/**
 * `tabu`: multistart one-flip tabu search (Palubeckis 2004, "Multistart tabu search strategies for the unconstrained binary
 * quadratic optimization problem", sections 2 and 3, strategy MST2). The flip that lowers the energy most, or raises it
 * least, is made, and not taken back for a while unless that gives a new best; where nothing new comes for long, a part of
 * the best state's spins is flipped, taken at random among those that cost least.
 *
 * For dense models, whose couplings are kept as a matrix of contiguous rows, integers where they are whole.
 * Work: { reads: 4, flips: 100000 }.
 */
import type { BinaryQuadraticModel, Platform, Solver } from '@qurriculum/problems';
import type { Random } from '@qurriculum/random';
import { fieldEnergy, fieldsOf } from './spin-fields.ts';
import { createSpinSolver, type SpinRead } from './spin-solver.ts';

/** The matrix of so many variables takes 100 MB in 32-bit integers. */
const MOST_VARIABLES = 5000;
/** Flips without a new best before a restart: at least, and per variable. */
const PATIENCE = { least: 2000, perVariable: 5 } as const;
/** Flips for which a variable is tabu: at least, per variable, and at random on top. */
const TENURE = { least: 10, perVariable: 0.01, random: 10 } as const;
/** Share of the variables that a restart flips, and among how many times as many candidates. */
const RESTART = { least: 0.04, most: 0.16, candidates: 3 } as const;
/** Variables looked at between two looks at the clock: a few milliseconds. */
const SLICE_VARIABLES = 5e6;

type Numbers = Int32Array | Float64Array;

/** Tabu search for unconstrained models. */
export function createTabuSolver(platform: Platform): Solver {
  return createSpinSolver(platform, {
    name: 'tabu',
    kind: 'classical',
    description:
      'Tabu search: always the best single change, never straight back; strong where everything hangs together.',
    unit: 'flips',
    length: 100_000,
    reads: 4,
    refuses: ({ linear }) =>
      linear.length > MOST_VARIABLES ? `at most ${MOST_VARIABLES} variables, this has ${linear.length}` : null,
    open: openTabu,
  });
}

/** The rows that reads are made on. */
export function openTabu(spin: BinaryQuadraticModel): (read: SpinRead) => Promise<Int32Array> {
  const rows = matrixOf(spin);
  return (read) => search(spin, rows, read);
}

/** 4 J_ij as rows of n numbers; whole when all fields, and so all that is ever added, are whole and fit. */
function matrixOf(spin: BinaryQuadraticModel): Numbers {
  const size = spin.linear.length;
  let largest = 0;
  for (let i = 0; i < size; i++) {
    let sum = Math.abs(spin.linear[i]);
    for (let k = spin.rowStart[i]; k < spin.rowStart[i + 1]; k++) sum += Math.abs(spin.bias[k]);
    largest = Math.max(largest, 4 * sum);
  }
  const isWhole = (value: number): boolean => Number.isInteger(2 * value);
  const whole = largest < 2 ** 31 && spin.linear.every(isWhole) && spin.bias.every(isWhole);
  const rows = whole ? new Int32Array(size * size) : new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = spin.rowStart[i]; k < spin.rowStart[i + 1]; k++) rows[i * size + spin.neighbour[k]] = 4 * spin.bias[k];
  }
  return rows;
}

interface Walk {
  readonly rows: Numbers;
  readonly spins: Int32Array;
  readonly fields: Numbers;
  /** Flip number from which a variable may be flipped again. */
  readonly freeAt: Int32Array;
  energy: number;
}

async function search(spin: BinaryQuadraticModel, rows: Numbers, read: SpinRead): Promise<Int32Array> {
  const size = spin.linear.length;
  const exact = fieldsOf(spin, read.start);
  const walk: Walk = {
    rows,
    spins: Int32Array.from(read.start),
    fields: rows instanceof Int32Array ? Int32Array.from(exact) : exact,
    freeAt: new Int32Array(size),
    energy: fieldEnergy(spin, read.start, exact),
  };
  const patience = Math.max(PATIENCE.least, PATIENCE.perVariable * size);
  const slice = Math.max(1, Math.floor(SLICE_VARIABLES / Math.max(1, size)));
  // A short list must leave something to flip.
  const tenure = Math.min(Math.max(TENURE.least, Math.floor(TENURE.perVariable * size)), Math.floor(size / 4));
  const spread = Math.min(TENURE.random, Math.floor(size / 4) + 1);
  const best = { energy: walk.energy, spins: Int32Array.from(walk.spins) };
  let localBest = walk.energy;
  let localAt = 0;
  for (let done = 0; done < read.length; ) {
    const end = Math.min(read.length, done + slice);
    while (done < end) {
      if (done - localAt > patience) {
        restart(walk, best.spins, read.random, done);
        localBest = walk.energy;
        localAt = done;
      }
      const i = bestFlip(walk, done, best.energy);
      done++;
      if (i < 0) continue;
      flip(walk, i);
      walk.freeAt[i] = done + tenure + read.random.integer(spread);
      if (walk.energy < localBest) {
        localBest = walk.energy;
        localAt = done;
      }
      if (walk.energy < best.energy) {
        best.energy = walk.energy;
        best.spins.set(walk.spins);
      }
    }
    if (await read.look(done, best.energy + spin.offset)) break;
  }
  return best.spins;
}

/** The allowed flip with the largest gain s_i F_i; -1 when all are tabu. */
function bestFlip({ spins, fields, freeAt, energy }: Walk, now: number, bestEnergy: number): number {
  const aspired = energy - bestEnergy;
  let best = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < spins.length; i++) {
    const gain = spins[i] * fields[i];
    if (gain > most && (freeAt[i] <= now || gain > aspired)) {
      most = gain;
      best = i;
    }
  }
  return best;
}

function flip(walk: Walk, i: number): void {
  const { rows, spins, fields } = walk;
  const size = spins.length;
  const spin = spins[i];
  walk.energy -= spin * fields[i];
  const offset = i * size;
  for (let j = 0; j < size; j++) fields[j] -= rows[offset + j] * spin;
  spins[i] = -spin;
}

/** Goes to the best state with some of its spins flipped, drawn among those that cost least. */
function restart(walk: Walk, best: Int32Array, random: Random, now: number): void {
  const size = best.length;
  for (let i = 0; i < size; i++) if (walk.spins[i] !== best[i]) flip(walk, i);
  const share = RESTART.least + (RESTART.most - RESTART.least) * random.next();
  const count = Math.max(1, Math.round(share * size));
  const order = Array.from({ length: size }, (_, i) => i);
  const gains = Float64Array.from(order, (i) => walk.spins[i] * walk.fields[i]);
  order.sort((a, b) => gains[b] - gains[a] || a - b);
  const candidates = random.shuffle(order.slice(0, RESTART.candidates * count));
  for (const i of candidates.slice(0, count)) flip(walk, i);
  walk.freeAt.fill(now);
}
