/**
 * What learners should be taught, from the learner model: first what the rule of the class page finds (stuck, gap,
 * forgetting), then the next step of a learner's own plan. A person's word goes before both.
 *
 * Gain of one session, in points of mastery: the planners' forecast of two activities with somebody beside the learner,
 *   100 (m' - m),   m' = grow(m) six times at ordinary speed x readiness,   readiness = product of the gates of hard prerequisites.
 */
import { defaultForecast, gate, grow } from '@qurriculum/learner';
import { type Kysely, sql } from 'kysely';
import { masteryThreshold } from '../estimates/threshold.ts';
import type { CourseGraph } from '../planning/course-graph.ts';
import { type ClassNeeds, findNeeds } from '../resources/class/help.ts';
import type { Need } from '../resources/class/needs.ts';
import type { NeedsReader } from '../resources/class/service.ts';
import type { PlanView } from '../resources/plans/schema.ts';
import type { Database } from '../store/database.ts';
import type { Store } from '../store/store.ts';
import type { LearnerRow } from './rows.ts';

/** Two activities fit a session of 45 minutes. */
const ACTIVITIES = 2;
/** Being stuck takes more than one session; other needs are looked at again after one. */
const SESSIONS = { stuck: 2, gap: 1, inactive: 1, forgetting: 1 } as const;
/** Sessions that bring less are not worth a tutor's hour. */
const LEAST_GAIN = 3;

export interface LearnerNeed {
  readonly skillId: number;
  readonly sessions: number;
  readonly gain: number;
  readonly level: number | null;
  readonly source: 'plan' | 'help' | 'person';
  readonly reason: string;
}

export interface CourseNeeds {
  readonly course: CourseGraph;
  /** By learner; every learner that was asked for has an entry. */
  readonly needs: ReadonlyMap<number, readonly LearnerNeed[]>;
}

/** Expected points of mastery of one session on a skill at a mastery, with prerequisites known as given. */
export function sessionGain(mastery: number, prerequisites: readonly number[]): number {
  const readiness = Math.max(
    defaultForecast.leastReadiness,
    prerequisites.reduce((product, level) => product * gate(defaultForecast, level, true), 1),
  );
  let level = mastery;
  for (let answer = 0; answer < ACTIVITIES * defaultForecast.answersPerActivity; answer++) {
    level = grow(defaultForecast, level, readiness);
  }
  return 100 * (level - mastery);
}

/** Gives the needs of those who take part, computed anew only when the class's needs, the schedule or a plan has changed. */
export type CourseNeedsReader = (
  store: Store,
  schedule: { readonly courseId: number; readonly version: number },
  learners: readonly LearnerRow[],
) => Promise<CourseNeeds>;

/** A page and a drag ask for the same over and over; one course is kept. */
export function createCourseNeedsReader(readClass: NeedsReader): CourseNeedsReader {
  let kept: { readonly key: string; readonly found: ClassNeeds; readonly needs: Promise<CourseNeeds> } | null = null;
  return async (store, { courseId, version }, learners) => {
    const found = await readClass(store, courseId);
    const { rows } = await sql<{ newest: number | null }>`SELECT max(id) AS newest FROM plan`.execute(store.db);
    const key = `${courseId} ${version} ${rows[0].newest}`;
    if (kept?.key !== key || kept.found !== found) {
      const needs = needsOf(store.db, found, learners);
      kept = { key, found, needs };
      needs.catch(() => {
        kept = null;
      });
    }
    return kept.needs;
  };
}

/** Needs of learners as they are now. */
export async function readNeeds(store: Store, courseId: number, learners: readonly LearnerRow[]): Promise<CourseNeeds> {
  return needsOf(store.db, await findNeeds(store, courseId), learners);
}

