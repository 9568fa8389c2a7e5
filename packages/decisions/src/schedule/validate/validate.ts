/** Every hard rule of a tutoring plan, checked from ids and instants; messages name people and say what is wrong. */
import type { Violation } from '../../decision.ts';
import type { ScheduleAssignment, ScheduleState } from '../types.ts';
import { scheduleRules } from '../weights.ts';
import {
  ableTutors,
  type Facts,
  factsOf,
  grouped,
  minutesBetween,
  type Session,
  sessionsOf,
  teaches,
} from './facts.ts';
import { sessionViolations } from './sessions.ts';

/** Empty when the plan keeps every rule. Demand that is not met is no violation. */
export function validateSchedule(
  state: ScheduleState,
  plan: { readonly assignments: readonly ScheduleAssignment[] },
): Violation[] {
  const facts = factsOf(state);
  const unknown = unknownIds(facts, plan.assignments);
  const sessions = sessionsOf(facts, plan.assignments);
  return [
    ...unknown,
    ...checkNeeds(facts, plan.assignments),
    ...checkMeetings(sessions),
    ...checkLearners(facts, sessions),
    ...checkTutors(facts, sessions),
    ...sessionViolations(facts, sessions),
    ...checkPins(facts, plan.assignments),
  ];
}

const quote = (id: string): string => JSON.stringify(id);

function unknownIds(facts: Facts, assignments: readonly ScheduleAssignment[]): Violation[] {
  return assignments.flatMap(({ learner, tutor, slot, room }): Violation[] => {
    const wrong = [
      ...(facts.learners.has(learner) ? [] : [`learner ${quote(learner)}`]),
      ...(facts.tutors.has(tutor) ? [] : [`tutor ${quote(tutor)}`]),
      ...(facts.slots.has(slot) ? [] : [`slot ${quote(slot)}`]),
      ...(room === undefined || facts.rooms.has(room) ? [] : [`room ${quote(room)}`]),
    ];
    return wrong.map((what) => ({ rule: 'unknown', message: `There is no ${what}.` }));
  });
}

/** What is taught is needed, and no more often than wanted. */
function checkNeeds(facts: Facts, assignments: readonly ScheduleAssignment[]): Violation[] {
  const known = assignments.filter(({ learner }) => facts.learners.has(learner));
  return grouped(known, ({ learner, skill }) => JSON.stringify([learner, skill])).flatMap((same): Violation[] => {
    const { learner, skill } = same[0];
    const need = facts.learners.get(learner)?.needs.find((each) => each.skill === skill);
    if (need === undefined) {
      return [{ rule: 'need', message: `${quote(learner)} has no need of ${quote(skill)}.` }];
    }
    if (same.length <= need.sessions) return [];
    const message = `${quote(learner)} has ${same.length} sessions of ${quote(skill)}, ${need.sessions} are wanted.`;
    return [{ rule: 'need', message }];
  });
}

/** The tutor teaches it, they have a language, and both are free. */
function checkMeetings(sessions: readonly Session[]): Violation[] {
  return sessions.flatMap(({ tutor, slot, members }): Violation[] => [
    ...(tutor.available.includes(slot.id)
      ? []
      : [{ rule: 'tutor-available', message: `Tutor ${quote(tutor.id)} is not free in ${quote(slot.id)}.` }]),
    ...members.flatMap(({ learner, need }): Violation[] => {
      const violations: Violation[] = [];
      if (!learner.available.includes(slot.id)) {
        violations.push({
          rule: 'learner-available',
          message: `${quote(learner.id)} is not free in ${quote(slot.id)}.`,
        });
      }
      if (tutor.skills[need.skill] === undefined) {
        violations.push({ rule: 'skill', message: `Tutor ${quote(tutor.id)} does not teach ${quote(need.skill)}.` });
      } else if (!teaches(learner, need, tutor)) {
        violations.push({
          rule: 'language',
          message: `Tutor ${quote(tutor.id)} and ${quote(learner.id)} have no language in common.`,
        });
      }
      return violations;
    }),
  ]);
}

