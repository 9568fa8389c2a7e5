/**
 * Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983) of constrained models inside the feasible set (integers of
 * small ranges step by digits, `cqm-digits.ts`; where there are wide ones reads go in turns along lines,
 * `integer-anneal.ts`, and by digits): rows are kept by the moves, not by penalties, so that the energy landscape stays that of
 * the objective. Trials on learning paths: 0 to 0.6 % off the optimum at 400 sweeps, where penalties with slack bits were
 * 19 to 89 % off.
 */
import { runSteps, type Steps } from '@qurriculum/kernels';
import {
  type ConstrainedQuadraticModel,
  cqmEnergy,
  cqmViolations,
  linearRowsRefusal,
  ProblemError,
} from '@qurriculum/problems';
import { createRandom, mixSeed, type Random } from '@qurriculum/random';
import { digitProducts, hasWideIntegers, toDigits } from './cqm-digits.ts';
import { createMoves } from './cqm-moves.ts';
import { polish } from './cqm-polish.ts';
import { createRepair } from './cqm-repair.ts';
import { createCqmStateSteps } from './cqm-state.ts';
import { createIntegerAnnealer } from './integer-anneal.ts';

export interface CqmAnnealOptions {
  /** Independent runs; the best is kept. Default 4. */
  readonly reads?: number;
  /** n proposals each, per read. Default 200. */
  readonly sweeps?: number;
  /** Default 0. */
  readonly seed?: number;
  /** Starting points of the first reads, feasible or not; the others start from a greedy fill. */
  readonly initial?: readonly ArrayLike<number>[];
}

export interface CqmAnnealResult {
  /** One value per variable, within its bounds. */
  readonly values: Int32Array;
  readonly energy: number;
  /** False when no read found a feasible assignment: the values are then the last tried. */
  readonly feasible: boolean;
}

/**
 * Hot and cold temperature over the mean reach of a flip (|linear| + half of sum |q|), and below the draws in
 * `cqm-moves.ts`: tuned on random session plans (30 to 252 variables, rows for minutes and load) against HiGHS's optima.
 */
const HOT = 0.3;
const COLD = 0.03;
/** Sweeps between two recomputations of running sums. */
const REFRESH_SWEEPS = 64;
const NO_STEPS: readonly undefined[] = [];
/** Flips per variable that the way to feasibility may take. */
const REPAIR_FLIPS = 50;

/** Products of binary digits that fit into memory comfortably (about 50 bytes each). */
const MOST_PRODUCTS = 2e7;

/** Reasons why a constrained model cannot be annealed here, or null. */
export function cqmAnnealRefusal(cqm: ConstrainedQuadraticModel): string | null {
  const rows = linearRowsRefusal(cqm);
  if (rows !== null) return rows;
  const products = digitProducts(cqm);
  return products > MOST_PRODUCTS ? `at most ${MOST_PRODUCTS} products of digits, this has ${products}` : null;
}

/**
 * Anneals at once, without promises: for loops that solve many small problems. Equal seeds and budgets, equal results.
 * @throws ProblemError REFUSED for models with products in rows, or too many of digits.
 */
export function annealCqm(cqm: ConstrainedQuadraticModel, options: CqmAnnealOptions = {}): CqmAnnealResult {
  const { reads = 4, sweeps = 200, seed = 0, initial = [] } = options;
  const annealer = createCqmAnnealer(cqm);
  let best: CqmAnnealResult | null = null;
  for (let read = 0; read < reads; read++) {
    annealer.begin(seed, read, initial[read]);
    for (let sweep = 0; sweep < sweeps; sweep++) annealer.sweep(sweep / Math.max(1, sweeps - 1));
    annealer.finish();
    const result = annealer.result();
    if (best === null || isBetter(result, best)) best = result;
  }
  return best ?? annealer.result();
}

function isBetter(a: CqmAnnealResult, b: CqmAnnealResult): boolean {
  return a.feasible !== b.feasible ? a.feasible : a.energy < b.energy;
}

/**
 * One read at a time, sweep by sweep: what both the plain function and the solver drive. What goes in steps may be ended
 * between two of them; `begin` must be gone through.
 */
export interface CqmAnnealer {
  /** Flips, or lines, that a sweep proposes. */
  readonly proposalsPerSweep: number;
  /** Starts read number `read` of a seed, from `initial` or a greedy fill, repaired to feasibility if it must be. */
  begin(seed: number, read: number, initial?: ArrayLike<number>): void;
  beginSteps(seed: number, read: number, initial?: ArrayLike<number>): Steps<void>;
  /** One sweep at `progress` from 0 (hot) to 1 (cold), geometric in between. */
  sweep(progress: number): void;
  sweepSteps(progress: number): Iterable<undefined>;
  /** The best feasible energy of this read so far; null before there is one. */
  bestEnergy(): number | null;
  /** Descends from the best of this read to a local minimum. Only for reads that were not cut short. */
  finish(): void;
  finishSteps(): Steps<void>;
  /** The best of this read, energy re-evaluated. */
  result(): CqmAnnealResult;
}

