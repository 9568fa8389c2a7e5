/** Questions about the plan in hand; nothing is changed. */
import { createRoute, z } from '@hono/zod-openapi';
import { problems } from '../../http/problem.ts';
import { type ApiServices, createRouter, json, jsonBody } from '../../http/router.ts';
import { idSchema } from '../shared-schema.ts';
import { explainSession, priceRule, suggestSessions } from './advice-service.ts';
import { type ScheduleAccess, scheduleParams, schedulePath, tags } from './common.ts';
import {
  rulePriceBodySchema,
  rulePriceSchema,
  scheduleExplanationSchema,
  suggestionsBodySchema,
  suggestionsSchema,
} from './proposal-schema.ts';

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

const rulePrice = createRoute({
  ...{
    method: 'post',
    path: `${schedulePath}/rule-price`,
    tags,
    summary: 'What a rule costs: planned with and without it.',
  },
  request: { params, body: jsonBody(rulePriceBodySchema) },
  responses: { 200: json(rulePriceSchema, 'The price'), ...refusals },
});

export function scheduleAdviceRoutes({ store, compute }: ApiServices, { load }: ScheduleAccess) {
  return createRouter()
    .openapi(explanation, async (context) => {
      const loaded = await load(context.req.valid('param').courseId);
      return context.json(await explainSession(compute, loaded, context.req.valid('query')), 200);
    })
    .openapi(suggestions, async (context) => {
      const loaded = await load(context.req.valid('param').courseId);
      return context.json(await suggestSessions(compute, loaded, context.req.valid('json')), 200);
    })
    .openapi(rulePrice, async (context) => {
      const loaded = await load(context.req.valid('param').courseId);
      return context.json(await priceRule(store, compute, loaded, context.req.valid('json')), 200);
    });
}
