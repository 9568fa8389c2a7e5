/** Plans: made by the course's champion (or whom one asks for), stored with their run, read back. */
import { explainStep, type PathPlan } from '@qurriculum/decisions';
import type { Json } from '@qurriculum/evidence';
import type { Kysely } from 'kysely';
import { orNotFound, Problem } from '../../http/problem.ts';
import { type Contention, contend, gapOf } from '../../planning/contend.ts';
import { allContenders, type Contender, championOf, findContender } from '../../planning/contenders.ts';
import { type CourseGraph, loadCourseGraph } from '../../planning/course-graph.ts';
import { type LearnerState, loadLearnerState, loadOverrides } from '../../planning/learner-state.ts';
import { reasonFor, warningsFor } from '../../planning/words.ts';
import { courseInputs, isSimulated, storeRun } from '../../runs.ts';
import type { Database } from '../../store/database.ts';
import type { Store } from '../../store/store.ts';
import { selectLearner } from '../learners/service.ts';
import type { OverrideView, PlanView } from './schema.ts';

type Db = Kysely<Database>;

export interface PlanRequest {
  readonly solver?: string;
  readonly seconds?: number;
  readonly sessions?: number;
  readonly seed?: number;
}

/** Time a plan may take unless one asks for more: quick enough to be made while somebody waits. */
export const defaultPlanSeconds = 0.3;

/** What is stored of a plan: the view, less what changes without it, and the plan itself in numbers of the graph. */
export interface StoredPlan {
  readonly view: Omit<PlanView, 'id' | 'createdAt' | 'overrides' | 'isChampion'>;
  readonly keys: readonly string[];
  readonly plan: PathPlan;
  readonly seed: number;
}

/** The learner's state on the course as it is now. */
export async function stateOf(db: Db, learnerId: number, course?: CourseGraph): Promise<LearnerState> {
  const { course_id } = await selectLearner(db, learnerId);
  return loadLearnerState(db, learnerId, course ?? (await loadCourseGraph(db, course_id)));
}

function contenderFor(name: string): Contender {
  const found = findContender(name);
  if (found !== undefined) return found;
  const known = allContenders().map((contender) => contender.name);
  const detail = `expected one of ${known.join(', ')}, got "${name}"`;
  throw new Problem('invalid-request', `solver: ${detail}.`, [{ field: 'solver', detail }]);
}

/**
 * Makes a plan, stores it with its run, and gives it; earlier plans of the learner are superseded.
 *
 * @param course the learner's course where it is at hand: who plans for many reads it once.
 */
export async function makePlan(
  store: Store,
  learnerId: number,
  request: PlanRequest = {},
  course?: CourseGraph,
): Promise<PlanView> {
  const startedAt = new Date();
  const state = await stateOf(store.db, learnerId, course);
  if (state.course.graph.skills.length === 0) {
    throw new Problem(
      'conflict',
      'plan: expected a course with skills, got one without; import records or a skill graph first.',
    );
  }
  const { courseId } = state.course;
  const contender = contenderFor(request.solver ?? (await championOf(store.db, courseId)));
  const seed = request.seed ?? 0;
  const seconds = request.seconds ?? defaultPlanSeconds;
  const made = await contend(state.path, contender, { seed, seconds, sessions: request.sessions }).catch(
    (error: unknown) => {
      throw new Problem('unprocessable', error instanceof Error ? error.message : String(error));
    },
  );
  const inputs = await courseInputs(store.db, courseId);
  const simulated = isSimulated(inputs);
  await store.transaction(async ({ db }) => {
    const run = await storeRun(
      db,
      { course: courseId, learner: learnerId, startedAt },
      {
        kind: 'plan',
        subject: contender.name,
        problemHash: made.problemHash,
        inputs,
        seed,
        budget: { seconds },
        result: resultOf(made),
        bound: made.bound,
        cost: made.cost,
      },
    );
    const body: StoredPlan = {
      view: { ...viewOf(state, made, contender.name), learnerId, runId: run.id, simulated },
      keys: state.course.graph.skills.map((skill) => skill.id),
      plan: made.plan,
      seed,
    };
    await db.updateTable('plan').set({ superseded: true }).where('learner_id', '=', learnerId).execute();
    await db
      .insertInto('plan')
      .values({ learner_id: learnerId, run_id: run.id, body: JSON.stringify(body) })
      .execute();
  });
  return orNotFound(await currentPlan(store.db, learnerId), 'plan', learnerId);
}

