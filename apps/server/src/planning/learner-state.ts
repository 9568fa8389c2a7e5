/**
 * What planning knows of a learner: answers through the planners' learner model, brought into line with the mastery that
 * the course's fitted model estimates, goals, minutes, and what people have said.
 */
import type { PathRuling, PathState } from '@qurriculum/decisions';
import { pathDefaults } from '@qurriculum/decisions';
import {
  beliefsFromMastery,
  beliefsFromMemory,
  createTracker,
  type MemoryModel,
  type SkillMemory,
  type Tracker,
} from '@qurriculum/learner';
import { type Kysely, sql } from 'kysely';
import { courseMemory, memoriesOf } from '../estimates/memory-store.ts';
import type { Database } from '../store/database.ts';
import type { CourseGraph } from './course-graph.ts';

const DAY = 86_400;
/** Records older than this are a closed chapter: time then stands still at the course's last answer. */
export const CLOSED_AFTER_DAYS = 60;
/** Answers a session where no times are known, for spacing them over days. */
const ANSWERS_PER_DAY = 15;
/** A skip holds for the coming days, a forbidden skill until the word is taken back. */
export const SKIP_DAYS = 7;

export interface AnswerRow {
  /** Numbers in the graph. */
  readonly skills: readonly number[];
  readonly correct: boolean;
  /** Days since 1970, or a day made up from the order. */
  readonly day: number;
}

export interface OverrideRow {
  readonly id: number;
  readonly skillId: number;
  readonly action: 'skip' | 'pin' | 'forbid';
  readonly reason: string;
  readonly byPerson: string;
  readonly byRole: string;
  readonly createdAt: Date;
}

export interface LearnerState {
  readonly learnerId: number;
  readonly course: CourseGraph;
  /** For `poseState`, `planBySearch` and the baselines. */
  readonly path: PathState;
  readonly answers: readonly AnswerRow[];
  readonly overrides: readonly OverrideRow[];
  readonly goalsAreDefault: boolean;
  /** The course's "today", days since 1970. */
  readonly today: number;
  /** Where answers carry times: the course's memory model and the learner's memories, by number in the graph. */
  readonly memory: LearnerMemory | null;
}

export interface LearnerMemory {
  readonly model: MemoryModel;
  readonly memories: readonly (SkillMemory | null)[];
}

/** Reads everything; `course` may be shared between the learners of a class. */
export async function loadLearnerState(
  db: Kysely<Database>,
  learnerId: number,
  course: CourseGraph,
): Promise<LearnerState> {
  const learner = await db
    .selectFrom('learner')
    .select('minutes_per_session')
    .where('id', '=', learnerId)
    .executeTakeFirstOrThrow();
  const rows = await loadAnswers(db, learnerId, course);
  const today = await courseToday(db, course.courseId, rows);
  const answers = withDays(rows, today);
  const overrides = await loadOverrides(db, learnerId);
  const goals = await db.selectFrom('goal').select('skill_id').where('learner_id', '=', learnerId).execute();
  const goalNumbers = goals.flatMap(({ skill_id }) => course.numberOf.get(skill_id) ?? []);
  const memory = await loadMemory(db, learnerId, course);
  const path: PathState = {
    graph: course.graph,
    beliefs: await believe(db, learnerId, course, answers, today, memory),
    goals: goalNumbers.map((skill) => ({ skill })),
    minutesPerSession: learner.minutes_per_session ?? pathDefaults.minutesPerSession,
    confusable: course.confusable,
    related: course.related,
    ...rulingsOf(overrides, course),
  };
  return { learnerId, course, path, answers, overrides, goalsAreDefault: goalNumbers.length === 0, today, memory };
}

interface TimedRow {
  readonly skills: readonly number[];
  readonly correct: boolean;
  readonly seconds: number | null;
}

async function loadAnswers(db: Kysely<Database>, learnerId: number, course: CourseGraph): Promise<TimedRow[]> {
  const { rows } = await sql<{ skills: number[]; correct: boolean; seconds: number | null }>`
    SELECT skill_set.skills, interaction.correct, extract(epoch FROM interaction.at)::float8 AS seconds
    FROM interaction JOIN skill_set ON skill_set.id = interaction.skill_set_id
    WHERE interaction.learner_id = ${learnerId} ORDER BY interaction.sequence, interaction.id`.execute(db);
  return rows.map(({ skills, correct, seconds }) => ({
    skills: skills.flatMap((id) => course.numberOf.get(id) ?? []),
    correct,
    seconds,
  }));
}

