/** Questions about the plan in hand, asked of a thread and answered in words: why, and where else. */
import type { BetterSession, ScheduleAssignment } from '@qurriculum/decisions';
import type { ComputePool } from '../../compute/pool.ts';
import { defineTask } from '../../compute/tasks.ts';
import { orNotFound } from '../../http/problem.ts';
import type { Advice, AdviceInput, run as runAdvice } from '../../scheduling/advice-task.ts';
import { problemOf } from '../../scheduling/as-problem.ts';
import { termWord } from '../../scheduling/figures.ts';
import { learnerKey, numberIn, skillKey } from '../../scheduling/keys.ts';
import { namedPart, namedPlace, namesOf, placeOf, type ScheduleNames } from '../../scheduling/names.ts';
import { type CourseSchedule, stateKey } from '../../scheduling/state.ts';
import { requirePlan } from './plan-service.ts';
import type { ScheduleExplanationView, SuggestionsView } from './proposal-schema.ts';
import type { ScheduleMove } from './schema.ts';

const adviceTask = defineTask<typeof runAdvice>(new URL('../../scheduling/advice-task.ts', import.meta.url));

async function ask(compute: ComputePool, loaded: CourseSchedule, question: AdviceInput['question']): Promise<Advice> {
  const { schedule, state } = loaded;
  const plan = schedule.plan?.assignments ?? [];
  // Needs follow the learner model: the version alone does not tell them.
  const key = `${schedule.courseId} ${schedule.version} ${stateKey(state)}`;
  try {
    return await compute.run(adviceTask, { key, state, plan, question });
  } catch (error) {
    throw problemOf(error);
  }
}

const points = (value: number): string => `${Math.abs(value).toFixed(1)} points`;

export interface SessionQuestion {
  readonly learnerId: number;
  readonly skillId: number;
  readonly tutorId: string;
  readonly slotId: string;
}

export async function explainSession(
  compute: ComputePool,
  loaded: CourseSchedule,
  { learnerId, skillId, tutorId, slotId }: SessionQuestion,
): Promise<ScheduleExplanationView> {
  const [learner, skill] = [learnerKey(learnerId), skillKey(skillId)];
  const session = requirePlan(loaded).assignments.find(
    (each) => each.learner === learner && each.skill === skill && each.tutor === tutorId && each.slot === slotId,
  );
  const asked = orNotFound(session, 'session', `${tutorId} ${slotId}`);
  const { explanations = [] } = await ask(compute, loaded, { kind: 'explain', session: asked });
  const found = orNotFound(explanations[0], 'session', `${tutorId} ${slotId}`);
  const names = namesOf(loaded);
  const { runnerUp, better, pin, possible, fitting, terms } = found;
  return {
    ...namedPart(names, asked),
    is: namedPlace(names, asked),
    terms: Object.entries(terms)
      .filter(([, value]) => Math.abs(value) >= 0.005)
      .sort((a, b) => b[1] - a[1])
      .map(([term, value]) => ({ term, text: termWord(term), value })),
    total: found.value,
    runnerUp: runnerUp && {
      place: namedPlace(names, runnerUp.session),
      loss: runnerUp.lost,
      text: sayRunnerUp(runnerUp.session, runnerUp.lost, runnerUp.moves.length, names),
    },
    wouldChange: [
      ...(pin === null ? [] : [`A person pinned it${pin.by ? ` (${pin.by.replace(/^[^:]+:/, '')})` : ''}.`]),
      ...better.map((one) => sayBetter(one, names)),
      `Possible by skill, language and hours: ${possible}. Free beside all other sessions: ${fitting}.`,
    ],
  };
}

const sayPlace = ({ tutor, slot }: ScheduleAssignment, names: ScheduleNames): string =>
  `${names.tutor(tutor)}, ${names.say(`"${slot}"`)}`;

