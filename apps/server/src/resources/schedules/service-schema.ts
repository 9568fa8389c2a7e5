/** Feeds, imports and webhooks of a course's schedule. */
import { z } from '@hono/zod-openapi';

/** GET /api/courses/:courseId/schedule/feeds: calendars to subscribe to. Who has the address sees the calendar. */
export const feedSchema = z.object({
  kind: z.enum(['tutor', 'learner', 'room']),
  /** Id of the tutor or room; a learner's number. */
  id: z.string(),
  name: z.string(),
  /** /api/feeds/TOKEN.ics: to be put after the address of the server. */
  path: z.string(),
  renewedAt: z.string(),
  events: z.number().int(),
});

export const feedsSchema = z.object({ feeds: z.array(feedSchema) });

/** POST /schedule/feeds/renew: the old address stops working at once. */
export const renewBodySchema = feedSchema.pick({ kind: true, id: true }).strict();

/** PUT /schedule/imports/availability?version&kind&id&format: one person's or room's calendar, or a CSV of many. */
export const availabilityQuerySchema = z.object({
  version: z.coerce.number().int().min(0),
  format: z.enum(['ics', 'csv']),
  /** For a calendar: whose it is. */
  kind: z.enum(['tutor', 'learner', 'room']).optional(),
  id: z.string().max(100).optional(),
  /** busy (default): free wherever the calendar is; free: only where the calendar has an event. */
  means: z.enum(['busy', 'free']).optional(),
  /** True: reads and reports, and changes nothing. */
  preview: z.enum(['true', 'false']).optional(),
});

export const importReportSchema = z.object({
  version: z.number().int(),
  /** Rows or events read; people whose entry changed; what was left out. */
  read: z.number().int(),
  changed: z.number().int(),
  rejected: z.number().int(),
  people: z.array(
    z.object({
      kind: z.enum(['tutor', 'learner', 'room']),
      id: z.string(),
      name: z.string(),
      before: z.number().int(),
      after: z.number().int(),
    }),
  ),
  notes: z.array(z.string()),
  /** The first 100, with their place in the file. */
  rejects: z.array(z.object({ line: z.number().int().nullable(), expected: z.string(), got: z.string() })),
});

/** PUT /schedule/imports/roster?version: a OneRoster 1.2 CSV package as a zip. */
export const rosterReportSchema = z.object({
  version: z.number().int(),
  kind: z.enum(['bulk', 'delta', 'empty']),
  files: z.array(z.object({ file: z.string(), mode: z.enum(['absent', 'bulk', 'delta']), rows: z.number().int() })),
  learners: z.object({ added: z.number().int(), changed: z.number().int(), removed: z.number().int() }),
  tutors: z.object({ added: z.number().int(), changed: z.number().int(), removed: z.number().int() }),
  groups: z.number().int(),
  rejected: z.number().int(),
  /** Diagnostics by a stable code, with file, row and field. */
  diagnostics: z.array(
    z.object({
      code: z.string(),
      file: z.string(),
      row: z.number().int().nullable(),
      field: z.string().nullable(),
      message: z.string(),
    }),
  ),
  notes: z.array(z.string()),
});

/** Events that a webhook may be told of. */
const webhookEvents = z.enum(['schedule.published', 'schedule.repaired', 'schedule.test']);

export const webhookSchema = z.object({
  id: z.number().int(),
  url: z.string(),
  createdBy: z.string(),
  createdAt: z.string(),
  /** The newest deliveries, newest first. */
  deliveries: z.array(
    z.object({
      id: z.string(),
      event: webhookEvents,
      state: z.enum(['waiting', 'delivered', 'failed']),
      attempts: z.number().int(),
      /** HTTP status of the last answer; null where none came. */
      status: z.number().int().nullable(),
      error: z.string().nullable(),
      createdAt: z.string(),
      lastAt: z.string().nullable(),
    }),
  ),
});

export const webhooksSchema = z.object({ webhooks: z.array(webhookSchema) });

/** The secret signs; it is kept and never given out again. */
export const webhookBodySchema = z.object({ url: z.string().max(2000), secret: z.string().min(16).max(200) }).strict();

export type FeedView = z.infer<typeof feedSchema>;
export type ImportReport = z.infer<typeof importReportSchema>;
export type RosterReport = z.infer<typeof rosterReportSchema>;
export type WebhookView = z.infer<typeof webhookSchema>;
