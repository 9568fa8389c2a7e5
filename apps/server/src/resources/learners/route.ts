/** /learners: who they are, where they stand, where they go. */
import { createRoute, z } from '@hono/zod-openapi';
import { requirePerson } from '../../http/person.ts';
import { problems } from '../../http/problem.ts';
import { type ApiServices, createRouter, json, jsonBody } from '../../http/router.ts';
import { idSchema } from '../shared-schema.ts';
import { goalsBodySchema, learnerListSchema, learnerSchema, skillMapSchema } from './schema.ts';
import { listLearners, setGoals, viewLearner, viewSkillMap } from './service.ts';

const params = z.object({ learnerId: idSchema });

const list = createRoute({
  method: 'get',
  path: '/courses/{courseId}/learners',
  tags: ['learners'],
  summary: 'The learners of a course, by name.',
  request: {
    params: z.object({ courseId: idSchema }),
    query: z.object({
      search: z.string().max(200).optional(),
      offset: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(500).default(50),
    }),
  },
  responses: { 200: json(learnerListSchema, 'A page of learners'), ...problems() },
});

const show = createRoute({
  method: 'get',
  path: '/learners/{learnerId}',
  tags: ['learners'],
  summary: 'One learner.',
  request: { params },
  responses: { 200: json(learnerSchema, 'The learner'), ...problems('not-found') },
});

const map = createRoute({
  method: 'get',
  path: '/learners/{learnerId}/skills',
  tags: ['learners'],
  summary: 'The skill map: mastered, ready, locked, with places to draw them at.',
  request: { params },
  responses: { 200: json(skillMapSchema, 'The map'), ...problems('not-found') },
});

const goals = createRoute({
  method: 'put',
  path: '/learners/{learnerId}/goals',
  tags: ['learners'],
  summary: 'Sets the goals (none: back to the default ones) and the minutes of a session.',
  request: { params, body: jsonBody(goalsBodySchema) },
  responses: { 200: json(learnerSchema, 'The learner'), ...problems('not-found', 'person-missing') },
});

export function learnerRoutes({ store }: ApiServices) {
  return createRouter()
    .openapi(list, async (context) => {
      const { courseId } = context.req.valid('param');
      return context.json(await listLearners(store.db, courseId, context.req.valid('query')), 200);
    })
    .openapi(show, async (context) =>
      context.json(await viewLearner(store.db, context.req.valid('param').learnerId), 200),
    )
    .openapi(map, async (context) =>
      context.json(await viewSkillMap(store.db, context.req.valid('param').learnerId), 200),
    )
    .openapi(goals, async (context) => {
      requirePerson(context.var.person);
      const { learnerId } = context.req.valid('param');
      await store.transaction(({ db }) => setGoals(db, learnerId, context.req.valid('json')));
      return context.json(await viewLearner(store.db, learnerId), 200);
    });
}
