/** /courses/{courseId}/models: who tells what learners know, and how well each model predicts. */
import { createRoute, z } from '@hono/zod-openapi';
import { requirePerson, staffRoles } from '../../http/person.ts';
import { problems } from '../../http/problem.ts';
import { type ApiServices, createRouter, json, jsonBody } from '../../http/router.ts';
import { requireCourse } from '../courses/service.ts';
import { idSchema } from '../shared-schema.ts';
import { courseModelsSchema, evaluationBodySchema, modelChoiceBodySchema, startedJobSchema } from './schema.ts';
import { chooseModel, readModels, refit, startEvaluation } from './service.ts';

const params = z.object({ courseId: idSchema });

const show = createRoute({
  method: 'get',
  path: '/courses/{courseId}/models',
  tags: ['models'],
  summary: 'The models, the champion and who chose it, and the latest evaluation.',
  request: { params },
  responses: { 200: json(courseModelsSchema, 'The models'), ...problems('not-found') },
});

const evaluate = createRoute({
  method: 'post',
  path: '/courses/{courseId}/model-evaluations',
  tags: ['models'],
  summary: 'Starts a job that lets every model predict answers of learners it has not seen. Chooses none.',
  request: { params, body: jsonBody(evaluationBodySchema) },
  responses: {
    202: json(startedJobSchema.extend({ evaluationId: z.number().int() }), 'The evaluation and its job'),
    ...problems('person-missing', 'not-allowed', 'not-found', 'conflict'),
  },
});

const choose = createRoute({
  method: 'put',
  path: '/courses/{courseId}/model-champion',
  tags: ['models'],
  summary: 'A person chooses the model, with a reason; starts the job that estimates mastery anew.',
  request: { params, body: jsonBody(modelChoiceBodySchema) },
  responses: {
    202: json(startedJobSchema, 'The job'),
    ...problems('person-missing', 'not-allowed', 'not-found'),
  },
});

const fit = createRoute({
  method: 'post',
  path: '/courses/{courseId}/fits',
  tags: ['models'],
  summary: 'Fits the champion on the records that are there now, and estimates mastery anew.',
  request: { params },
  responses: {
    202: json(startedJobSchema, 'The job, or the one that runs already'),
    ...problems('person-missing', 'not-allowed', 'not-found'),
  },
});

export function modelRoutes({ store, jobs }: ApiServices) {
  return createRouter()
    .openapi(show, async (context) =>
      context.json(await readModels(store.db, await requireCourse(store.db, context.req.valid('param').courseId)), 200),
    )
    .openapi(evaluate, async (context) => {
      const { label } = requirePerson(context.var.person, ...staffRoles);
      const id = await requireCourse(store.db, context.req.valid('param').courseId);
      return context.json(await startEvaluation(store, jobs, id, context.req.valid('json'), label), 202);
    })
    .openapi(choose, async (context) => {
      const { label } = requirePerson(context.var.person, ...staffRoles);
      const id = await requireCourse(store.db, context.req.valid('param').courseId);
      return context.json(await chooseModel(store, jobs, id, context.req.valid('json'), label), 202);
    })
    .openapi(fit, async (context) => {
      const { label } = requirePerson(context.var.person, ...staffRoles);
      const id = await requireCourse(store.db, context.req.valid('param').courseId);
      return context.json(await refit(store, jobs, id, label), 202);
    });
}
