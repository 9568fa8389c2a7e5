/** /datasets */
import { createRoute, z } from '@hono/zod-openapi';
import { requirePerson } from '../../http/person.ts';
import { orNotFound, problems } from '../../http/problem.ts';
import { type ApiServices, createRouter, json } from '../../http/router.ts';
import { flagSchema, idSchema, jsonSchema } from '../shared-schema.ts';
import { findDataset, listDatasets, removeWholeDataset } from './service.ts';

export const datasetSchema = z
  .object({
    id: z.number().int(),
    courseId: z.number().int(),
    kind: z.enum(['records', 'graph', 'content', 'sample', 'practice']),
    name: z.string(),
    /** Of the bytes of the file; null for practice in the app. */
    sha256: z.string().nullable(),
    bytes: z.number().int().nullable(),
    rows: z.number().int(),
    rejected: z.number().int(),
    /** Which column was read as what. */
    mapping: jsonSchema,
    detail: jsonSchema,
    licence: z.string().nullable(),
    source: z.string().nullable(),
    simulated: z.boolean(),
    status: z.enum(['importing', 'ready', 'removed']),
    createdAt: z.string(),
    removedAt: z.string().nullable(),
    removedBy: z.string().nullable(),
  })
  .openapi('Dataset');

export const removalSchema = z.object({
  interactions: z.number().int(),
  skills: z.number().int(),
  items: z.number().int(),
  learners: z.number().int(),
  prerequisites: z.number().int(),
  /** Learners who stay; what is known of them has to be estimated again from the records that are left. */
  learnersToUpdate: z.array(z.number().int()),
  /** The job that does so; null where nothing rested on the data set. */
  jobId: z.string().nullable(),
});

const params = z.object({ datasetId: idSchema });

const list = createRoute({
  method: 'get',
  path: '/datasets',
  tags: ['data sets'],
  summary: 'Imported files with their provenance.',
  request: { query: z.object({ courseId: idSchema.optional(), removed: flagSchema.optional() }) },
  responses: {
    200: json(z.object({ datasets: z.array(datasetSchema) }), 'The data sets, newest first'),
    ...problems(),
  },
});

const show = createRoute({
  method: 'get',
  path: '/datasets/{datasetId}',
  tags: ['data sets'],
  summary: 'One data set.',
  request: { params },
  responses: { 200: json(datasetSchema, 'The data set'), ...problems('not-found') },
});

const remove = createRoute({
  method: 'delete',
  path: '/datasets/{datasetId}',
  tags: ['data sets'],
  summary: 'Removes a data set whole.',
  description:
    'Its records go, and the skills, items and learners that no other data set mentions; so do the models and ' +
    'estimates that rested on it. The data set itself stays listed as removed.',
  request: { params },
  responses: {
    200: json(removalSchema, 'What was removed'),
    ...problems('person-missing', 'not-allowed', 'not-found', 'conflict'),
  },
});

export function datasetRoutes({ store, jobs }: ApiServices) {
  return createRouter()
    .openapi(list, async (context) =>
      context.json({ datasets: await listDatasets(store.db, context.req.valid('query')) }, 200),
    )
    .openapi(show, async (context) => {
      const { datasetId } = context.req.valid('param');
      return context.json(orNotFound(await findDataset(store.db, datasetId), 'data set', datasetId), 200);
    })
    .openapi(remove, async (context) => {
      const person = requirePerson(context.var.person, 'teacher', 'engineer', 'decision maker');
      const { datasetId } = context.req.valid('param');
      const removal = await removeWholeDataset(store, jobs, datasetId, person.label);
      return context.json({ ...removal, learnersToUpdate: [...removal.learnersToUpdate] }, 200);
    });
}
