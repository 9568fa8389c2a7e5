/** A plan for people: sessions with names and times, figures, demand that is not met, rules that no longer hold. */
import { type ScheduleAssignment, type ScheduleState, scoreSchedule, validateSchedule } from '@qurriculum/decisions';
import type { SchedulePlanView, SessionView, UnmetView } from '../resources/schedules/schema.ts';
import { fairnessOf, figuresOf } from './figures.ts';
import { learnerKey, numberIn, skillKey } from './keys.ts';
import { namedPart, namesOf, type ScheduleNames } from './names.ts';
import type { StoredPin, StoredPlan, StoredUnmet } from './rows.ts';
import { boundKey, type CourseSchedule, stateKey } from './state.ts';

/** The view of a plan under the setting as it is now; its value is counted anew, since setting and needs may have changed. */
export function viewPlan(loaded: CourseSchedule, plan: StoredPlan): Omit<SchedulePlanView, 'boundComing'> {
  const { schedule, state, learners } = loaded;
  const names = namesOf(loaded);
  const { assignments } = plan;
  const scored = scoreSchedule(state, assignments);
  const violations = validateSchedule(state, { assignments });
  // What breaks a rule may well be worth more than anything that keeps all.
  const bound = violations.length > 0 ? null : boundNow(loaded, plan, scored.objective);
  return {
    version: schedule.version,
    timeZone: schedule.setting.timeZone,
    sessions: sessionsOf(assignments, names, schedule.setting.pins),
    figures: figuresOf({ ...scored, bound }),
    fairness: fairnessOf(state, assignments, names),
    unmet: unmetNow(loaded, assignments, plan.unmet, names),
    violations: violations.map(({ rule, message }) => ({ rule, message: names.say(message) })),
    ...{ runId: plan.runId, updatedBy: plan.updatedBy, updatedAt: plan.updatedAt },
    simulated: learners.some(({ simulated }) => simulated),
  };
}

/** The bound that planning proved, as long as it holds, or the one that was worked out for the state as it is. */
export function boundNow({ state, bound: known }: CourseSchedule, plan: StoredPlan, objective: number): number | null {
  if (isStillProved(state, plan, objective)) return plan.bound;
  return known !== null && known.bound !== null && known.stateKey === stateKey(state) ? known.bound : null;
}

/** Whether the bound of planning holds for the state as it is, in which the plan is worth `objective`. */
export function isStillProved(state: ScheduleState, plan: StoredPlan, objective: number): boolean {
  // A bound that was proved for other needs or hours says nothing about these.
  const sameValue = Math.abs(objective - plan.objective) <= 1e-6 * Math.max(1, Math.abs(plan.objective));
  return plan.bound !== null && sameValue && plan.boundFor === boundKey(state);
}

/** Learners with one tutor in one slot, skill and room are one session; in order of time. */
export function sessionsOf(
  assignments: readonly ScheduleAssignment[],
  names: ScheduleNames,
  pins: readonly StoredPin[],
): SessionView[] {
  const keyOf = ({ tutor, slot, skill, room }: ScheduleAssignment): string =>
    JSON.stringify([tutor, slot, skill, room]);
  const sessions = [...Map.groupBy(assignments, keyOf).values()].map((members): SessionView => {
    const { tutor, slot, skill, room } = members[0];
    return {
      id: `${tutor} ${slot}`,
      ...{ tutorId: tutor, tutorName: names.tutor(tutor), slotId: slot, ...names.slot(slot) },
      skill: names.skill(numberIn(skill)),
      ...{ roomId: room ?? null, roomName: room === undefined ? null : names.room(room) },
      members: members.map((assignment) => ({
        learnerId: numberIn(assignment.learner),
        name: names.learner(numberIn(assignment.learner)),
        pin: pinOf(assignment, pins),
      })),
    };
  });
  return sessions.sort((a, b) => Date.parse(a.start) - Date.parse(b.start) || a.tutorName.localeCompare(b.tutorName));
}

function pinOf(assignment: ScheduleAssignment, pins: readonly StoredPin[]): SessionView['members'][number]['pin'] {
  const pin = pins.find(
    ({ learnerId, skillId, tutorId, slotId, roomId }) =>
      learnerKey(learnerId) === assignment.learner &&
      skillKey(skillId) === assignment.skill &&
      (tutorId === undefined || tutorId === assignment.tutor) &&
      (slotId === undefined || slotId === assignment.slot) &&
      (roomId === undefined || roomId === assignment.room),
  );
  if (pin === undefined) return null;
  const { id, tutorId, slotId, roomId, byPerson } = pin;
  return { id, tutor: tutorId !== undefined, time: slotId !== undefined, room: roomId !== undefined, byPerson };
}

/** Demand is counted anew; reasons are those that planning found, as long as the counts are the same. */
function unmetNow(
  { state }: CourseSchedule,
  assignments: readonly ScheduleAssignment[],
  known: readonly StoredUnmet[],
  names: ScheduleNames,
): UnmetView[] {
  const met = new Map<string, number>();
  for (const { learner, skill } of assignments) {
    met.set(`${learner} ${skill}`, (met.get(`${learner} ${skill}`) ?? 0) + 1);
  }
  const reasons = new Map(known.map((one) => [`${learnerKey(one.learnerId)} ${skillKey(one.skillId)}`, one]));
  return state.learners.flatMap(({ id, needs }) =>
    needs.flatMap(({ skill, sessions }) => {
      const got = met.get(`${id} ${skill}`) ?? 0;
      if (got >= sessions) return [];
      const found = reasons.get(`${id} ${skill}`);
      const holds = found !== undefined && found.wanted === sessions && found.met === got;
      return [
        {
          ...namedPart(names, { learner: id, skill }),
          ...{ wanted: sessions, met: got },
          reason: holds ? names.say(found.reason) : 'Changed since the last planning; plan again to see why.',
          fixes: holds ? found.fixes.map(names.say) : [],
        },
      ];
    }),
  );
}
