/**
 * Planning some weeks and leaving the rest as it is: the weeks' own slots, with what the rest already takes of needs and
 * loads taken off. Weeks are whole, so limits per day and per week hold on their own.
 */
import { createTimeZone, type ScheduleAssignment, type SchedulePin, type ScheduleState } from '@qurriculum/decisions';

export interface PlanWindow {
  /** First and last day, YYYY-MM-DD, rounded outwards to whole weeks from Monday. */
  readonly from?: string;
  readonly to?: string;
}

export interface WindowState {
  readonly state: ScheduleState;
  /** What stays as it is. */
  readonly outside: readonly ScheduleAssignment[];
  /** The part of the plan that is planned anew. */
  readonly inside: readonly ScheduleAssignment[];
}

const DAY = 86_400_000;

function weekOf(date: string): number {
  const day = Date.parse(`${date}T00:00:00Z`) / DAY;
  // 1970-01-01 was a Thursday.
  return Math.floor((day + 3) / 7);
}

export function windowOf(
  state: ScheduleState,
  plan: readonly ScheduleAssignment[],
  { from, to }: PlanWindow,
): WindowState {
  if (from === undefined && to === undefined) return { state, outside: [], inside: plan };
  const zone = createTimeZone(state.timeZone);
  const first = from === undefined ? Number.NEGATIVE_INFINITY : weekOf(from);
  const last = to === undefined ? Number.POSITIVE_INFINITY : weekOf(to);
  const slots = state.slots.filter(({ start }) => {
    const week = weekOf(zone.write(Date.parse(start)).slice(0, 10));
    return week >= first && week <= last;
  });
  const own = new Set(slots.map(({ id }) => id));
  const known = (ids: readonly string[]): string[] => ids.filter((id) => own.has(id));
  const [inside, outside] = [plan.filter(({ slot }) => own.has(slot)), plan.filter(({ slot }) => !own.has(slot))];
  const taken = countBy(outside, ({ learner, skill }) => `${learner} ${skill}`);
  const cells = [...new Map(outside.map((each) => [`${each.tutor} ${each.slot}`, each])).values()];
  const loads = countBy(cells, ({ tutor }) => tutor);
  const learners = state.learners.flatMap((learner) => {
    const needs = learner.needs
      .map((need) => ({ ...need, sessions: need.sessions - (taken.get(`${learner.id} ${need.skill}`) ?? 0) }))
      .filter(({ sessions }) => sessions > 0);
    return needs.length === 0 ? [] : [{ ...learner, needs, available: known(learner.available) }];
  });
  const left = new Set(learners.map(({ id }) => id));
  return {
    ...{ inside, outside },
    state: {
      ...state,
      slots,
      learners: learners.map((learner) =>
        learner.apart === undefined ? learner : { ...learner, apart: learner.apart.filter((id) => left.has(id)) },
      ),
      tutors: state.tutors.map((tutor) => ({
        ...tutor,
        available: known(tutor.available),
        most: Math.max(0, tutor.most - (loads.get(tutor.id) ?? 0)),
        least: Math.max(0, (tutor.least ?? 0) - (loads.get(tutor.id) ?? 0)),
      })),
      rooms: state.rooms?.map((room) =>
        room.available === undefined ? room : { ...room, available: known(room.available) },
      ),
      pins: pinsWithin(state, left, own, outside),
      ...(state.published && {
        published: state.published.filter(({ slot, learner }) => own.has(slot) && left.has(learner)),
      }),
    },
  };
}

/** Pins that the rest does not keep already, and that can be kept within. */
function pinsWithin(
  { pins = [] }: ScheduleState,
  learners: ReadonlySet<string>,
  slots: ReadonlySet<string>,
  outside: readonly ScheduleAssignment[],
): SchedulePin[] {
  const free = [...outside];
  return pins.filter((pin) => {
    const at = free.findIndex((each) => keeps(pin, each));
    if (at >= 0) {
      free.splice(at, 1);
      return false;
    }
    return learners.has(pin.learner) && (pin.slot === undefined || slots.has(pin.slot));
  });
}

const keeps = (pin: SchedulePin, each: ScheduleAssignment): boolean =>
  pin.learner === each.learner &&
  pin.skill === each.skill &&
  (pin.tutor === undefined || pin.tutor === each.tutor) &&
  (pin.slot === undefined || pin.slot === each.slot) &&
  (pin.room === undefined || pin.room === each.room);

function countBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  return counts;
}
