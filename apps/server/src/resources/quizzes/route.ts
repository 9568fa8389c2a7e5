/** /learners/:id/quizzes and /quizzes: a short adaptive quiz. */
import { createRoute, z } from '@hono/zod-openapi';
import { problems } from '../../http/problem.ts';
import { type ApiServices, createRouter, json, jsonBody } from '../../http/router.ts';
import { requireSelf } from '../practice/service.ts';
import { idSchema } from '../shared-schema.ts';
import { selectQuiz } from './rows.ts';
import {
  quizAnswerBodySchema,
  quizAnswerSchema,
  quizBodySchema,
  quizDetailSchema,
  quizListSchema,
  quizOfferSchema,
  quizSchema,
} from './schema.ts';
import {
  answerQuiz,
  beginQuiz,
  listQuizzes,
  loadQuiz,
  offer,
  requireSelfOrStaff,
  showQuiz,
  stopQuiz,
} from './service.ts';

const learnerParams = z.object({ learnerId: idSchema });
const params = z.object({ quizId: z.uuid() });

const offerRoute = createRoute({
  method: 'get',
  path: '/learners/{learnerId}/quiz-offer',
  tags: ['quizzes'],
  summary: 'What a quiz could be about: skills with questions, and those of which least is known.',
  request: { params: learnerParams },
  responses: {
    200: json(quizOfferSchema, 'The offer'),
    ...problems('not-found', 'person-missing', 'not-allowed'),
  },
});

const begin = createRoute({
  method: 'post',
  path: '/learners/{learnerId}/quizzes',
  tags: ['quizzes'],
  summary: 'Begins a quiz; a learner has one at a time.',
  request: { params: learnerParams, body: jsonBody(quizBodySchema) },
  responses: {
    201: json(quizSchema, 'The quiz with its first question'),
    ...problems('not-found', 'conflict', 'not-allowed'),
  },
});

const list = createRoute({
  method: 'get',
  path: '/learners/{learnerId}/quizzes',
  tags: ['quizzes'],
  summary: 'The newest quizzes of a learner, an open one with its question.',
  request: { params: learnerParams },
  responses: {
    200: json(quizListSchema, 'The quizzes'),
    ...problems('not-found', 'person-missing', 'not-allowed'),
  },
});

const show = createRoute({
  method: 'get',
  path: '/quizzes/{quizId}',
  tags: ['quizzes'],
  summary: 'A quiz; once it has ended, with its questions and their answers.',
  request: { params },
  responses: {
    200: json(quizDetailSchema, 'The quiz'),
    ...problems('not-found', 'person-missing', 'not-allowed'),
  },
});

const answer = createRoute({
  method: 'post',
  path: '/quizzes/{quizId}/answers',
  tags: ['quizzes'],
  summary: 'Checks an answer and gives the next question, or the result. One that cannot be read is not counted.',
  request: { params, body: jsonBody(quizAnswerBodySchema) },
  responses: {
    200: json(quizAnswerSchema, 'What became of it'),
    ...problems('not-found', 'conflict', 'not-allowed'),
  },
});

const stop = createRoute({
  method: 'post',
  path: '/quizzes/{quizId}/stop',
  tags: ['quizzes'],
  summary: 'Ends a quiz early, with what was found out so far.',
  request: { params },
  responses: { 200: json(quizSchema, 'The quiz with its result'), ...problems('not-found', 'conflict', 'not-allowed') },
});

export function quizRoutes({ store }: ApiServices) {
  return createRouter()
    .openapi(offerRoute, async (context) => {
      const { learnerId } = context.req.valid('param');
      requireSelfOrStaff(context.var.person, learnerId);
      return context.json(await offer(store.db, learnerId), 200);
    })
    .openapi(begin, async (context) => {
      const { learnerId } = context.req.valid('param');
      requireSelf(context.var.person, learnerId);
      return context.json(await beginQuiz(store, learnerId, context.req.valid('json')), 201);
    })
    .openapi(list, async (context) => {
      const { learnerId } = context.req.valid('param');
      requireSelfOrStaff(context.var.person, learnerId);
      return context.json({ quizzes: await listQuizzes(store.db, learnerId) }, 200);
    })
    .openapi(show, async (context) => {
      const quiz = await showQuiz(store.db, context.req.valid('param').quizId);
      requireSelfOrStaff(context.var.person, quiz.learnerId);
      return context.json(quiz, 200);
    })
    .openapi(answer, async (context) => {
      const inHand = await loadQuiz(store.db, context.req.valid('param').quizId);
      requireSelf(context.var.person, inHand.quiz.learnerId);
      return context.json(await answerQuiz(store, inHand, context.req.valid('json')), 200);
    })
    .openapi(stop, async (context) => {
      const quiz = await selectQuiz(store.db, context.req.valid('param').quizId);
      requireSelf(context.var.person, quiz.learnerId);
      return context.json(await stopQuiz(store, quiz), 200);
    });
}
