/** /courses/{courseId}/class, /help and /prerequisites: what a teacher looks at, and decides. */
import { createRoute, z } from '@hono/zod-openapi';
import { requirePerson, staffRoles } from '../../http/person.ts';
import { orNotFound, problems } from '../../http/problem.ts';
import { type ApiServices, createRouter, json, jsonBody } from '../../http/router.ts';
import { requireCourse } from '../courses/service.ts';
import { idSchema } from '../shared-schema.ts';
import { listHelp } from './help.ts';
import { decidePrerequisite, listPrerequisites, readPrerequisiteEstimate } from './prerequisites.ts';
import {
  heatMapSchema,
  helpListSchema,
  prerequisiteBodySchema,
  prerequisiteEstimateSchema,
  prerequisiteSchema,
} from './schema.ts';
import { createNeedsReader, readHeatMap } from './service.ts';

const params = z.object({ courseId: idSchema });

/** Learners on a page unless somebody asks for fewer or more. */
const PAGE = 30;

const heatMap = createRoute({
  method: 'get',
  path: '/courses/{courseId}/class',
  tags: ['class'],
  summary: 'Learners by skills, one estimated mastery a cell.',
  request: {
    params,
    query: z.object({
      offset: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(200).default(PAGE),
      order: z.enum(['name', 'help']).default('help'),
      subject: z.string().optional(),
    }),
  },
  responses: { 200: json(heatMapSchema, 'One page of learners'), ...problems('not-found') },
});

const help = createRoute({
  method: 'get',
  path: '/courses/{courseId}/help',
  tags: ['class'],
  summary: 'Who needs help with what and why, the most urgent first.',
  request: { params },
  responses: { 200: json(helpListSchema, 'The list, and the rule behind it'), ...problems('not-found') },
});

const list = createRoute({
  method: 'get',
  path: '/courses/{courseId}/prerequisites',
  tags: ['class'],
  summary: 'Prerequisites, given and estimated, those switched off too.',
  request: { params },
  responses: {
    200: json(
      z.object({ prerequisites: z.array(prerequisiteSchema), estimate: prerequisiteEstimateSchema }),
      'The prerequisites, and what estimating them looked at',
    ),
    ...problems('not-found'),
  },
});

const decide = createRoute({
  method: 'put',
  path: '/courses/{courseId}/prerequisites/{from}/{to}',
  tags: ['class'],
  summary: 'Switches a prerequisite on or off; recorded with who decided.',
  request: { params: params.extend({ from: idSchema, to: idSchema }), body: jsonBody(prerequisiteBodySchema) },
  responses: {
    200: json(prerequisiteSchema, 'The prerequisite as it stands now'),
    ...problems('person-missing', 'not-allowed', 'not-found', 'conflict'),
  },
});

export function classRoutes({ store }: ApiServices) {
  const readNeeds = createNeedsReader();
  return createRouter()
    .openapi(heatMap, async (context) => {
      const id = await requireCourse(store.db, context.req.valid('param').courseId);
      return context.json(await readHeatMap(store, id, context.req.valid('query'), readNeeds), 200);
    })
    .openapi(help, async (context) => {
      const id = await requireCourse(store.db, context.req.valid('param').courseId);
      return context.json(await listHelp(store.db, await readNeeds(store, id)), 200);
    })
    .openapi(list, async (context) => {
      const id = await requireCourse(store.db, context.req.valid('param').courseId);
      const estimate = await readPrerequisiteEstimate(store.db, id);
      return context.json({ prerequisites: await listPrerequisites(store.db, id), estimate }, 200);
    })
    .openapi(decide, async (context) => {
      const by = requirePerson(context.var.person, ...staffRoles).label;
      const { courseId, from, to } = context.req.valid('param');
      const { enabled } = context.req.valid('json');
      await store.transaction((transaction) => decidePrerequisite(transaction, { courseId, from, to, enabled, by }));
      const all = await listPrerequisites(store.db, courseId);
      const decided = all.find((one) => one.from.id === from && one.to.id === to);
      return context.json(orNotFound(decided, 'prerequisite', `${from} -> ${to}`), 200);
    });
}
