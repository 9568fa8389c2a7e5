/** Whether the server works, on which store, and since when. */
import { createRoute, z } from '@hono/zod-openapi';
import { type ApiServices, createRouter, json } from '../../http/router.ts';

export const healthSchema = z.object({
  status: z.literal('ok'),
  version: z.string(),
  startedAt: z.string(),
  store: z.object({
    kind: z.enum(['embedded', 'postgres']),
    /** The data directory, or the database's URL without its password. */
    place: z.string(),
  }),
});

const show = createRoute({
  method: 'get',
  path: '/health',
  tags: ['health'],
  summary: 'Answers once the store does.',
  responses: { 200: json(healthSchema, 'The server works') },
});

export function healthRoutes({ store, startedAt, version }: ApiServices) {
  return createRouter().openapi(show, async (context) => {
    await store.db.selectNoFrom((select) => select.val(1).as('one')).execute();
    const { kind, place } = store;
    return context.json(
      { status: 'ok' as const, version, startedAt: startedAt.toISOString(), store: { kind, place } },
      200,
    );
  });
}
