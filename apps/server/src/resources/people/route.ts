/** /people: who can be chosen in the person picker. */
import { createRoute, z } from '@hono/zod-openapi';
import { staffRoles } from '../../http/person.ts';
import { problems } from '../../http/problem.ts';
import { type ApiServices, createRouter, json, jsonBody } from '../../http/router.ts';
import { idSchema, limitSchema } from '../shared-schema.ts';
import { addStaff, listPeople } from './service.ts';

export const personSchema = z
  .object({
    /** What goes into the header x-qurriculum-person, before percent-encoding. */
    person: z.string(),
    role: z.enum([...staffRoles, 'learner']),
    name: z.string(),
    simulated: z.boolean(),
  })
  .openapi('Person');

const list = createRoute({
  method: 'get',
  path: '/people',
  tags: ['people'],
  summary: 'Staff, and the learners of a course.',
  request: {
    query: z.object({
      courseId: idSchema.optional(),
      search: z.string().max(200).optional(),
      limit: limitSchema.optional(),
    }),
  },
  responses: { 200: json(z.object({ people: z.array(personSchema) }), 'Staff first, then learners'), ...problems() },
});

const create = createRoute({
  method: 'post',
  path: '/people',
  tags: ['people'],
  summary: 'Adds a member of staff to the picker.',
  request: { body: jsonBody(z.object({ role: z.enum(staffRoles), name: z.string().trim().min(1).max(200) })) },
  responses: { 201: json(personSchema, 'The person'), ...problems() },
});

export function peopleRoutes({ store }: ApiServices) {
  return createRouter()
    .openapi(list, async (context) => {
      const { limit = 100, ...filter } = context.req.valid('query');
      return context.json({ people: await listPeople(store.db, { ...filter, limit }) }, 200);
    })
    .openapi(create, async (context) => {
      const { role, name } = context.req.valid('json');
      return context.json(await addStaff(store.db, role, name), 201);
    });
}
