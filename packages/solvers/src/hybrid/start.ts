/** Where the hybrid starts: the best of the given points, a greedy fill, and two short annealing reads. */
import { type ConstrainedQuadraticModel, cqmEnergy, cqmViolations } from '@qurriculum/problems';
import { createRandom, mixSeed } from '@qurriculum/random';
import { createCqmAnnealer } from '../classical/cqm-anneal.ts';
import { createRepair } from '../classical/cqm-repair.ts';
import type { CqmState } from '../classical/cqm-state.ts';

export type StartName = 'initial' | 'greedy' | 'anneal';

export interface StartOptions {
  /** Values 0 or 1, feasible or not. */
  readonly initial: readonly ArrayLike<number>[];
  readonly anneal: boolean;
  readonly seed: number;
  /** Called between slices; true ends the annealing where it is. */
  turn(): Promise<boolean>;
}

/** Flips per variable that the way to feasibility may take. */
const REPAIR_FLIPS = 50;
/** A few milliseconds on 100 variables. */
const READS = 2;
const SWEEPS = 200;

interface Start {
  readonly name: StartName;
  readonly values: Int32Array;
  readonly broken: number;
  readonly energy: number;
}

/** Loads the best start into the state of the model and says which it was; the first of equals. */
export async function chooseStart(
  cqm: ConstrainedQuadraticModel,
  state: CqmState,
  options: StartOptions,
): Promise<StartName> {
  const { initial, anneal, seed } = options;
  const starts: Start[] = [];
  const offer = (name: StartName, source: ArrayLike<number>): void => {
    const values = Int32Array.from(source);
    starts.push({ name, values, broken: cqmViolations(cqm, values).length, energy: cqmEnergy(cqm, values) });
  };
  const repair = createRepair(state);
  const load = (values: ArrayLike<number>, k: number): boolean => {
    state.load(values);
    return repair.run(createRandom(mixSeed(seed, k)), REPAIR_FLIPS * values.length);
  };
  for (const [k, values] of initial.entries()) {
    load(values, k);
    offer('initial', state.values);
  }
  // Greedily from the best of those, or from nothing.
  const base = starts.toSorted(compareStarts)[0]?.values ?? new Int8Array(state.values.length);
  if (load(base, initial.length)) repair.fill(createRandom(seed), 0);
  offer('greedy', state.values);
  if (anneal) {
    const annealer = createCqmAnnealer(cqm);
    let over = await options.turn();
    for (let read = 0; read < READS && !over; read++) {
      annealer.begin(seed, read, read === 0 ? base : undefined);
      for (let sweep = 0; sweep < SWEEPS && !over; sweep++) {
        annealer.sweep(sweep / (SWEEPS - 1));
        over = await options.turn();
      }
      if (!over) annealer.finish();
      offer('anneal', annealer.result().values);
    }
  }
  const best = starts.toSorted(compareStarts)[0];
  state.load(best.values);
  return best.name;
}

function compareStarts(a: Start, b: Start): number {
  return a.broken - b.broken || a.energy - b.energy;
}
