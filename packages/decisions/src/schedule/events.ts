/** What happens after a plan is published, applied to the state one after another. States are never changed in place. */

import { compileSchedule } from './compile/compile.ts';
import { ScheduleError } from './error.ts';
import { requireEvent, requireState } from './state/read-state.ts';
import type { ScheduleEvent, ScheduleLearner, SchedulePin, ScheduleState, ScheduleTutor } from './types.ts';

export interface AppliedEvents {
  readonly state: ScheduleState;
  /** Pins that nobody can keep any more; they are no longer in the state. */
  readonly released: readonly SchedulePin[];
}

/**
 * The state after the events, in their order. Pins that became impossible are let go, and named.
 * @throws ScheduleError BAD_EVENT naming the event by its number (from 1) and what it should name.
 */
export function applyScheduleEvents(state: ScheduleState, events: readonly ScheduleEvent[]): AppliedEvents {
  let after = state;
  for (const [k, event] of events.entries()) {
    requireEvent(event, `event ${k + 1}`);
    after = applyOne(after, event, `applyScheduleEvents: event ${k + 1} (${event.kind})`);
  }
  return releasePins(after);
}

type Apply<Kind extends ScheduleEvent['kind']> = (
  state: ScheduleState,
  event: Extract<ScheduleEvent, { readonly kind: Kind }>,
  where: string,
) => ScheduleState;

const APPLY: { readonly [Kind in ScheduleEvent['kind']]: Apply<Kind> } = {
  'tutor-out': (state, { tutor, slots }, where) => ({
    ...state,
    tutors: changed(state.tutors, tutor, 'tutor', where, (each) => withoutSlots(state, each, slots, where)),
  }),
  'learner-out': (state, { learner, slots }, where) => ({
    ...state,
    learners: changed(state.learners, learner, 'learner', where, (each) => withoutSlots(state, each, slots, where)),
  }),
  'learner-gone': (state, { learner }, where) => {
    requireId(state.learners, learner, 'learner', where);
    return {
      ...state,
      learners: state.learners
        .filter(({ id }) => id !== learner)
        .map((each) =>
          each.apart?.includes(learner) ? { ...each, apart: each.apart.filter((id) => id !== learner) } : each,
        ),
      pins: state.pins?.filter((pin) => pin.learner !== learner),
    };
  },
  'learner-added': (state, { learner }, where) => {
    requireNew(state.learners, learner.id, 'learner', where);
    for (const id of learner.apart ?? []) requireId(state.learners, id, 'learner', where);
    for (const { gainWith = {} } of learner.needs) {
      for (const id of Object.keys(gainWith)) requireId(state.tutors, id, 'tutor', where);
    }
    const needs = learner.needs.map((need) => ({ ...need, gainWith: undefined }));
    requirePerson(state, { learners: [{ ...learner, apart: undefined, needs }], tutors: [] }, where);
    return { ...state, learners: [...state.learners, learner] };
  },
  'tutor-gone': (state, { tutor }, where) => {
    requireId(state.tutors, tutor, 'tutor', where);
    return {
      ...state,
      tutors: state.tutors.filter(({ id }) => id !== tutor),
      learners: state.learners.map((each) => withoutTutor(each, tutor)),
      pins: state.pins?.filter((pin) => pin.tutor !== tutor),
    };
  },
  'tutor-added': (state, { tutor }, where) => {
    requireNew(state.tutors, tutor.id, 'tutor', where);
    requirePerson(state, { learners: [], tutors: [tutor] }, where);
    return { ...state, tutors: [...state.tutors, tutor] };
  },
  'slot-closed': (state, { slot }, where) => {
    requireId(state.slots, slot, 'slot', where);
    const without = <T extends { readonly available?: readonly string[] }>(each: T): T =>
      each.available?.includes(slot) ? { ...each, available: each.available.filter((id) => id !== slot) } : each;
    return {
      ...state,
      slots: state.slots.filter(({ id }) => id !== slot),
      learners: state.learners.map(without),
      tutors: state.tutors.map(without),
      rooms: state.rooms?.map(without),
      pins: state.pins?.filter((pin) => pin.slot !== slot),
    };
  },
  // The room stays in the list: a state without rooms would mean that sessions need none.
  'room-closed': (state, { room, slots }, where) => ({
    ...state,
    rooms: changed(state.rooms ?? [], room, 'room', where, (each) => {
      const available = each.available ?? state.slots.map(({ id }) => id);
      return withoutSlots(state, { ...each, available }, slots, where);
    }),
  }),
  'need-changed': (state, { learner, skill, sessions }, where) => {
    const learners = changed(state.learners, learner, 'learner', where, (each) => {
      if (!each.needs.some((need) => need.skill === skill)) {
        throw fault(where, `a need of learner ${JSON.stringify(learner)}`, skill);
      }
      const needs = each.needs.flatMap((need) =>
        need.skill !== skill ? [need] : sessions === 0 ? [] : [{ ...need, sessions }],
      );
      return { ...each, needs };
    });
    let left = sessions;
    const pins = state.pins?.filter((pin) => pin.learner !== learner || pin.skill !== skill || left-- > 0);
    return { ...state, learners, pins };
  },
};

