/**
 * What solvers of unconstrained models that make reads have in common: the contract, the clock, and a read after the other,
 * each from its own random numbers, so that a deadline cuts a sequence that is always the same.
 */
import {
  type BinaryQuadraticModel,
  convertValues,
  createSamplePool,
  type Platform,
  type Problem,
  type Solver,
  type SolverKind,
  sampleSetOf,
  toVartype,
} from '@qurriculum/problems';
import { createRandom, mixSeed, type Random } from '@qurriculum/random';
import { defaultReads, readWork, requireSolvable, startClock } from '../solve-clock.ts';
import { SOLVERS_VERSION } from '../version.ts';

/** Different samples kept in the answer. */
const KEEP = 32;

export interface SpinRead {
  readonly random: Random;
  /** Spins of -1 or +1 to start from. */
  readonly start: Int32Array;
  /** Work of this read, in the solver's unit. */
  readonly length: number;
  /** To be called every few milliseconds with the work done and the best energy of this read; answers whether to stop. */
  look(done: number, energy: number): Promise<boolean>;
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
  /** Gets the model with spins once; what it answers makes one read and answers its spins, or several, best first. */
  open(spin: BinaryQuadraticModel): (read: SpinRead) => Promise<Int32Array | readonly Int32Array[]>;
}

/** A solver that makes reads of models without constraints. Work: { reads, [unit] }. */
export function createSpinSolver<Unit extends string>(
  platform: Platform,
  definition: SpinSolverDefinition<Unit>,
): Solver {
  const { name, kind, description, unit } = definition;
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
      const timed = options.seconds !== undefined && options.work === undefined;
      const defaults: Record<string, number> = {
        reads: defaultReads(options, definition.reads),
        [unit]: timed ? (definition.timedLength ?? definition.length) : definition.length,
      };
      const work = readWork(name, options.work, defaults);
      const [reads, length] = [work['reads'], work[unit]];
      const pool = createSamplePool(bqm, KEEP);
      const spin = toVartype(bqm, 'SPIN');
      const makeRead = definition.open(spin);
      let done = 0;
      let made = 0;
      let cut = false;
      for (let read = 0; read < reads && !cut; read++) {
        const random = createRandom(mixSeed(options.seed ?? 0, name, read));
        const initial = options.initial?.[read];
        const start = initial ? convertValues(initial, bqm.vartype, 'SPIN') : randomSpins(spin.linear.length, random);
        let own = 0;
        const spins = await makeRead({
          random,
          start,
          length,
          async look(now, energy) {
            own = now;
            const finished = read === reads - 1 && now >= length;
            cut = (await clock.turn((read + now / length) / reads, energy)) && !finished;
            return cut;
          },
        });
        done += own;
        made++;
        for (const found of spins instanceof Int32Array ? [spins] : spins) {
          pool.add(convertValues(found, 'SPIN', bqm.vartype));
        }
      }
      return sampleSetOf(pool.samples(), {
        stoppedEarly: cut,
        workDone: { reads: made, [unit]: done },
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
