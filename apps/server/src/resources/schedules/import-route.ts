/** Availability from calendars and tables, people from OneRoster packages. */
import { createRoute, z } from '@hono/zod-openapi';
import { type ApiServices, createRouter, json } from '../../http/router.ts';
import { importAvailability } from '../../scheduling/import-availability.ts';
import { importRoster, unpackRoster } from '../../scheduling/import-roster.ts';
import { basedOn, type ScheduleAccess, scheduleParams, schedulePath, tags, writeRefusals } from './common.ts';
import { availabilityQuerySchema, importReportSchema, rosterReportSchema } from './service-schema.ts';

const params = scheduleParams;
const bytes = { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } };
const refusals = { ...writeRefusals };

const availability = createRoute({
  ...{ method: 'put', path: `${schedulePath}/imports/availability`, tags },
  summary: 'When people can come: an iCalendar file of one of them, or a CSV table of many.',
  request: { params, query: availabilityQuerySchema, body: { content: bytes } },
  responses: { 200: json(importReportSchema, 'What was read'), ...refusals },
});

const roster = createRoute({
  ...{
    method: 'put',
    path: `${schedulePath}/imports/roster`,
    tags,
    summary: 'People from a OneRoster 1.2 CSV package.',
  },
  request: { params, query: basedOn, body: { content: bytes } },
  responses: { 200: json(rosterReportSchema, 'What was read'), ...refusals },
});

export function scheduleImportRoutes({ store }: ApiServices, { writer }: ScheduleAccess) {
  return createRouter()
    .openapi(availability, async (context) => {
      const { version, format, kind, id, means = 'busy', preview } = context.req.valid('query');
      const by = await writer(context.var.person, context.req.valid('param').courseId, version);
      const text = await context.req.text();
      const asked = { text, format, means, preview: preview === 'true', ...(kind && { kind }), ...(id && { id }) };
      return context.json(await importAvailability(store, by, asked), 200);
    })
    .openapi(roster, async (context) => {
      const by = await writer(
        context.var.person,
        context.req.valid('param').courseId,
        context.req.valid('query').version,
      );
      const entries = await unpackRoster(new Uint8Array(await context.req.arrayBuffer()));
      return context.json(await importRoster(store, by, entries), 200);
    });
}
