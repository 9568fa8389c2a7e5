/** /exercises: given, hinted at, answered. */
import { createRoute, z } from '@hono/zod-openapi';
import { problems } from '../../http/problem.ts';
import { type ApiServices, createRouter, json, jsonBody } from '../../http/router.ts';
import { idSchema } from '../shared-schema.ts';
import { answerBodySchema, answerResultSchema, exerciseBodySchema, exerciseSchema, hintSchema } from './schema.ts';
import { answerExercise, giveExercise, giveHint, requireSelf, selectExercise } from './service.ts';

const params = z.object({ exerciseId: z.uuid() });

const give = createRoute({
  method: 'post',
  path: '/learners/{learnerId}/exercises',
  tags: ['practice'],
  summary: 'An exercise on a skill, by default on the first step of the plan.',
  request: { params: z.object({ learnerId: idSchema }), body: jsonBody(exerciseBodySchema) },
  responses: {
    201: json(exerciseSchema, 'The exercise, without its answer'),
    ...problems('not-found', 'conflict', 'not-allowed'),
  },
});

const hint = createRoute({
  method: 'post',
  path: '/exercises/{exerciseId}/hints',
  tags: ['practice'],
  summary: 'The next hint.',
  request: { params },
  responses: { 200: json(hintSchema, 'The hint'), ...problems('not-found', 'conflict', 'not-allowed') },
});

const answer = createRoute({
  method: 'post',
  path: '/exercises/{exerciseId}/answer',
  tags: ['practice'],
  summary: 'Checks an answer. One that cannot be read is not counted.',
  request: { params, body: jsonBody(answerBodySchema) },
  responses: {
    200: json(answerResultSchema, 'What became of it'),
    ...problems('not-found', 'conflict', 'not-allowed'),
  },
});

export function practiceRoutes({ store }: ApiServices) {
  const own = async (id: string, person: Parameters<typeof requireSelf>[0]): Promise<void> =>
    requireSelf(person, (await selectExercise(store.db, id)).learner_id);
  return createRouter()
    .openapi(give, async (context) => {
      const { learnerId } = context.req.valid('param');
      requireSelf(context.var.person, learnerId);
      return context.json(await giveExercise(store, learnerId, context.req.valid('json').skillId), 201);
    })
    .openapi(hint, async (context) => {
      const { exerciseId } = context.req.valid('param');
      await own(exerciseId, context.var.person);
      return context.json(await giveHint(store.db, exerciseId), 200);
    })
    .openapi(answer, async (context) => {
      const { exerciseId } = context.req.valid('param');
      await own(exerciseId, context.var.person);
      return context.json(await answerExercise(store, exerciseId, context.req.valid('json')), 200);
    });
}
