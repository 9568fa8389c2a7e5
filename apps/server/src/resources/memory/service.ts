/** A learner's memory of skills as screens show it. */
import type { MemoryModel, SkillMemory } from '@qurriculum/learner';
import type { Kysely } from 'kysely';
import { isoOf, memoryNow, WANTED_RECALL } from '../../estimates/memory-now.ts';
import { courseMemory } from '../../estimates/memory-store.ts';
import { orNotFound } from '../../http/problem.ts';
import { loadCourseGraph } from '../../planning/course-graph.ts';
import { loadLearnerState } from '../../planning/learner-state.ts';
import { courseInputs, isSimulated } from '../../runs.ts';
import type { Database } from '../../store/database.ts';
import { masteryOf, selectLearner, skillRef } from '../learners/service.ts';
import type { MemoryView } from './schema.ts';

const DAY = 86_400;
/** Points of a curve, and how far past the look back it goes: at least so many days, and half as long again. */
const POINTS = 60;
const LEAST_DAYS = 14;
const PAST_REVIEW = 1.5;
/** No curve goes further: beyond a year nobody plans by it. */
const MOST_DAYS = 365;

/** One skill's memory with its curve; not found where no answer on it carries a time. */
export async function viewMemory(db: Kysely<Database>, learnerId: number, skillId: number): Promise<MemoryView> {
  const learner = await selectLearner(db, learnerId);
  const course = await loadCourseGraph(db, learner.course_id);
  const { memory: known, today } = await loadLearnerState(db, learnerId, course);
  const number = course.numberOf.get(skillId);
  const memory = number === undefined ? undefined : (known?.memories[number] ?? undefined);
  const state = orNotFound(memory, 'memory of skill', skillId);
  const { fitted, verdict, reason, runId } = orNotFound(
    (await courseMemory(db, learner.course_id)) ?? undefined,
    'memory model of course',
    learner.course_id,
  );
  const now = today * DAY;
  const mastery = (await masteryOf(db, learnerId)).get(skillId)?.estimate.mean ?? null;
  return {
    skill: skillRef(course, number ?? 0),
    now: memoryNow(fitted, state, now, mastery),
    ...{ at: isoOf(now), lastAt: isoOf(state.last), stabilityDays: state.stability, wanted: WANTED_RECALL },
    curve: curveOf(fitted, state, now),
    ...{ weights: verdict === 'fitted' ? 'fitted' : 'default', reason, runId },
    simulated: isSimulated(await courseInputs(db, learner.course_id)),
  };
}

/** From the last answer to past both today and the look back. */
function curveOf(model: MemoryModel, memory: SkillMemory, now: number): MemoryView['curve'] {
  const wanted = PAST_REVIEW * model.daysUntil(memory, WANTED_RECALL);
  const sinceLast = Math.max(0, (now - memory.last) / DAY);
  const days = Math.max(LEAST_DAYS, Math.min(MOST_DAYS, wanted), 1.2 * sinceLast);
  return Array.from({ length: POINTS + 1 }, (_, k) => {
    // Closer together at first, where the curve bends.
    const time = memory.last + DAY * days * (k / POINTS) ** 2;
    return { at: isoOf(time), recall: model.retrievability(memory, time) };
  });
}
