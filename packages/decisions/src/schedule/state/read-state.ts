/**
 * Our own file of a tutoring schedule: JSON checked by shape, then by sense (ids, references, times, limits). Every error
 * begins with the place. Objects made by programs go through `requireState`, the same checks without a text.
 */
import { parseJson } from '@qurriculum/problems';
import { ScheduleError } from '../error.ts';
import type { ScheduleAssignment, ScheduleEvent, ScheduleNeed, ScheduleRules, ScheduleState } from '../types.ts';
import { createTimeZone } from '../zoned-time.ts';
import { eventShape, planShape, stateShape } from './state-shape.ts';

/** Features, and resources of one skill, are told apart by bits of a 32-bit integer. */
const MOST_BITS = 31;

export interface ScheduleFile {
  readonly state: ScheduleState;
  /** What happened since, in order; empty where the file names nothing. */
  readonly events: readonly ScheduleEvent[];
}

/** JSON Schema (draft 2020-12) of a schedule file: what `readScheduleFile` takes, references and times aside. */
export const scheduleSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Qurriculum tutoring schedule',
  ...stateShape.schema,
};

/** Reads a schedule file. @throws ProblemError BAD_FILE with line and column, or ScheduleError BAD_STATE with the place. */
export function readScheduleFile(text: string, name = 'schedule file'): ScheduleFile {
  const value = parseJson(text, name);
  stateShape.check(value, name);
  const { events = [], ...state } = value as ScheduleState & { events?: ScheduleEvent[] };
  checkSense(state, name);
  return { state, events };
}

/** Reads a plan: `{ "assignments": [...] }` as the command `schedule solve --json` prints it, whatever else it prints. */
export function readSchedulePlan(text: string, name = 'plan file'): readonly ScheduleAssignment[] {
  const value = parseJson(text, name);
  const assignments = (value as { assignments?: unknown } | null)?.assignments;
  const plan = { assignments };
  planShape.check(plan, name);
  return assignments as ScheduleAssignment[];
}

/** Checks a state that a program made. @throws ScheduleError BAD_STATE with the place. */
export function requireState(state: ScheduleState): void {
  stateShape.check(state, 'state');
  checkSense(state, 'state');
}

/** Checks an event's form; whom it names is checked when it is applied. @throws ScheduleError BAD_STATE with the place. */
export function requireEvent(event: unknown, place: string): asserts event is ScheduleEvent {
  eventShape.check(event, place);
}

function fault(place: string, expected: string, got: string): ScheduleError {
  return new ScheduleError('BAD_STATE', `${place}: expected ${expected}, got ${got}; correct the file.`);
}

function checkSense(state: ScheduleState, place: string): void {
  try {
    createTimeZone(state.timeZone);
  } catch (error) {
    throw error instanceof ScheduleError ? new ScheduleError('BAD_STATE', `${place}.${error.message}`) : error;
  }
  const slotIds = uniqueIds(state.slots, `${place}.slots`);
  const learnerIds = uniqueIds(state.learners, `${place}.learners`);
  const tutorIds = uniqueIds(state.tutors, `${place}.tutors`);
  const roomIds = uniqueIds(state.rooms ?? [], `${place}.rooms`);
  uniqueIds(state.resources ?? [], `${place}.resources`);
  const known = { slots: slotIds, learners: learnerIds, tutors: tutorIds, rooms: roomIds };
  for (const [k, { start, end }] of state.slots.entries()) {
    if (Date.parse(end) <= Date.parse(start)) throw fault(`${place}.slots[${k}].end`, `a time after ${start}`, end);
  }
  checkPeople(state, place, known);
  checkPins(state, place, known);
  checkRules(state.rules ?? {}, `${place}.rules`);
  checkBits(state, place);
}

type Known = Readonly<Record<'slots' | 'learners' | 'tutors' | 'rooms', ReadonlySet<string>>>;

function uniqueIds(entries: readonly { readonly id: string }[], place: string): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const [k, { id }] of entries.entries()) {
    if (ids.has(id)) throw fault(`${place}[${k}].id`, 'an id that no other entry has', JSON.stringify(id));
    ids.add(id);
  }
  return ids;
}

function requireKnown(
  ids: readonly string[] | undefined,
  known: ReadonlySet<string>,
  place: string,
  what: string,
): void {
  for (const id of ids ?? []) {
    if (!known.has(id)) throw fault(place, `the id of a ${what}`, JSON.stringify(id));
  }
}

