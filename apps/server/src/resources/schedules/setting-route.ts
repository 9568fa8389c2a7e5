/** /courses/{courseId}/schedule: slots, rules, weights, tutors, rooms, learners, and what changed. */
import { createRoute, z } from '@hono/zod-openapi';
import { problems } from '../../http/problem.ts';
import { type ApiServices, createRouter, json, jsonBody } from '../../http/router.ts';
import { changesSince, readSchedule } from '../../scheduling/rows.ts';
import { requireCourse } from '../courses/service.ts';
import { idSchema } from '../shared-schema.ts';
import { basedOn, mayOf, type ScheduleAccess, scheduleParams, schedulePath, tags, writeRefusals } from './common.ts';
import {
  changesSchema,
  learnerBodySchema,
  roomBodySchema,
  scheduleLearnersSchema,
  scheduleSchema,
  settingBodySchema,
  tutorBodySchema,
  versionSchema,
  writtenSchema,
} from './setting-schema.ts';
import {
  changeSetting,
  putLearner,
  putRoom,
  putTutor,
  removeLearner,
  removeNamed,
  viewLearners,
  viewSetting,
} from './setting-service.ts';

const written = { 200: json(writtenSchema, 'The new version'), ...writeRefusals };

const show = createRoute({
  ...{
    method: 'get',
    path: schedulePath,
    tags,
    summary: 'What the schedule is made from.',
    request: { params: scheduleParams },
  },
  responses: { 200: json(scheduleSchema, 'The schedule'), ...problems('not-found') },
});

const change = createRoute({
  ...{ method: 'put', path: schedulePath, tags, summary: 'Changes slots, rules, weights or resources.' },
  request: { params: scheduleParams, body: jsonBody(settingBodySchema) },
  responses: written,
});

const changes = createRoute({
  ...{ method: 'get', path: `${schedulePath}/changes`, tags, summary: 'What happened after a version.' },
  request: { params: scheduleParams, query: z.object({ since: versionSchema }) },
  responses: { 200: json(changesSchema, 'The changes, oldest first'), ...problems('not-found') },
});

const learners = createRoute({
  ...{ method: 'get', path: `${schedulePath}/learners`, tags, summary: 'Who takes part, and what they need.' },
  request: { params: scheduleParams },
  responses: { 200: json(scheduleLearnersSchema, 'The learners'), ...problems('not-found') },
});

const tutorParams = scheduleParams.extend({ tutorId: z.string() });
const setTutor = createRoute({
  ...{ method: 'put', path: `${schedulePath}/tutors/{tutorId}`, tags, summary: 'Adds or changes a tutor.' },
  request: { params: tutorParams, body: jsonBody(tutorBodySchema) },
  responses: written,
});
const dropTutor = createRoute({
  ...{ method: 'delete', path: `${schedulePath}/tutors/{tutorId}`, tags, summary: 'Removes a tutor.' },
  request: { params: tutorParams, query: basedOn },
  responses: written,
});

const roomParams = scheduleParams.extend({ roomId: z.string() });
const setRoom = createRoute({
  ...{ method: 'put', path: `${schedulePath}/rooms/{roomId}`, tags, summary: 'Adds or changes a room.' },
  request: { params: roomParams, body: jsonBody(roomBodySchema) },
  responses: written,
});
const dropRoom = createRoute({
  ...{ method: 'delete', path: `${schedulePath}/rooms/{roomId}`, tags, summary: 'Removes a room.' },
  request: { params: roomParams, query: basedOn },
  responses: written,
});

const learnerParams = scheduleParams.extend({ learnerId: idSchema });
const setLearner = createRoute({
  ...{
    method: 'put',
    path: `${schedulePath}/learners/{learnerId}`,
    tags,
    summary: 'Sets when a learner can come, and more.',
  },
  request: { params: learnerParams, body: jsonBody(learnerBodySchema) },
  responses: written,
});
const dropLearner = createRoute({
  ...{
    method: 'delete',
    path: `${schedulePath}/learners/{learnerId}`,
    tags,
    summary: 'A learner no longer takes part.',
  },
  request: { params: learnerParams, query: basedOn },
  responses: written,
});

export function scheduleSettingRoutes({ store }: ApiServices, { load, writer }: ScheduleAccess) {
  return createRouter()
    .openapi(show, async (context) => {
      const loaded = await load(context.req.valid('param').courseId);
      return context.json(viewSetting(loaded, mayOf(context.var.person)), 200);
    })
    .openapi(learners, async (context) => {
      const loaded = await load(context.req.valid('param').courseId);
      return context.json({ version: loaded.schedule.version, learners: viewLearners(loaded) }, 200);
    })
    .openapi(changes, async (context) => {
      const courseId = await requireCourse(store.db, context.req.valid('param').courseId);
      const { version } = await readSchedule(store.db, courseId);
      const rows = await changesSince(store.db, courseId, context.req.valid('query').since);
      return context.json({ version, changes: rows }, 200);
    })
    .openapi(change, async (context) => {
      const body = context.req.valid('json');
      const by = await writer(context.var.person, context.req.valid('param').courseId, body.version);
      return context.json({ version: await changeSetting(store, by, body) }, 200);
    })
    .openapi(setTutor, async (context) => {
      const { courseId, tutorId } = context.req.valid('param');
      const { version, tutor } = context.req.valid('json');
      const by = await writer(context.var.person, courseId, version);
      return context.json({ version: await putTutor(store, by, { ...tutor, id: tutorId }) }, 200);
    })
    .openapi(dropTutor, async (context) => {
      const { courseId, tutorId } = context.req.valid('param');
      const by = await writer(context.var.person, courseId, context.req.valid('query').version);
      return context.json({ version: await removeNamed(store, by, 'tutor', tutorId) }, 200);
    })
    .openapi(setRoom, async (context) => {
      const { courseId, roomId } = context.req.valid('param');
      const { version, room } = context.req.valid('json');
      const by = await writer(context.var.person, courseId, version);
      return context.json({ version: await putRoom(store, by, { ...room, id: roomId }) }, 200);
    })
    .openapi(dropRoom, async (context) => {
      const { courseId, roomId } = context.req.valid('param');
      const by = await writer(context.var.person, courseId, context.req.valid('query').version);
      return context.json({ version: await removeNamed(store, by, 'room', roomId) }, 200);
    })
    .openapi(setLearner, async (context) => {
      const { courseId, learnerId } = context.req.valid('param');
      const { version, learner, group } = context.req.valid('json');
      const by = await writer(context.var.person, courseId, version);
      return context.json({ version: await putLearner(store, by, learnerId, learner, group) }, 200);
    })
    .openapi(dropLearner, async (context) => {
      const { courseId, learnerId } = context.req.valid('param');
      const by = await writer(context.var.person, courseId, context.req.valid('query').version);
      return context.json({ version: await removeLearner(store, by, learnerId) }, 200);
    });
}
