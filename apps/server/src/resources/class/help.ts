/** Who needs help, read from the store and put into words. */
import { type Kysely, sql } from 'kysely';
import { courseMemory } from '../../estimates/memory-store.ts';
import { masteryThreshold } from '../../estimates/threshold.ts';
import { type CourseGraph, loadCourseGraph } from '../../planning/course-graph.ts';
import { CLOSED_AFTER_DAYS } from '../../planning/learner-state.ts';
import type { Database } from '../../store/database.ts';
import type { Store } from '../../store/store.ts';
import {
  type ClassEvidence,
  type Evidence,
  FORGETTING_DAYS,
  FORGOTTEN_BELOW,
  GAP_BELOW,
  GAP_WAITING,
  INACTIVE_DAYS,
  type Need,
  RECENT,
  rankNeeds,
  STUCK_ATTEMPTS,
  STUCK_RIGHT,
  stuckCandidates,
} from './needs.ts';
import type { HelpListView } from './schema.ts';

/** Last answers are looked up for at most so many pairs of learner and skill. */
const LOOKED_AT = 600;
/** What a person can act on; the rest follows when these are done. */
const LISTED = 200;

export interface ClassNeeds {
  readonly course: CourseGraph;
  readonly needs: readonly Need[];
  readonly today: number | null;
}

/** Reads a course's estimates and ranks the needs. */
export async function findNeeds(store: Store, courseId: number): Promise<ClassNeeds> {
  const course = await loadCourseGraph(store.db, courseId);
  const evidence = await loadEvidence(store, course);
  const recent = await loadRecent(store.db, course, stuckCandidates(evidence, LOOKED_AT));
  return { course, needs: rankNeeds(evidence, recent), today: evidence.today };
}

const DAY_SECONDS = 86_400;

async function loadEvidence(store: Store, course: CourseGraph): Promise<ClassEvidence> {
  const learners = new Map<number, Evidence[]>();
  let latest = Number.NEGATIVE_INFINITY;
  const model = (await courseMemory(store.db, course.courseId))?.fitted ?? null;
  const now = Date.now() / 1000;
  for await (const row of readEstimates(store, course.courseId)) {
    const [learner, skillId, mean, low, high, attempts, correct, last, stability, remembered] = row;
    const skill = course.numberOf.get(skillId);
    if (skill === undefined) continue;
    const lastDay = Number.isNaN(last) ? null : last / DAY_SECONDS;
    if (lastDay !== null) latest = Math.max(latest, lastDay);
    const recall =
      model === null || Number.isNaN(stability) ? null : model.retrievability({ stability, last: remembered }, now);
    const own = learners.get(learner) ?? [];
    own.push({ learner, skill, mean, low, high, attempts, correct, lastDay, recall });
    learners.set(learner, own);
  }
  const day = now / DAY_SECONDS;
  const today = day - latest > CLOSED_AFTER_DAYS ? null : Math.max(day, latest);
  return { graph: course.graph, learners, goals: await loadGoals(store.db, course), today };
}

/** Every estimate of a course as numbers, NaN for null. By COPY: as rows of a query, 30,000 of them took two seconds. */
async function* readEstimates(store: Store, courseId: number): AsyncGenerator<number[]> {
  const query = `SELECT mastery.learner_id, mastery.skill_id, mean, low, high, attempts, correct,
      extract(epoch FROM mastery.last_at), stability, extract(epoch FROM skill_memory.last_at)
    FROM mastery JOIN learner ON learner.id = mastery.learner_id
    LEFT JOIN skill_memory ON skill_memory.learner_id = mastery.learner_id AND skill_memory.skill_id = mastery.skill_id
    WHERE course_id = ${Math.trunc(courseId)} ORDER BY mastery.learner_id, mastery.skill_id`;
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of store.copyOut(query)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield line.split('\t').map(Number);
  }
}

async function loadGoals(db: Kysely<Database>, course: CourseGraph): Promise<Map<number, number[]>> {
  const rows = await db
    .selectFrom('goal')
    .innerJoin('learner', 'learner.id', 'goal.learner_id')
    .select(['learner_id', 'skill_id'])
    .where('learner.course_id', '=', course.courseId)
    .execute();
  const goals = new Map<number, number[]>();
  for (const { learner_id, skill_id } of rows) {
    const skill = course.numberOf.get(skill_id);
    if (skill !== undefined) goals.set(learner_id, [...(goals.get(learner_id) ?? []), skill]);
  }
  return goals;
}