function sayRunnerUp(session: ScheduleAssignment, lost: number, moves: number, names: ScheduleNames): string {
  const others = moves === 0 ? '' : ' and somebody else moves';
  const place = sayPlace(session, names);
  if (lost < -0.05) return `${place} would be worth ${points(-lost)} more${others}: plan again to look for more.`;
  if (lost <= 0.05) return `${place} would be worth as much${others}.`;
  return `Next best is ${place}: the plan is worth ${points(lost)} less${others}.`;
}

/** What keeps a better place from being taken; hurdles are the library's codes. */
function sayBetter({ session, advantage, hurdle, heldBy }: BetterSession, names: ScheduleNames): string {
  const who = names.learner(numberIn(session.learner));
  const tutor = names.tutor(session.tutor);
  const others = heldBy.length === 0 ? 'others' : heldBy.map((id) => names.learner(numberIn(id))).join(', ');
  const words: Record<BetterSession['hurdle'], string> = {
    'request-full': `${who} has all sessions that are wanted`,
    'learner-busy': `${who} has another session then`,
    'learner-limit': `${who} has as many sessions as the rules allow`,
    'tutor-busy': `${tutor} is with ${others} then`,
    'tutor-full': `${tutor} has as many sessions as agreed`,
    'group-full': `the group of ${others} is full`,
    'group-unfit': `${who} and ${others} do not fit into one group`,
    'no-room': 'no suitable room is free then',
    resource: 'what the session needs is in use then',
  };
  return `${sayPlace(session, names)} would be worth ${points(advantage)} more, but ${words[hurdle]}.`;
}

const DEFAULT_SUGGESTIONS = 5;

export async function suggestSessions(
  compute: ComputePool,
  loaded: CourseSchedule,
  { learnerId, skillId, limit = DEFAULT_SUGGESTIONS }: { learnerId: number; skillId: number; limit?: number },
): Promise<SuggestionsView> {
  const [learner, skill] = [learnerKey(learnerId), skillKey(skillId)];
  const { suggestions = [] } = await ask(compute, loaded, { kind: 'suggest', learner, skill, limit });
  const names = namesOf(loaded);
  return {
    version: loaded.schedule.version,
    suggestions: suggestions.map(({ session, value, moves }) => {
      const others = moves.map((change) => names.learner(numberIn(change.learner)));
      const worth = `${points(value)} ${value < 0 ? 'less' : 'more'}`;
      return {
        place: {
          ...namedPlace(names, session),
          roomName: session.room === undefined ? null : names.room(session.room),
        },
        value,
        text: `The plan is worth ${worth}${others.length === 0 ? '; nobody else moves' : `; ${others.join(', ')} moves`}.`,
        moves: [
          ...moves.flatMap(({ was, now }) => moved(was, now)),
          { learnerId, skillId, from: null, to: placeOf(session) },
        ],
      };
    }),
    none: suggestions.length === 0 ? sayNone(loaded, learnerId, skillId, names) : null,
  };
}

/** Changes of one learner as moves: what goes and what comes, in pairs as far as they reach. */
function moved(was: readonly ScheduleAssignment[], now: readonly ScheduleAssignment[]): ScheduleMove[] {
  const count = Math.max(was.length, now.length);
  return Array.from({ length: count }, (_, k) => {
    const { learner, skill } = was[k] ?? now[k];
    const [from, to] = [was[k], now[k]].map((place) => (place === undefined ? null : placeOf(place)));
    return { learnerId: numberIn(learner), skillId: numberIn(skill), from, to };
  });
}

function sayNone({ schedule }: CourseSchedule, learnerId: number, skillId: number, names: ScheduleNames): string {
  const known = schedule.plan?.unmet.find((one) => one.learnerId === learnerId && one.skillId === skillId);
  if (known === undefined)
    return 'No place fits, even if one other session moved. Add hours of the learner or of a tutor who teaches it.';
  return [known.reason, ...known.fixes].map(names.say).join(' ');
}
