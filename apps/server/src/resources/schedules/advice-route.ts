/** Questions about the plan in hand; nothing is changed. */
import { createRoute, z } from '@hono/zod-openapi';
import { problems } from '../../http/problem.ts';
import { type ApiServices, createRouter, json, jsonBody } from '../../http/router.ts';
import { idSchema } from '../shared-schema.ts';
import { explainSession, suggestSessions } from './advice-service.ts';
import { type ScheduleAccess, scheduleParams, schedulePath, tags, writeRefusals } from './common.ts';
import {
  rulePriceBodySchema,
  rulePriceSchema,
  scheduleExplanationSchema,
  suggestionsBodySchema,
  suggestionsSchema,
} from './proposal-schema.ts';
import { readRulePrice, sendRulePrice } from './proposal-service.ts';

const params = scheduleParams;
const refusals = problems('not-found', 'conflict', 'unprocessable');

const explanation = createRoute({
  ...{ method: 'get', path: `${schedulePath}/explanation`, tags, summary: 'Why this tutor for this learner.' },
  request: {
    params,
    query: z.object({ learnerId: idSchema, skillId: idSchema, tutorId: z.string(), slotId: z.string() }),
  },
  responses: { 200: json(scheduleExplanationSchema, 'The reasons'), ...refusals },
});

const suggestions = createRoute({
  ...{ method: 'post', path: `${schedulePath}/suggestions`, tags, summary: 'Places for one more session, best first.' },
  request: { params, body: jsonBody(suggestionsBodySchema) },
  responses: { 200: json(suggestionsSchema, 'The places'), ...refusals },
});

const priceRule = createRoute({
  ...{
    method: 'post',
    path: `${schedulePath}/rule-prices`,
    tags,
    summary: 'Starts a job that plans with a rule and without it.',
  },
  request: { params, body: jsonBody(rulePriceBodySchema) },
  responses: { 202: json(z.object({ jobId: z.string() }), 'The job'), ...writeRefusals },
});

const rulePrice = createRoute({
  ...{
    method: 'get',
    path: `${schedulePath}/rule-prices/{jobId}`,
    tags,
    summary: 'What a rule costs, as such a job found.',
  },
  request: { params: params.extend({ jobId: z.uuid() }) },
  responses: { 200: json(rulePriceSchema, 'The price'), ...problems('not-found') },
});

export function scheduleAdviceRoutes({ store, compute, jobs }: ApiServices, { load, writer }: ScheduleAccess) {
  return createRouter()
    .openapi(explanation, async (context) => {
      const loaded = await load(context.req.valid('param').courseId);
      return context.json(await explainSession(compute, loaded, context.req.valid('query')), 200);
    })
    .openapi(suggestions, async (context) => {
      const loaded = await load(context.req.valid('param').courseId);
      return context.json(await suggestSessions(compute, loaded, context.req.valid('json')), 200);
    })
    .openapi(priceRule, async (context) => {
      const { version, ...request } = context.req.valid('json');
      const by = await writer(context.var.person, context.req.valid('param').courseId, version, 'plan');
      return context.json({ jobId: await sendRulePrice(store, jobs, by, request) }, 202);
    })
    .openapi(rulePrice, async (context) => {
      const { courseId, jobId } = context.req.valid('param');
      return context.json(await readRulePrice(jobs, courseId, jobId), 200);
    });
}
