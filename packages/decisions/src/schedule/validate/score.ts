/**
 * The objective of a plan, counted again from ids (the formula is that of `ScheduleModel`):
 *
 *   gain: share(size of the session) x gain with this tutor x priority       cost: - once per session
 *   continuity: - per distinct tutor of a learner who wants two sessions or more
 *   load: - unevenness of sessions over tutors who can teach anybody         spread: - per pair on one day
 *   access: - sum over groups of wanted x (met share - met share of all)^2
 *   change: - per published session given up although it could still take place
 */
import type { ScheduleAssignment, SchedulePlan, ScheduleState, ScheduleTerms } from '../types.ts';
import { scheduleRules, scheduleWeights } from '../weights.ts';
import { ableTutors, couldMeet, type Facts, factsOf, grouped, type Session, sessionsOf } from './facts.ts';

/** The plan with its objective and terms; assignments that name nobody known count for nothing. */
export function scoreSchedule(state: ScheduleState, assignments: readonly ScheduleAssignment[]): SchedulePlan {
  const facts = factsOf(state);
  const sessions = sessionsOf(facts, assignments);
  const weights = scheduleWeights(state);
  const share = scheduleRules(state).groupShare;
  let [gain, cost] = [0, 0];
  for (const { tutor, members } of sessions) {
    const left = share[Math.min(members.length, share.length) - 1];
    for (const { learner, need } of members) {
      const alone = need.gainWith?.[tutor.id] ?? need.gain * (tutor.skills[need.skill] ?? 0);
      gain += left * alone * (learner.priority ?? 1);
    }
    cost += tutor.cost ?? 0;
  }
  const terms: ScheduleTerms = {
    gain: weights.gain * gain,
    cost: negative(weights.cost * cost),
    continuity: negative(weights.continuity * distinctTutors(state, sessions)),
    load: negative(weights.load === 0 ? 0 : weights.load * unevenLoad(facts, sessions)),
    access: negative(weights.access * unevenAccess(state, sessions)),
    spread: negative(weights.spread * pairsOnOneDay(sessions)),
    change: negative(weights.change === 0 ? 0 : weights.change * givenUp(facts, sessions)),
  };
  return { assignments, objective: Object.values(terms).reduce((sum, term) => sum + term, 0), terms };
}

/** Never -0, which prints as such. */
const negative = (value: number): number => (value === 0 ? 0 : -value);

const meetings = (sessions: readonly Session[]) =>
  sessions.flatMap(({ members, tutor, slot }) => members.map(({ learner }) => ({ learner, tutor, slot })));

function distinctTutors(state: ScheduleState, sessions: readonly Session[]): number {
  const pairs = new Map<string, Set<string>>();
  for (const { learner, tutor } of meetings(sessions)) {
    pairs.set(learner.id, (pairs.get(learner.id) ?? new Set()).add(tutor.id));
  }
  return state.learners
    .filter(({ needs }) => needs.reduce((sum, { sessions: wanted }) => sum + wanted, 0) >= 2)
    .reduce((sum, { id }) => sum + (pairs.get(id)?.size ?? 0), 0);
}

function pairsOnOneDay(sessions: readonly Session[]): number {
  return grouped(meetings(sessions), ({ learner, slot }) => JSON.stringify([learner.id, slot.day])).reduce(
    (sum, { length }) => sum + (length * (length - 1)) / 2,
    0,
  );
}

/** Sessions per tutor who can teach anybody: most minus least, or the sum of squared distances from the mean. */
function unevenLoad(facts: Facts, sessions: readonly Session[]): number {
  const count = new Map(ableTutors(facts).map(({ id }) => [id, 0]));
  for (const { tutor } of sessions) count.set(tutor.id, (count.get(tutor.id) ?? 0) + 1);
  const loads = [...count.values()];
  if (loads.length === 0) return 0;
  if (facts.state.loadFairness === 'range') return Math.max(...loads) - Math.min(...loads);
  const mean = loads.reduce((a, b) => a + b, 0) / loads.length;
  return loads.reduce((sum, load) => sum + (load - mean) ** 2, 0);
}

function unevenAccess(state: ScheduleState, sessions: readonly Session[]): number {
  const metOf = new Map<string, number>();
  for (const { learner } of meetings(sessions)) metOf.set(learner.id, (metOf.get(learner.id) ?? 0) + 1);
  const figures = state.learners.map(({ id, group, needs }) => ({
    group,
    wanted: needs.reduce((sum, need) => sum + need.sessions, 0),
    met: metOf.get(id) ?? 0,
  }));
  const total = (list: typeof figures): { wanted: number; met: number } => ({
    wanted: list.reduce((sum, { wanted }) => sum + wanted, 0),
    met: list.reduce((sum, { met }) => sum + met, 0),
  });
  const all = total(figures);
  if (all.wanted === 0) return 0;
  const named = figures.filter(({ group }) => group !== undefined);
  return grouped(named, ({ group }) => group as string)
    .map(total)
    .filter(({ wanted }) => wanted > 0)
    .reduce((sum, { wanted, met }) => sum + wanted * (met / wanted - all.met / all.wanted) ** 2, 0);
}

/** Published sessions that could still take place and do not. */
function givenUp(facts: Facts, sessions: readonly Session[]): number {
  const key = (learner: string, tutor: string, slot: string): string => JSON.stringify([learner, tutor, slot]);
  const now = new Set(meetings(sessions).map(({ learner, tutor, slot }) => key(learner.id, tutor.id, slot.id)));
  const published = new Map(
    (facts.state.published ?? []).map((each) => [key(each.learner, each.tutor, each.slot), each]),
  );
  return [...published].filter(([meeting, each]) => {
    const learner = facts.learners.get(each.learner);
    const tutor = facts.tutors.get(each.tutor);
    if (now.has(meeting) || learner === undefined || tutor === undefined || !facts.slots.has(each.slot)) return false;
    return learner.needs.some((need) => couldMeet(facts, learner, need, tutor, each.slot));
  }).length;
}