function checkPeople({ learners, tutors, rooms = [] }: ScheduleState, place: string, known: Known): void {
  for (const [k, { available, most, least = 0 }] of tutors.entries()) {
    requireKnown(available, known.slots, `${place}.tutors[${k}].available`, 'slot');
    if (least > most) throw fault(`${place}.tutors[${k}].least`, `at most ${most}, the most sessions`, `${least}`);
  }
  for (const [k, { available, needs, apart, id }] of learners.entries()) {
    const at = `${place}.learners[${k}]`;
    requireKnown(available, known.slots, `${at}.available`, 'slot');
    requireKnown(apart, known.learners, `${at}.apart`, 'learner');
    if (apart?.includes(id)) throw fault(`${at}.apart`, 'other learners', `${JSON.stringify(id)} itself`);
    const skills = new Set<string>();
    for (const [n, { skill, gainWith }] of needs.entries()) {
      if (skills.has(skill)) throw fault(`${at}.needs[${n}].skill`, 'each skill once', JSON.stringify(skill));
      skills.add(skill);
      requireKnown(Object.keys(gainWith ?? {}), known.tutors, `${at}.needs[${n}].gainWith`, 'tutor');
    }
  }
  for (const [k, { available }] of rooms.entries()) {
    requireKnown(available, known.slots, `${place}.rooms[${k}].available`, 'slot');
  }
}

function checkPins({ pins = [], learners }: ScheduleState, place: string, known: Known): void {
  const needs = new Map(learners.map((learner) => [learner.id, learner.needs]));
  const used = new Map<ScheduleNeed, number>();
  for (const [k, pin] of pins.entries()) {
    const at = `${place}.pins[${k}]`;
    requireKnown([pin.learner], known.learners, `${at}.learner`, 'learner');
    requireKnown(pin.tutor === undefined ? [] : [pin.tutor], known.tutors, `${at}.tutor`, 'tutor');
    requireKnown(pin.slot === undefined ? [] : [pin.slot], known.slots, `${at}.slot`, 'slot');
    requireKnown(pin.room === undefined ? [] : [pin.room], known.rooms, `${at}.room`, 'room');
    const need = needs.get(pin.learner)?.find(({ skill }) => skill === pin.skill);
    if (need === undefined) {
      throw fault(`${at}.skill`, `a need of learner ${JSON.stringify(pin.learner)}`, JSON.stringify(pin.skill));
    }
    used.set(need, (used.get(need) ?? 0) + 1);
    if ((used.get(need) as number) > need.sessions) {
      throw fault(at, `at most ${need.sessions} pins, as many as sessions wanted`, `${used.get(need)}`);
    }
  }
}

/** A value of the rules that makes no sense beside the others: where it stands, what was expected there, what came. */
export interface RuleFault {
  readonly path: readonly [list: 'groupShare' | 'travelMinutes', index: number];
  readonly expected: string;
  readonly got: string;
}

/** What in the rules contradicts the rest of them, beyond the range of each value, which a schema tells. */
export function ruleFaults({ groupShare = [1], travelMinutes = [] }: ScheduleRules): RuleFault[] {
  const faults: RuleFault[] = [];
  const add = (list: RuleFault['path'][0], index: number, expected: string, got: unknown): void => {
    faults.push({ path: [list, index], expected, got: `${got}` });
  };
  if (groupShare[0] !== 1) add('groupShare', 0, '1, a learner alone', groupShare[0]);
  for (let k = 1; k < groupShare.length; k++) {
    const [before, share] = [groupShare[k - 1], groupShare[k]];
    if (share > before) add('groupShare', k, `at most ${before}, the share before`, share);
    // Otherwise one more learner would take from a session what all together have of it.
    if ((k + 1) * share < k * before - 1e-12) {
      add('groupShare', k, `at least ${(k * before) / (k + 1)}, so that all gain together`, share);
    }
  }
  const pairs = new Map<string, number>();
  for (const [k, [a, b, minutes]] of travelMinutes.entries()) {
    const key = JSON.stringify([a, b].sort());
    if (a === b || (pairs.get(key) ?? minutes) !== minutes) {
      add('travelMinutes', k, 'one time for two different sites', `${a}, ${b}, ${minutes}`);
    }
    pairs.set(key, minutes);
  }
  return faults;
}

function checkRules(rules: ScheduleRules, place: string): void {
  const [first] = ruleFaults(rules);
  if (first) throw fault(`${place}.${first.path[0]}[${first.path[1]}]`, first.expected, first.got);
}

function checkBits(state: ScheduleState, place: string): void {
  const features = new Set([
    ...(state.rooms ?? []).flatMap((room) => room.features ?? []),
    ...[...state.learners, ...state.tutors].flatMap((person) => person.access ?? []),
  ]);
  if (features.size > MOST_BITS) {
    throw fault(place, `at most ${MOST_BITS} different features of rooms`, `${features.size}`);
  }
  const resources = state.resources?.length ?? 0;
  if (resources > MOST_BITS) throw fault(`${place}.resources`, `at most ${MOST_BITS}`, `${resources}`);
}
