/** Learners as screens show them: who, what they know, where they are going, the map of skills. */
import { goalsOf, pathDefaults } from '@qurriculum/decisions';
import { type Kysely, sql } from 'kysely';
import { memoryNow } from '../../estimates/memory-now.ts';
import { newestModel } from '../../estimates/newest-model.ts';
import { masteryThreshold } from '../../estimates/threshold.ts';
import { orNotFound, Problem } from '../../http/problem.ts';
import { type CourseGraph, loadCourseGraph } from '../../planning/course-graph.ts';
import { type LearnerState, loadLearnerState } from '../../planning/learner-state.ts';
import type { Database } from '../../store/database.ts';
import type { SkillRef } from '../shared-schema.ts';
import { layOut } from './layout.ts';
import type { LearnerList, LearnerView, SkillMapView } from './schema.ts';

type Db = Kysely<Database>;

/** A learner's name, or its key where there is none. */
export const learnerName = (row: { readonly name: string | null; readonly key: string }): string =>
  row.name ?? `Learner ${row.key}`;

/** The learner's row; a problem where there is none. */
export async function selectLearner(db: Db, id: number) {
  const row = await db.selectFrom('learner').selectAll().where('id', '=', id).executeTakeFirst();
  return orNotFound(row, 'learner', id);
}

export interface LearnerQuery {
  /** Part of the name or the key. */
  readonly search?: string;
  readonly offset: number;
  readonly limit: number;
}

/** A page of a course's learners, by name, with how far they are. */
export async function listLearners(db: Db, courseId: number, query: LearnerQuery): Promise<LearnerList> {
  const pattern = `%${(query.search ?? '').replace(/[\\%_]/g, '\\$&')}%`;
  const matching = sql<boolean>`learner.course_id = ${courseId}
    AND (learner.name ILIKE ${pattern} OR learner.key ILIKE ${pattern})`;
  const { total } = await db
    .selectFrom('learner')
    .select(sql<number>`count(*)::int`.as('total'))
    .where(matching)
    .executeTakeFirstOrThrow();
  const { rows } = await sql<{
    id: number;
    key: string;
    name: string | null;
    simulated: boolean;
    attempts: number;
    mastered: number;
    last_at: Date | null;
  }>`
    SELECT learner.id, learner.key, learner.name, learner.simulated, coalesce(sum(attempts), 0)::int AS attempts,
      (count(*) FILTER (WHERE mean >= ${masteryThreshold}::real))::int AS mastered, max(last_at) AS last_at
    FROM learner LEFT JOIN mastery ON mastery.learner_id = learner.id
    WHERE ${matching} GROUP BY learner.id
    ORDER BY coalesce(learner.name, lpad(learner.key, 20)), learner.id LIMIT ${query.limit} OFFSET ${query.offset}`.execute(
    db,
  );
  const learners = rows.map(({ last_at, ...row }) => ({ ...row, name: learnerName(row), lastAt: iso(last_at) }));
  return { learners, total };
}

const iso = (date: Date | string | null): string | null => (date === null ? null : new Date(date).toISOString());

export const skillRef = ({ graph, ids }: CourseGraph, skill: number): SkillRef => ({
  id: ids[skill],
  key: graph.skills[skill].id,
  name: graph.skills[skill].name,
});

/** One learner, with goals and the model behind the estimates. */
export async function viewLearner(db: Db, id: number): Promise<LearnerView> {
  const row = await selectLearner(db, id);
  const course = await db
    .selectFrom('course')
    .select(['id', 'name', 'simulated'])
    .where('id', '=', row.course_id)
    .executeTakeFirstOrThrow();
  const graph = await loadCourseGraph(db, row.course_id);
  const state = await loadLearnerState(db, id, graph);
  const mastery = await masteryOf(db, id);
  const stated = await db.selectFrom('goal').select(['skill_id', 'by']).where('learner_id', '=', id).execute();
  const by = new Map(stated.map((goal) => [goal.skill_id, goal.by]));
  const { items } = await db
    .selectFrom('item')
    .select(sql<number>`count(*)::int`.as('items'))
    .where('course_id', '=', row.course_id)
    .where((e) => e.or([e('template', '=', true), e('body', 'is not', null)]))
    .executeTakeFirstOrThrow();
  const last = state.answers.length === 0 ? null : await lastAnswer(db, id);
  return {
    ...{ id, key: row.key, name: learnerName(row), simulated: row.simulated },
    course: { ...course, skills: graph.ids.length, prerequisites: graph.prerequisitesFrom, canPractise: items > 0 },
    attempts: state.answers.length,
    correct: state.answers.filter((answer) => answer.correct).length,
    lastAt: iso(last),
    goals: goalsOf(state.path).map(({ skill }) => ({
      ...skillRef(graph, skill),
      mastery: mastery.get(graph.ids[skill])?.estimate ?? null,
      by: by.get(graph.ids[skill]) ?? null,
    })),
    goalsAreDefault: state.goalsAreDefault,
    minutesPerSession: row.minutes_per_session ?? pathDefaults.minutesPerSession,
    minutesAreDefault: row.minutes_per_session === null,
    model: await modelOf(db, row.course_id),
  };
}

