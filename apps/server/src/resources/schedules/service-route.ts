/** Calendars to subscribe to, and webhooks. */
import { createRoute, z } from '@hono/zod-openapi';
import { notFound, problems } from '../../http/problem.ts';
import { type ApiServices, createRouter, json, jsonBody } from '../../http/router.ts';
import { listFeeds, readFeed, renewFeed } from '../../scheduling/feeds.ts';
import { listWebhooks, requireWebhookUrl, tellWebhook } from '../../scheduling/webhooks.ts';
import { requireCourse } from '../courses/service.ts';
import { idSchema } from '../shared-schema.ts';
import { requireMay, scheduleParams, schedulePath, tags, writeRefusals } from './common.ts';
import { feedsSchema, renewBodySchema, webhookBodySchema, webhooksSchema } from './service-schema.ts';

const params = scheduleParams;
const webhookParams = params.extend({ webhookId: idSchema });
const staffOnly = problems('person-missing', 'not-allowed', 'not-found');

const feeds = createRoute({
  ...{
    method: 'get',
    path: `${schedulePath}/feeds`,
    tags,
    summary: 'Addresses of the calendars of tutors, learners and rooms.',
  },
  request: { params },
  responses: { 200: json(feedsSchema, 'The calendars'), ...staffOnly },
});

const renew = createRoute({
  ...{
    method: 'post',
    path: `${schedulePath}/feeds/renew`,
    tags,
    summary: 'A new address for a calendar; the old one ends.',
  },
  request: { params, body: jsonBody(renewBodySchema) },
  responses: { 200: json(z.object({ path: z.string() }), 'The new address'), ...staffOnly },
});

const feed = createRoute({
  ...{ method: 'get', path: '/feeds/{file}', tags, summary: 'A calendar, for programs that subscribe to it.' },
  request: { params: z.object({ file: z.string().regex(/^[\w-]{20,60}\.ics$/) }) },
  responses: {
    200: { description: 'iCalendar', content: { 'text/calendar': { schema: z.string() } } },
    ...problems('not-found'),
  },
});

const webhooks = createRoute({
  ...{ method: 'get', path: `${schedulePath}/webhooks`, tags, summary: 'Who is told of publications and repairs.' },
  request: { params },
  responses: { 200: json(webhooksSchema, 'The webhooks'), ...staffOnly },
});

const addWebhook = createRoute({
  ...{ method: 'post', path: `${schedulePath}/webhooks`, tags, summary: 'Tells an address from now on.' },
  request: { params, body: jsonBody(webhookBodySchema) },
  responses: { 200: json(z.object({ id: z.number().int() }), 'The webhook'), ...writeRefusals },
});

const removeWebhook = createRoute({
  ...{ method: 'delete', path: `${schedulePath}/webhooks/{webhookId}`, tags, summary: 'Tells an address no longer.' },
  request: { params: webhookParams },
  responses: { 204: { description: 'It is gone' }, ...staffOnly },
});

const testWebhook = createRoute({
  ...{ method: 'post', path: `${schedulePath}/webhooks/{webhookId}/test`, tags, summary: 'Sends a test message.' },
  request: { params: webhookParams },
  responses: { 202: { description: 'It is on its way' }, ...staffOnly },
});

export function scheduleServiceRoutes({ store, jobs }: ApiServices) {
  const course = (id: number): Promise<number> => requireCourse(store.db, id);
  return createRouter()
    .openapi(feeds, async (context) => {
      requireMay(context.var.person, 'share');
      return context.json({ feeds: await listFeeds(store, await course(context.req.valid('param').courseId)) }, 200);
    })
    .openapi(renew, async (context) => {
      requireMay(context.var.person, 'share');
      const { kind, id } = context.req.valid('json');
      const courseId = await course(context.req.valid('param').courseId);
      return context.json({ path: await renewFeed(store, courseId, kind, id) }, 200);
    })
    .openapi(feed, async (context) => {
      const text = await readFeed(store.db, context.req.valid('param').file.replace(/\.ics$/, ''));
      context.header('content-type', 'text/calendar; charset=utf-8');
      context.header('cache-control', 'private, max-age=300');
      return context.body(text);
    })
    .openapi(webhooks, async (context) => {
      requireMay(context.var.person, 'share');
      return context.json(
        { webhooks: await listWebhooks(store.db, await course(context.req.valid('param').courseId)) },
        200,
      );
    })
    .openapi(addWebhook, async (context) => {
      const { label } = requireMay(context.var.person, 'share');
      const courseId = await course(context.req.valid('param').courseId);
      const { url, secret } = context.req.valid('json');
      const row = await store.db
        .insertInto('webhook')
        .values({ course_id: courseId, url: requireWebhookUrl(url), secret, created_by: label })
        .returning('id')
        .executeTakeFirstOrThrow();
      return context.json(row, 200);
    })
    .openapi(removeWebhook, async (context) => {
      requireMay(context.var.person, 'share');
      const { courseId, webhookId } = context.req.valid('param');
      const { numDeletedRows } = await store.db
        .deleteFrom('webhook')
        .where('id', '=', webhookId)
        .where('course_id', '=', courseId)
        .executeTakeFirst();
      if (numDeletedRows === 0n) throw notFound('webhook', webhookId);
      return context.body(null, 204);
    })
    .openapi(testWebhook, async (context) => {
      const { label } = requireMay(context.var.person, 'share');
      const { courseId, webhookId } = context.req.valid('param');
      const known = await store.db
        .selectFrom('webhook')
        .select('id')
        .where('id', '=', webhookId)
        .where('course_id', '=', courseId)
        .executeTakeFirst();
      if (known === undefined) throw notFound('webhook', webhookId);
      const message = { event: 'schedule.test', at: new Date().toISOString(), courseId, by: label } as const;
      await store.transaction((transaction) => tellWebhook(transaction, jobs, courseId, webhookId, message));
      return context.body(null, 202);
    });
}