/** Right ones among each pair's last answers; pairs with fewer answers on record are left out. */
async function loadRecent(
  db: Kysely<Database>,
  course: CourseGraph,
  pairs: readonly Evidence[],
): Promise<Map<Evidence, number>> {
  const list = (values: readonly number[]): string => `{${values.join(',')}}`;
  const learners = list(pairs.map(({ learner }) => learner));
  const skills = list(pairs.map(({ skill }) => course.ids[skill]));
  const { rows } = await sql<{ at: number; hits: number; seen: number }>`
    SELECT pair.at::int AS at, recent.hits, recent.seen
    FROM unnest(${learners}::int[], ${skills}::int[]) WITH ORDINALITY AS pair (learner_id, skill_id, at)
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE correct)::int AS hits, count(*)::int AS seen FROM (
        SELECT interaction.correct FROM interaction JOIN skill_set ON skill_set.id = interaction.skill_set_id
        WHERE interaction.learner_id = pair.learner_id AND pair.skill_id = ANY (skill_set.skills)
        ORDER BY interaction.sequence DESC, interaction.id DESC LIMIT ${sql.lit(RECENT)}
      ) AS last_answers
    ) AS recent`.execute(db);
  return new Map(rows.flatMap(({ at, hits, seen }) => (seen < RECENT ? [] : [[pairs[at - 1], hits]])));
}

/** The list for people, with names, reasons and the rule. */
export async function listHelp(db: Kysely<Database>, { course, needs, today }: ClassNeeds): Promise<HelpListView> {
  const listed = needs.slice(0, LISTED);
  const ids = [...new Set(listed.map(({ evidence }) => evidence.learner))];
  const rows =
    ids.length === 0
      ? []
      : await db.selectFrom('learner').select(['id', 'key', 'name', 'simulated']).where('id', 'in', ids).execute();
  const learners = new Map(rows.map((row) => [row.id, row]));
  const estimated = course.prerequisitesFrom === 'estimated' || course.prerequisitesFrom === 'mixed';
  return {
    needs: listed.flatMap((need) => {
      const { learner: id, skill, mean, low, high, attempts } = need.evidence;
      const learner = learners.get(id);
      if (learner === undefined) return [];
      const { id: key, name } = course.graph.skills[skill];
      return [
        {
          learnerId: id,
          learnerName: learner.name ?? learner.key,
          simulated: learner.simulated,
          skill: { id: course.ids[skill], key, name },
          mastery: { mean, low, high },
          kind: need.kind,
          reason: sayReason(need, estimated),
          attempts,
        },
      ];
    }),
    rule: sayRule(needs.length, today),
  };
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;
const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

function sayReason({ kind, evidence, waiting, recentRight, days }: Need, estimated: boolean): string {
  const { attempts, correct, mean } = evidence;
  const by = estimated ? ' by estimated prerequisites' : '';
  const waits = waiting === 0 ? '' : `; ${counted(waiting, 'skill')} ${waiting === 1 ? 'waits' : 'wait'} for it${by}`;
  switch (kind) {
    case 'stuck':
      return `${counted(attempts, 'attempt')}, ${recentRight} right in the last ${RECENT}${waits}.`;
    case 'gap':
      return `Mastery ${percent(mean)} after ${counted(attempts, 'attempt')}, ${correct} right${waits}.`;
    case 'inactive':
      return `No answers for ${counted(days ?? 0, 'day')}; left off at ${percent(mean)} after ${counted(attempts, 'attempt')}${waits}.`;
    case 'forgetting':
      return `Mastered (${percent(mean)}), last practised ${counted(days ?? 0, 'day')} ago${evidence.recall === null ? '' : `, about ${percent(evidence.recall)} likely to be recalled today`}${waits}.`;
  }
}

function sayRule(found: number, today: number | null): string {
  const days =
    today === null
      ? 'Days without practice are not counted here: no times are known, or the course is over.'
      : `Not active: nothing for ${INACTIVE_DAYS} days. Forgetting: mastered, but rather forgotten (below ${percent(FORGOTTEN_BELOW)} likely to be recalled; without an estimate, not practised for ${FORGETTING_DAYS} days) while other skills wait for it.`;
  return [
    `Stuck: at least ${STUCK_ATTEMPTS} attempts, at most ${STUCK_RIGHT} of the last ${RECENT} right and no more than before, below ${percent(masteryThreshold)}.`,
    `Gap: below ${percent(GAP_BELOW)}, nothing under it as weak, and at least ${GAP_WAITING} skills wait for it.`,
    days,
    'First comes where mastery is low and many skills wait; being stuck counts double, forgetting half.',
    ...(found > LISTED ? [`The ${LISTED} most urgent of ${found.toLocaleString('en')} are listed.`] : []),
  ].join(' ');
}
