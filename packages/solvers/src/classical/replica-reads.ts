/**
 * Annealing reads of an unconstrained model, as many at a time as SIMD lanes hold. A batch of lanes is the unit of work:
 * what it draws depends on the seed, the label and its number only, so that a deadline cuts a sequence that is always the
 * same, and batches could be worked off in any order.
 */
import { type ReplicaAnnealer, replicaAnnealerSteps, type Steps } from '@qurriculum/kernels';
import { type BinaryQuadraticModel, bqmEnergy } from '@qurriculum/problems';
import { createRandom, mixSeed } from '@qurriculum/random';
import type { BatchLook, BatchResult, BatchRunner } from '../threads/batches.ts';
import { type BetaRange, betaSchedule, type ScheduleShape } from './beta-schedule.ts';
import { resample } from './population.ts';
import { type ReplicaGroups, replicaGroups, replicaGroupsSteps } from './replica-groups.ts';
import { sweepsPerSlice } from './sweep-slices.ts';

/** A batch is looked at this often: the best state seen counts, and deadlines are met in between. */
const LOOKS = 16;
/** Sweeps between two resamplings of a population. */
const RESAMPLE_SWEEPS = 10;

export interface AnnealParameters {
  /** Makes the random numbers of this series of reads its own. */
  readonly label: string;
  readonly seed: number;
  readonly reads: number;
  readonly range: BetaRange;
  readonly shape: ScheduleShape;
  readonly sweeps: number;
  /** Batches are restarts, every one twice as long as the one before up to this; null: all as long as `sweeps`. */
  readonly longestRestart: number | null;
  /** The replicas of a batch as one population (`resample`) of so many; null: reads that know nothing of each other. */
  readonly population: Population | null;
}

export interface Population {
  /** Replicas of an annealer. */
  readonly replicas: 'few' | 'many';
  /**
   * Where one annealer holds too few: restarts from number `from` on are of several, resampled as one, and count as the
   * reads of one.
   */
  readonly large?: {
    readonly from: number;
    readonly annealers: number;
    /**
     * How far resampling follows Boltzmann's weights, 0 to 1: below 1 worse replicas are kept longer, which pays where they
     * are far from equilibrium and the best of them late to tell.
     */
    readonly selection: number;
  };
}

/** Batches of annealing reads of a model of spins. */
export function* openAnnealing(spin: BinaryQuadraticModel, parameters: AnnealParameters): Steps<BatchRunner> {
  const annealer = yield* openAnnealer(spin, parameters);
  const single = replicaGroups([annealer]);
  let population: ReplicaGroups | null = null;
  return {
    readsPerBatch: annealer.replicas,
    info: { width: annealer.width },
    async run({ number, reads, starts }, look) {
      const seed = mixSeed(parameters.seed, 'anneal', parameters.label, number);
      const large = parameters.population?.large;
      const isLarge = large !== undefined && number >= large.from;
      if (isLarge) population ??= await openGroups(spin, annealer, large.annealers, look);
      const used = isLarge && population ? population : single;
      used.start(seed, starts);
      await look(0, Number.POSITIVE_INFINITY);
      const lanes = isLarge ? used.replicas : reads;
      const selection = parameters.population === null ? 0 : isLarge ? large.selection : 1;
      return runBatch(
        { population: used, spin, lanes, schedule: scheduleOf(parameters, number), selection, seed },
        look,
      );
    },
  };
}

function scheduleOf({ range, shape, sweeps, longestRestart }: AnnealParameters, batch: number): Float64Array {
  const length = longestRestart === null ? sweeps : Math.min(longestRestart, sweeps * 2 ** batch);
  return betaSchedule(range, length, shape);
}

