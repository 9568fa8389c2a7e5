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
  readonly population: 'few' | 'many' | null;
}

/** Batches of annealing reads of a model of spins. */
export function* openAnnealing(spin: BinaryQuadraticModel, parameters: AnnealParameters): Steps<BatchRunner> {
  const annealer = yield* openAnnealer(spin, parameters);
  return {
    readsPerBatch: annealer.replicas,
    info: { width: annealer.width },
    async run({ number, reads, starts }, look) {
      const seed = mixSeed(parameters.seed, 'anneal', parameters.label, number);
      annealer.start(seed, starts);
      await look(0, Number.POSITIVE_INFINITY);
      return runBatch(
        { annealer, spin, lanes: reads, schedule: scheduleOf(parameters, number), seed },
        parameters,
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
  if (population !== null) return yield* replicaAnnealerSteps(spin, { replicas: population });
  const few = yield* replicaAnnealerSteps(spin);
  if (reads <= few.replicas) return few;
  const many = yield* replicaAnnealerSteps(spin, { replicas: 'many' });
  return reads >= many.replicas ? many : few;
}

interface Batch {
  readonly annealer: ReplicaAnnealer;
  readonly spin: BinaryQuadraticModel;
  readonly lanes: number;
  readonly schedule: Float64Array;
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
async function runBatch(
  { annealer, spin, lanes, schedule, seed }: Batch,
  { population }: AnnealParameters,
  look: BatchLook,
): Promise<BatchResult> {
  const random = createRandom(seed).fork('resample');
  const step = sliceOf(spin, schedule.length, population !== null);
  let best: Best = { energy: Number.POSITIVE_INFINITY, exact: Number.POSITIVE_INFINITY, lane: 0, spins: NONE };
  let done = 0;
  for (let cut = false; done < schedule.length && !cut; ) {
    const to = Math.min(done + step, schedule.length);
    annealer.sweep(schedule.subarray(done, to));
    const energies = annealer.energies().subarray(0, lanes);
    const lane = leastOf(energies);
    if (energies[lane] < best.energy) {
      const spins = annealer.spins(lane);
      best = { energy: energies[lane], exact: bqmEnergy(spin, spins), lane, spins };
    }
    if (population !== null && to < schedule.length && Number.isFinite(schedule[to])) {
      resample(annealer, energies, schedule[to] - schedule[done], random);
    }
    done = to;
    cut = await look(done / schedule.length, best.exact);
  }
  const complete = done >= schedule.length;
  const states = [best.spins];
  if (complete) for (let lane = 0; lane < lanes; lane++) if (lane !== best.lane) states.push(annealer.spins(lane));
  return { states, work: done * lanes, energy: best.exact, complete };
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
