/** /runs: the records that every fit, solve and comparison leaves. */
import { createRoute, z } from '@hono/zod-openapi';
import type { RunRecord } from '@qurriculum/evidence';
import { sql } from 'kysely';
import { orNotFound, problems } from '../../http/problem.ts';
import { type ApiServices, createRouter, json } from '../../http/router.ts';
import { idSchema, limitSchema } from '../shared-schema.ts';

const kindSchema = z.enum(['solve', 'fit', 'evaluate', 'plan', 'compare', 'import', 'simulate']);

const summaryFields = {
  id: z.string(),
  kind: kindSchema,
  /** What was run: a solver's or model's name. */
  subject: z.string(),
  courseId: z.number().int().nullable(),
  learnerId: z.number().int().nullable(),
  startedAt: z.string(),
};

export const runSummarySchema = z
  .object({ ...summaryFields, wallSeconds: z.number().nullable() })
  .openapi('RunSummary');

export const runSchema = z
  .object({
    ...summaryFields,
    /** The record as @qurriculum/evidence describes it: inputs, versions, seed, budget, result, bound, cost. */
    record: z.custom<RunRecord>().openapi({ type: 'object', description: 'A run record.' }),
  })
  .openapi('Run');

const list = createRoute({
  method: 'get',
  path: '/runs',
  tags: ['runs'],
  summary: 'Records of fits, solves and comparisons.',
  request: {
    query: z.object({
      courseId: idSchema.optional(),
      learnerId: idSchema.optional(),
      kind: kindSchema.optional(),
      limit: limitSchema.optional(),
    }),
  },
  responses: { 200: json(z.object({ runs: z.array(runSummarySchema) }), 'The runs, newest first'), ...problems() },
});

const show = createRoute({
  method: 'get',
  path: '/runs/{runId}',
  tags: ['runs'],
  summary: 'One record in full: where a figure came from.',
  request: { params: z.object({ runId: z.uuid() }) },
  responses: { 200: json(runSchema, 'The run'), ...problems('not-found') },
});

export function runRoutes({ store }: ApiServices) {
  const base = () =>
    store.db.selectFrom('run').select(['id', 'kind', 'subject', 'course_id', 'learner_id', 'started_at']);
  const summary = (row: Awaited<ReturnType<ReturnType<typeof base>['executeTakeFirstOrThrow']>>) => ({
    id: row.id,
    kind: row.kind,
    subject: row.subject,
    courseId: row.course_id,
    learnerId: row.learner_id,
    startedAt: row.started_at.toISOString(),
  });
  return createRouter()
    .openapi(list, async (context) => {
      const { courseId, learnerId, kind, limit = 50 } = context.req.valid('query');
      const wallSeconds = sql<number | null>`(record->'cost'->>'wallSeconds')::float8`.as('wall_seconds');
      let query = base().select(wallSeconds).orderBy('started_at', 'desc').orderBy('id').limit(limit);
      if (courseId !== undefined) query = query.where('course_id', '=', courseId);
      if (learnerId !== undefined) query = query.where('learner_id', '=', learnerId);
      if (kind !== undefined) query = query.where('kind', '=', kind);
      const rows = await query.execute();
      return context.json({ runs: rows.map((row) => ({ ...summary(row), wallSeconds: row.wall_seconds })) }, 200);
    })
    .openapi(show, async (context) => {
      const { runId } = context.req.valid('param');
      const row = await base().select('record').where('id', '=', runId).executeTakeFirst();
      const found = orNotFound(row, 'run', runId);
      return context.json({ ...summary(found), record: found.record }, 200);
    });
}
