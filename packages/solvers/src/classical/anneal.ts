/**
 * `anneal`: simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983) by single flips, in Metropolis sweeps of the
 * annealing kernel. Constrained models are taken too, by penalties with slack bits (`sampleByPenalties`): those of broken
 * rows are raised, those of slack ones lowered, and the reads repeated; where rows are tight `swap-anneal` is far better.
 *
 * Work: { reads: 32, sweeps: 1000 }; reads know nothing of each other and run in order, a deadline drops those that were
 * not reached; batches of reads run on as many threads as asked for. With only a time: restarts of a population of 16
 * replicas (`resample`) over the narrower `searchBetaRange`, of 1000, 2000, 4000 ... sweeps, until the time is over, and
 * the best state takes better pieces from all of theirs (`recombine`); range and shape are those that find most. On
 * lattices and the like, where pieces are many, restarts stay short and replicas apart; where there are hubs they stay
 * short and populations grow to several annealers (`replicaGroups`).
 */
import {
  type BinaryQuadraticModel,
  bqmEnergy,
  type ConstrainedQuadraticModel,
  type ConvertedCqm,
  conversionRefusal,
  convertValues,
  createSamplePool,
  type Platform,
  type SamplePool,
  type SampleSet,
  type SolveOptions,
  type Solver,
  sampleByPenalties,
  sampleSetOf,
  toVartypeSteps,
  type Vartype,
} from '@qurriculum/problems';
import { KEPT_SAMPLES } from '../kept-samples.ts';
import {
  defaultReads,
  inTurns,
  inTurnsUntilOver,
  onlyTimeGiven,
  readWork,
  requireSolvable,
  SLICE_SECONDS,
  type SolveClock,
  startClock,
} from '../solve-clock.ts';
import { type BatchesDone, type BatchRuns, type BatchSeries, createBatchRuns } from '../threads/run-batches.ts';
import { SOLVERS_VERSION } from '../version.ts';
import { type BetaRange, defaultBetaRange, type ScheduleShape, searchBetaRange } from './beta-schedule.ts';
import { recombine } from './recombine.ts';
import { type AnnealParameters, openAnnealing, type Population } from './replica-reads.ts';
import { addStates } from './spin-states.ts';

const DEFAULT_WORK = { reads: 32, sweeps: 1000 };
/** Sweeps of a restart at most, so that several restarts fit into the seconds that people give. */
const LONGEST_RESTART = 64_000;
/** The same where the best state is put together from pieces of many. */
const LONGEST_PIECES = 2000;
/**
 * The same where a few variables have very many neighbours: which way these hubs lie is settled early in a restart, so that
 * more and larger populations find more than longer ones.
 */
const LONGEST_HUBS = 8000;
const SMALL_POPULATION: Population = { replicas: 'few' };
/**
 * Populations where there are hubs: small ones for a first answer in seconds, then large ones. Four annealers and a
 * selection of 0.3 found larger cuts of G59 in a minute than 1, 8 or 16 annealers and selections from 0.1 to 1.
 */
const LARGE_POPULATION: Population = { replicas: 'many', large: { from: 6, annealers: 4, selection: 0.3 } };
/** A hub has so many times as many neighbours as a variable has on average. */
const HUB = 10;
/** Variables with at most so many neighbours each, as in lattices of up to three dimensions: states differ in many pieces. */
const LATTICE_NEIGHBOURS = 6;
/** Products of penalties that are built in about a second. */
const MOST_PRODUCTS = 1e6;
/** Rounds of penalties before what there is must do. */
const PENALTY_ROUNDS = 6;

export interface AnnealOptions {
  /** Inverse temperatures in 1 / energy. Default: dwave-samplers' rule; with only a time, `searchBetaRange`. */
  readonly betaRange?: BetaRange;
  /** Default 'geometric'; with only a time, 'linear'. */
  readonly schedule?: ScheduleShape;
}

