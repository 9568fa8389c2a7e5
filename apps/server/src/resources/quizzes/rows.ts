/** Quizzes and their questions as they are stored, and as they are read back. */
import type { Item } from '@qurriculum/course';
import { type Kysely, sql } from 'kysely';
import { orNotFound } from '../../http/problem.ts';
import type { Database } from '../../store/database.ts';
import { itemOf } from '../practice/exercise.ts';
import type { ExerciseView } from '../practice/schema.ts';
import type { Exposure, NextQuestion, QuestionWhy } from './decide.ts';
import type { QuizResult } from './schema.ts';
import type { QuizSetup } from './setup.ts';

type Db = Kysely<Database>;

export interface QuizRow {
  readonly id: string;
  readonly learnerId: number;
  readonly courseId: number;
  readonly state: 'open' | 'done' | 'stopped';
  readonly setup: QuizSetup;
  readonly result: QuizResult | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
}

/** What is kept of a question; with the answer, so it never leaves the server whole. */
interface QuestionBody {
  readonly item: Item;
  readonly source: ExerciseView['source'];
  readonly skill: ExerciseView['skill'];
}

export interface StoredQuestion extends QuestionBody {
  readonly position: number;
  readonly bank: number;
  readonly itemId: number;
  readonly why: QuestionWhy;
  readonly answeredAt: Date | null;
  /** As given; null where the learner did not know. */
  readonly response: string | readonly string[] | null;
  readonly correct: boolean | null;
  readonly misconception: string | null;
}

const quizzes = (db: Db) =>
  db
    .selectFrom('quiz')
    .innerJoin('learner', 'learner.id', 'quiz.learner_id')
    .selectAll('quiz')
    .select('learner.course_id as course_id');

type SelectedQuiz = Awaited<ReturnType<ReturnType<typeof quizzes>['executeTakeFirstOrThrow']>>;

const quizOf = (row: SelectedQuiz): QuizRow => ({
  ...{ id: row.id, learnerId: row.learner_id, courseId: row.course_id, state: row.state },
  setup: row.setup as unknown as QuizSetup,
  result: row.result as unknown as QuizResult | null,
  startedAt: new Date(row.started_at),
  finishedAt: row.finished_at === null ? null : new Date(row.finished_at),
});

/** The quiz; a problem where there is none. */
export async function selectQuiz(db: Db, id: string): Promise<QuizRow> {
  return quizOf(orNotFound(await quizzes(db).where('quiz.id', '=', id).executeTakeFirst(), 'quiz', id));
}

/** A learner's quizzes, newest first. */
export async function selectQuizzes(db: Db, learnerId: number, limit: number): Promise<QuizRow[]> {
  const rows = await quizzes(db)
    .where('quiz.learner_id', '=', learnerId)
    .orderBy('quiz.started_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(quizOf);
}

/** Whether the quiz is open still; nobody else ends it before the transaction does. */
export async function lockOpenQuiz(db: Db, id: string): Promise<boolean> {
  const row = await db.selectFrom('quiz').select('state').where('id', '=', id).forUpdate().executeTakeFirst();
  return row?.state === 'open';
}

/** The questions of a quiz, in order. */
export async function selectQuestions(db: Db, quizId: string): Promise<StoredQuestion[]> {
  const rows = await db
    .selectFrom('quiz_question')
    .selectAll()
    .where('quiz_id', '=', quizId)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({
    ...(row.body as unknown as QuestionBody),
    ...{ position: row.position, bank: row.bank, itemId: row.item_id, why: row.why as unknown as QuestionWhy },
    ...{ correct: row.correct, misconception: row.misconception },
    answeredAt: row.answered_at === null ? null : new Date(row.answered_at),
    response: row.response === null ? null : (JSON.parse(row.response) as string | string[]),
  }));
}

/** How often the items of a quiz's bank have been asked in the course. */
export async function selectExposure(db: Db, courseId: number, { bank }: QuizSetup): Promise<Exposure> {
  const fixed = bank.filter(({ template }) => !template).map(({ itemId }) => itemId);
  if (fixed.length === 0) return { quizzes: 0, asked: new Map() };
  const tally = await db
    .selectFrom('quiz_tally')
    .select('quizzes')
    .where('course_id', '=', courseId)
    .executeTakeFirst();
  const rows = await db.selectFrom('quiz_exposure').selectAll().where('item_id', 'in', fixed).execute();
  return { quizzes: tally?.quizzes ?? 0, asked: new Map(rows.map((row) => [row.item_id, row.quizzes])) };
}

/** Counts a quiz that begins. */
export async function countQuiz(db: Db, courseId: number): Promise<void> {
  await sql`INSERT INTO quiz_tally (course_id, quizzes) VALUES (${courseId}, 1)
    ON CONFLICT (course_id) DO UPDATE SET quizzes = quiz_tally.quizzes + 1`.execute(db);
}

/** Stores the question that was decided on and gives it. */
export async function issueQuestion(
  db: Db,
  quiz: Pick<QuizRow, 'id' | 'setup'>,
  position: number,
  next: Extract<NextQuestion, { bank: number }>,
): Promise<StoredQuestion> {
  const { itemId, template } = quiz.setup.bank[next.bank];
  const row = await db
    .selectFrom('item')
    .select(['id', 'key', 'body', 'template'])
    .where('id', '=', itemId)
    .executeTakeFirst();
  // Other numbers for each question of each quiz; below 2^31, as exercises have them.
  const made = itemOf(orNotFound(row, 'item', itemId), (quiz.setup.seed + 7919 * position) % 2 ** 31);
  const { id, key, name } = next.skill;
  const body: QuestionBody = { item: made.item, source: made.source, skill: { id, key, name } };
  await db
    .insertInto('quiz_question')
    .values({
      ...{ quiz_id: quiz.id, position, bank: next.bank, item_id: itemId },
      ...{ body: JSON.stringify(body), why: JSON.stringify(next.why) },
    })
    .execute();
  if (!template) {
    await sql`INSERT INTO quiz_exposure (item_id, quizzes) VALUES (${itemId}, 1)
      ON CONFLICT (item_id) DO UPDATE SET quizzes = quiz_exposure.quizzes + 1`.execute(db);
  }
  const open = { answeredAt: null, response: null, correct: null, misconception: null };
  return { ...body, ...open, position, bank: next.bank, itemId, why: next.why };
}