function applyOne<Kind extends ScheduleEvent['kind']>(
  state: ScheduleState,
  event: Extract<ScheduleEvent, { readonly kind: Kind }>,
  where: string,
): ScheduleState {
  const apply = APPLY[event.kind as Kind] as Apply<Kind>;
  return apply(state, event, where);
}

function fault(where: string, expected: string, got: string): ScheduleError {
  return new ScheduleError(
    'BAD_EVENT',
    `${where}: expected ${expected}, got ${JSON.stringify(got)}; correct the event.`,
  );
}

interface Named {
  readonly id: string;
}

function requireId(entries: readonly Named[], id: string, what: string, where: string): void {
  if (!entries.some((each) => each.id === id)) throw fault(where, `the id of a ${what}`, id);
}

function requireNew(entries: readonly Named[], id: string, what: string, where: string): void {
  if (entries.some((each) => each.id === id)) throw fault(where, `an id that no other ${what} has`, id);
}

/** Checks people who join, as the reader of states would. */
function requirePerson(
  { timeZone, slots }: ScheduleState,
  people: { readonly learners: readonly ScheduleLearner[]; readonly tutors: readonly ScheduleTutor[] },
  where: string,
): void {
  try {
    requireState({ timeZone, slots, ...people });
  } catch (error) {
    throw error instanceof ScheduleError ? new ScheduleError('BAD_EVENT', `${where}: ${error.message}`) : error;
  }
}

function changed<T extends Named>(
  entries: readonly T[],
  id: string,
  what: string,
  where: string,
  change: (entry: T) => T,
): T[] {
  requireId(entries, id, what, where);
  return entries.map((each) => (each.id === id ? change(each) : each));
}

function withoutSlots<T extends { readonly available: readonly string[] }>(
  state: ScheduleState,
  entry: T,
  slots: readonly string[] | undefined,
  where: string,
): T {
  for (const slot of slots ?? []) requireId(state.slots, slot, 'slot', where);
  return { ...entry, available: slots === undefined ? [] : entry.available.filter((id) => !slots.includes(id)) };
}

function withoutTutor(learner: ScheduleLearner, tutor: string): ScheduleLearner {
  if (learner.needs.every(({ gainWith }) => gainWith?.[tutor] === undefined)) return learner;
  const needs = learner.needs.map((need) => {
    const { [tutor]: _, ...gainWith } = need.gainWith ?? {};
    return need.gainWith === undefined ? need : { ...need, gainWith };
  });
  return { ...learner, needs };
}

/** Lets go of pins that cannot be kept, the later one of two that exclude each other. */
function releasePins(state: ScheduleState): AppliedEvents {
  const released: SchedulePin[] = [];
  let pins = state.pins ?? [];
  while (pins.length > 0) {
    // Only who is pinned can be in the way of a pin.
    const pinned = new Set(pins.map(({ learner }) => learner));
    const fault = pinFaultOf({ ...state, pins, learners: state.learners.filter(({ id }) => pinned.has(id)) });
    if (fault === null) break;
    const last = fault.at(-1) as number;
    released.push(pins[last]);
    pins = pins.filter((_, k) => k !== last);
  }
  return { state: released.length === 0 ? state : { ...state, pins }, released };
}

/** Positions of pins at fault, or null. */
function pinFaultOf(state: ScheduleState): readonly number[] | null {
  return compileSchedule(state, { keepBadPins: true }).pinFault?.pins ?? null;
}
