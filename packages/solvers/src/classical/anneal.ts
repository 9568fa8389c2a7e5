/**
 * `anneal`: simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983) by single flips, in Metropolis sweeps of the
 * annealing kernel. Constrained models are taken too, by penalties with slack bits (`cqmToBqm`): penalties of rows that
 * most reads break are doubled and the reads repeated; where rows are tight `swap-anneal` is far better.
 *
 * Work: { reads: 32, sweeps: 1000 }; reads know nothing of each other and run in order, a deadline drops those that were
 * not reached. With only a time: restarts of a population of 16 replicas (`resample`) over the narrower `searchBetaRange`,
 * of 1000, 2000, 4000 ... sweeps, until the time is over; the default range and shape are those that find most. On lattices
 * and the like restarts stay short and replicas apart: there the best state is put together from pieces of many
 * (`recombine`).
 */
import {
  type BinaryQuadraticModel,
  type ConstrainedQuadraticModel,
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
} from '@qurriculum/problems';
import { defaultReads, readWork, requireSolvable, type SolveClock, startClock } from '../solve-clock.ts';
import { SOLVERS_VERSION } from '../version.ts';
import {
  type BetaRange,
  betaSchedule,
  defaultBetaRange,
  type ScheduleShape,
  searchBetaRange,
} from './beta-schedule.ts';
import { type ReadsDone, type ReadsRequest, runReads } from './replica-reads.ts';

const DEFAULT_WORK = { reads: 32, sweeps: 1000 };
/** Different samples kept in the answer. */
const KEEP = 32;
/** Sweeps of a restart at most, so that several restarts fit into the seconds that people give. */
const LONGEST_RESTART = 64_000;
/** The same where the best state is put together from pieces of many. */
const LONGEST_PIECES = 2000;
/** Variables with at most so many neighbours each, as in lattices of up to three dimensions: states differ in many pieces. */
const LATTICE_NEIGHBOURS = 6;
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
  const solver: Solver = {
    name: 'anneal',
    version: SOLVERS_VERSION,
    kind: 'classical',
    description: 'Simulated annealing: flips one choice at a time, first boldly, then ever more carefully.',
    refuses: () => null,
    async solve(problem, solveOptions = {}) {
      requireSolvable(solver, problem, solveOptions);
      const clock = startClock(platform, solveOptions);
      const { reads, sweeps } = readWork(solver.name, solveOptions.work, {
        ...DEFAULT_WORK,
        reads: problem.type === 'bqm' ? defaultReads(solveOptions, DEFAULT_WORK.reads) : DEFAULT_WORK.reads,
      });
      const plan: Plan = { options, solveOptions, reads, sweeps, clock };
      return problem.type === 'bqm' ? annealBqm(problem, plan) : annealByPenalties(problem, plan);
    },
  };
  return solver;
}

interface Plan {
  readonly options: AnnealOptions;
  readonly solveOptions: SolveOptions;
  readonly reads: number;
  readonly sweeps: number;
  readonly clock: SolveClock;
}

async function annealBqm(bqm: BinaryQuadraticModel, plan: Plan): Promise<SampleSet> {
  const pool = createSamplePool(bqm, KEEP);
  const spin = toVartype(bqm, 'SPIN');
  const range = rangeOf(spin, plan);
  const reads = await runReads(spin, bqm.vartype, {
    ...readsOf(spin, range, plan),
    label: 'read',
    initial: plan.solveOptions.initial,
    onRead: pool.add,
    onSlice: (done, best) => plan.clock.turn(done / plan.reads, best),
  });
  return conclude(pool, { ...reads, range }, reads.sweeps, plan);
}

/** Whether restarts go on until the deadline, each longer than the one before. */
function untilDeadline({ solveOptions }: Plan): boolean {
  return solveOptions.seconds !== undefined && solveOptions.work === undefined;
}

function rangeOf(spin: BinaryQuadraticModel, plan: Plan): BetaRange {
  return plan.options.betaRange ?? (untilDeadline(plan) ? searchBetaRange(spin) : defaultBetaRange(spin));
}

function readsOf(
  spin: BinaryQuadraticModel,
  range: BetaRange,
  plan: Plan,
): Pick<ReadsRequest, 'seed' | 'reads' | 'schedule' | 'replicas'> {
  const { options, solveOptions, reads, sweeps } = plan;
  const seed = solveOptions.seed ?? 0;
  if (!untilDeadline(plan)) {
    const schedule = betaSchedule(range, sweeps, options.schedule ?? 'geometric');
    return { seed, reads, schedule: () => schedule, replicas: 'reads' };
  }
  const lattice = isLattice(spin);
  const longest = lattice ? LONGEST_PIECES : LONGEST_RESTART;
  return {
    seed,
    reads,
    schedule: (batch) => betaSchedule(range, Math.min(longest, sweeps * 2 ** batch), options.schedule ?? 'linear'),
    replicas: lattice ? 'pieces' : 'population',
  };
}

function isLattice({ rowStart }: BinaryQuadraticModel): boolean {
  return rowStart.every((start, i) => i === 0 || start - rowStart[i - 1] <= LATTICE_NEIGHBOURS);
}

/** Anneals with penalties until at least half of the reads keep every row. */
async function annealByPenalties(cqm: ConstrainedQuadraticModel, plan: Plan): Promise<SampleSet> {
  const pool = createSamplePool(cqm, KEEP);
  let penalties: Float64Array | undefined;
  let sweeps = 0;
  let bestEnergy: number | null = null;
  for (let round = 0; ; round++) {
    const converted = cqmToBqm(cqm, { penalties });
    const samples: Sample[] = [];
    const spin = toVartype(converted.bqm, 'SPIN');
    const range = plan.options.betaRange ?? defaultBetaRange(spin);
    const reads = await runReads(spin, converted.bqm.vartype, {
      ...readsOf(spin, range, plan),
      label: `round ${round}`,
      initial: plan.solveOptions.initial?.map((start) => converted.embed(start)),
      onRead(bits) {
        const sample = pool.add(converted.invert(bits));
        samples.push(sample);
        if (sample.feasible) bestEnergy = Math.min(bestEnergy ?? sample.energy, sample.energy);
      },
      onSlice: (done) => plan.clock.turn((round + done / plan.reads) / (PENALTY_ROUNDS + 1), bestEnergy),
    });
    sweeps += reads.sweeps;
    const feasible = samples.filter((sample) => sample.feasible).length;
    const enough = feasible >= samples.length / 2 || round === PENALTY_ROUNDS;
    if (reads.cut || enough) return conclude(pool, { ...reads, range }, sweeps, plan);
    const values = samples.map((sample) => sample.values);
    penalties = refinePenalties(cqm, converted.penalties, values, { lower: 1 });
  }
}

function conclude(
  pool: SamplePool,
  { cut, width, range }: ReadsDone & { readonly range: BetaRange },
  sweeps: number,
  plan: Plan,
): SampleSet {
  return sampleSetOf(pool.samples(), {
    stoppedEarly: cut,
    workDone: { reads: pool.count(), sweeps },
    cost: plan.clock.cost(),
    info: { hotBeta: range.hot, coldBeta: range.cold, width },
  });
}