/** Whole cache lines of replicas when there are reads enough for them; a population is better off with more sweeps. */
function* openAnnealer(spin: BinaryQuadraticModel, { reads, population }: AnnealParameters): Steps<ReplicaAnnealer> {
  if (population !== null) return yield* replicaAnnealerSteps(spin, { replicas: population.replicas });
  const few = yield* replicaAnnealerSteps(spin);
  if (reads <= few.replicas) return few;
  const many = yield* replicaAnnealerSteps(spin, { replicas: 'many' });
  return reads >= many.replicas ? many : few;
}

/** An annealer and more like it as one population. */
async function openGroups(
  spin: BinaryQuadraticModel,
  first: ReplicaAnnealer,
  count: number,
  look: BatchLook,
): Promise<ReplicaGroups> {
  const steps = replicaGroupsSteps(spin, first, count);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await look(0, Number.POSITIVE_INFINITY);
  }
}

interface Batch {
  readonly population: ReplicaGroups;
  readonly spin: BinaryQuadraticModel;
  readonly lanes: number;
  readonly schedule: Float64Array;
  /** Of the population; 0: reads that know nothing of each other. */
  readonly selection: number;
  readonly seed: number;
}

/** The best state of a batch: its energy by the kernel without the offset, re-evaluated with it, and where it was seen. */
interface Best {
  readonly energy: number;
  readonly exact: number;
  readonly lane: number;
  readonly spins: Int32Array;
}

const NONE = new Int32Array(0);

/** The reads' last states, the best state that any was seen in in place of what came of it. */
async function runBatch(batch: Batch, look: BatchLook): Promise<BatchResult> {
  const { population, spin, lanes, schedule, selection, seed } = batch;
  const random = createRandom(seed).fork('resample');
  const step = sliceOf(spin, schedule.length, selection > 0);
  let best: Best = { energy: Number.POSITIVE_INFINITY, exact: Number.POSITIVE_INFINITY, lane: 0, spins: NONE };
  let done = 0;
  for (let cut = false; done < schedule.length && !cut; ) {
    const to = Math.min(done + step, schedule.length);
    for (const [k, group] of population.groups.entries()) {
      if (k > 0) cut ||= await look(done / schedule.length, best.exact);
      if (!cut) group.sweep(schedule.subarray(done, to));
    }
    const energies = population.energies().subarray(0, lanes);
    const lane = leastOf(energies);
    if (energies[lane] < best.energy) {
      const spins = population.spins(lane);
      best = { energy: energies[lane], exact: bqmEnergy(spin, spins), lane, spins };
    }
    if (cut) break;
    if (selection > 0 && to < schedule.length && Number.isFinite(schedule[to])) {
      resample(population, energies, selection * (schedule[to] - schedule[done]), random);
    }
    done = to;
    cut = await look(done / schedule.length, best.exact);
  }
  const complete = done >= schedule.length;
  return {
    states: complete ? lastStates(batch, best) : [best.spins],
    work: done * lanes,
    energy: best.exact,
    complete,
  };
}

/** The best state seen, then the last states of the other lanes: of large populations only the best of them. */
function lastStates({ population, lanes }: Batch, best: Best): Int32Array[] {
  const others = Array.from({ length: lanes }, (_, lane) => lane).filter((lane) => lane !== best.lane);
  const most = population.groups[0].replicas;
  if (lanes > most) {
    const energies = population.energies();
    others.sort((a, b) => energies[a] - energies[b] || a - b).splice(most - 1);
  }
  return [best.spins, ...others.map((lane) => population.spins(lane))];
}

function leastOf(values: Float64Array): number {
  let least = 0;
  for (let k = 1; k < values.length; k++) if (values[k] < values[least]) least = k;
  return least;
}

/** Sweeps between two looks: depends on the problem only, so that looking changes no result. */
function sliceOf(spin: BinaryQuadraticModel, sweeps: number, population: boolean): number {
  return Math.min(sweepsPerSlice(spin), population ? RESAMPLE_SWEEPS : Math.max(1, Math.ceil(sweeps / LOOKS)));
}