/** Now, or the course's last answer where that is long past: nobody forgets because a file is old. */
async function courseToday(db: Kysely<Database>, courseId: number, rows: readonly TimedRow[]): Promise<number> {
  // The end of the index for each skill: the newest of all rows would be looked for among millions, at every plan.
  const { rows: found } = await sql<{ last: Date | null }>`
    SELECT max(newest.last_at) AS last FROM skill, LATERAL (
      SELECT last_at FROM mastery WHERE skill_id = skill.id AND last_at IS NOT NULL ORDER BY last_at DESC LIMIT 1
    ) AS newest WHERE skill.course_id = ${courseId}`.execute(db);
  const { last } = found[0];
  const own = rows.reduce((latest, row) => Math.max(latest, row.seconds ?? 0), 0);
  const latest = Math.max(own, last === null ? 0 : new Date(last).getTime() / 1000) / DAY;
  const now = Date.now() / 1000 / DAY;
  return latest > 0 && now - latest > CLOSED_AFTER_DAYS ? latest : now;
}

/** Days for the answers: as recorded, or made up from the order so that the last of them lies a day back. */
function withDays(rows: readonly TimedRow[], today: number): AnswerRow[] {
  const untimed = rows.filter((row) => row.seconds === null).length;
  const daysBack = Math.ceil(untimed / ANSWERS_PER_DAY);
  let seen = 0;
  let latest = Number.NEGATIVE_INFINITY;
  return rows.map(({ skills, correct, seconds }) => {
    const day =
      seconds === null ? today - daysBack + Math.floor(seen++ / ANSWERS_PER_DAY) : Math.min(today, seconds / DAY);
    // Where recorded and made-up days meet, time must not go back.
    latest = Math.max(latest, day);
    return { skills, correct, day: latest };
  });
}

async function loadMemory(db: Kysely<Database>, learnerId: number, course: CourseGraph): Promise<LearnerMemory | null> {
  const known = await memoriesOf(db, learnerId);
  const model = known.size === 0 ? null : await courseMemory(db, course.courseId);
  if (model === null) return null;
  return { model: model.fitted, memories: Array.from(course.ids, (id) => known.get(id) ?? null) };
}

async function believe(
  db: Kysely<Database>,
  learnerId: number,
  course: CourseGraph,
  answers: readonly AnswerRow[],
  today: number,
  memory: LearnerMemory | null,
): Promise<PathState['beliefs']> {
  // The planners' model counts days from the learner's first: what was known then has not faded since 1970.
  const first = Math.floor(answers[0]?.day ?? today);
  const tracker: Tracker = createTracker(course.graph, { confusable: course.confusable, related: course.related });
  for (const { skills, correct, day } of answers) {
    // Whole days: a session is one day to the planners' model.
    for (const skill of skills) tracker.answered(skill, Math.floor(day) - first, correct);
  }
  const estimates = new Float64Array(course.graph.skills.length).fill(Number.NaN);
  const rows = await db
    .selectFrom('mastery')
    .select(['skill_id', 'mean'])
    .where('learner_id', '=', learnerId)
    .execute();
  for (const { skill_id, mean } of rows) {
    const skill = course.numberOf.get(skill_id);
    if (skill !== undefined) estimates[skill] = mean;
  }
  const beliefs = beliefsFromMastery(tracker.beliefs(Math.floor(today) + 1 - first), estimates);
  if (memory === null) return beliefs;
  // Memory knows hours: the first session is now, and the plan says what the map says.
  const now = { ...beliefs, day: Math.max(today - first, ...answers.slice(-1).map(({ day }) => day - first)) };
  return beliefsFromMemory(now, memory.model, memory.memories, (time) => time / DAY - first);
}

/** What people said and have not taken back; a skip only while it is fresh. */
export async function loadOverrides(db: Kysely<Database>, learnerId: number): Promise<OverrideRow[]> {
  const rows = await db
    .selectFrom('override')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .where('withdrawn_at', 'is', null)
    .where((e) =>
      e.or([
        e('action', '<>', 'skip'),
        e('created_at', '>', sql<Date>`now() - make_interval(days => ${sql.lit(SKIP_DAYS)})`),
      ]),
    )
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    skillId: row.skill_id,
    action: row.action,
    reason: row.reason,
    byPerson: row.by_person,
    byRole: row.by_role,
    createdAt: row.created_at,
  }));
}

/** The last word on a skill counts. Pins are for the next session. */
function rulingsOf(
  overrides: readonly OverrideRow[],
  course: CourseGraph,
): { pins: PathRuling[]; skips: PathRuling[] } {
  const latest = new Map(overrides.map((override) => [override.skillId, override]));
  const pins: PathRuling[] = [];
  const skips: PathRuling[] = [];
  for (const { skillId, action, byPerson, reason } of latest.values()) {
    const skill = course.numberOf.get(skillId);
    if (skill === undefined) continue;
    if (action === 'pin') pins.push({ skill, session: 0, by: byPerson, reason });
    else skips.push({ skill, by: byPerson, reason });
  }
  return { pins, skips };
}
