/** Figures of a plan that people can check by counting: loads of tutors, access of groups, distance to the best plan. */
import type { ScheduleAssignment, ScheduleState, ScheduleTerms } from '@qurriculum/decisions';
import type { FairnessView, ScheduleFigures } from '../resources/schedules/schema.ts';
import type { ScheduleNames } from './names.ts';
import type { StoredPlan } from './rows.ts';

/** Relative distances below this are rounding, not a better plan. */
const SAME = 1e-9;

/** Of a plan's value and the proved bound. */
export function figuresOf({
  objective,
  terms,
  bound,
  assignments,
}: Pick<StoredPlan, 'objective' | 'terms' | 'bound' | 'assignments'>): ScheduleFigures {
  const atMostBelow = shareBelow(objective, bound);
  return {
    ...{ objective, bound, atMostBelow, quality: sayQuality(atMostBelow), terms: { ...terms } },
    seats: assignments.length,
    sessions: sessionKeys(assignments).size,
  };
}

const sessionKeys = (assignments: readonly ScheduleAssignment[]): Set<string> =>
  new Set(assignments.map(({ tutor, slot }) => JSON.stringify([tutor, slot])));

function shareBelow(objective: number, bound: number | null): number | null {
  if (bound === null) return null;
  const gap = (bound - objective) / Math.max(1, Math.abs(bound));
  return gap < SAME ? 0 : gap;
}

function sayQuality(share: number | null): string {
  if (share === null) return 'It is not known how far the best possible plan is.';
  if (share === 0) return 'Proved to be the best possible.';
  const percent = 100 * share;
  return `At most ${percent < 0.1 ? percent.toPrecision(1) : percent.toFixed(1)} % below the best possible.`;
}

export function fairnessOf(
  state: ScheduleState,
  assignments: readonly ScheduleAssignment[],
  names: ScheduleNames,
): FairnessView {
  return { load: loadOf(state, assignments, names), access: accessOf(state, assignments) };
}

function loadOf(
  state: ScheduleState,
  assignments: readonly ScheduleAssignment[],
  names: ScheduleNames,
): FairnessView['load'] {
  const byTutor = Map.groupBy(assignments, ({ tutor }) => tutor);
  const minutesOf = new Map(
    state.slots.map(({ id, start, end }) => [id, (Date.parse(end) - Date.parse(start)) / 60_000]),
  );
  const tutors = state.tutors.map(({ id, least = 0, most, available }) => {
    const own = byTutor.get(id) ?? [];
    const held = new Set(own.map(({ slot }) => slot));
    return {
      ...{ tutorId: id, tutorName: names.tutor(id), sessions: held.size, seats: own.length, least, most },
      minutes: [...held].reduce((sum, slot) => sum + (minutesOf.get(slot) ?? 0), 0),
      available: available.length,
    };
  });
  const loads = tutors.map(({ sessions }) => sessions);
  const mean = loads.length === 0 ? 0 : loads.reduce((a, b) => a + b, 0) / loads.length;
  const variance = loads.length === 0 ? 0 : loads.reduce((sum, load) => sum + (load - mean) ** 2, 0) / loads.length;
  return {
    ...{ tutors, mean, deviation: Math.sqrt(variance) },
    fewest: Math.min(...(loads.length === 0 ? [0] : loads)),
    most: Math.max(...(loads.length === 0 ? [0] : loads)),
  };
}

function accessOf(state: ScheduleState, assignments: readonly ScheduleAssignment[]): FairnessView['access'] {
  const metBy = new Map<string, number>();
  for (const { learner } of assignments) metBy.set(learner, (metBy.get(learner) ?? 0) + 1);
  const groups = [...Map.groupBy(state.learners, ({ group }) => group ?? null)].map(([group, members]) => ({
    ...{ group, learners: members.length },
    wanted: members.reduce((sum, { needs }) => sum + needs.reduce((own, { sessions }) => own + sessions, 0), 0),
    met: members.reduce((sum, { id }) => sum + (metBy.get(id) ?? 0), 0),
  }));
  const shares = groups.filter(({ wanted }) => wanted > 0).map(({ met, wanted }) => met / wanted);
  return {
    groups: groups.sort((a, b) => (a.group ?? '\uffff').localeCompare(b.group ?? '\uffff')),
    wanted: groups.reduce((sum, { wanted }) => sum + wanted, 0),
    met: groups.reduce((sum, { met }) => sum + met, 0),
    widest: shares.length < 2 ? null : Math.max(...shares) - Math.min(...shares),
  };
}

const termWords: Record<keyof ScheduleTerms, string> = {
  gain: 'Learning',
  cost: 'Cost of tutors',
  continuity: 'Keeping one tutor',
  load: 'Evenness of loads',
  access: 'Evenness between groups',
  spread: 'Spread over the week',
  change: 'Keeping what is published',
};

/** Terms that differ, the largest loss first: "Learning: 3.1 points less.". */
export function sayTerms(difference: ScheduleTerms): string[] {
  return (Object.entries(difference) as [keyof ScheduleTerms, number][])
    .filter(([, value]) => Math.abs(value) >= 0.05)
    .sort((a, b) => a[1] - b[1])
    .map(([term, value]) => `${termWords[term]}: ${Math.abs(value).toFixed(1)} points ${value < 0 ? 'less' : 'more'}.`);
}

export const termWord = (term: string): string => termWords[term as keyof ScheduleTerms] ?? term;

export const minusTerms = (after: ScheduleTerms, before: ScheduleTerms): ScheduleTerms =>
  Object.fromEntries(
    Object.entries(after).map(([term, value]) => [term, value - before[term as keyof ScheduleTerms]]),
  ) as unknown as ScheduleTerms;