function resultOf({ plan, objective, bound, violations }: Contention): Json {
  const sessions = plan.sessions.map(({ steps }) => steps.map(({ skill }) => skill));
  return { objective, gap: gapOf(objective, bound), sessions, violations: violations.map(({ message }) => message) };
}

type PlannedView = Omit<
  PlanView,
  'id' | 'createdAt' | 'overrides' | 'isChampion' | 'learnerId' | 'runId' | 'simulated'
>;

function viewOf(state: LearnerState, made: Contention, solver: string): PlannedView {
  const { plan, objective, bound, cost, candidates, violations } = made;
  const { path, course } = state;
  const pinnedBy = new Map((path.pins ?? []).map((pin) => [pin.skill, pin.by ?? null]));
  return {
    ...{ solver, objective, bound, gap: gapOf(objective, bound), seconds: cost.wallSeconds, candidates },
    estimatedPrerequisites: course.prerequisitesFrom === 'estimated' || course.prerequisitesFrom === 'mixed',
    sessions: plan.sessions.map(({ steps, minutes }, session) => ({
      number: session + 1,
      minutes,
      minutesAvailable: path.minutesPerSession ?? 0,
      steps: steps.map((step) => {
        const explanation = explainStep(path, plan, { session, skill: step.skill });
        return {
          skillId: course.ids[step.skill],
          skillName: course.graph.skills[step.skill].name,
          kind: step.kind,
          minutes: step.minutes,
          masteryNow: step.mastery,
          masteryAfter: explanation.masteryAfter,
          reason: reasonFor(path, explanation),
          pinnedBy: step.pinned ? (pinnedBy.get(step.skill) ?? null) : null,
        };
      }),
    })),
    warnings: warningsFor(path, plan, violations),
  };
}

export interface PlanRow {
  readonly id: number;
  readonly createdAt: Date;
  readonly stored: StoredPlan;
}

export async function selectCurrentPlan(db: Db, learnerId: number): Promise<PlanRow | undefined> {
  const row = await db
    .selectFrom('plan')
    .select(['id', 'body', 'created_at'])
    .where('learner_id', '=', learnerId)
    .where('superseded', '=', false)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return { id: row.id, createdAt: new Date(row.created_at), stored: row.body as unknown as StoredPlan };
}

/** The plan in force, or undefined before the first. */
export async function currentPlan(db: Db, learnerId: number): Promise<PlanView | undefined> {
  const learner = await selectLearner(db, learnerId);
  const row = await selectCurrentPlan(db, learnerId);
  if (row === undefined) return undefined;
  const champion = await championOf(db, learner.course_id);
  return {
    ...row.stored.view,
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    isChampion: row.stored.view.solver === champion,
    overrides: await viewOverrides(db, learnerId),
  };
}

async function viewOverrides(db: Db, learnerId: number): Promise<OverrideView[]> {
  const overrides = await loadOverrides(db, learnerId);
  if (overrides.length === 0) return [];
  const ids = overrides.map((override) => override.skillId);
  const skills = await db.selectFrom('skill').select(['id', 'name']).where('id', 'in', ids).execute();
  const names = new Map(skills.map((skill) => [skill.id, skill.name]));
  return overrides.map((override) => ({
    id: override.id,
    skillId: override.skillId,
    skillName: names.get(override.skillId) ?? '',
    action: override.action,
    reason: override.reason === '' ? null : override.reason,
    byPerson: override.byPerson,
    byRole: override.byRole as OverrideView['byRole'],
    createdAt: new Date(override.createdAt).toISOString(),
  }));
}
