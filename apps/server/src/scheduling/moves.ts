/** Changes of a plan by hand: applied, and their consequences before anybody accepts them. */
import {
  type ScheduleAssignment,
  type SchedulePlan,
  type ScheduleState,
  scoreSchedule,
  type Violation,
  validateSchedule,
} from '@qurriculum/decisions';
import { Problem } from '../http/problem.ts';
import type { ConsequencesView, ScheduleMove } from '../resources/schedules/schema.ts';
import { changesBetween, viewChange } from './compare.ts';
import { minusTerms, sayTerms } from './figures.ts';
import { learnerKey, numberIn, skillKey } from './keys.ts';
import type { ScheduleNames } from './names.ts';

export interface Consequences {
  readonly assignments: readonly ScheduleAssignment[];
  readonly plan: SchedulePlan;
  /** Rules that the plan kept before and breaks now. */
  readonly violations: readonly Violation[];
  readonly view: Omit<ConsequencesView, 'version'>;
}

/** What becomes of a plan; nothing is stored. */
export function consequencesOf(
  state: ScheduleState,
  before: readonly ScheduleAssignment[],
  moves: readonly ScheduleMove[],
  names: ScheduleNames,
): Consequences {
  const assignments = withRooms(state, before, moved(before, moves));
  const [was, plan] = [scoreSchedule(state, before), scoreSchedule(state, assignments)];
  const old = new Set(validateSchedule(state, { assignments: before }).map(({ message }) => message));
  const violations = validateSchedule(asReached(state, before), { assignments }).filter(
    ({ message }) => !old.has(message),
  );
  const terms = minusTerms(plan.terms, was.terms);
  const value = plan.objective - was.objective;
  const changes = changesBetween(before, assignments, (slot) => Date.parse(names.slot(slot).start));
  const spoken = violations.map(({ rule, message }) => ({ rule, message: names.say(message) }));
  return {
    ...{ assignments, plan, violations },
    view: {
      ...{ allowed: violations.length === 0, violations: spoken, value, terms: { ...terms } },
      words: [...spoken.map(({ message }) => message), sayValue(value), ...sayTerms(terms)],
      changes: changes.map((change) => viewChange(names, change)),
      affected: affectedBy(
        changes.flatMap(({ was: from, is }) => [from, is]),
        names,
      ),
    },
  };
}

/** Least loads that a plan has not reached are no reason to refuse what brings it nearer, one session after the other. */
function asReached(state: ScheduleState, before: readonly ScheduleAssignment[]): ScheduleState {
  const cells = Map.groupBy(before, ({ tutor }) => tutor);
  const load = (id: string): number => new Set(cells.get(id)?.map(({ slot }) => slot)).size;
  return {
    ...state,
    tutors: state.tutors.map((tutor) => ({ ...tutor, least: Math.min(tutor.least ?? 0, load(tutor.id)) })),
  };
}

function sayValue(value: number): string {
  if (Math.abs(value) < 0.05) return 'The plan is worth the same.';
  return `The plan is worth ${Math.abs(value).toFixed(1)} points ${value > 0 ? 'more' : 'less'}.`;
}

function affectedBy(parts: readonly (ScheduleAssignment | null)[], names: ScheduleNames): ConsequencesView['affected'] {
  const found = new Map<string, ConsequencesView['affected'][number]>();
  const add = (kind: 'learner' | 'tutor' | 'room', id: string, name: string) =>
    found.set(`${kind} ${id}`, { kind, id, name });
  for (const assignment of parts) {
    if (assignment === null) continue;
    const learner = numberIn(assignment.learner);
    add('learner', String(learner), names.learner(learner));
    add('tutor', assignment.tutor, names.tutor(assignment.tutor));
    if (assignment.room !== undefined) add('room', assignment.room, names.room(assignment.room));
  }
  return [...found.values()];
}

/** An assignment whose room is still to be found. */
type Moved = ScheduleAssignment & { readonly findRoom?: true };

function moved(before: readonly ScheduleAssignment[], moves: readonly ScheduleMove[]): Moved[] {
  const rest: Moved[] = [...before];
  const added: Moved[] = [];
  for (const { learnerId, skillId, from, to } of moves) {
    const part = { learner: learnerKey(learnerId), skill: skillKey(skillId) };
    if (from === null && to === null)
      throw new Problem('invalid-request', 'moves: expected a place to leave or to take, got neither.');
    if (from !== null) {
      const at = rest.findIndex(
        ({ learner, skill, tutor, slot }) =>
          learner === part.learner && skill === part.skill && tutor === from.tutorId && slot === from.slotId,
      );
      if (at < 0) {
        throw new Problem(
          'conflict',
          'moves: expected a session that is in the plan, got one that is not; load the plan again.',
        );
      }
      rest.splice(at, 1);
    }
    if (to !== null) {
      const place = { tutor: to.tutorId, slot: to.slotId };
      added.push({ ...part, ...place, ...(to.roomId === null ? { findRoom: true } : { room: to.roomId }) });
    }
  }
  return [...rest, ...added];
}

/** Sessions moved without a room get the room that their session has, or the first that fits; without one, the validator says what is wrong. */
function withRooms(
  state: ScheduleState,
  before: readonly ScheduleAssignment[],
  assignments: readonly Moved[],
): ScheduleAssignment[] {
  const rooms = state.rooms ?? [];
  const placed: ScheduleAssignment[] = assignments.filter(({ findRoom }) => findRoom === undefined);
  const waiting = Map.groupBy(
    assignments.filter(({ findRoom }) => findRoom === true),
    ({ tutor, slot }) => JSON.stringify([tutor, slot]),
  );
  for (const group of waiting.values()) {
    const { tutor, slot } = group[0];
    const parts = group.map(({ findRoom: _, ...assignment }) => assignment);
    if (rooms.length === 0) {
      placed.push(...parts);
      continue;
    }
    const beside = placed.filter((other) => other.tutor === tutor && other.slot === slot);
    const room = beside[0]?.room ?? freeRoom(state, placed, [...beside, ...parts], usualRoom(before, tutor));
    placed.push(...parts.map((part) => ({ ...part, ...(room !== undefined && { room }) })));
  }
  return placed;
}

/** The room that a tutor has most sessions in: nobody likes to walk. */
function usualRoom(before: readonly ScheduleAssignment[], tutor: string): string | undefined {
  const counts = new Map<string, number>();
  for (const { tutor: other, room } of before) {
    if (other === tutor && room !== undefined) counts.set(room, (counts.get(room) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

function freeRoom(
  state: ScheduleState,
  placed: readonly ScheduleAssignment[],
  session: readonly ScheduleAssignment[],
  preferred: string | undefined,
): string | undefined {
  const { slot, tutor } = session[0];
  const taken = new Set(placed.filter((other) => other.slot === slot && other.tutor !== tutor).map(({ room }) => room));
  const members = new Set(session.map(({ learner }) => learner));
  const wanted = [
    ...(state.tutors.find(({ id }) => id === tutor)?.access ?? []),
    ...state.learners.filter(({ id }) => members.has(id)).flatMap(({ access = [] }) => access),
  ];
  const fitting = (state.rooms ?? []).filter(
    ({ id, seats, features = [], available }) =>
      !taken.has(id) &&
      seats >= members.size &&
      wanted.every((feature) => features.includes(feature)) &&
      (available === undefined || available.includes(slot)),
  );
  return (fitting.find(({ id }) => id === preferred) ?? fitting.sort((a, b) => a.seats - b.seats)[0])?.id;
}
