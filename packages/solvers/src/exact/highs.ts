/**
 * `highs`: branch and cut to proven optimality, or as far as time allows, with a bound in any case.
 *
 * Takes BQMs and CQMs. Rows and integers go in as they are, products of the objective are linearised (`linearise.ts`:
 * exact, also for integers of up to 1,024 values). Only generated column numbers reach HiGHS, no names.
 *
 * Models of binaries start from a greedy assignment (or the best of `initial`), so that any deadline has an answer.
 *
 * Work: { nodes } of branch and bound; default none, so that it runs until it has the proof or the time is up. HiGHS is
 * told the time; when it does not stop by itself soon after, its worker is stopped and its last incumbent and bound,
 * which it reports as it goes, are the answer. "Optimal" means an absolute gap of at most 1e-6 (mip_abs_gap).
 */
import type { Steps } from '@qurriculum/kernels';
import {
  bqmToCqmSteps,
  type ConstrainedQuadraticModel,
  convertValues,
  createSampleSet,
  type Platform,
  type Problem,
  ProblemError,
  problemEnergy,
  problemViolations,
  type SampleSet,
  type SolveOptions,
  type Solver,
} from '@qurriculum/problems';
import { cqmAnnealRefusal, createCqmAnnealerSteps } from '../classical/cqm-anneal.ts';
import { siblingModule } from '../platform/sibling-module.ts';
import { inTurns, requireSolvable, type SolveClock, startClock } from '../solve-clock.ts';
import { SOLVERS_VERSION } from '../version.ts';
import type { HighsAnswer } from './highs-messages.ts';
import { createHighsPool, type HighsPool } from './highs-pool.ts';
import { linearise, linearisedColumns, lineariseRefusal, trivialBound } from './linearise.ts';

/** HiGHS as WebAssembly aborted at about 60,000 columns for want of memory. */
const COLUMN_LIMIT = 50_000;
/** Seconds past the deadline that HiGHS may take to stop by itself before its worker is stopped. */
const GRACE_SECONDS = 0.01;

export interface HighsOptions {
  /** Where the worker's module is; for bundlers that move it. Default: beside this file. */
  readonly workerModule?: URL;
}

/** The exact solver. Keep it: its worker stays loaded between calls. */
export function createHighsSolver(platform: Platform, options: HighsOptions = {}): Solver {
  const pool = createHighsPool(platform, options.workerModule ?? siblingModule('./highs-worker', import.meta.url));
  const solver: Solver = {
    name: 'highs',
    version: SOLVERS_VERSION,
    kind: 'exact',
    description: 'Proves the best answer by branch and cut, or says how far off it can still be.',
    refuses: refusal,
    async solve(problem, solveOptions = {}) {
      requireSolvable(solver, problem, solveOptions);
      // HiGHS has no answer to a model without columns.
      if (problem.variables.length === 0) return solveEmpty(problem);
      return solveByHighs(pool, problem, solveOptions, startClock(platform, solveOptions));
    },
  };
  return solver;
}

function refusal(problem: Problem): string | null {
  const columns = linearisedColumns(problem);
  if (columns > COLUMN_LIMIT) return `at most ${COLUMN_LIMIT} columns after linearisation, this has ${columns}`;
  return problem.type === 'cqm' ? lineariseRefusal(problem) : null;
}

function solveEmpty(problem: Problem): SampleSet {
  const set = createSampleSet(problem, [[]]);
  const [{ feasible, energy }] = set.samples;
  return feasible ? { ...set, status: 'optimal', lowerBound: energy } : { ...set, samples: [], status: 'infeasible' };
}

async function solveByHighs(
  pool: HighsPool,
  problem: Problem,
  options: SolveOptions,
  clock: SolveClock,
): Promise<SampleSet> {
  const { cqm, into, back } = await inTurns(asCqm(problem), clock, options);
  const { model, complete } = await inTurns(linearise(cqm), clock, options);
  const greedy = await inTurns(greedyStart(cqm), clock, options);
  const start = bestOf(problem, [...(options.initial ?? []), ...greedy.map(back)]);
  let incumbent: Int32Array | null = start;
  let bound = trivialBound(cqm);
  const keep = (values: Float64Array | null): void => {
    // Solutions of sub-problems are reported as well, and some are worse than what was there.
    if (values)
      incumbent = bestOf(problem, [...(incumbent ? [incumbent] : []), back(Int32Array.from(values, Math.round))]);
  };
  const run = pool.start(
    {
      model,
      answerColumns: cqm.variables.length,
      timeLimit: options.seconds === undefined ? null : Math.max(0.001, clock.left()),
      nodeLimit: readNodes(options.work),
      seed: (options.seed ?? 0) & 0x7fffffff,
      start: start && complete(into(start)),
    },
    (progress) => {
      keep(progress.values);
      if (progress.bound !== null) bound = Math.max(bound, progress.bound + cqm.offset);
    },
  );
  const report = (): Promise<boolean> => clock.turn(0, incumbent && problemEnergy(problem, incumbent), bound);
  const answer = await untilOver(run, options, clock, report);
  if (answer) {
    keep(answer.values);
    if (answer.bound !== null) bound = Math.max(bound, answer.bound + cqm.offset);
  } else if (!incumbent) options.signal?.throwIfAborted();
  return conclude(problem, incumbent, bound, answer, clock);
}

