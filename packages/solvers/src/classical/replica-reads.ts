/**
 * Annealing reads of an unconstrained model, as many at a time as SIMD lanes hold. A batch of lanes is the unit of work:
 * what it draws depends on the seed, the label and its number only, so that a deadline cuts a sequence that is always the
 * same, and batches could be worked off in any order.
 */
import { createReplicaAnnealer, type ReplicaAnnealer } from '@qurriculum/kernels';
import { type BinaryQuadraticModel, bqmEnergy, convertValues } from '@qurriculum/problems';
import { createRandom, mixSeed } from '@qurriculum/random';
import { resample } from './population.ts';
import { recombine } from './recombine.ts';

/** A batch is looked at this often: the best state seen counts, and deadlines are met in between. */
const LOOKS = 16;
/** Variables and entries passed between two looks at most, in all lanes some milliseconds. */
const SLICE_STEPS = 2e6;
/** Sweeps between two resamplings of a population. */
const RESAMPLE_SWEEPS = 10;

export interface ReadsRequest {
  /** Makes the random numbers of this series of reads its own. */
  readonly label: string;
  readonly seed: number;
  readonly reads: number;
  /** The inverse temperatures of the reads of a batch. */
  schedule(batch: number): Float64Array;
  /**
   * What the replicas of a batch are to each other: reads that know nothing of each other; one population (see `resample`),
   * whose states add to the best one (see `recombine`); or reads whose states do so too.
   */
  readonly replicas: 'reads' | 'population' | 'pieces';
  readonly initial?: readonly Int32Array[];
  /** Gets the last state of each read, the best one seen in place of what came of it, in the vartype asked for. */
  onRead(values: Int32Array): void;
  /** Gets the reads done (with parts) and the best energy so far; answers whether to stop. */
  onSlice(reads: number, bestEnergy: number): Promise<boolean>;
}

export interface ReadsDone {
  /** Sweeps, added up over the reads. */
  readonly sweeps: number;
  readonly cut: boolean;
  readonly width: ReplicaAnnealer['width'];
}

/** Runs the reads of one model, given in SPIN; starts and answers are in `vartype`. */
export async function runReads(
  spin: BinaryQuadraticModel,
  vartype: BinaryQuadraticModel['vartype'],
  request: ReadsRequest,
): Promise<ReadsDone> {
  const annealer = openAnnealer(spin, request);
  const done: Progress = { sweeps: 0, reads: 0, best: Number.POSITIVE_INFINITY, cut: false };
  let champion: Int32Array | null = null;
  for (let batch = 0; done.reads < request.reads && !done.cut; batch++) {
    const lanes = Math.min(annealer.replicas, request.reads - done.reads);
    const starts = request.initial?.slice(done.reads, done.reads + lanes) ?? [];
    const seed = mixSeed(request.seed, 'anneal', request.label, batch);
    annealer.start(
      seed,
      starts.map((start) => convertValues(start, vartype, 'SPIN')),
    );
    const found = await runBatch({ annealer, spin, lanes, schedule: request.schedule(batch), seed }, request, done);
    const states = Array.from({ length: lanes }, (_, lane) =>
      lane === found.lane ? found.spins : annealer.spins(lane),
    );
    if (request.replicas !== 'reads') {
      // First among themselves: what they lead to may lie further from the best one than any of them.
      const own = await combine(spin, found.spins, states, request, done);
      champion = champion ? await combine(spin, champion, [own, ...states], request, done) : own;
      // It is at least as good as the one whose place it takes.
      states[found.lane] = champion;
    }
    for (const spins of states) {
      request.onRead(convertValues(spins, 'SPIN', vartype));
    }
    done.reads += lanes;
  }
  return { sweeps: done.sweeps, cut: done.cut, width: annealer.width };
}

/** The best state so far with the better pieces of all states of a batch. */
async function combine(
  spin: BinaryQuadraticModel,
  champion: Int32Array,
  states: readonly Int32Array[],
  request: ReadsRequest,
  done: Progress,
): Promise<Int32Array> {
  const best = Int32Array.from(champion);
  // A piece may make room for another one of an earlier state.
  for (let taken = true; taken; ) {
    taken = false;
    for (const state of states) {
      if (recombine(spin, best, state)) taken = true;
      done.best = Math.min(done.best, bqmEnergy(spin, best));
      if (done.cut) return best;
      done.cut = await request.onSlice(done.reads + states.length, done.best);
    }
  }
  return best;
}

/** Whole cache lines of replicas when there are reads enough for them; a population is better off with more sweeps. */
function openAnnealer(spin: BinaryQuadraticModel, { reads, replicas }: ReadsRequest): ReplicaAnnealer {
  const few = createReplicaAnnealer(spin);
  if (replicas === 'population' || reads <= few.replicas) return few;
  const many = createReplicaAnnealer(spin, { replicas: 'many' });
  return reads >= many.replicas ? many : few;
}

interface Progress {
  sweeps: number;
  reads: number;
  best: number;
  cut: boolean;
}

interface Batch {
  readonly annealer: ReplicaAnnealer;
  readonly spin: BinaryQuadraticModel;
  readonly lanes: number;
  readonly schedule: Float64Array;
  readonly seed: number;
}

interface Found {
  energy: number;
  lane: number;
  spins: Int32Array;
}

async function runBatch(
  { annealer, spin, lanes, schedule, seed }: Batch,
  request: ReadsRequest,
  done: Progress,
): Promise<Found> {
  const random = createRandom(seed).fork('resample');
  const population = request.replicas === 'population';
  const step = sliceOf(spin, schedule.length, population);
  let found: Found = { energy: Number.POSITIVE_INFINITY, lane: -1, spins: new Int32Array(0) };
  for (let from = 0; from < schedule.length && !done.cut; from += step) {
    const to = Math.min(from + step, schedule.length);
    annealer.sweep(schedule.subarray(from, to));
    done.sweeps += (to - from) * lanes;
    const energies = annealer.energies().subarray(0, lanes);
    const lane = leastOf(energies);
    if (energies[lane] < found.energy) found = { energy: energies[lane], lane, spins: annealer.spins(lane) };
    if (found.energy + spin.offset < done.best) done.best = bqmEnergy(spin, found.spins);
    const last = to === schedule.length;
    if (population && !last && Number.isFinite(schedule[to])) {
      resample(annealer, energies, schedule[to] - schedule[from], random);
    }
    const finished = last && done.reads + lanes >= request.reads;
    done.cut = (await request.onSlice(done.reads + (lanes * to) / schedule.length, done.best)) && !finished;
  }
  return found;
}

function leastOf(values: Float64Array): number {
  let least = 0;
  for (let k = 1; k < values.length; k++) if (values[k] < values[least]) least = k;
  return least;
}

/** Sweeps between two looks: depends on the problem only, so that looking changes no result. */
function sliceOf(spin: BinaryQuadraticModel, sweeps: number, population: boolean): number {
  const perSweep = spin.linear.length + spin.bias.length;
  const most = Math.max(1, Math.floor(SLICE_STEPS / perSweep));
  return Math.min(most, population ? RESAMPLE_SWEEPS : Math.max(1, Math.ceil(sweeps / LOOKS)));
}
