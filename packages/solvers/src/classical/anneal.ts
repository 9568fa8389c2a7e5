/**
 * `anneal`: simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983) by single flips, in Metropolis sweeps of the
 * annealing kernel. Constrained models are taken too, by penalties with slack bits (`cqmToBqm`): penalties of rows that
 * most reads break are doubled and the reads repeated; where rows are tight `swap-anneal` is far better.
 *
 * Work: { reads: 32, sweeps: 1000 }; with only a time, as many reads as it allows. Each read is one annealing run from
 * random spins (or `initial`), in order: a deadline drops the reads that were not reached.
 */
import { type Annealer, createAnnealer } from '@qurriculum/kernels';
import {
  type BinaryQuadraticModel,
  bqmEnergy,
  type ConstrainedQuadraticModel,
  convertValues,
  cqmToBqm,
  createSamplePool,
  type Platform,
  raisePenalties,
  type Sample,
  type SamplePool,
  type SampleSet,
  type SolveOptions,
  type Solver,
  sampleSetOf,
  toVartype,
} from '@qurriculum/problems';
import { createRandom, mixSeed } from '@qurriculum/random';
import { defaultReads, readWork, requireSolvable, type SolveClock, startClock } from '../solve-clock.ts';
import { SOLVERS_VERSION } from '../version.ts';
import { type BetaRange, betaSchedule, defaultBetaRange, type ScheduleShape } from './beta-schedule.ts';

const DEFAULT_WORK = { reads: 32, sweeps: 1000 };
/** Different samples kept in the answer. */
const KEEP = 32;
/** A read is looked at this often: the best state seen counts, and deadlines are met in between. */
const LOOKS = 16;
/** Flips (proposals and field updates) between two looks at most: some tens of milliseconds. */
const SLICE_FLIPS = 4e6;
/** Times that penalties are raised before what there is must do. */
const PENALTY_ROUNDS = 5;

export interface AnnealOptions {
  /** Inverse temperatures in 1 / energy. Default: dwave-samplers' rule. */
  readonly betaRange?: BetaRange;
  /** Default 'geometric'. */
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

interface Reads {
  readonly sweeps: number;
  readonly cut: boolean;
  readonly beta: BetaRange;
}

async function annealBqm(bqm: BinaryQuadraticModel, plan: Plan): Promise<SampleSet> {
  const pool = createSamplePool(bqm, KEEP);
  const reads = await runReads(bqm, plan, {
    label: 'read',
    initial: plan.solveOptions.initial,
    onRead: pool.add,
    onSlice: (share, best) => plan.clock.turn(share, best),
  });
  return conclude(pool, reads, reads.sweeps, plan);
}

interface ReadsRequest {
  /** Makes the random numbers of this series of reads its own. */
  readonly label: string;
  readonly initial: SolveOptions['initial'];
  /** Gets the best state of each read, in the vartype of the model. */
  onRead(values: Int32Array): void;
  /** Gets the share done and the best energy so far; answers whether to stop. */
  onSlice(share: number, bestEnergy: number): Promise<boolean>;
}

/** Runs the reads of one model. */
async function runReads(
  bqm: BinaryQuadraticModel,
  { options, solveOptions, reads, sweeps }: Plan,
  request: ReadsRequest,
): Promise<Reads> {
  const spin = toVartype(bqm, 'SPIN');
  const annealer = createAnnealer(spin);
  const beta = options.betaRange ?? defaultBetaRange(spin);
  const schedule = betaSchedule(beta, sweeps, options.schedule ?? 'geometric');
  const step = sliceOf(spin, sweeps);
  let best = Number.POSITIVE_INFINITY;
  let done = 0;
  let cut = false;
  for (let read = 0; read < reads && !cut; read++) {
    begin(annealer, mixSeed(solveOptions.seed ?? 0, 'anneal', request.label, read), bqm, request.initial?.[read]);
    let own = { energy: Number.POSITIVE_INFINITY, spins: annealer.spins() };
    for (let from = 0; from < sweeps && !cut; from += step) {
      const slice = schedule.subarray(from, from + step);
      annealer.sweep(slice);
      done += slice.length;
      const spins = annealer.spins();
      const energy = bqmEnergy(spin, spins);
      if (energy < own.energy) own = { energy, spins };
      best = Math.min(best, energy);
      cut = (await request.onSlice(done / (reads * sweeps), best)) && done < reads * sweeps;
    }
    request.onRead(convertValues(own.spins, 'SPIN', bqm.vartype));
  }
  return { sweeps: done, cut, beta };
}

function begin(annealer: Annealer, seed: number, bqm: BinaryQuadraticModel, initial?: Int32Array): void {
  const random = createRandom(seed);
  const spins = initial
    ? convertValues(initial, bqm.vartype, 'SPIN')
    : Int32Array.from({ length: annealer.variables }, () => (random.next() < 0.5 ? -1 : 1));
  annealer.start(spins, random.nextUint32());
}

/** Sweeps between two looks: depends on the problem only, so that looking changes no result. */
function sliceOf(spin: BinaryQuadraticModel, sweeps: number): number {
  const perSweep = spin.linear.length + spin.bias.length;
  return Math.max(1, Math.min(Math.ceil(sweeps / LOOKS), Math.floor(SLICE_FLIPS / perSweep)));
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
    const reads = await runReads(converted.bqm, plan, {
      label: `round ${round}`,
      initial: plan.solveOptions.initial?.map((start) => converted.embed(start)),
      onRead(bits) {
        const sample = pool.add(converted.invert(bits));
        samples.push(sample);
        if (sample.feasible) bestEnergy = Math.min(bestEnergy ?? sample.energy, sample.energy);
      },
      onSlice: (share) => plan.clock.turn((round + share) / (PENALTY_ROUNDS + 1), bestEnergy),
    });
    sweeps += reads.sweeps;
    const feasible = samples.filter((sample) => sample.feasible).length;
    const enough = feasible >= samples.length / 2 || round === PENALTY_ROUNDS;
    if (reads.cut || enough) return conclude(pool, reads, sweeps, plan);
    penalties = raisePenalties(
      cqm,
      converted.penalties,
      samples.map((sample) => sample.values),
    );
  }
}

function conclude(pool: SamplePool, reads: Reads, sweeps: number, plan: Plan): SampleSet {
  return sampleSetOf(pool.samples(), {
    stoppedEarly: reads.cut,
    workDone: { reads: pool.count(), sweeps },
    cost: plan.clock.cost(),
    info: { hotBeta: reads.beta.hot, coldBeta: reads.beta.cold },
  });
}