async function lastAnswer(db: Db, learnerId: number): Promise<Date | null> {
  const { last } = await db
    .selectFrom('interaction')
    .select((e) => e.fn.max('at').as('last'))
    .where('learner_id', '=', learnerId)
    .executeTakeFirstOrThrow();
  return last;
}

async function modelOf(db: Db, courseId: number): Promise<LearnerView['model']> {
  const row = await newestModel(db, courseId).select(['name', 'run_id', 'created_at']).executeTakeFirst();
  if (row === undefined || row.run_id === null) return null;
  return { name: row.name, runId: row.run_id, fittedAt: new Date(row.created_at).toISOString() };
}

export interface MasteryView {
  readonly estimate: { readonly mean: number; readonly low: number; readonly high: number };
  readonly attempts: number;
  readonly correct: number;
  readonly lastAt: string | null;
}

/** Mastery by skill id; skills without answers are absent. */
export async function masteryOf(db: Db, learnerId: number): Promise<ReadonlyMap<number, MasteryView>> {
  const rows = await db.selectFrom('mastery').selectAll().where('learner_id', '=', learnerId).execute();
  return new Map(
    rows.map(({ skill_id, mean, low, high, attempts, correct, last_at }) => [
      skill_id,
      { estimate: { mean, low, high }, attempts, correct, lastAt: iso(last_at) },
    ]),
  );
}

function memoryOf({ memory, today }: LearnerState, skill: number, mastery: number | null) {
  const own = memory?.memories[skill] ?? null;
  return memory === null || own === null ? null : memoryNow(memory.model, own, today * 86_400, mastery);
}

/** The whole map for one learner; prerequisites that a person switched off are there too, as such. */
export async function viewSkillMap(db: Db, id: number): Promise<SkillMapView> {
  const row = await selectLearner(db, id);
  const course = await loadCourseGraph(db, row.course_id);
  const mastery = await masteryOf(db, id);
  const state = await loadLearnerState(db, id, course);
  const goals = new Set(goalsOf(state.path).map(({ skill }) => skill));
  const { graph, ids } = course;
  const places = layOut(graph);
  const isMastered = (skill: number): boolean => (mastery.get(ids[skill])?.estimate.mean ?? 0) >= masteryThreshold;
  const isOpen = (skill: number): boolean => {
    for (let e = graph.parentStart[skill]; e < graph.parentStart[skill + 1]; e++) {
      if (graph.parentHard[e] === 1 && !isMastered(graph.parent[e])) return false;
    }
    return true;
  };
  const edges = await db
    .selectFrom('prerequisite')
    .select(['from_skill', 'to_skill', 'strength', 'source', 'confidence', 'enabled'])
    .where('course_id', '=', row.course_id)
    .execute();
  return {
    skills: graph.skills.map((skill, k) => {
      const known = mastery.get(ids[k]);
      return {
        ...{ id: ids[k], key: skill.id, name: skill.name, subject: skill.subject ?? null },
        state: isMastered(k) ? 'mastered' : isOpen(k) ? 'ready' : 'locked',
        mastery: known?.estimate ?? null,
        memory: memoryOf(state, k, known?.estimate.mean ?? null),
        attempts: known?.attempts ?? 0,
        lastAt: known?.lastAt ?? null,
        isGoal: goals.has(k),
        depth: graph.depth[k],
        ...places[k],
      };
    }),
    prerequisites: edges.map(({ from_skill, to_skill, ...edge }, id) => ({
      id,
      from: from_skill,
      to: to_skill,
      ...edge,
    })),
  };
}

/** Sets goals and minutes; skills must be of the learner's course. */
export async function setGoals(
  db: Db,
  id: number,
  { skillIds, by, minutesPerSession }: { skillIds: readonly number[]; by?: string | null; minutesPerSession?: number },
): Promise<void> {
  const row = await selectLearner(db, id);
  const known = await db.selectFrom('skill').select('id').where('course_id', '=', row.course_id).execute();
  const ids = new Set(known.map((skill) => skill.id));
  const unknown = skillIds.filter((skill) => !ids.has(skill));
  if (unknown.length > 0) {
    const detail = `expected skills of the course, got ${unknown.join(', ')}`;
    throw new Problem('invalid-request', `skillIds: ${detail}; choose from its skill map.`, [
      { field: 'skillIds', detail },
    ]);
  }
  await db.deleteFrom('goal').where('learner_id', '=', id).execute();
  const goals = [...new Set(skillIds)].map((skill) => ({ learner_id: id, skill_id: skill, by: by ?? null }));
  if (goals.length > 0) await db.insertInto('goal').values(goals).execute();
  if (minutesPerSession !== undefined) {
    await db.updateTable('learner').set({ minutes_per_session: minutesPerSession }).where('id', '=', id).execute();
  }
}
