/** /engagement of a course and of a learner, for staff; /self-report of an exercise, by who answered it. */
import { createRoute, z } from '@hono/zod-openapi';
import { requirePerson, staffRoles } from '../../http/person.ts';
import { problems } from '../../http/problem.ts';
import { type ApiServices, createRouter, json, jsonBody } from '../../http/router.ts';
import { requireCourse } from '../courses/service.ts';
import { requireSelf, selectExercise } from '../practice/service.ts';
import { idSchema } from '../shared-schema.ts';
import { classEngagementSchema, learnerEngagementSchema, selfReportBodySchema, selfReportSchema } from './schema.ts';
import { readClassEngagement, readEngagement, storeSelfReport } from './service.ts';

const ofClass = createRoute({
  method: 'get',
  path: '/courses/{courseId}/engagement',
  tags: ['engagement'],
  summary: 'Who seems to guess or to be elsewhere, by what signs, how surely. For staff.',
  request: { params: z.object({ courseId: idSchema }) },
  responses: {
    200: json(classEngagementSchema, 'The learners, and the fit behind it'),
    ...problems('person-missing', 'not-allowed', 'not-found'),
  },
});

const ofLearner = createRoute({
  method: 'get',
  path: '/learners/{learnerId}/engagement',
  tags: ['engagement'],
  summary: "One learner's effort as the answers show it. For staff.",
  request: { params: z.object({ learnerId: idSchema }) },
  responses: {
    200: json(learnerEngagementSchema, 'The estimate, null where there is none'),
    ...problems('person-missing', 'not-allowed', 'not-found'),
  },
});

const report = createRoute({
  method: 'post',
  path: '/exercises/{exerciseId}/self-report',
  tags: ['practice'],
  summary: 'How an answered exercise went, as the learner says.',
  request: { params: z.object({ exerciseId: z.uuid() }), body: jsonBody(selfReportBodySchema) },
  responses: { 200: json(selfReportSchema, 'What is stored'), ...problems('not-found', 'conflict', 'not-allowed') },
});

export function engagementRoutes({ store }: ApiServices) {
  return createRouter()
    .openapi(ofClass, async (context) => {
      requirePerson(context.var.person, ...staffRoles);
      const id = await requireCourse(store.db, context.req.valid('param').courseId);
      return context.json(await readClassEngagement(store.db, id), 200);
    })
    .openapi(ofLearner, async (context) => {
      requirePerson(context.var.person, ...staffRoles);
      return context.json(await readEngagement(store.db, context.req.valid('param').learnerId), 200);
    })
    .openapi(report, async (context) => {
      const { exerciseId } = context.req.valid('param');
      requireSelf(context.var.person, (await selectExercise(store.db, exerciseId)).learner_id);
      const { value } = context.req.valid('json');
      await storeSelfReport(store, exerciseId, value);
      return context.json({ value }, 200);
    });
}
