/**
 * `anneal`: simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983) by single flips, in Metropolis sweeps of the
 * annealing kernel. Constrained models are taken too, by penalties with slack bits (`cqmToBqm`): penalties of rows that
 * most reads break are doubled and the reads repeated; where rows are tight `swap-anneal` is far better.
 *
 * Work: { reads: 32, sweeps: 1000 }; reads know nothing of each other and run in order, a deadline drops those that were
 * not reached; batches of reads run on as many threads as asked for. With only a time: restarts of a population of 16 replicas (`resample`) over the narrower `searchBetaRange`,
 * of 1000, 2000, 4000 ... sweeps, until the time is over; the default range and shape are those that find most.
 */
import {
  type BinaryQuadraticModel,
  type ConstrainedQuadraticModel,
  convertValues,
  cqmToBqm,
  createSamplePool,
  type Platform,
  refinePenalties,
  type Sample,
  type SamplePool,
  type SampleSet,
  type SolveOptions,
  type Solver,
  sampleSetOf,
  toVartype,
  type Vartype,
} from '@qurriculum/problems';
import { defaultReads, readWork, requireSolvable, type SolveClock, startClock } from '../solve-clock.ts';
import { type BatchesDone, type BatchRuns, type BatchSeries, createBatchRuns } from '../threads/run-batches.ts';
import { SOLVERS_VERSION } from '../version.ts';
import { type BetaRange, defaultBetaRange, type ScheduleShape, searchBetaRange } from './beta-schedule.ts';
import { type AnnealParameters, openAnnealing } from './replica-reads.ts';

const DEFAULT_WORK = { reads: 32, sweeps: 1000 };
/** Different samples kept in the answer. */
const KEEP = 32;
/** Sweeps of a restart at most, so that several restarts fit into the seconds that people give. */
const LONGEST_RESTART = 64_000;
/** Products of penalties that are built in about a second. */
const MOST_PRODUCTS = 1e6;
/** Times that penalties are raised before what there is must do. */
const PENALTY_ROUNDS = 5;

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
function penaltyRefusal({ constraints }: ConstrainedQuadraticModel): string | null {
  const products = constraints.reduce((sum, { variables: { length } }) => sum + (length * (length - 1)) / 2, 0);
  if (products <= MOST_PRODUCTS) return null;
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
  const pool = createSamplePool(bqm, KEEP);
  const spin = toVartype(bqm, 'SPIN');
  const range = rangeOf(spin, plan);
  const done = await plan.runs.run(
    {
      ...seriesOf(spin, bqm.vartype, 'read', range, plan, plan.solveOptions.initial),
      onBatch: ({ states }) => addStates(states, bqm.vartype, plan.clock, pool.add),
      turn: (reads, best) => plan.clock.turn(reads / plan.reads, best),
    },
    plan.solveOptions,
  );
  return conclude(pool, spin, range, done, done.work, plan);
}

/** Takes in the best state, and then the others while there is time: each is evaluated anew. */
function addStates(
  states: readonly Int32Array[],
  vartype: Vartype,
  clock: SolveClock,
  add: (values: Int32Array) => void,
): void {
  for (const [k, spins] of states.entries()) {
    if (k > 0 && clock.over()) return;
    add(convertValues(spins, 'SPIN', vartype));
  }
}

/** Whether restarts go on until the deadline, each longer than the one before. */
function untilDeadline({ solveOptions }: Plan): boolean {
  return solveOptions.seconds !== undefined && solveOptions.work === undefined;
}

function rangeOf(spin: BinaryQuadraticModel, plan: Plan): BetaRange {
  return plan.options.betaRange ?? (untilDeadline(plan) ? searchBetaRange(spin) : defaultBetaRange(spin));
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
  const endless = untilDeadline(plan);
  const parameters: AnnealParameters = {
    label,
    seed: solveOptions.seed ?? 0,
    reads,
    range,
    shape: options.schedule ?? (endless ? 'linear' : 'geometric'),
    sweeps,
    longestRestart: endless ? LONGEST_RESTART : null,
  };
  const starts = initial.map((start) => convertValues(start, vartype, 'SPIN'));
  return { program: 'anneal', open: openAnnealing, spin, parameters, reads, starts, clock };
}

/** Anneals with penalties until at least half of the reads keep every row. */
async function annealByPenalties(cqm: ConstrainedQuadraticModel, plan: Plan): Promise<SampleSet> {
  const pool = createSamplePool(cqm, KEEP);
  let penalties: Float64Array | undefined;
  let work = 0;
  let reads = 0;
  let bestEnergy: number | null = null;
  for (let round = 0; ; round++) {
    const converted = cqmToBqm(cqm, { penalties });
    const { vartype } = converted.bqm;
    const samples: Sample[] = [];
    const spin = toVartype(converted.bqm, 'SPIN');
    const range = plan.options.betaRange ?? defaultBetaRange(spin);
    const initial = plan.solveOptions.initial?.map((start) => converted.embed(start));
    const done = await plan.runs.run(
      {
        ...seriesOf(spin, vartype, `round ${round}`, range, plan, initial),
        onBatch: ({ states }) =>
          addStates(states, vartype, plan.clock, (bits) => {
            const sample = pool.add(converted.invert(bits));
            samples.push(sample);
            if (sample.feasible) bestEnergy = Math.min(bestEnergy ?? sample.energy, sample.energy);
          }),
        turn: (reads) => plan.clock.turn((round + reads / plan.reads) / (PENALTY_ROUNDS + 1), bestEnergy),
      },
      plan.solveOptions,
    );
    work += done.work;
    reads += done.reads;
    const feasible = samples.filter((sample) => sample.feasible).length;
    const enough = feasible >= samples.length / 2 || round === PENALTY_ROUNDS;
    if (done.cut || enough) return conclude(pool, spin, range, { ...done, reads }, work, plan);
    const values = samples.map((sample) => sample.values);
    penalties = refinePenalties(cqm, converted.penalties, values, { lower: 1 });
  }
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
