/** /problem-files: files with an optimisation problem, for the solvers. */
import { createRoute, z } from '@hono/zod-openapi';
import { requirePerson, staffRoles } from '../../http/person.ts';
import { orNotFound, Problem, problems } from '../../http/problem.ts';
import { type ApiServices, createRouter, json } from '../../http/router.ts';
import { idSchema } from '../shared-schema.ts';
import { formatSchema, inspectedFileSchema } from './schema.ts';
import { addProblemFile, findProblemFile } from './service.ts';

const send = createRoute({
  method: 'put',
  path: '/problem-files',
  tags: ['problem files'],
  summary: 'Sends one file as the raw body; answers what it holds and which solvers take it. Wrong files are not kept.',
  request: {
    query: z.object({
      name: z.string().trim().min(1).max(500),
      /** Default: the ending of the name. */
      format: formatSchema.optional(),
    }),
  },
  responses: {
    201: json(inspectedFileSchema, 'The file, and every solver with the reason where it does not take it'),
    ...problems('person-missing', 'not-allowed', 'too-large', 'unprocessable'),
  },
});

const show = createRoute({
  method: 'get',
  path: '/problem-files/{fileId}',
  tags: ['problem files'],
  summary: 'One file: what it holds and which solvers take it now.',
  request: { params: z.object({ fileId: idSchema }) },
  responses: { 200: json(inspectedFileSchema, 'The file'), ...problems('not-found') },
});

export function problemFileRoutes(services: ApiServices) {
  return createRouter()
    .openapi(send, async (context) => {
      const { label } = requirePerson(context.var.person, ...staffRoles);
      const body = context.req.raw.body;
      if (body === null) {
        throw new Problem('invalid-request', 'Body: expected the bytes of a file, got none; send the file.');
      }
      const { name, format = null } = context.req.valid('query');
      return context.json(await addProblemFile(services, { name, format, body, sentBy: label }), 201);
    })
    .openapi(show, async (context) => {
      const { fileId } = context.req.valid('param');
      return context.json(orNotFound(await findProblemFile(services, fileId), 'problem file', fileId), 200);
    });
}