/** Waits for the answer, and stops the run when it is cancelled or overdue. */
async function untilOver(
  run: ReturnType<HighsPool['start']>,
  options: SolveOptions,
  clock: SolveClock,
  report: () => Promise<boolean>,
): Promise<HighsAnswer | null> {
  const overdue =
    options.seconds === undefined
      ? undefined
      : setTimeout(run.stop, 1000 * (Math.max(0, clock.left()) + GRACE_SECONDS));
  const ticks = options.onProgress ? setInterval(() => void report(), 100) : undefined;
  options.signal?.addEventListener('abort', run.stop, { once: true });
  try {
    return await run.answer;
  } finally {
    clearTimeout(overdue);
    clearInterval(ticks);
    options.signal?.removeEventListener('abort', run.stop);
  }
}

function conclude(
  problem: Problem,
  incumbent: Int32Array | null,
  bound: number,
  answer: HighsAnswer | null,
  clock: SolveClock,
): SampleSet {
  const proved = answer?.outcome === 'optimal';
  const set = createSampleSet(problem, incumbent ? [incumbent] : [], {
    stoppedEarly: answer === null || answer.outcome === 'limit',
    workDone: answer ? { nodes: answer.nodes } : {},
    cost: clock.cost(),
    info: answer ? { highs: answer.version } : {},
  });
  if (answer?.outcome === 'infeasible') return { ...set, samples: [], status: 'infeasible' };
  const best = set.samples.find((sample) => sample.feasible);
  // HiGHS's sums round differently: a bound may not pass the energy of a feasible sample.
  const lowerBound = best ? Math.min(bound, best.energy) : bound;
  return { ...set, lowerBound, status: proved && best ? 'optimal' : set.status };
}

/** The problem over 0/1 and integers, and the change of values there and back. In steps. */
function* asCqm(problem: Problem): Steps<{
  cqm: ConstrainedQuadraticModel;
  into: (values: Int32Array) => Int32Array;
  back: (values: Int32Array) => Int32Array;
}> {
  if (problem.type === 'cqm') return { cqm: problem, into: (values) => values, back: (values) => values };
  return {
    cqm: yield* bqmToCqmSteps(problem),
    into: (values) => convertValues(values, problem.vartype, 'BINARY'),
    back: (values) => convertValues(values, 'BINARY', problem.vartype),
  };
}

/** The best feasible one of these values. */
function bestOf(problem: Problem, candidates: readonly Int32Array[]): Int32Array | null {
  const feasible = candidates.filter((values) => problemViolations(problem, values).length === 0);
  const energies = feasible.map((values) => problemEnergy(problem, values));
  return feasible.length > 0 ? feasible[energies.indexOf(Math.min(...energies))] : null;
}

/** A greedy assignment of a model of binaries: HiGHS improves on it, and there is an answer at any deadline. */
function* greedyStart(cqm: ConstrainedQuadraticModel): Steps<Int32Array[]> {
  if (cqm.variables.some(({ kind }) => kind !== 'BINARY') || cqmAnnealRefusal(cqm) !== null) return [];
  const annealer = yield* createCqmAnnealerSteps(cqm);
  yield* annealer.beginSteps(0, 0);
  return [annealer.result().values];
}

function readNodes(work: SolveOptions['work']): number | null {
  const nodes = work?.nodes;
  const others = Object.keys(work ?? {}).filter((key) => key !== 'nodes');
  if (others.length > 0 || (nodes !== undefined && !(Number.isInteger(nodes) && nodes >= 0))) {
    throw new ProblemError(
      'BAD_SIZE',
      `highs: expected a work budget of whole nodes, got ${JSON.stringify(work)}; correct or drop it.`,
    );
  }
  return nodes === undefined ? null : Math.min(nodes, 2 ** 31 - 1);
}