function checkLearners(facts: Facts, sessions: readonly Session[]): Violation[] {
  const { mostPerDay, mostPerWeek } = scheduleRules(facts.state);
  const own = sessions.flatMap((session) => session.members.map(({ learner }) => ({ learner, session })));
  return grouped(own, ({ learner }) => learner.id).flatMap((mine) => {
    const who = quote(mine[0].learner.id);
    const at = mine.map(({ session }) => session);
    const crowded = (by: 'day' | 'week', most: number): Violation[] =>
      grouped(at, ({ slot }) => `${slot[by]}`)
        .filter(({ length }) => length > most)
        .map((same) => ({
          rule: `most-per-${by}`,
          message: `${who} has ${same.length} sessions in the ${by} of ${quote(same[0].slot.id)}, ${most} are allowed.`,
        }));
    return [...checkNear(facts, who, at), ...crowded('day', mostPerDay), ...crowded('week', mostPerWeek)];
  });
}

/** Nobody is in two places, and everybody has the time to go from one to the next. */
function checkNear(facts: Facts, who: string, sessions: readonly Session[]): Violation[] {
  const inOrder = [...sessions].sort((a, b) => a.slot.from - b.slot.from);
  return inOrder.flatMap((earlier, k) =>
    inOrder.slice(k + 1).flatMap((later): Violation[] => {
      const minutes = (later.slot.from - earlier.slot.to) / 60_000;
      const needed = minutesBetween(facts, earlier.room, later.room);
      if (minutes < 0) {
        const message = `${who} would be in two sessions at once: ${quote(earlier.slot.id)} and ${quote(later.slot.id)}.`;
        return [{ rule: 'double-booked', message }];
      }
      if (minutes >= needed) return [];
      const message = `${who} has ${minutes} minutes from ${quote(earlier.slot.id)} to ${quote(later.slot.id)}, ${needed} are needed.`;
      return [{ rule: 'buffer', message }];
    }),
  );
}

function checkTutors(facts: Facts, sessions: readonly Session[]): Violation[] {
  const owing = facts.state.tutors.some(({ least = 0 }) => least > 0) ? new Set(ableTutors(facts)) : new Set();
  return facts.state.tutors.flatMap((tutor): Violation[] => {
    const own = sessions.filter((session) => session.tutor === tutor);
    const who = `Tutor ${quote(tutor.id)}`;
    const violations = checkNear(facts, who, own);
    if (own.length > tutor.most) {
      violations.push({
        rule: 'tutor-most',
        message: `${who} has ${own.length} sessions, ${tutor.most} are the most.`,
      });
    }
    const least = owing.has(tutor) ? (tutor.least ?? 0) : 0;
    if (own.length < least) {
      violations.push({ rule: 'tutor-least', message: `${who} has ${own.length} sessions, ${least} are the least.` });
    }
    return violations;
  });
}

/** Each pin needs a session of its own: counted need by need, by trying (needs have few pins). */
function checkPins({ state }: Facts, assignments: readonly ScheduleAssignment[]): Violation[] {
  return grouped(state.pins ?? [], ({ learner, skill }) => JSON.stringify([learner, skill])).flatMap((pins) => {
    const own = assignments.filter(({ learner, skill }) => learner === pins[0].learner && skill === pins[0].skill);
    const keeps = (p: number, session: ScheduleAssignment): boolean =>
      (['tutor', 'slot', 'room'] as const).every((key) => pins[p][key] === undefined || pins[p][key] === session[key]);
    const taken = new Map<ScheduleAssignment, number>();
    const place = (p: number, tried: Set<ScheduleAssignment>): boolean => {
      for (const session of own) {
        if (tried.has(session) || !keeps(p, session)) continue;
        tried.add(session);
        const holder = taken.get(session);
        if (holder === undefined || place(holder, tried)) {
          taken.set(session, p);
          return true;
        }
      }
      return false;
    };
    return pins.flatMap((pin, p): Violation[] => {
      if (place(p, new Set())) return [];
      const where = [pin.tutor, pin.slot, pin.room].filter((id) => id !== undefined).map((id) => quote(id));
      const message = `The pinned session of ${quote(pin.learner)} in ${quote(pin.skill)} (${where.join(', ') || 'any'}) is missing.`;
      return [{ rule: 'pin', message }];
    });
  });
}
