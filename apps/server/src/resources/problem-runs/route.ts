/** /problem-runs: solvers on a problem file, their curves while they run and their figures. */
import { createRoute, z } from '@hono/zod-openapi';
import { FILE_FORMATS } from '@qurriculum/problems';
import { requirePerson, staffRoles } from '../../http/person.ts';
import { notFound, orNotFound, problems } from '../../http/problem.ts';
import { type ApiServices, createRouter, json, jsonBody } from '../../http/router.ts';
import { problemRunDefaults, problemRunLimits } from '../../problem-runs/options.ts';
import { idSchema } from '../shared-schema.ts';
import { problemRunBodySchema, problemRunSchema, problemRunsSchema, targetBodySchema } from './schema.ts';
import { listProblemRuns, removeProblemRun, setTarget, startProblemRun } from './service.ts';
import { findProblemRun } from './view.ts';

const params = z.object({ problemRunId: idSchema });

const start = createRoute({
  method: 'post',
  path: '/problem-runs',
  tags: ['problem runs'],
  summary: 'Starts a job that puts a problem file to solvers, one after another, each with the same time and seeds.',
  request: { body: jsonBody(problemRunBodySchema) },
  responses: {
    202: json(z.object({ problemRunId: z.number().int(), jobId: z.string() }), 'The run and its job'),
    ...problems('person-missing', 'not-allowed', 'not-found'),
  },
});

const list = createRoute({
  method: 'get',
  path: '/problem-runs',
  tags: ['problem runs'],
  summary: 'Runs on problem files, and what can be asked of a new one.',
  responses: { 200: json(problemRunsSchema, 'The runs, newest first') },
});

const show = createRoute({
  method: 'get',
  path: '/problem-runs/{problemRunId}',
  tags: ['problem runs'],
  summary: 'One run: the curves so far, also while it runs, and the figures of what has ended.',
  request: { params },
  responses: { 200: json(problemRunSchema, 'The run'), ...problems('not-found') },
});

const target = createRoute({
  method: 'put',
  path: '/problem-runs/{problemRunId}/target',
  tags: ['problem runs'],
  summary: 'Sets the best known objective, by which time to solution is measured.',
  request: { params, body: jsonBody(targetBodySchema) },
  responses: {
    200: json(problemRunSchema, 'The run'),
    ...problems('person-missing', 'not-allowed', 'not-found'),
  },
});

const remove = createRoute({
  method: 'delete',
  path: '/problem-runs/{problemRunId}',
  tags: ['problem runs'],
  summary: 'Removes a run that has ended, and its file where no other run has it. The records of its solves stay.',
  request: { params },
  responses: {
    204: { description: 'It is gone' },
    ...problems('person-missing', 'not-allowed', 'not-found', 'conflict'),
  },
});

export function problemRunRoutes(services: ApiServices) {
  const { store, jobs } = services;
  const view = async (id: number) => orNotFound(await findProblemRun(store.db, id), 'problem run', id);
  return createRouter()
    .openapi(start, async (context) => {
      const { label } = requirePerson(context.var.person, ...staffRoles);
      const body = context.req.valid('json');
      const started = await startProblemRun(services, jobs, body, label);
      return context.json(orNotFound(started, 'problem file', body.fileId), 202);
    })
    .openapi(list, async (context) =>
      context.json(
        {
          runs: await listProblemRuns(store.db),
          ...{ formats: [...FILE_FORMATS], defaults: problemRunDefaults, limits: problemRunLimits },
        },
        200,
      ),
    )
    .openapi(show, async (context) => context.json(await view(context.req.valid('param').problemRunId), 200))
    .openapi(target, async (context) => {
      requirePerson(context.var.person, ...staffRoles);
      const { problemRunId } = context.req.valid('param');
      const { objective } = context.req.valid('json');
      if (!(await setTarget(store.db, problemRunId, objective))) throw notFound('problem run', problemRunId);
      return context.json(await view(problemRunId), 200);
    })
    .openapi(remove, async (context) => {
      requirePerson(context.var.person, ...staffRoles);
      const { problemRunId } = context.req.valid('param');
      if (!(await removeProblemRun(services, problemRunId))) throw notFound('problem run', problemRunId);
      return context.body(null, 204);
    });
}
