/** /courses/{courseId}/item-analysis and /learners/{learnerId}/misconceptions. */
import { createRoute, z } from '@hono/zod-openapi';
import { requirePerson, staffRoles } from '../../http/person.ts';
import { problems } from '../../http/problem.ts';
import { type ApiServices, createRouter, json } from '../../http/router.ts';
import { requireCourse } from '../courses/service.ts';
import { startedJobSchema } from '../models/schema.ts';
import { idSchema } from '../shared-schema.ts';
import { courseItemsSchema, learnerMisconceptionsSchema } from './schema.ts';
import { readItems, readLearnerMisconceptions, startAnalysis } from './service.ts';

const params = z.object({ courseId: idSchema });

const show = createRoute({
  method: 'get',
  path: '/courses/{courseId}/item-analysis',
  tags: ['items'],
  summary: 'How hard, telling and fair each exercise is, and which misconceptions the class shows.',
  request: { params },
  responses: { 200: json(courseItemsSchema, 'The newest analysis, and the job that runs'), ...problems('not-found') },
});

const start = createRoute({
  method: 'post',
  path: '/courses/{courseId}/item-analyses',
  tags: ['items'],
  summary: 'Starts the job that looks at the exercises. Changes no estimate of what anybody knows.',
  request: { params },
  responses: {
    202: json(startedJobSchema, 'The job, or the one that runs already'),
    ...problems('person-missing', 'not-allowed', 'not-found'),
  },
});

const ofLearner = createRoute({
  method: 'get',
  path: '/learners/{learnerId}/misconceptions',
  tags: ['items'],
  summary: 'Misconceptions that a learner may hold, with how sure that is and what helps.',
  request: { params: z.object({ learnerId: idSchema }) },
  responses: { 200: json(learnerMisconceptionsSchema, 'The likeliest first'), ...problems('not-found') },
});

export function itemRoutes({ store, jobs }: ApiServices) {
  return createRouter()
    .openapi(show, async (context) =>
      context.json(await readItems(store.db, await requireCourse(store.db, context.req.valid('param').courseId)), 200),
    )
    .openapi(start, async (context) => {
      const { label } = requirePerson(context.var.person, ...staffRoles);
      const id = await requireCourse(store.db, context.req.valid('param').courseId);
      return context.json(await startAnalysis(store, jobs, id, label), 202);
    })
    .openapi(ofLearner, async (context) =>
      context.json(await readLearnerMisconceptions(store.db, context.req.valid('param').learnerId), 200),
    );
}
