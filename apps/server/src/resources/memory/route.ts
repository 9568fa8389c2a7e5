/** /learners/{learnerId}/skills/{skillId}/memory: how well a skill is still known, and by when to look back. */
import { createRoute, z } from '@hono/zod-openapi';
import { problems } from '../../http/problem.ts';
import { type ApiServices, createRouter, json } from '../../http/router.ts';
import { idSchema } from '../shared-schema.ts';
import { memorySchema } from './schema.ts';
import { viewMemory } from './service.ts';

const show = createRoute({
  method: 'get',
  path: '/learners/{learnerId}/skills/{skillId}/memory',
  tags: ['learners'],
  summary: 'How well a learner still knows a skill: the chance to recall it now and in the coming weeks.',
  request: { params: z.object({ learnerId: idSchema, skillId: idSchema }) },
  responses: { 200: json(memorySchema, 'The memory'), ...problems('not-found') },
});

export function memoryRoutes({ store }: ApiServices) {
  return createRouter().openapi(show, async (context) => {
    const { learnerId, skillId } = context.req.valid('param');
    return context.json(await viewMemory(store.db, learnerId, skillId), 200);
  });
}