async function needsOf(
  db: Kysely<Database>,
  { course, needs }: ClassNeeds,
  learners: readonly LearnerRow[],
): Promise<CourseNeeds> {
  const ids = learners.map(({ learnerId }) => learnerId);
  const mastery = await readMastery(db, ids);
  const steps = await readNextSteps(db, ids);
  const found = Map.groupBy(needs, ({ evidence }) => evidence.learner);
  const gainOf = gainReader(course, mastery);
  const all = learners.map(({ learnerId, setting }) => {
    const known = mastery.get(learnerId);
    const levelOf = (skillId: number): number | null => known?.get(skillId) ?? null;
    if (setting.needs !== null) {
      const own = setting.needs.filter(({ sessions }) => sessions > 0);
      return [
        learnerId,
        own.map((need) => givenNeed(need, levelOf(need.skillId), gainOf(learnerId, need.skillId))),
      ] as const;
    }
    const help = (found.get(learnerId) ?? []).map((need) => helpNeed(course, need, gainOf));
    const step = steps.get(learnerId);
    const next =
      step === undefined || help.some(({ skillId }) => skillId === step.skillId)
        ? []
        : [planNeed(step, gainOf(learnerId, step.skillId))];
    return [learnerId, [...help, ...next].filter(({ gain }) => gain >= LEAST_GAIN)] as const;
  });
  return { course, needs: new Map(all) };
}

function givenNeed(
  { skillId, sessions, gain }: { skillId: number; sessions: number; gain?: number },
  level: number | null,
  forecast: number,
): LearnerNeed {
  return { skillId, sessions, gain: gain ?? forecast, level, source: 'person', reason: 'Set by a person.' };
}

const reasons = {
  stuck: 'Many attempts without progress.',
  gap: 'A weak skill that others wait for.',
  inactive: 'Has not practised for a while.',
  forgetting: 'Once mastered, rather forgotten, and others build on it.',
} as const;

type GainOf = (learnerId: number, skillId: number) => number;

function helpNeed({ ids }: CourseGraph, { evidence, kind }: Need, gainOf: GainOf): LearnerNeed {
  const skillId = ids[evidence.skill];
  return {
    ...{ skillId, sessions: SESSIONS[kind], gain: gainOf(evidence.learner, skillId), level: evidence.mean },
    ...{ source: 'help', reason: reasons[kind] },
  };
}

interface NextStep {
  readonly skillId: number;
  readonly masteryNow: number;
}

function planNeed({ skillId, masteryNow }: NextStep, gain: number): LearnerNeed {
  return { skillId, sessions: 1, gain, level: masteryNow, source: 'plan', reason: 'The next step of the own plan.' };
}

/** Nothing known of a skill: the planners' guess of a skill that was not met yet. */
function gainReader(
  { graph, ids, numberOf }: CourseGraph,
  mastery: ReadonlyMap<number, ReadonlyMap<number, number>>,
): GainOf {
  const { parentStart, parent, parentHard } = graph;
  return (learnerId, skillId) => {
    const known = mastery.get(learnerId);
    const levelOf = (id: number): number => known?.get(id) ?? defaultForecast.unknownLevel;
    const skill = numberOf.get(skillId);
    if (skill === undefined) return 0;
    const parents: number[] = [];
    for (let e = parentStart[skill]; e < parentStart[skill + 1]; e++) {
      if (parentHard[e] === 1) parents.push(levelOf(ids[parent[e]]));
    }
    return sessionGain(levelOf(skillId), parents);
  };
}

async function readMastery(
  db: Kysely<Database>,
  learners: readonly number[],
): Promise<Map<number, Map<number, number>>> {
  const { rows } = await sql<{ learner_id: number; skill_id: number; mean: number }>`
    SELECT learner_id, skill_id, mean FROM mastery WHERE learner_id = ANY (${`{${learners.join(',')}}`}::int[])`.execute(
    db,
  );
  const byLearner = new Map<number, Map<number, number>>();
  for (const { learner_id, skill_id, mean } of rows) {
    const own = byLearner.get(learner_id) ?? new Map<number, number>();
    own.set(skill_id, mean);
    byLearner.set(learner_id, own);
  }
  return byLearner;
}

/** The first step to practise of each learner's plan in force that is not mastered. */
async function readNextSteps(db: Kysely<Database>, learners: readonly number[]): Promise<Map<number, NextStep>> {
  const { rows } = await sql<{ learner_id: number; sessions: PlanView['sessions'] }>`
    SELECT learner_id, body->'view'->'sessions' AS sessions FROM plan
    WHERE NOT superseded AND learner_id = ANY (${`{${learners.join(',')}}`}::int[]) ORDER BY id`.execute(db);
  return new Map(
    rows.flatMap(({ learner_id, sessions }) => {
      const step = sessions
        .flatMap(({ steps }) => steps)
        .find(({ kind, masteryNow }) => kind === 'practise' && masteryNow < masteryThreshold);
      return step === undefined ? [] : [[learner_id, step] as const];
    }),
  );
}
