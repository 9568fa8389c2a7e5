/** The benchmark's own judge: rules and value from the file's numbers alone, after some of its disruptions. */
import type { Violation } from '../../decision.ts';
import type { ScheduleAssignment } from '../types.ts';
import { learnerId, slotId, type TutoringProblem, tutorId } from './tutoring-file.ts';

export interface TutoringCheck {
  readonly objective: number;
  readonly violations: readonly Violation[];
}

/** @param events how many of the file's disruptions have happened, in order. */
export function checkTutoring(
  problem: TutoringProblem,
  assignments: readonly ScheduleAssignment[],
  events = 0,
): TutoringCheck {
  const { learners, tutors } = after(problem, events);
  const numberOf = (id: (k: number) => string, count: number): ReadonlyMap<string, number> =>
    new Map(Array.from({ length: count }, (_, k) => [id(k), k]));
  const learnerAt = numberOf(learnerId, learners.length);
  const tutorAt = numberOf(tutorId, tutors.length);
  const slotAt = numberOf(slotId, problem.slotCount);
  const sessions = assignments.map(({ learner, tutor, slot }) => ({
    ...{ l: learnerAt.get(learner) ?? -1, t: tutorAt.get(tutor) ?? -1, s: slotAt.get(slot) ?? -1 },
    name: `${learner} with ${tutor} in ${slot}`,
  }));
  const violations: Violation[] = [];
  const seen = new Set<string>();
  const learnerLoad = learners.map(() => 0);
  const tutorLoad = tutors.map(() => 0);
  const met = learners.map(() => new Set<number>());
  let objective = 0;
  for (const { l, t, s, name } of sessions) {
    const [learner, tutor] = [learners[l], tutors[t]];
    if (learner === undefined || tutor === undefined || s < 0) {
      violations.push({ rule: 'unknown', message: `${name}: not all of them are in the file.` });
      continue;
    }
    if (!tutor.skills.includes(learner.skill)) violations.push({ rule: 'skill', message: `${name}: wrong skill.` });
    if (!learner.free[s] || !tutor.free[s]) violations.push({ rule: 'slot', message: `${name}: not both are free.` });
    for (const key of [`l${l} ${s}`, `t${t} ${s}`]) {
      if (seen.has(key)) violations.push({ rule: 'twice', message: `${name}: somebody is there twice.` });
      seen.add(key);
    }
    learnerLoad[l]++;
    tutorLoad[t]++;
    met[l].add(t);
    objective += learner.prio * (10 + learner.fit[t]) - 2 * tutor.cost;
  }
  for (const [l, { need }] of learners.entries()) {
    if (learnerLoad[l] > need)
      violations.push({ rule: 'need', message: `${learnerId(l)}: ${learnerLoad[l]} of ${need}.` });
    if (need >= 2) objective -= 6 * met[l].size;
  }
  for (const [t, { max }] of tutors.entries()) {
    if (tutorLoad[t] > max) violations.push({ rule: 'max', message: `${tutorId(t)}: ${tutorLoad[t]} of ${max}.` });
  }
  const loads = tutorLoad.filter((_, t) =>
    learners.some(
      ({ skill, free }) => tutors[t].skills.includes(skill) && free.some((yes, s) => yes && tutors[t].free[s]),
    ),
  );
  if (loads.length > 0) objective -= 3 * (Math.max(...loads) - Math.min(...loads));
  return { objective, violations };
}

function after({ learners, tutors, disruptions }: TutoringProblem, events: number) {
  const free = (slots: string): boolean[] => [...slots].map((bit) => bit === '1');
  const state = {
    learners: learners.map((each) => ({ ...each, free: free(each.slots) })),
    tutors: tutors.map((each) => ({ ...each, free: free(each.slots) })),
  };
  for (const event of disruptions.slice(0, events)) {
    if (event.t === 'learnerSlotLost') state.learners[event.learner].free[event.slot] = false;
    else if (event.t === 'tutorSlotLost') state.tutors[event.tutor].free[event.slot] = false;
    else if (event.t === 'tutorSick') state.tutors[event.tutor].free.fill(false);
    else state.learners[event.learner].need++;
  }
  return state;
}
