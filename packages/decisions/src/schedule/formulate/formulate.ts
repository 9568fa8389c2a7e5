/**
 * A tutoring schedule as a constrained quadratic model that every solver can take: a binary per possible session, rows with
 * names that people understand, and the objective of `ScheduleModel` with its sign turned. Linear: gain, cost, continuity
 * (a variable per learner and tutor), change. Quadratic: shares of groups and two sessions on one day as products of
 * sessions, fairness as squares of counted loads. The energy of a sample that keeps the rows is minus the plan's objective.
 */
import type { ConstrainedQuadraticModel } from '@qurriculum/problems';
import type { Formulation } from '../../decision.ts';
import { greedyChoice } from '../baselines.ts';
import { type CompiledSchedule, compileSchedule } from '../compile/compile.ts';
import type { ScheduleChoice } from '../model.ts';
import type { SchedulePlan, ScheduleState } from '../types.ts';
import { createDraft } from './draft.ts';
import { addAccess, addLoadFairness } from './fairness.ts';
import { addLoadPairs } from './pairs.ts';
import { addLearners, addRequests, addTutors } from './people.ts';
import { restrictSchedule } from './restrict.ts';
import { addRooms } from './rooms.ts';
import { addResources, addSessions } from './sessions.ts';

export interface ScheduleFormulation extends Formulation<SchedulePlan> {
  readonly problem: ConstrainedQuadraticModel;
  readonly compiled: CompiledSchedule;
  /** Whether energies are minus the objectives of plans, and bounds on them hold: not with squares as pairs. */
  readonly isExact: boolean;
  /** The plan's objective of an energy of the problem, or of a bound on it, where it is exact. */
  objectiveOf(energy: number): number;
  /** The problem's variables under a choice: what `decode` takes back. */
  valuesOf(choice: ScheduleChoice): Int32Array;
  /** The choice of a sample; room -1 where it names none. */
  choiceOf(values: ArrayLike<number>): ScheduleChoice;
}

export interface FormulateScheduleOptions {
  /** Sessions offered to each request at most, the most promising (`restrictSchedule`). Default: all. */
  readonly mostPerRequest?: number;
  /**
   * How squares are written. `counted` (default): of whole numbers that rows count; exact, with integer variables. `pairs`:
   * continuity and fairness of loads as products of sessions (`pairs.ts`), binary variables only but for access and ranges; loads
   * are measured from the mean of the greedy plan, so energies order plans nearly, not quite, as objectives do.
   */
  readonly squares?: 'counted' | 'pairs';
}

/**
 * @param state a state that `requireState` takes.
 * @throws ScheduleError BAD_PINS
 */
export function formulateSchedule(state: ScheduleState, options: FormulateScheduleOptions = {}): ScheduleFormulation {
  const { mostPerRequest = Number.POSITIVE_INFINITY, squares = 'counted' } = options;
  const whole = compileSchedule(state);
  const compiled = Number.isFinite(mostPerRequest) ? restrictSchedule(whole, mostPerRequest) : whole;
  const { model, planOf, offset } = compiled;
  const greedy = greedyChoice(model);
  const draft = createDraft(compiled);
  addRequests(draft);
  const sessions = addSessions(draft);
  addLearners(draft, squares);
  const loads = addTutors(draft, sessions);
  addResources(draft);
  const rooms = addRooms(draft, sessions);
  if (squares === 'pairs' && model.loadFairness === 'squares') {
    addLoadPairs(draft, loads, greedy.options.length / Math.max(1, loads.size));
  } else addLoadFairness(draft, loads);
  addAccess(draft);
  const problem = draft.problem();
  const count = model.optionTutor.length;
  const choiceOf = (values: ArrayLike<number>): ScheduleChoice => {
    const chosen = Int32Array.from({ length: count }, (_, option) => option).filter((option) => values[option] === 1);
    const roomOf = (option: number): number => {
      const open = rooms.get(model.optionTutor[option] * model.slots + model.optionSlot[option]) ?? [];
      return open.find(({ variable }) => values[variable] === 1)?.room ?? -1;
    };
    return { options: chosen, rooms: chosen.map(roomOf) };
  };
  return {
    ...{ problem, compiled, choiceOf, valuesOf: draft.valuesOf, isExact: squares === 'counted' },
    objectiveOf: (energy) => offset - energy,
    initial: draft.valuesOf(greedy),
    decode: (values) => planOf(choiceOf(values)),
  };
}
