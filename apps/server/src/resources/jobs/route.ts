/** /jobs: long tasks with their progress. */
import { createRoute, z } from '@hono/zod-openapi';
import { requirePerson } from '../../http/person.ts';
import { orNotFound, Problem, problems } from '../../http/problem.ts';
import { type ApiServices, createRouter, json } from '../../http/router.ts';
import type { Job } from '../../jobs/rows.ts';
import { flagSchema, idSchema, jsonSchema, limitSchema } from '../shared-schema.ts';

export const jobSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    /** For people: "Import of answers.csv". */
    title: z.string(),
    courseId: z.number().int().nullable(),
    requestedBy: z.string().nullable(),
    state: z.enum(['queued', 'running', 'retrying', 'done', 'failed', 'cancelled']),
    /** 0 to 1; null while nothing is known. */
    progress: z.number().nullable(),
    message: z.string().nullable(),
    attempt: z.number().int(),
    cancelRequested: z.boolean(),
    result: jsonSchema,
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    createdAt: z.string(),
    startedAt: z.string().nullable(),
    finishedAt: z.string().nullable(),
  })
  .openapi('Job');

export type JobView = z.infer<typeof jobSchema>;

const params = z.object({ jobId: z.uuid() });

const list = createRoute({
  method: 'get',
  path: '/jobs',
  tags: ['jobs'],
  summary: 'Long tasks.',
  request: {
    query: z.object({
      courseId: idSchema.optional(),
      name: z.string().optional(),
      active: flagSchema.optional(),
      limit: limitSchema.optional(),
    }),
  },
  responses: { 200: json(z.object({ jobs: z.array(jobSchema) }), 'The jobs, newest first'), ...problems() },
});

const show = createRoute({
  method: 'get',
  path: '/jobs/{jobId}',
  tags: ['jobs'],
  summary: 'One job, with its progress.',
  request: { params },
  responses: { 200: json(jobSchema, 'The job'), ...problems('not-found') },
});

const cancel = createRoute({
  method: 'post',
  path: '/jobs/{jobId}/cancel',
  tags: ['jobs'],
  summary: 'Asks a job to stop; nothing of it stays.',
  request: { params },
  responses: { 200: json(jobSchema, 'The job'), ...problems('person-missing', 'not-found', 'conflict') },
});

export function toJobView({ createdAt, startedAt, finishedAt, ...job }: Job) {
  return {
    ...job,
    createdAt: createdAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}

export function jobRoutes({ jobs }: ApiServices) {
  const one = async (id: string) => toJobView(orNotFound(await jobs.find(id), 'job', id));
  return createRouter()
    .openapi(list, async (context) => {
      const found = await jobs.list(context.req.valid('query'));
      return context.json({ jobs: found.map(toJobView) }, 200);
    })
    .openapi(show, async (context) => context.json(await one(context.req.valid('param').jobId), 200))
    .openapi(cancel, async (context) => {
      requirePerson(context.var.person);
      const { jobId } = context.req.valid('param');
      const { state } = await one(jobId);
      if (!(await jobs.cancel(jobId))) {
        throw new Problem('conflict', `job: expected one that waits or runs, got one that is ${state}.`);
      }
      return context.json(await one(jobId), 200);
    });
}
