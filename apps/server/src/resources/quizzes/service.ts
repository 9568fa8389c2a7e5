/**
 * Quizzes: begun, answered one question at a time, ended. An answer, the mastery it moves and the next question are
 * stored together, so a quiz survives a restart wherever it stood; the plan is made anew once, at the end.
 */
import { randomInt, randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { updateEngagement } from '../../estimates/fit-engagement.ts';
import { type Person, requirePerson, staffRoles } from '../../http/person.ts';
import { notFound, Problem } from '../../http/problem.ts';
import type { Database } from '../../store/database.ts';
import { isUniqueViolation } from '../../store/errors.ts';
import type { Store, Transaction } from '../../store/store.ts';
import { selectLearner } from '../learners/service.ts';
import { makePlan } from '../plans/service.ts';
import { judgeAnswer, type Response } from '../practice/judge-answer.ts';
import { recordAnswer, requireSelf } from '../practice/service.ts';
import { offerQuiz, type QuizRequest, setUpQuiz } from './begin.ts';
import { decideNext } from './decide.ts';
import { answersOf, finishQuiz } from './result.ts';
import {
  countQuiz,
  issueQuestion,
  lockOpenQuiz,
  type QuizRow,
  type StoredQuestion,
  selectExposure,
  selectQuestions,
  selectQuiz,
  selectQuizzes,
} from './rows.ts';
import type { QuizAnswerResult, QuizDetail, QuizOffer, QuizView } from './schema.ts';
import { reviewOf, viewQuiz } from './view.ts';

type Db = Kysely<Database>;

/** Quizzes that a list shows. */
const LISTED = 20;

/** The learner, or staff: what a quiz says of somebody is for those who teach them. */
export function requireSelfOrStaff(person: Person | null, learnerId: number): void {
  if (person?.role === 'learner') requireSelf(person, learnerId);
  else requirePerson(person, ...staffRoles);
}

export async function offer(db: Db, learnerId: number): Promise<QuizOffer> {
  return offerQuiz(db, learnerId, (await selectLearner(db, learnerId)).course_id);
}

/** Begins a quiz and asks its first question. @throws Problem where one is open already, or there is nothing to ask. */
export async function beginQuiz(store: Store, learnerId: number, request: QuizRequest): Promise<QuizView> {
  const { course_id: courseId } = await selectLearner(store.db, learnerId);
  // Which numbers come is no result of an analysis: the seed is drawn from the system and kept with the quiz.
  const setup = await setUpQuiz(store.db, learnerId, courseId, request, randomInt(2 ** 31));
  const next = decideNext(setup, [], await selectExposure(store.db, courseId, setup));
  if ('stop' in next)
    throw new Problem('conflict', 'quiz: expected something to ask, got nothing; choose other skills.');
  const id = randomUUID();
  const quiz: QuizRow = {
    ...{ id, learnerId, courseId, setup, state: 'open', result: null, startedAt: new Date(), finishedAt: null },
  };
  return store
    .transaction(async ({ db }) => {
      await db
        .insertInto('quiz')
        .values({ id, learner_id: learnerId, setup: JSON.stringify(setup), started_at: quiz.startedAt })
        .execute();
      await countQuiz(db, courseId);
      return viewQuiz(quiz, [await issueQuestion(db, quiz, 1, next)]);
    })
    .catch((error: unknown) => {
      if (!isUniqueViolation(error, 'quiz_open')) throw error;
      throw new Problem(
        'conflict',
        'quiz: expected no open one, got one that was begun before; go on with it or stop it.',
      );
    });
}

export interface QuizAnswerRequest extends Response {
  readonly question: number;
  readonly seconds?: number;
}

interface QuizInHand {
  readonly quiz: QuizRow;
  readonly questions: readonly StoredQuestion[];
}

/** The quiz with its questions, asked for at once. */
export async function loadQuiz(db: Db, id: string): Promise<QuizInHand> {
  const [quiz, questions] = await Promise.all([selectQuiz(db, id), selectQuestions(db, id)]);
  return { quiz, questions };
}

/** Checks an answer and gives the next question, or the result. An answer that cannot be read is not counted. */
export async function answerQuiz(
  store: Store,
  { quiz, questions }: QuizInHand,
  request: QuizAnswerRequest,
): Promise<QuizAnswerResult> {
  if (quiz.state !== 'open') throw alreadyEnded();
  const open = questions.find(({ position }) => position === request.question);
  if (open === undefined) throw notFound('question', request.question);
  if (open.answeredAt !== null) throw alreadyAnswered();
  const judged = judgeAnswer(open.item, request);
  if (!judged.accepted) return judged;
  const answered: StoredQuestion = {
    ...open,
    ...{ answeredAt: new Date(), correct: judged.correct, misconception: judged.misconception },
    response: request.giveUp ? null : request.response,
  };
  const view = await store.transaction(async (transaction) => {
    if (!(await lockOpenQuiz(transaction.db, quiz.id))) throw alreadyEnded();
    await storeAnswer(transaction, quiz, answered, request.seconds);
    const all = questions.map((question) => (question === open ? answered : question));
    return goOn(transaction.db, quiz, all);
  });
  if (view.state !== 'open') await followUp(store, quiz);
  return { accepted: true, correct: judged.correct, quiz: view };
}

/** What an answer changes besides mastery, once for all of them. */
async function followUp(store: Store, { courseId, learnerId }: QuizRow): Promise<void> {
  await updateEngagement(store, courseId, learnerId);
  await makePlan(store, learnerId).catch(() => null);
}

const alreadyEnded = () =>
  new Problem('conflict', 'quiz: expected an open one, got one that has ended; see its result.');
const alreadyAnswered = () =>
  new Problem('conflict', 'answer: expected the open question, got one that is answered; load the quiz again.');

/** The answer with its question, and among the records. */
async function storeAnswer(
  transaction: Transaction,
  quiz: QuizRow,
  { position, itemId, answeredAt, response, correct, misconception }: StoredQuestion,
  seconds: number | undefined,
): Promise<void> {
  const claimed = await transaction.db
    .updateTable('quiz_question')
    .set({
      ...{ answered_at: answeredAt, correct, misconception, seconds: seconds ?? null },
      response: response === null ? null : JSON.stringify(response),
    })
    .where('quiz_id', '=', quiz.id)
    .where('position', '=', position)
    .where('answered_at', 'is', null)
    .executeTakeFirst();
  if (claimed.numUpdatedRows === 0n) throw alreadyAnswered();
  const given = { id: `${quiz.id}/${position}`, learner_id: quiz.learnerId, item_id: itemId, hints_used: 0 };
  await recordAnswer(transaction, quiz.courseId, given, correct === true, seconds);
}

/** The next question, or the end. */
async function goOn(db: Db, quiz: QuizRow, questions: readonly StoredQuestion[]): Promise<QuizView> {
  const exposure = await selectExposure(db, quiz.courseId, quiz.setup);
  const next = decideNext(quiz.setup, answersOf(questions), exposure);
  if ('stop' in next) {
    const ended = await finishQuiz(db, quiz, questions, next.stop);
    return viewQuiz({ ...quiz, ...ended, finishedAt: new Date() }, questions);
  }
  const position = Math.max(...questions.map((question) => question.position)) + 1;
  return viewQuiz(quiz, [...questions, await issueQuestion(db, quiz, position, next)]);
}

/** Ends a quiz early, with what was found out so far. */
export async function stopQuiz(store: Store, quiz: QuizRow): Promise<QuizView> {
  const view = await store.transaction(async ({ db }) => {
    if (!(await lockOpenQuiz(db, quiz.id))) throw alreadyEnded();
    const questions = await selectQuestions(db, quiz.id);
    const ended = await finishQuiz(db, quiz, questions, 'stopped');
    return viewQuiz({ ...quiz, ...ended, finishedAt: new Date() }, questions);
  });
  if (view.answered > 0) await followUp(store, quiz);
  return view;
}

/** A quiz, with its questions and answers once it has ended. */
export async function showQuiz(db: Db, id: string): Promise<QuizDetail> {
  const { quiz, questions } = await loadQuiz(db, id);
  return { ...viewQuiz(quiz, questions), review: quiz.state === 'open' ? [] : reviewOf(questions) };
}

/** A learner's quizzes, newest first. */
export async function listQuizzes(db: Db, learnerId: number): Promise<QuizView[]> {
  await selectLearner(db, learnerId);
  const quizzes = await selectQuizzes(db, learnerId, LISTED);
  const views: QuizView[] = [];
  for (const quiz of quizzes)
    views.push(viewQuiz(quiz, quiz.state === 'open' ? await selectQuestions(db, quiz.id) : []));
  return views;
}