/** The annealer for unconstrained models (and, by penalties, constrained ones). */
export function createAnnealSolver(platform: Platform, options: AnnealOptions = {}): Solver {
  const runs = createBatchRuns(platform);
  const solver: Solver = {
    name: 'anneal',
    version: SOLVERS_VERSION,
    kind: 'classical',
    description: 'Simulated annealing: flips one choice at a time, first boldly, then ever more carefully.',
    refuses: (problem) => (problem.type === 'cqm' ? penaltyRefusal(problem) : null),
    async solve(problem, solveOptions = {}) {
      requireSolvable(solver, problem, solveOptions);
      const clock = startClock(platform, solveOptions);
      const { reads, sweeps } = readWork(solver.name, solveOptions.work, {
        ...DEFAULT_WORK,
        reads: problem.type === 'bqm' ? defaultReads(solveOptions, DEFAULT_WORK.reads) : DEFAULT_WORK.reads,
      });
      const plan: Plan = { options, solveOptions, reads, sweeps, clock, runs };
      return problem.type === 'bqm' ? annealBqm(problem, plan) : annealByPenalties(problem, plan);
    },
  };
  return solver;
}

/** Why the penalties of rows would take too long to build, or null: each row of m variables makes m (m - 1) / 2 products. */
function penaltyRefusal(cqm: ConstrainedQuadraticModel): string | null {
  const { constraints } = cqm;
  const products = constraints.reduce((sum, { variables: { length } }) => sum + (length * (length - 1)) / 2, 0);
  if (products <= MOST_PRODUCTS) return conversionRefusal(cqm);
  return `rows that make at most ${MOST_PRODUCTS} products as penalties, these make ${products}; use swap-anneal`;
}

interface Plan {
  readonly options: AnnealOptions;
  readonly solveOptions: SolveOptions;
  readonly reads: number;
  readonly sweeps: number;
  readonly clock: SolveClock;
  readonly runs: BatchRuns;
}

async function annealBqm(bqm: BinaryQuadraticModel, plan: Plan): Promise<SampleSet> {
  const pool = createSamplePool(bqm, KEPT_SAMPLES);
  const spin = await inTurns(toVartypeSteps(bqm, 'SPIN'), plan.clock, plan.solveOptions);
  const range = await rangeOf(spin, plan, onlyTimeGiven(plan.solveOptions) ? searchBetaRange : defaultBetaRange);
  const champion = onlyTimeGiven(plan.solveOptions) ? createChampion(spin, plan.clock) : null;
  const done = await plan.runs.run(
    {
      ...seriesOf(spin, bqm.vartype, 'read', range, plan, plan.solveOptions.initial),
      async onBatch({ states }) {
        await addStates(states, bqm.vartype, plan.clock, pool.add);
        const better = await champion?.add(states);
        if (better) pool.add(convertValues(better, 'SPIN', bqm.vartype));
      },
      turn: (reads, best) => plan.clock.turn(reads / plan.reads, Math.min(best, champion?.energy() ?? best)),
    },
    plan.solveOptions,
  );
  return conclude(pool, spin, range, done, done.work, plan);
}

/** The best state so far with the better pieces of every state that came by (`recombine`). */
function createChampion(spin: BinaryQuadraticModel, clock: SolveClock) {
  let champion: Int32Array | null = null;
  let energy = Number.POSITIVE_INFINITY;
  return {
    energy: () => energy,
    /** Takes in the states of a batch, best first, for one slice and while there is time; its spins where it has become better. */
    add(states: readonly Int32Array[]): Int32Array | null {
      if (clock.over()) return null;
      const before = energy;
      const until = clock.elapsed() + SLICE_SECONDS;
      champion ??= Int32Array.from(states[0]);
      // A piece may make room for another one of an earlier state.
      for (let taken = true; taken; ) {
        taken = false;
        for (const state of states) {
          if (clock.over() || clock.elapsed() > until) break;
          if (recombine(spin, champion, state)) taken = true;
        }
      }
      energy = bqmEnergy(spin, champion);
      return energy < before ? champion : null;
    },
  };
}

async function rangeOf(
  spin: BinaryQuadraticModel,
  { options, clock, solveOptions }: Plan,
  ownRange: typeof searchBetaRange,
): Promise<BetaRange> {
  return options.betaRange ?? (await inTurns(ownRange(spin), clock, solveOptions));
}

