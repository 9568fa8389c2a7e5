/** Planning and repair as jobs, and their proposals. */
import { createRoute, z } from '@hono/zod-openapi';
import { problems } from '../../http/problem.ts';
import { type ApiServices, createRouter, json, jsonBody } from '../../http/router.ts';
import { selectProposal, viewProposal } from '../../scheduling/proposals.ts';
import { idSchema } from '../shared-schema.ts';
import { type ScheduleAccess, scheduleParams, schedulePath, tags, writeRefusals } from './common.ts';
import { acceptBodySchema, proposalSchema, repairBodySchema } from './proposal-schema.ts';
import { acceptProposal, sendPlanning, sendRepair } from './proposal-service.ts';
import { schedulePlanBodySchema } from './schema.ts';
import { writtenSchema } from './setting-schema.ts';

const params = scheduleParams;
const proposalParams = params.extend({ proposalId: idSchema });
const jobAnswer = json(z.object({ jobId: z.string() }), 'The job');

const plan = createRoute({
  ...{ method: 'post', path: `${schedulePath}/plan`, tags, summary: 'Starts a job that plans all or some weeks.' },
  request: { params, body: jsonBody(schedulePlanBodySchema) },
  responses: { 202: jobAnswer, ...writeRefusals },
});

const repair = createRoute({
  ...{ method: 'post', path: `${schedulePath}/repairs`, tags, summary: 'Starts a job that repairs the plan.' },
  request: { params, body: jsonBody(repairBodySchema) },
  responses: { 202: jobAnswer, ...writeRefusals },
});

const proposal = createRoute({
  ...{
    method: 'get',
    path: `${schedulePath}/proposals/{proposalId}`,
    tags,
    summary: 'What a job found, beside the plan.',
  },
  request: { params: proposalParams },
  responses: { 200: json(proposalSchema, 'The proposal'), ...problems('not-found') },
});

const accept = createRoute({
  ...{
    method: 'post',
    path: `${schedulePath}/proposals/{proposalId}/accept`,
    tags,
    summary: 'Makes it the working plan.',
  },
  request: { params: proposalParams, body: jsonBody(acceptBodySchema) },
  responses: { 200: json(writtenSchema, 'The new version'), ...writeRefusals },
});

export function scheduleProposalRoutes({ store, jobs }: ApiServices, { load, writer }: ScheduleAccess) {
  return createRouter()
    .openapi(plan, async (context) => {
      const { version, ...request } = context.req.valid('json');
      const by = await writer(context.var.person, context.req.valid('param').courseId, version, 'plan');
      return context.json({ jobId: await sendPlanning(store, jobs, by, request) }, 202);
    })
    .openapi(repair, async (context) => {
      const { version, ...request } = context.req.valid('json');
      const by = await writer(context.var.person, context.req.valid('param').courseId, version, 'plan');
      return context.json({ jobId: await sendRepair(store, jobs, by, request) }, 202);
    })
    .openapi(proposal, async (context) => {
      const { courseId, proposalId } = context.req.valid('param');
      const loaded = await load(courseId);
      return context.json(viewProposal(loaded, await selectProposal(store, courseId, proposalId)), 200);
    })
    .openapi(accept, async (context) => {
      const { courseId, proposalId } = context.req.valid('param');
      const { version, alternative } = context.req.valid('json');
      const by = await writer(context.var.person, courseId, version, 'plan');
      return context.json({ version: await acceptProposal(store, jobs, by, proposalId, alternative) }, 200);
    });
}
