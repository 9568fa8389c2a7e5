/** /solvers, /courses/{courseId}/comparisons and /champion: who plans best, and who plans. */
import { createRoute, z } from '@hono/zod-openapi';
import { fewestUnits } from '@qurriculum/evidence';
import { comparisonDefaults } from '../../comparison/options.ts';
import { requirePerson, staffRoles } from '../../http/person.ts';
import { orNotFound, problems } from '../../http/problem.ts';
import { type ApiServices, createRouter, json, jsonBody } from '../../http/router.ts';
import { championOf } from '../../planning/contenders.ts';
import { requireCourse } from '../courses/service.ts';
import { idSchema } from '../shared-schema.ts';
import {
  championBodySchema,
  championSchema,
  comparisonBodySchema,
  comparisonSchema,
  courseComparisonsSchema,
  solverSchema,
} from './schema.ts';
import {
  findComparison,
  findLatest,
  findRunning,
  listComparisons,
  listSolvers,
  promote,
  readChampion,
  startComparison,
} from './service.ts';

const params = z.object({ courseId: idSchema });

const solvers = createRoute({
  method: 'get',
  path: '/solvers',
  tags: ['comparisons'],
  summary: 'Everything that can make a plan: the planner, the rules, and every solver.',
  responses: { 200: json(z.object({ solvers: z.array(solverSchema) }), 'The contenders, policies first') },
});

const start = createRoute({
  method: 'post',
  path: '/courses/{courseId}/comparisons',
  tags: ['comparisons'],
  summary: 'Starts a job that puts the same planning problems to every contender. Promotes nobody.',
  request: { params, body: jsonBody(comparisonBodySchema) },
  responses: {
    202: json(z.object({ comparisonId: z.number().int(), jobId: z.string() }), 'The comparison and its job'),
    ...problems('person-missing', 'not-allowed', 'not-found', 'conflict'),
  },
});

const list = createRoute({
  method: 'get',
  path: '/courses/{courseId}/comparisons',
  tags: ['comparisons'],
  summary: 'Comparisons of a course: the latest in full, the one that runs, and all by name.',
  request: { params },
  responses: { 200: json(courseComparisonsSchema, 'The comparisons'), ...problems('not-found') },
});

const show = createRoute({
  method: 'get',
  path: '/comparisons/{comparisonId}',
  tags: ['comparisons'],
  summary: 'One comparison: figures, verdicts, and the conclusion in words.',
  request: { params: z.object({ comparisonId: idSchema }) },
  responses: { 200: json(comparisonSchema, 'The comparison'), ...problems('not-found') },
});

const champion = createRoute({
  method: 'get',
  path: '/courses/{courseId}/champion',
  tags: ['comparisons'],
  summary: 'Who plans, and who decided so and why.',
  request: { params },
  responses: { 200: json(championSchema, 'The champion'), ...problems('not-found') },
});

const change = createRoute({
  method: 'put',
  path: '/courses/{courseId}/champion',
  tags: ['comparisons'],
  summary: 'A person chooses who plans from now on; stored with name and reason.',
  request: { params, body: jsonBody(championBodySchema) },
  responses: {
    200: json(championSchema, 'The champion'),
    ...problems('person-missing', 'not-allowed', 'not-found'),
  },
});

export function comparisonRoutes({ store, jobs }: ApiServices) {
  return createRouter()
    .openapi(solvers, (context) => context.json({ solvers: listSolvers() }, 200))
    .openapi(start, async (context) => {
      const { label } = requirePerson(context.var.person, ...staffRoles);
      const id = await requireCourse(store.db, context.req.valid('param').courseId);
      return context.json(await startComparison(store, jobs, id, context.req.valid('json'), label), 202);
    })
    .openapi(list, async (context) => {
      const { solvers: _, ...defaults } = comparisonDefaults;
      const id = await requireCourse(store.db, context.req.valid('param').courseId);
      const body = {
        champion: await championOf(store.db, id),
        solvers: listSolvers(),
        defaults,
        fewestForVerdict: fewestUnits,
        latest: await findLatest(store.db, id),
        running: await findRunning(store.db, id),
        comparisons: await listComparisons(store.db, id),
      };
      return context.json(body, 200);
    })
    .openapi(show, async (context) => {
      const { comparisonId } = context.req.valid('param');
      return context.json(orNotFound(await findComparison(store.db, comparisonId), 'comparison', comparisonId), 200);
    })
    .openapi(champion, async (context) =>
      context.json(
        await readChampion(store.db, await requireCourse(store.db, context.req.valid('param').courseId)),
        200,
      ),
    )
    .openapi(change, async (context) => {
      const { label: by } = requirePerson(context.var.person, ...staffRoles);
      const id = await requireCourse(store.db, context.req.valid('param').courseId);
      await promote(store.db, id, { ...context.req.valid('json'), by });
      return context.json(await readChampion(store.db, id), 200);
    });
}