function seriesOf(
  spin: BinaryQuadraticModel,
  vartype: Vartype,
  label: string,
  range: BetaRange,
  plan: Plan,
  initial: readonly Int32Array[] = [],
): Omit<BatchSeries<AnnealParameters>, 'onBatch' | 'turn'> {
  const { options, solveOptions, reads, sweeps, clock } = plan;
  // Restarts then go on until the deadline, each longer than the one before.
  const endless = onlyTimeGiven(solveOptions);
  const lattice = endless && isLattice(spin);
  const hubs = endless && hasHubs(spin);
  const parameters: AnnealParameters = {
    label,
    seed: solveOptions.seed ?? 0,
    reads,
    range,
    shape: options.schedule ?? (endless ? 'linear' : 'geometric'),
    sweeps,
    longestRestart: endless ? (lattice ? LONGEST_PIECES : hubs ? LONGEST_HUBS : LONGEST_RESTART) : null,
    population: endless && !lattice ? (hubs ? LARGE_POPULATION : SMALL_POPULATION) : null,
  };
  const starts = initial.map((start) => convertValues(start, vartype, 'SPIN'));
  return { program: 'anneal', open: openAnnealing, spin, parameters, reads, starts, clock };
}

function isLattice({ rowStart }: BinaryQuadraticModel): boolean {
  return rowStart.every((start, i) => i === 0 || start - rowStart[i - 1] <= LATTICE_NEIGHBOURS);
}

function hasHubs({ rowStart, neighbour }: BinaryQuadraticModel): boolean {
  const most = (HUB * neighbour.length) / Math.max(1, rowStart.length - 1);
  return rowStart.some((start, i) => i > 0 && start - rowStart[i - 1] > most);
}

interface Round {
  readonly spin: BinaryQuadraticModel;
  readonly range: BetaRange;
  readonly done: BatchesDone;
}

/** Anneals with penalties until at least half of the reads keep every row. */
async function annealByPenalties(cqm: ConstrainedQuadraticModel, plan: Plan): Promise<SampleSet> {
  const { clock, solveOptions } = plan;
  const pool = createSamplePool(cqm, KEPT_SAMPLES);
  const rounds: Round[] = [];
  let bestEnergy: number | null = null;
  let feasible = 0;
  let unfinished = false;
  const sample = async ({ bqm, invert, embed }: ConvertedCqm, round: number): Promise<Int32Array[]> => {
    const samples: Int32Array[] = [];
    const spin = await inTurns(toVartypeSteps(bqm, 'SPIN'), clock, solveOptions);
    const range = await rangeOf(spin, plan, defaultBetaRange);
    const initial = solveOptions.initial?.map((start) => embed(start));
    feasible = 0;
    const add = (bits: Int32Array): void => {
      samples.push(bits);
      const sample = pool.add(invert(bits));
      if (!sample.feasible) return;
      feasible++;
      bestEnergy = Math.min(bestEnergy ?? sample.energy, sample.energy);
    };
    const done = await plan.runs.run(
      {
        ...seriesOf(spin, bqm.vartype, `round ${round}`, range, plan, initial),
        onBatch: ({ states }) => addStates(states, bqm.vartype, clock, add),
        turn: (reads) => clock.turn((round + reads / plan.reads) / PENALTY_ROUNDS, bestEnergy),
      },
      solveOptions,
    );
    rounds.push({ spin, range, done });
    return samples;
  };
  await sampleByPenalties(cqm, sample, {
    rounds: PENALTY_ROUNDS,
    enough: (samples) => rounds.at(-1)?.done.cut === true || feasible >= samples.length / 2,
    // The first conversion must be finished for any answer.
    async convert(steps) {
      const converted = await (rounds.length > 0
        ? inTurnsUntilOver(steps, clock)
        : inTurns(steps, clock, solveOptions));
      unfinished = converted === null;
      return converted;
    },
  }).catch((error: unknown) => {
    // Cancelled in a later round: what there is is the answer.
    if (rounds.length === 0 || solveOptions.signal?.aborted !== true) throw error;
    unfinished = true;
  });
  const { spin, range, done } = rounds[rounds.length - 1];
  const [reads, work] = [rounds.map((round) => round.done.reads), rounds.map((round) => round.done.work)].map(
    (counts) => counts.reduce((sum, count) => sum + count, 0),
  );
  return conclude(pool, spin, range, { ...done, reads, cut: done.cut || unfinished }, work, plan);
}

function conclude(
  pool: SamplePool,
  spin: BinaryQuadraticModel,
  range: BetaRange,
  { cut, info, reads }: BatchesDone,
  sweeps: number,
  plan: Plan,
): SampleSet {
  return sampleSetOf(pool.samples(), {
    stoppedEarly: cut,
    workDone: { reads, sweeps, proposals: sweeps * spin.linear.length },
    cost: plan.clock.cost(),
    info: { hotBeta: range.hot, coldBeta: range.cold, ...info },
  });
}
