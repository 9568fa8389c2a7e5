/**
 * `temper`: parallel tempering (Hukushima & Nemoto 1996, "Exchange Monte Carlo method and application to spin glass
 * simulations", section 2). The replicas of one vector sweep at a ladder of temperatures, one each; replicas of neighbouring
 * temperatures change places with probability min(1, exp((b - b') (E - E'))), by exchanging temperatures, not spins.
 *
 * Work: { reads: 4, sweeps: 4000 }; a read is one ladder, and its answer the best state that any replica was seen in.
 */
import { type ReplicaAnnealer, replicaAnnealerSteps, type Steps } from '@qurriculum/kernels';
import type { BinaryQuadraticModel, Platform, Solver } from '@qurriculum/problems';
import type { Random } from '@qurriculum/random';
import { type BetaRange, searchBetaRange } from './beta-schedule.ts';
import { createSpinSolver, type SpinRead } from './spin-solver.ts';
import { sweepsPerSlice } from './sweep-slices.ts';

/** Sweeps between two exchanges. */
const SWEEPS_PER_EXCHANGE = 5;
const NO_ENERGIES = new Float64Array(0);
/** Replicas that a kernel of few replicas has in every width. */
const RUNGS = 16;

export interface TemperOptions {
  /** Ends of the ladder of inverse temperatures, in 1 / energy. Default: `searchBetaRange`. */
  readonly betaRange?: BetaRange;
}

/** Parallel tempering for unconstrained models. */
export function createTemperSolver(platform: Platform, options: TemperOptions = {}): Solver {
  return createSpinSolver(platform, {
    name: 'temper',
    kind: 'classical',
    description: 'Parallel tempering: careful and bold searches side by side, which trade places as they go.',
    unit: 'sweeps',
    length: 4000,
    reads: 4,
    open: openTempering,
    options,
    proposals: (variables) => variables * RUNGS,
  });
}

/** A ladder of temperatures that reads are made on. */
export function* openTempering(
  spin: BinaryQuadraticModel,
  options: unknown,
): Steps<(read: SpinRead) => Promise<Int32Array>> {
  const { betaRange } = options as TemperOptions;
  const annealer = yield* replicaAnnealerSteps(spin);
  const ladder = geometricLadder(betaRange ?? (yield* searchBetaRange(spin)), annealer.replicas);
  return (read) => temper(spin, annealer, ladder, read);
}

/** Inverse temperatures from hot to cold, each the same multiple of the one before. */
function geometricLadder({ hot, cold }: BetaRange, rungs: number): Float64Array {
  return Float64Array.from({ length: rungs }, (_, k) => hot * (cold / hot) ** (k / (rungs - 1)));
}

async function temper(
  spin: BinaryQuadraticModel,
  annealer: ReplicaAnnealer,
  ladder: Float64Array,
  read: SpinRead,
): Promise<Int32Array> {
  annealer.start(read.random.nextUint32(), [read.start]);
  await read.look(0, Number.POSITIVE_INFINITY);
  const laneAt = Array.from(ladder, (_, rung) => rung);
  const factors = Float64Array.from(ladder);
  let best = Number.POSITIVE_INFINITY;
  let spins = read.start;
  const note = (energies: Float64Array): void => {
    for (let lane = 0; lane < energies.length; lane++) {
      if (energies[lane] < best) {
        best = energies[lane];
        spins = annealer.spins(lane);
      }
    }
  };
  const slice = sweepsPerSlice(spin);
  let cut = false;
  for (let done = 0, round = 0; done < read.length && !cut; round++) {
    const to = Math.min(read.length, done + SWEEPS_PER_EXCHANGE);
    const beta = to < read.length ? 1 : Number.POSITIVE_INFINITY;
    annealer.setFactors(factors);
    let energies: Float64Array = NO_ENERGIES;
    for (; done < to && !cut; cut = await read.look(done, best + spin.offset)) {
      const count = Math.min(slice, to - done);
      annealer.sweep(new Float64Array(count).fill(beta));
      done += count;
      energies = annealer.energies();
      note(energies);
    }
    exchange(laneAt, ladder, energies, round % 2, read.random);
    for (let rung = 0; rung < ladder.length; rung++) factors[laneAt[rung]] = ladder[rung];
  }
  return spins;
}

/** Tries to exchange the replicas of the rungs first, first + 1; first + 2, first + 3; ... */
export function exchange(
  laneAt: number[],
  ladder: ArrayLike<number>,
  energies: ArrayLike<number>,
  first: number,
  random: Pick<Random, 'next'>,
): void {
  for (let rung = first; rung + 1 < laneAt.length; rung += 2) {
    const [a, b] = [laneAt[rung], laneAt[rung + 1]];
    const exponent = (ladder[rung] - ladder[rung + 1]) * (energies[a] - energies[b]);
    if (exponent >= 0 || random.next() < Math.exp(exponent)) {
      laneAt[rung] = b;
      laneAt[rung + 1] = a;
    }
  }
}
