/**
 * Repair during the term: events one after another, each answered by a plan that trades gain against a price per session
 * given up. Sessions that the event itself made impossible are nobody's choice, and cost nothing. Two more answers frame it:
 * change nothing that is not broken, and the best plan from scratch.
 */
import type { Violation } from '../decision.ts';
import { compileSchedule } from './compile/compile.ts';
import { changesOf, keptSessions, type LearnerChange, meetingKey } from './diff.ts';
import { applyScheduleEvents } from './events.ts';
import { type PlanOptions, planSchedule } from './planner.ts';
import { createRoster } from './roster/roster.ts';
import type {
  ScheduleAssignment,
  ScheduleEvent,
  SchedulePin,
  SchedulePlan,
  ScheduleResult,
  ScheduleState,
  UnmetDemand,
} from './types.ts';
import { scheduleWeights } from './weights.ts';

export interface RepairOptions extends Omit<PlanOptions, 'initial' | 'onProgress'> {
  /** Points per session given up although it could still take place. Default: the state's weight of change, or 2. */
  readonly changeCost?: number;
  /** Also answers `keep` and `best`, a search each. Default false. */
  readonly alternatives?: boolean;
  /** Seconds of the search for `best`, which has no plan to start from. Default: `seconds`. */
  readonly scratchSeconds?: number;
  /** Events done, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

/** One answer to an event, compared with the plan before it. */
export interface RepairAnswer {
  /** Its `change` is the price of what was given up, whatever the state says about change. */
  readonly plan: SchedulePlan;
  /** The plan's objective without that price: what answers are compared by. */
  readonly value: number;
  /** Nothing is worth more, the price of change included; null where nothing is proved. Rough but for `best`. */
  readonly bound: number | null;
  readonly changed: readonly LearnerChange[];
  /** Sessions that stay (same learner, tutor, slot), and those given up although they could have stayed. */
  readonly kept: number;
  readonly moved: number;
  readonly violations: readonly Violation[];
  readonly unmet: readonly UnmetDemand[];
}

export interface RepairStep {
  readonly event: ScheduleEvent;
  /** After the event. */
  readonly state: ScheduleState;
  /** Sessions of the plan before that cannot take place any more. */
  readonly broken: readonly ScheduleAssignment[];
  /** Pins that nobody can keep any more. */
  readonly released: readonly SchedulePin[];
  /** Gain against the price of change: the answer that the next event starts from. */
  readonly balanced: RepairAnswer;
  /** Wall time of the balanced answer. */
  readonly seconds: number;
  /** Changes nothing that is not broken; null unless alternatives are asked for. */
  readonly keep: RepairAnswer | null;
  /** From scratch, as if nobody minded; its plan has no price of change. Null unless alternatives are asked for. */
  readonly best: RepairAnswer | null;
}

/** Some changes are worth little to anybody; at 2 to 4 points plans stay calm and lose less than 0.4 % (docs/decisions/0040). */
const DEFAULT_CHANGE_COST = 2;
const DEFAULT_SECONDS = 1;

/**
 * One step per event. `seconds` (default 1) or `work` is for each search.
 * @param state a state that `requireState` takes, as it was when `plan` was made.
 * @throws ScheduleError BAD_EVENT, naming the event; RangeError for a price below 0.
 */
export async function repairSchedule(
  state: ScheduleState,
  plan: { readonly assignments: readonly ScheduleAssignment[] },
  events: readonly ScheduleEvent[],
  options: RepairOptions = {},
): Promise<RepairStep[]> {
  const { changeCost = 0 } = options;
  if (!(changeCost >= 0 && Number.isFinite(changeCost))) {
    throw new RangeError(`repairSchedule: expected a price per change of 0 or more, got ${changeCost}; correct it.`);
  }
  const steps: RepairStep[] = [];
  let [now, before] = [state, plan.assignments];
  for (const [k, event] of events.entries()) {
    options.signal?.throwIfAborted();
    const applied = applyNumbered(now, event, k);
    const step = await repairOne(applied.state, before, event, options);
    steps.push({ ...step, released: applied.released });
    now = applied.state;
    before = step.balanced.plan.assignments;
    options.onProgress?.((k + 1) / events.length);
  }
  return steps;
}

/** Applies one event; errors count from the first of the list. */
function applyNumbered(state: ScheduleState, event: ScheduleEvent, k: number) {
  try {
    return applyScheduleEvents(state, [event]);
  } catch (error) {
    if (error instanceof Error) error.message = error.message.replace(/event 1\b/, `event ${k + 1}`);
    throw error;
  }
}

async function repairOne(
  state: ScheduleState,
  before: readonly ScheduleAssignment[],
  event: ScheduleEvent,
  options: RepairOptions,
): Promise<Omit<RepairStep, 'released'>> {
  const { changeCost: asked, alternatives = false, scratchSeconds, onProgress: _, ...rest } = options;
  const started = performance.now();
  const changeCost = asked ?? (scheduleWeights(state).change || DEFAULT_CHANGE_COST);
  const seconds = rest.seconds ?? (rest.work === undefined ? DEFAULT_SECONDS : undefined);
  const search = { ...rest, seconds };
  const survivors = survivorsOf(state, before);
  const alive = new Set(survivors.map(meetingKey));
  const broken = before.filter((each) => !alive.has(meetingKey(each)));
  const priced = withPrice(state, before, changeCost);
  const answer = (result: ScheduleResult): RepairAnswer => {
    const kept = keptSessions(survivors, result.plan.assignments).length;
    return {
      ...{ plan: result.plan, value: result.plan.objective - result.plan.terms.change, bound: result.bound },
      changed: changesOf(before, result.plan.assignments),
      ...{ kept, moved: survivors.length - kept, violations: result.violations, unmet: result.unmet },
    };
  };
  const balanced = answer(await planSchedule(priced, { ...search, bound: false, initial: survivors }));
  const took = (performance.now() - started) / 1000;
  const common = { event, state, broken, balanced, seconds: took };
  if (!alternatives) return { ...common, keep: null, best: null };
  const pinned = { ...priced, pins: pinsOf(state, survivors) };
  const keep = answer(await planSchedule(pinned, { ...search, bound: false, initial: survivors }));
  const scratch = answer(
    await planSchedule(withPrice(state, [], 0), { ...search, seconds: scratchSeconds ?? seconds }),
  );
  // A short search from scratch may end behind one that began from a good plan.
  const best = [balanced, keep].reduce((most, other) => (isBetter(other, most) ? other : most), scratch);
  return { ...common, keep, best };
}

/** Worth more before the price of change, and breaks no more rules. */
const isBetter = (one: RepairAnswer, other: RepairAnswer): boolean =>
  one.violations.length <= other.violations.length && one.value > other.value;

/** The state in which giving up a session of a plan has a price. */
function withPrice(state: ScheduleState, published: readonly ScheduleAssignment[], change: number): ScheduleState {
  return { ...state, published, weights: { ...state.weights, change } };
}

/** What of a plan can stay as it is, rooms included where they are still free. */
function survivorsOf(state: ScheduleState, before: readonly ScheduleAssignment[]): readonly ScheduleAssignment[] {
  const compiled = compileSchedule(state);
  const roster = createRoster(compiled.model, compiled.choiceOf(before));
  return compiled.planOf(roster.choice()).assignments;
}

/** Every survivor as a pin, and those pins of the state that no survivor keeps. */
function pinsOf({ pins = [] }: ScheduleState, survivors: readonly ScheduleAssignment[]): SchedulePin[] {
  const free = new Set(survivors);
  const open = pins.filter((pin) => {
    const keeper = [...free].find(
      (each) =>
        each.learner === pin.learner &&
        each.skill === pin.skill &&
        (['tutor', 'slot', 'room'] as const).every((key) => (pin[key] ?? each[key]) === each[key]),
    );
    return keeper === undefined || !free.delete(keeper);
  });
  return [...survivors, ...open];
}
