/** /courses */
import { createRoute, z } from '@hono/zod-openapi';
import { requirePerson } from '../../http/person.ts';
import { orNotFound, problems } from '../../http/problem.ts';
import { type ApiServices, createRouter, json, jsonBody } from '../../http/router.ts';
import { idSchema } from '../shared-schema.ts';
import { createCourse, findCourse, listCourses } from './service.ts';

export const courseSchema = z
  .object({
    id: z.number().int(),
    name: z.string(),
    /** Made by the learner simulator: said wherever a figure of it is shown. */
    simulated: z.boolean(),
    createdAt: z.string(),
    skills: z.number().int(),
    items: z.number().int(),
    learners: z.number().int(),
    interactions: z.number().int(),
  })
  .openapi('Course');

export type CourseView = z.infer<typeof courseSchema>;

const params = z.object({ courseId: idSchema });

const list = createRoute({
  method: 'get',
  path: '/courses',
  tags: ['courses'],
  summary: 'All courses.',
  responses: { 200: json(z.object({ courses: z.array(courseSchema) }), 'The courses, oldest first') },
});

const show = createRoute({
  method: 'get',
  path: '/courses/{courseId}',
  tags: ['courses'],
  summary: 'One course.',
  request: { params },
  responses: { 200: json(courseSchema, 'The course'), ...problems('not-found') },
});

const create = createRoute({
  method: 'post',
  path: '/courses',
  tags: ['courses'],
  summary: 'Makes an empty course.',
  request: { body: jsonBody(z.object({ name: z.string().trim().min(1).max(200) })) },
  responses: { 201: json(courseSchema, 'The new course'), ...problems('person-missing', 'not-allowed', 'conflict') },
});

export function courseRoutes({ store }: ApiServices) {
  const one = async (id: number) => orNotFound(await findCourse(store.db, id), 'course', id);
  return createRouter()
    .openapi(list, async (context) => context.json({ courses: await listCourses(store.db) }, 200))
    .openapi(show, async (context) => context.json(await one(context.req.valid('param').courseId), 200))
    .openapi(create, async (context) => {
      requirePerson(context.var.person, 'teacher', 'engineer');
      const id = await createCourse(store.db, context.req.valid('json').name);
      return context.json(await one(id), 201);
    });
}
