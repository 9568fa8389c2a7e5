/** Where the hybrid starts: the best of the given points, a greedy fill, and two short annealing reads. */
import type { Steps } from '@qurriculum/kernels';
import { type ConstrainedQuadraticModel, cqmEnergy, cqmViolations } from '@qurriculum/problems';
import { createRandom, mixSeed } from '@qurriculum/random';
import { createCqmAnnealerSteps } from '../classical/cqm-anneal.ts';
import { createRepair } from '../classical/cqm-repair.ts';
import type { CqmState } from '../classical/cqm-state.ts';

export type StartName = 'initial' | 'greedy' | 'anneal';

export interface StartOptions {
  /** Values 0 or 1, feasible or not. */
  readonly initial: readonly ArrayLike<number>[];
  readonly anneal: boolean;
  readonly seed: number;
  /** Does steps that any answer needs. */
  must<Result>(steps: Steps<Result>): Promise<Result>;
  /** Does steps that can be left out: null where time was up. */
  may<Result>(steps: Steps<Result>): Promise<Result | null>;
}

/** Flips per variable that the way to feasibility may take. */
const REPAIR_FLIPS = 50;
/** A few milliseconds on 100 variables. */
const READS = 2;
const SWEEPS = 200;

export interface Start {
  readonly name: StartName;
  readonly values: Int32Array;
  readonly broken: number;
  readonly energy: number;
}

/** The best start, the first of equals. The state is left at some other. */
export async function chooseStart(
  cqm: ConstrainedQuadraticModel,
  state: CqmState,
  options: StartOptions,
): Promise<Start> {
  const { initial, anneal, seed, must } = options;
  const starts: Start[] = [];
  const offer = (name: StartName, source: ArrayLike<number>): void => {
    const values = Int32Array.from(source);
    starts.push({ name, values, broken: cqmViolations(cqm, values).length, energy: cqmEnergy(cqm, values) });
  };
  const repair = createRepair(state);
  function* load(values: ArrayLike<number>, k: number): Steps<boolean> {
    yield* state.loadSteps(values);
    return yield* repair.run(createRandom(mixSeed(seed, k)), REPAIR_FLIPS * values.length);
  }
  for (const [k, values] of initial.entries()) {
    await must(load(values, k));
    offer('initial', state.values);
  }
  // Greedily from the best of those, or from nothing.
  const base = starts.toSorted(compareStarts)[0]?.values ?? new Int8Array(state.values.length);
  if (await must(load(base, initial.length))) await must(repair.fill(createRandom(seed), 0));
  offer('greedy', state.values);
  if (anneal) await annealStarts(cqm, base, options, (values) => offer('anneal', values));
  return starts.toSorted(compareStarts)[0];
}

/** Offers what two reads find; one that is cut counts from when it has begun. */
async function annealStarts(
  cqm: ConstrainedQuadraticModel,
  base: ArrayLike<number>,
  { seed, may }: StartOptions,
  offer: (values: Int32Array) => void,
): Promise<void> {
  const annealer = await may(createCqmAnnealerSteps(cqm));
  if (annealer === null) return;
  function* sweeps(): Steps<void> {
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      yield* annealer!.sweepSteps(sweep / (SWEEPS - 1));
      yield;
    }
    yield* annealer!.finishSteps();
  }
  for (let read = 0; read < READS; read++) {
    if ((await may(annealer.beginSteps(seed, read, read === 0 ? base : undefined))) === null) return;
    const whole = await may(sweeps());
    offer(annealer.result().values);
    if (whole === null) return;
  }
}

function compareStarts(a: Start, b: Start): number {
  return a.broken - b.broken || a.energy - b.energy;
}
