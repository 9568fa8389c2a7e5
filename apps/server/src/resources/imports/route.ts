/** /imports: opened, given files one by one, started, reported. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createRoute, z } from '@hono/zod-openapi';
import { requirePerson } from '../../http/person.ts';
import { orNotFound, Problem, problems } from '../../http/problem.ts';
import { type ApiServices, createRouter, json, jsonBody } from '../../http/router.ts';
import { ImportError } from '../../import/import-error.ts';
import { rejectsFile, selectOptionalImport } from '../../import/import-state.ts';
import { rejectsHeader } from '../../import/rejects-file.ts';
import { requireCourse } from '../courses/service.ts';
import { importBodySchema, importSchema, inspectionSchema } from './schema.ts';
import { addFile, openImport, removeImport, startImport, viewImport } from './service.ts';

const params = z.object({ importId: z.uuid() });

const open = createRoute({
  method: 'post',
  path: '/imports',
  tags: ['imports'],
  summary: 'Opens an import; files follow.',
  request: { body: jsonBody(importBodySchema) },
  responses: {
    201: json(z.object({ importId: z.string() }), 'The open import'),
    ...problems('person-missing', 'not-allowed', 'not-found'),
  },
});

const send = createRoute({
  method: 'put',
  path: '/imports/{importId}/files',
  tags: ['imports'],
  summary: 'Sends one file as the raw body; answers what it was taken for. Nothing is stored in a course yet.',
  request: { params, query: z.object({ name: z.string().trim().min(1).max(500) }) },
  responses: { 200: json(inspectionSchema, 'What the file was taken for'), ...problems('not-found', 'conflict') },
});

const start = createRoute({
  method: 'post',
  path: '/imports/{importId}/start',
  tags: ['imports'],
  summary: 'Starts the job that takes the files in.',
  request: { params },
  responses: {
    202: json(z.object({ jobId: z.string() }), 'The job'),
    ...problems('not-found', 'conflict', 'person-missing'),
  },
});

const show = createRoute({
  method: 'get',
  path: '/imports/{importId}',
  tags: ['imports'],
  summary: 'What became of each file.',
  request: { params },
  responses: { 200: json(importSchema, 'The import'), ...problems('not-found') },
});

const remove = createRoute({
  method: 'delete',
  path: '/imports/{importId}',
  tags: ['imports'],
  summary: 'Removes an import that has not begun, with the files that were sent for it.',
  request: { params },
  responses: {
    204: { description: 'It is gone' },
    ...problems('person-missing', 'not-allowed', 'not-found', 'conflict'),
  },
});

const rejects = createRoute({
  method: 'get',
  path: '/imports/{importId}/rejects',
  tags: ['imports'],
  summary: 'All rejected rows: file, line, column, expected, got, row; separated by tabs.',
  request: { params },
  responses: {
    200: { description: 'The rejects file', content: { 'text/tab-separated-values': { schema: z.string() } } },
    ...problems('not-found'),
  },
});

/** Refusals of the importer as problems: the request is fine, what it asks for cannot be done. */
function asProblem(error: unknown): never {
  if (error instanceof ImportError) throw new Problem('conflict', error.message);
  throw error;
}

export function importRoutes(services: ApiServices) {
  const { store, jobs, filesDirectory } = services;
  const row = async (id: string) => orNotFound(await selectOptionalImport(store, id), 'import', id);
  const view = async (id: string) => orNotFound(await viewImport(services, jobs, id), 'import', id);
  return createRouter()
    .openapi(open, async (context) => {
      requirePerson(context.var.person, 'teacher', 'engineer');
      const body = context.req.valid('json');
      if (body.courseId !== undefined) await requireCourse(services.store.db, body.courseId);
      return context.json({ importId: await openImport(services, body) }, 201);
    })
    .openapi(send, async (context) => {
      const { importId } = context.req.valid('param');
      const body = context.req.raw.body;
      if (body === null)
        throw new Problem('invalid-request', 'Body: expected the bytes of a file, got none; send the file.');
      const { name } = context.req.valid('query');
      return context.json(await addFile(services, await row(importId), name, body).catch(asProblem), 200);
    })
    .openapi(start, async (context) => {
      const person = requirePerson(context.var.person, 'teacher', 'engineer');
      const found = await row(context.req.valid('param').importId);
      return context.json({ jobId: await startImport(services, jobs, found, person.label).catch(asProblem) }, 202);
    })
    .openapi(show, async (context) => context.json(await view(context.req.valid('param').importId), 200))
    .openapi(remove, async (context) => {
      requirePerson(context.var.person, 'teacher', 'engineer');
      await removeImport(services, await row(context.req.valid('param').importId)).catch(asProblem);
      return context.body(null, 204);
    })
    .openapi(rejects, async (context) => {
      const { importId } = context.req.valid('param');
      await row(importId);
      const file = rejectsFile(filesDirectory, importId);
      const found = await stat(file).catch(() => undefined);
      context.header('content-type', 'text/tab-separated-values; charset=utf-8');
      context.header('content-disposition', `attachment; filename="rejects-${importId}.tsv"`);
      if (found === undefined) return context.body(rejectsHeader);
      return context.body(Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>);
    });
}
