/** The working plan: seen, pinned, changed by hand, published; and what was published. */
import { createRoute, z } from '@hono/zod-openapi';
import { problems } from '../../http/problem.ts';
import { type ApiServices, createRouter, json, jsonBody } from '../../http/router.ts';
import { viewPlan } from '../../scheduling/plan-view.ts';
import { readSchedule } from '../../scheduling/rows.ts';
import { requireCourse } from '../courses/service.ts';
import { basedOn, type ScheduleAccess, scheduleParams, schedulePath, tags, writeRefusals } from './common.ts';
import {
  acceptMoves,
  addPin,
  listPublished,
  planCsv,
  previewMoves,
  publishPlan,
  removePin,
  requirePlan,
  viewPublished,
} from './plan-service.ts';
import {
  consequencesSchema,
  movesBodySchema,
  pinBodySchema,
  pinsSchema,
  publishAnswerSchema,
  publishBodySchema,
  publishedListSchema,
  schedulePlanSchema,
} from './schema.ts';
import { writtenSchema } from './setting-schema.ts';

const params = scheduleParams;

const show = createRoute({
  ...{ method: 'get', path: `${schedulePath}/plan`, tags, summary: 'The working plan, with its figures.' },
  request: { params },
  responses: { 200: json(schedulePlanSchema, 'The plan'), ...problems('not-found') },
});

const csv = createRoute({
  ...{ method: 'get', path: `${schedulePath}/plan.csv`, tags, summary: 'The working plan as CSV.' },
  request: { params },
  responses: {
    200: { description: 'One line per learner and session', content: { 'text/csv': { schema: z.string() } } },
    ...problems('not-found'),
  },
});

const pins = createRoute({
  ...{ method: 'get', path: `${schedulePath}/pins`, tags, summary: 'What people pinned.' },
  request: { params },
  responses: { 200: json(pinsSchema, 'The pins'), ...problems('not-found') },
});

const pin = createRoute({
  ...{ method: 'post', path: `${schedulePath}/pins`, tags, summary: 'Keeps a tutor, a time or a room of a session.' },
  request: { params, body: jsonBody(pinBodySchema) },
  responses: { 200: json(writtenSchema.extend({ id: z.string() }), 'The new version, and the pin'), ...writeRefusals },
});

const unpin = createRoute({
  ...{ method: 'delete', path: `${schedulePath}/pins/{pinId}`, tags, summary: 'Takes a pin back.' },
  request: { params: params.extend({ pinId: z.string() }), query: basedOn },
  responses: { 200: json(writtenSchema, 'The new version'), ...writeRefusals },
});

const preview = createRoute({
  ...{
    method: 'post',
    path: `${schedulePath}/moves/preview`,
    tags,
    summary: 'What moves would lead to; changes nothing.',
  },
  request: { params, body: jsonBody(movesBodySchema) },
  responses: { 200: json(consequencesSchema, 'The consequences'), ...problems('not-found', 'conflict') },
});

const move = createRoute({
  ...{ method: 'post', path: `${schedulePath}/moves`, tags, summary: 'Changes the plan by hand, within the rules.' },
  request: { params, body: jsonBody(movesBodySchema) },
  responses: { 200: json(writtenSchema, 'The new version'), ...writeRefusals },
});

const publish = createRoute({
  ...{ method: 'post', path: `${schedulePath}/publish`, tags, summary: 'Publishes the working plan.' },
  request: { params, body: jsonBody(publishBodySchema) },
  responses: { 200: json(publishAnswerSchema, 'The publication'), ...writeRefusals },
});

const published = createRoute({
  ...{ method: 'get', path: `${schedulePath}/published`, tags, summary: 'What was published, and who approved it.' },
  request: { params },
  responses: { 200: json(publishedListSchema, 'Newest first'), ...problems('not-found') },
});

const publication = createRoute({
  ...{ method: 'get', path: `${schedulePath}/published/{number}`, tags, summary: 'One publication as it was.' },
  request: { params: params.extend({ number: z.coerce.number().int().positive() }) },
  responses: { 200: json(schedulePlanSchema, 'The plan'), ...problems('not-found') },
});

export function schedulePlanRoutes({ store, jobs }: ApiServices, { load, writer }: ScheduleAccess) {
  return createRouter()
    .openapi(show, async (context) => {
      const loaded = await load(context.req.valid('param').courseId);
      return context.json(viewPlan(loaded, requirePlan(loaded)), 200);
    })
    .openapi(csv, async (context) => {
      const text = planCsv(await load(context.req.valid('param').courseId));
      context.header('content-type', 'text/csv; charset=utf-8');
      context.header('content-disposition', 'attachment; filename="schedule.csv"');
      return context.body(text);
    })
    .openapi(pins, async (context) => {
      const courseId = await requireCourse(store.db, context.req.valid('param').courseId);
      const { version, setting } = await readSchedule(store.db, courseId);
      return context.json({ version, pins: [...setting.pins] }, 200);
    })
    .openapi(pin, async (context) => {
      const { version, ...body } = context.req.valid('json');
      const by = await writer(context.var.person, context.req.valid('param').courseId, version);
      return context.json(await addPin(store, by, body), 200);
    })
    .openapi(unpin, async (context) => {
      const { courseId, pinId } = context.req.valid('param');
      const by = await writer(context.var.person, courseId, context.req.valid('query').version);
      return context.json({ version: await removePin(store, by, pinId) }, 200);
    })
    .openapi(preview, async (context) => {
      const loaded = await load(context.req.valid('param').courseId);
      return context.json(previewMoves(loaded, context.req.valid('json').moves), 200);
    })
    .openapi(move, async (context) => {
      const { version, moves } = context.req.valid('json');
      const by = await writer(context.var.person, context.req.valid('param').courseId, version);
      return context.json({ version: await acceptMoves(store, by, moves) }, 200);
    })
    .openapi(publish, async (context) => {
      const { version, ...body } = context.req.valid('json');
      const by = await writer(context.var.person, context.req.valid('param').courseId, version, 'publish');
      return context.json(await publishPlan(store, jobs, by, body), 200);
    })
    .openapi(published, async (context) => {
      const courseId = await requireCourse(store.db, context.req.valid('param').courseId);
      const { version } = await readSchedule(store.db, courseId);
      return context.json({ version, published: await listPublished(store, courseId) }, 200);
    })
    .openapi(publication, async (context) => {
      const { courseId, number } = context.req.valid('param');
      return context.json(await viewPublished(store, await load(courseId), number), 200);
    });
}
