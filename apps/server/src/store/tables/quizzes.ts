/** The tables of quizzes; see migrations/0005-quizzes.ts. */
import type { ColumnType } from 'kysely';
import type { JsonColumn, Nullable, NullableJson, NullableTimestamp, TimestampDefault } from './columns.ts';

export type QuizEnd = 'done' | 'stopped';

interface QuizTable {
  id: string;
  learner_id: number;
  state: ColumnType<QuizEnd | 'open', QuizEnd | 'open' | undefined, QuizEnd | 'open'>;
  /** What was decided at its start: resources/quizzes/setup.ts. */
  setup: JsonColumn;
  /** What was found out: resources/quizzes/result.ts; null while it is open. */
  result: NullableJson;
  started_at: TimestampDefault;
  finished_at: NullableTimestamp;
}

interface QuizQuestionTable {
  quiz_id: string;
  /** 1 is the first. */
  position: number;
  /** Number in the quiz's bank. */
  bank: number;
  item_id: number;
  /** With the answer: stays on the server until it is answered. */
  body: JsonColumn;
  /** Why it was asked: resources/quizzes/decide.ts. */
  why: JsonColumn;
  issued_at: TimestampDefault;
  answered_at: NullableTimestamp;
  /** The answer as given; null where the learner said "I do not know". */
  response: Nullable<string>;
  correct: Nullable<boolean>;
  misconception: Nullable<string>;
  seconds: Nullable<number>;
}

export interface QuizTables {
  quiz: QuizTable;
  quiz_question: QuizQuestionTable;
  /** Quizzes begun in a course, and in how many of them each imported item was asked: for exposure control. */
  quiz_tally: { course_id: number; quizzes: number };
  quiz_exposure: { item_id: number; quizzes: number };
}
