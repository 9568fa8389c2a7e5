/**
 * What solvers of unconstrained models that make reads have in common: the contract, the clock, and a read after the other,
 * each from its own random numbers, so that a deadline cuts a sequence that is always the same.
 */
import type { Steps } from '@qurriculum/kernels';
import {
  type BinaryQuadraticModel,
  bqmEnergy,
  convertValues,
  createSamplePool,
  type Platform,
  type Problem,
  type Solver,
  type SolverKind,
  sampleSetOf,
  toVartypeSteps,
} from '@qurriculum/problems';
import { createRandom, mixSeed, type Random } from '@qurriculum/random';
import { KEPT_SAMPLES } from '../kept-samples.ts';
import { defaultReads, inTurns, onlyTimeGiven, readWork, requireSolvable, startClock } from '../solve-clock.ts';
import type { OpenBatches } from '../threads/batches.ts';
import { createBatchRuns } from '../threads/run-batches.ts';
import { SOLVERS_VERSION } from '../version.ts';
import { addStates } from './spin-states.ts';

export interface SpinRead {
  readonly random: Random;
  /** Spins of -1 or +1 to start from. */
  readonly start: Int32Array;
  /** Work of this read, in the solver's unit. */
  readonly length: number;
  /** To be called every few milliseconds with the work done and the best energy of this read; answers whether to stop. */
  look(done: number, energy: number): Promise<boolean>;
}

/**
 * Gets the model with spins once, to set up in steps; what that answers makes one read and answers its best spins, or
 * several, best first. Options are plain data: they travel to workers.
 */
export type OpenRead = (
  spin: BinaryQuadraticModel,
  options?: unknown,
) => Steps<(read: SpinRead) => Promise<Int32Array | readonly Int32Array[]>>;

export interface ReadParameters {
  readonly seed: number;
  readonly length: number;
  readonly options?: unknown;
}

/** Reads as batches of one, for `threads/programs.ts`. */
export function openReads(name: string, open: OpenRead): OpenBatches<ReadParameters> {
  return function* (spin, { seed, length, options }) {
    const makeRead = yield* open(spin, options);
    return {
      readsPerBatch: 1,
      info: {},
      async run({ number, starts }, look) {
        const random = createRandom(mixSeed(seed, name, number));
        const start = starts.at(0) ?? randomSpins(spin.linear.length, random);
        let work = 0;
        let best = Number.POSITIVE_INFINITY;
        const found = await makeRead({
          random,
          start,
          length,
          look(now, energy) {
            work = now;
            best = Math.min(best, energy);
            return look(now / length, energy);
          },
        });
        const states = found instanceof Int32Array ? [found] : found;
        // Shown while others run; passing a dense model once more takes milliseconds that a late answer has not.
        const energy = Number.isFinite(best) ? best : bqmEnergy(spin, states[0]);
        return { states, work, energy, complete: work >= length };
      },
    };
  };
}

export interface SpinSolverDefinition<Unit extends string> {
  readonly name: string;
  readonly kind: SolverKind;
  readonly description: string;
  /** Name of the unit of work, and how much of it a read does by default. */
  readonly unit: Unit;
  readonly length: number;
  /** The same when only a time is given. Default: `length`. */
  readonly timedLength?: number;
  readonly reads: number;
  refuses?(model: BinaryQuadraticModel): string | null;
  /** Stands in `threads/programs.ts` under the solver's name. */
  readonly open: OpenRead;
  readonly options?: unknown;
  /** Changes of one variable weighed in one unit of work, for a number of variables: what makes solvers' speeds comparable. */
  proposals(variables: number): number;
}

/** A solver that makes reads of models without constraints. Work: { reads, [unit] }. */
export function createSpinSolver<Unit extends string>(
  platform: Platform,
  definition: SpinSolverDefinition<Unit>,
): Solver {
  const { name, kind, description, unit } = definition;
  const runs = createBatchRuns(platform);
  const refuses = (problem: Problem): string | null =>
    problem.type === 'bqm'
      ? (definition.refuses?.(problem) ?? null)
      : 'takes models without constraints; convert this one by cqmToBqm';
  const solver: Solver = {
    name,
    version: SOLVERS_VERSION,
    kind,
    description,
    refuses,
    async solve(problem, options = {}) {
      requireSolvable(solver, problem, options);
      const bqm = problem as BinaryQuadraticModel;
      const clock = startClock(platform, options);
      const timed = onlyTimeGiven(options);
      const defaults: Record<string, number> = {
        reads: defaultReads(options, definition.reads),
        [unit]: timed ? (definition.timedLength ?? definition.length) : definition.length,
      };
      const work = readWork(name, options.work, defaults);
      const [reads, length] = [work['reads'], work[unit]];
      const pool = createSamplePool(bqm, KEPT_SAMPLES);
      const spin = await inTurns(toVartypeSteps(bqm, 'SPIN'), clock, options);
      const done = await runs.run(
        {
          program: name,
          open: openReads(name, definition.open),
          spin,
          parameters: { seed: options.seed ?? 0, length, options: definition.options },
          reads,
          starts: (options.initial ?? []).map((start) => convertValues(start, bqm.vartype, 'SPIN')),
          clock,
          onBatch: ({ states }) => addStates(states, bqm.vartype, clock, pool.add),
          turn: (fraction, energy) => clock.turn(fraction / reads, energy),
        },
        options,
      );
      const proposals = done.work * definition.proposals(spin.linear.length);
      return sampleSetOf(pool.samples(), {
        stoppedEarly: done.cut,
        workDone: { reads: done.reads, [unit]: done.work, proposals },
        cost: clock.cost(),
        info: {},
      });
    },
  };
  return solver;
}

function randomSpins(size: number, random: Random): Int32Array {
  return Int32Array.from({ length: size }, () => (random.next() < 0.5 ? -1 : 1));
}
