/** Short checks: quizzes that ask where an answer tells most. Answers are checked on the server and are not here before. */
import { queryOptions } from '@tanstack/react-query';
import type { InferRequestType, InferResponseType } from 'hono/client';
import { api } from './client.ts';
import { learnerKey } from './learners.ts';

const learner = api.learners[':learnerId'];
const quiz = api.quizzes[':quizId'];

export type QuizView = InferResponseType<typeof learner.quizzes.$post, 201>;
export type QuizQuestion = NonNullable<QuizView['question']>;
export type QuizResult = NonNullable<QuizView['result']>;
export type QuizDetail = InferResponseType<typeof quiz.$get, 200>;
export type QuizBody = InferRequestType<typeof learner.quizzes.$post>['json'];
export type QuizAnswerBody = InferRequestType<typeof quiz.answers.$post>['json'];
export type QuizAnswerResult = InferResponseType<typeof quiz.answers.$post, 200>;

const param = (learnerId: number) => ({ learnerId: String(learnerId) });

export const quizzesQuery = (learnerId: number) =>
  queryOptions({
    queryKey: [...learnerKey(learnerId), 'quizzes'],
    queryFn: async ({ signal }) =>
      (await (await learner.quizzes.$get({ param: param(learnerId) }, { init: { signal } })).json()).quizzes,
  });

export const quizOfferQuery = (learnerId: number) =>
  queryOptions({
    queryKey: [...learnerKey(learnerId), 'quiz-offer'],
    queryFn: async ({ signal }) =>
      (await learner['quiz-offer'].$get({ param: param(learnerId) }, { init: { signal } })).json(),
  });

/** One that has ended, with its questions: nothing about it changes any more. */
export const quizQuery = (learnerId: number, quizId: string) =>
  queryOptions({
    queryKey: [...learnerKey(learnerId), 'quiz', quizId],
    queryFn: async ({ signal }) => (await quiz.$get({ param: { quizId } }, { init: { signal } })).json(),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const beginQuiz = async (learnerId: number, body: QuizBody): Promise<QuizView> =>
  (await learner.quizzes.$post({ param: param(learnerId), json: body })).json();

export const answerQuiz = async (quizId: string, body: QuizAnswerBody): Promise<QuizAnswerResult> =>
  (await quiz.answers.$post({ param: { quizId }, json: body })).json();

export const stopQuiz = async (quizId: string): Promise<QuizView> =>
  (await quiz.stop.$post({ param: { quizId } })).json();