/** Prepares a model for annealing. @throws ProblemError REFUSED for models with products in rows, or too many of digits. */
export function createCqmAnnealer(cqm: ConstrainedQuadraticModel): CqmAnnealer {
  return runSteps(createCqmAnnealerSteps(cqm));
}

/** The same in steps. */
export function* createCqmAnnealerSteps(cqm: ConstrainedQuadraticModel): Steps<CqmAnnealer> {
  const refusal = cqmAnnealRefusal(cqm);
  if (refusal !== null) {
    throw new ProblemError('REFUSED', `createCqmAnnealer: expected ${refusal}; use highs.`);
  }
  const digits = toDigits(cqm);
  const state = yield* createCqmStateSteps(digits.binary);
  const repair = createRepair(state);
  const size = state.values.length;
  const bestValues = new Int8Array(size);
  const zeros = new Int8Array(size);
  const scale = meanReach(digits.binary);
  let best = Number.POSITIVE_INFINITY;
  let random: Random = createRandom(0);
  let sweeps = 0;
  const lines = hasWideIntegers(cqm) ? createIntegerAnnealer(cqm) : null;
  /** Whether this read goes along lines: those with an even number, as soon as they have a feasible assignment. */
  let alongLines = false;
  let even = true;
  const moves = createMoves(state, () => best);

  function remember(): void {
    best = state.energy();
    bestValues.set(state.values);
  }

  function* beginSteps(seed: number, read: number, initial?: ArrayLike<number>): Steps<void> {
    random = createRandom(mixSeed(seed, 'cqm-anneal', read));
    best = Number.POSITIVE_INFINITY;
    sweeps = 0;
    alongLines = false;
    even = read % 2 === 0;
    yield* state.loadSteps(initial ? digits.encode(initial) : zeros);
    if (yield* repair.run(random, REPAIR_FLIPS * size)) {
      // The first greedy start is plain, later ones are noisy so that reads differ from the beginning.
      if (!initial) yield* repair.fill(random, read === 0 ? 0 : 0.5);
      takeUp();
    }
  }

  /** The state has become feasible. */
  function takeUp(): void {
    remember();
    alongLines = lines !== null && even;
    if (alongLines) lines!.begin(random, digits.decode(state.values));
  }

  const temperatureAt = (progress: number): number => scale * HOT * (COLD / HOT) ** progress;

  function sweepSteps(progress: number): Iterable<undefined> {
    if (!moves.oneStep || alongLines || best === Number.POSITIVE_INFINITY) return longSweep(progress);
    if (++sweeps % REFRESH_SWEEPS === 0) state.refresh();
    moves.sweep(random, temperatureAt(progress), remember);
    return NO_STEPS;
  }

  function* longSweep(progress: number): Steps<void> {
    if (best === Number.POSITIVE_INFINITY) {
      if (yield* repair.run(random, size)) takeUp();
      return;
    }
    if (alongLines) {
      yield* lines!.sweepSteps(progress, size);
      return;
    }
    if (++sweeps % REFRESH_SWEEPS === 0) yield* state.refreshSteps();
    yield* moves.sweepSteps(random, temperatureAt(progress), remember);
  }

  function* finishSteps(): Steps<void> {
    if (best === Number.POSITIVE_INFINITY) return;
    if (alongLines) {
      yield* lines!.finishSteps(size);
      return;
    }
    yield* state.loadSteps(bestValues);
    try {
      yield* polish(state);
    } finally {
      // Also where it is ended on its way down.
      if (state.energy() < best) remember();
    }
  }

  return {
    proposalsPerSweep: size,
    begin: (seed, read, initial) => runSteps(beginSteps(seed, read, initial)),
    beginSteps,
    sweep(progress) {
      for (const _ of sweepSteps(progress));
    },
    sweepSteps,
    finish: () => runSteps(finishSteps()),
    finishSteps,
    bestEnergy: () => (best === Number.POSITIVE_INFINITY ? null : alongLines ? lines!.bestEnergy() : best),
    result() {
      const found = best < Number.POSITIVE_INFINITY;
      const values = alongLines ? lines!.bestValues() : digits.decode(found ? bestValues : state.values);
      return { values, energy: cqmEnergy(cqm, values), feasible: cqmViolations(cqm, values).length === 0 };
    },
  };
}

/** Mean over variables of |linear_i| + 1/2 sum_j |q_ij|: the scale that temperatures are given in. */
function meanReach(cqm: ConstrainedQuadraticModel): number {
  let sum = 0;
  for (const value of cqm.linear) sum += Math.abs(value);
  for (const value of cqm.quadratic.coefficient) sum += Math.abs(value);
  return sum > 0 ? sum / cqm.variables.length : 1;
}
