/** /learners/:id/plan and /courses/:id/plans: next steps, reasons, overrides. */
import { createRoute, z } from '@hono/zod-openapi';
import { requirePerson, staffRoles } from '../../http/person.ts';
import { orNotFound, problems } from '../../http/problem.ts';
import { type ApiServices, createRouter, json, jsonBody } from '../../http/router.ts';
import { requireCourse } from '../courses/service.ts';
import { idSchema } from '../shared-schema.ts';
import { explainPlanStep } from './explain.ts';
import { overrideStep, withdrawOverride } from './overrides.ts';
import { planCourseJob } from './plan-course-job.ts';
import { explanationSchema, overrideBodySchema, planBodySchema, planSchema } from './schema.ts';
import { currentPlan, makePlan } from './service.ts';

const params = z.object({ learnerId: idSchema });

const show = createRoute({
  method: 'get',
  path: '/learners/{learnerId}/plan',
  tags: ['plans'],
  summary: 'The plan in force.',
  request: { params },
  responses: { 200: json(planSchema, 'The plan'), ...problems('not-found') },
});

const make = createRoute({
  method: 'post',
  path: '/learners/{learnerId}/plan',
  tags: ['plans'],
  summary: 'Makes a plan now, by the champion or by whom one asks for.',
  request: { params, body: jsonBody(planBodySchema) },
  responses: { 200: json(planSchema, 'The new plan'), ...problems('not-found', 'conflict', 'unprocessable') },
});

const makeAll = createRoute({
  method: 'post',
  path: '/courses/{courseId}/plans',
  tags: ['plans'],
  summary: 'Starts a job that plans for every learner of the course, by the champion.',
  request: { params: z.object({ courseId: idSchema }) },
  responses: {
    202: json(z.object({ jobId: z.string() }), 'The job'),
    ...problems('person-missing', 'not-allowed', 'not-found'),
  },
});

const explain = createRoute({
  method: 'get',
  path: '/learners/{learnerId}/plan/steps/{skillId}/explanation',
  tags: ['plans'],
  summary: 'Why this step, and the best plan without it.',
  request: { params: params.extend({ skillId: idSchema }) },
  responses: { 200: json(explanationSchema, 'The reasons'), ...problems('not-found') },
});

const override = createRoute({
  method: 'post',
  path: '/learners/{learnerId}/overrides',
  tags: ['plans'],
  summary: 'Skips, pins or forbids a skill; answers with the plan made anew.',
  request: { params, body: jsonBody(overrideBodySchema) },
  responses: {
    200: json(planSchema, 'The new plan'),
    ...problems('not-found', 'person-missing', 'not-allowed', 'unprocessable'),
  },
});

const withdraw = createRoute({
  method: 'delete',
  path: '/overrides/{overrideId}',
  tags: ['plans'],
  summary: 'Takes a word back; answers with the plan made anew.',
  request: { params: z.object({ overrideId: idSchema }) },
  responses: { 200: json(planSchema, 'The new plan'), ...problems('not-found', 'person-missing') },
});

export function planRoutes({ store, jobs }: ApiServices) {
  return createRouter()
    .openapi(show, async (context) => {
      const { learnerId } = context.req.valid('param');
      return context.json(orNotFound(await currentPlan(store.db, learnerId), 'plan of learner', learnerId), 200);
    })
    .openapi(make, async (context) => {
      const { learnerId } = context.req.valid('param');
      return context.json(await makePlan(store, learnerId, context.req.valid('json')), 200);
    })
    .openapi(makeAll, async (context) => {
      const { label } = requirePerson(context.var.person, ...staffRoles);
      const courseId = await requireCourse(store.db, context.req.valid('param').courseId);
      const payload = { courseId, since: new Date().toISOString() };
      return context.json({ jobId: await jobs.send(planCourseJob, payload, { requestedBy: label }) }, 202);
    })
    .openapi(explain, async (context) => {
      const { learnerId, skillId } = context.req.valid('param');
      return context.json(await explainPlanStep(store, learnerId, skillId), 200);
    })
    .openapi(override, async (context) => {
      const person = requirePerson(context.var.person);
      const { learnerId } = context.req.valid('param');
      return context.json(await overrideStep(store, learnerId, person, context.req.valid('json')), 200);
    })
    .openapi(withdraw, async (context) => {
      requirePerson(context.var.person);
      return context.json(await withdrawOverride(store, context.req.valid('param').overrideId), 200);
    });
}
