/**
 * What a course's schedule is made from: slots, rules, weights, tutors, rooms, resources and learners. Ids in these shapes
 * are those of `ScheduleState`, with learners and skills by the store's numbers.
 *
 * One version number counts every change to a course's schedule, its working plan included. Who writes says which version
 * was on screen; where it is no longer the newest, the answer is 409 and its `errors` tell what changed meanwhile.
 */
import { z } from '@hono/zod-openapi';
import { ruleFaults } from '@qurriculum/decisions';
import { skillRefSchema } from '../shared-schema.ts';

/** The version that the writer saw. */
export const versionSchema = z.coerce.number().int().min(0).openapi({ description: 'Version that was on screen.' });

/** What every write answers with: the new version, for the next write. */
export const writtenSchema = z.object({ version: z.number().int() });

/** Names that people and files give: tutors, rooms, slots, resources. */
const keySchema = z.string().trim().min(1).max(100);
const labelSchema = z.string().trim().min(1).max(200);
const featuresSchema = z.array(z.string().trim().min(1).max(60)).max(31);
/** An ISO 8601 instant with its offset. */
const instantSchema = z.iso.datetime({ offset: true });
const LONGEST_LIST = 20_000;
const slotIdsSchema = z.array(keySchema).max(LONGEST_LIST);

export const slotSchema = z.object({ id: keySchema, start: instantSchema, end: instantSchema });

/** Slots of a term by the week: the same local times on the same days, across changes of the clocks. */
const slotPatternSchema = z
  .object({
    /** First day, YYYY-MM-DD. */
    from: z.iso.date(),
    weeks: z.number().int().min(1).max(60),
    /** 1 is Monday, 7 Sunday. */
    days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
    /** Local times of a day: ["09:00", "09:45"]. */
    times: z
      .array(z.tuple([z.string().regex(/^\d\d:\d\d$/), z.string().regex(/^\d\d:\d\d$/)]))
      .min(1)
      .max(40),
  })
  .strict();

export const rulesSchema = z
  .object({
    mostPerDay: z.number().int().min(1).max(50).optional(),
    mostPerWeek: z.number().int().min(1).max(200).optional(),
    bufferMinutes: z.number().min(0).max(1440).optional(),
    travelMinutes: z.array(z.tuple([labelSchema, labelSchema, z.number().min(0).max(1440)])).optional(),
    groupShare: z.array(z.number().min(0).max(1)).max(30).optional(),
    levelWidth: z.number().min(0).max(1).optional(),
  })
  .strict()
  .superRefine((rules, { addIssue }) => {
    for (const { path, expected, got } of ruleFaults(rules)) {
      addIssue({ code: 'custom', path: [...path], message: `Expected ${expected}, got ${got}.` });
    }
  });

/** Weights of the plan's terms, in points of mastery (1: one hundredth of a skill, for one learner). */
export const weightsSchema = z
  .object({
    gain: z.number().min(0),
    cost: z.number().min(0),
    continuity: z.number().min(0),
    load: z.number().min(0),
    access: z.number().min(0),
    spread: z.number().min(0),
    change: z.number().min(0),
  })
  .strict();

export const tutorSchema = z
  .object({
    id: keySchema,
    name: labelSchema,
    /** How well this person teaches each skill, 0 to 1 of a learner's gain. Skills by number. */
    skills: z.array(z.object({ skillId: z.number().int(), quality: z.number().min(0).max(1) })),
    available: slotIdsSchema,
    most: z.number().int().min(0).max(LONGEST_LIST),
    least: z.number().int().min(0).max(LONGEST_LIST).default(0),
    /** Price of one session, in points. */
    cost: z.number().min(0).default(0),
    /** Empty: everybody's. */
    languages: z.array(labelSchema).default([]),
    access: featuresSchema.default([]),
    groupSize: z.number().int().min(1).max(30).default(1),
  })
  .strict();

export const roomSchema = z
  .object({
    id: keySchema,
    name: labelSchema,
    seats: z.number().int().min(1).max(1000),
    features: featuresSchema.default([]),
    site: labelSchema.nullable().default(null),
    /** Null: in every slot. */
    available: slotIdsSchema.nullable().default(null),
  })
  .strict();

export const resourceSchema = z
  .object({
    id: keySchema,
    name: labelSchema,
    quantity: z.number().int().min(0).max(LONGEST_LIST),
    skillIds: z.array(z.number().int()),
  })
  .strict();

/** What a learner should be taught, and where that figure comes from. */
export const needSchema = z.object({
  skill: skillRefSchema,
  sessions: z.number().int(),
  /** Points of mastery that one session with a tutor of quality 1 is expected to bring. */
  gain: z.number(),
  /** Mastery now, 0 to 1; null where nothing is known. */
  level: z.number().nullable(),
  /** plan: the learner's plan and its forecast; help: who needs help; person: somebody set it. */
  source: z.enum(['plan', 'help', 'person']),
  reason: z.string(),
});

/** What a person may set for a learner; null takes it back to what the learner model says. */
export const learnerSettingSchema = z
  .object({
    available: slotIdsSchema,
    priority: z.number().min(0).max(100).default(1),
    languages: z.array(labelSchema).default([]),
    access: featuresSchema.default([]),
    company: z.enum(['alone', 'any']).default('any'),
    apart: z.array(z.number().int()).default([]),
    needs: z
      .array(
        z
          .object({
            skillId: z.number().int(),
            sessions: z.number().int().min(0).max(200),
            gain: z.number().min(0).max(100).optional(),
          })
          .strict(),
      )
      .max(200)
      .nullable()
      .default(null),
  })
  .strict();

export const scheduleLearnerSchema = learnerSettingSchema.omit({ needs: true }).extend({
  learnerId: z.number().int(),
  name: z.string(),
  simulated: z.boolean(),
  group: z.string().nullable(),
  needs: z.array(needSchema),
  /** True where a person set the needs. */
  needsOverridden: z.boolean(),
});

/** GET /api/courses/:courseId/schedule: what the plan is made from, learners apart. */
export const scheduleSchema = z.object({
  courseId: z.number().int(),
  /** 0 before the first setting. */
  version: z.number().int(),
  timeZone: z.string(),
  slots: z.array(slotSchema),
  /** Monday of each week that has slots, in the schedule's time zone, YYYY-MM-DD, in order. */
  weeks: z.array(z.string()),
  rules: rulesSchema,
  weights: weightsSchema,
  /** What a course starts with, to go back to, and what holds of groups where nothing is set. */
  usual: z.object({ weights: weightsSchema, groupShare: z.array(z.number()), levelWidth: z.number() }),
  loadFairness: z.enum(['range', 'squares']),
  tutors: z.array(tutorSchema),
  rooms: z.array(roomSchema),
  resources: z.array(resourceSchema),
  /** Every skill of the course, by name: a tutor may be able to teach what nobody needs yet. */
  skills: z.array(skillRefSchema),
  learners: z.number().int(),
  simulated: z.boolean(),
  /** What whoever asks may do; everything else is refused. */
  may: z.object({
    /** Change what the plan is made from, pin, move sessions by hand, import. */
    edit: z.boolean(),
    /** Plan, repair, accept what these found, ask what a rule costs. */
    plan: z.boolean(),
    publish: z.boolean(),
    /** See and renew the addresses of calendars; webhooks. */
    share: z.boolean(),
  }),
  /** The working plan, or null before the first. */
  plan: z.object({ sessions: z.number().int(), updatedAt: z.string(), changedSincePublished: z.boolean() }).nullable(),
  published: z.object({ number: z.number().int(), name: z.string(), publishedAt: z.string() }).nullable(),
});

/** GET /api/courses/:courseId/schedule/learners */
export const scheduleLearnersSchema = z.object({ version: z.number().int(), learners: z.array(scheduleLearnerSchema) });

/** PUT /api/courses/:courseId/schedule: slots are given one by one or as a pattern. What is left out stays. */
export const settingBodySchema = z
  .object({
    version: versionSchema,
    timeZone: z.string().max(100).optional(),
    slots: z.array(slotSchema).max(LONGEST_LIST).optional(),
    pattern: slotPatternSchema.optional(),
    rules: rulesSchema.optional(),
    weights: weightsSchema.partial().optional(),
    loadFairness: z.enum(['range', 'squares']).optional(),
    resources: z.array(resourceSchema).max(31).optional(),
  })
  .strict();

export const tutorBodySchema = z.object({ version: versionSchema, tutor: tutorSchema }).strict();
export const roomBodySchema = z.object({ version: versionSchema, room: roomSchema }).strict();
export const learnerBodySchema = z
  .object({
    version: versionSchema,
    learner: learnerSettingSchema,
    /** Group between which access is compared, also in other comparisons of groups; null takes it away, absent leaves it. */
    group: labelSchema.nullable().optional(),
  })
  .strict();

/** GET /api/courses/:courseId/schedule/changes?since=VERSION: what happened after a version, oldest first. */
export const changesSchema = z.object({
  version: z.number().int(),
  changes: z.array(z.object({ version: z.number().int(), at: z.string(), byPerson: z.string(), text: z.string() })),
});

export type ScheduleView = z.infer<typeof scheduleSchema>;
export type ScheduleLearnerView = z.infer<typeof scheduleLearnerSchema>;
export type TutorSetting = z.infer<typeof tutorSchema>;
export type RoomSetting = z.infer<typeof roomSchema>;
export type ResourceSetting = z.infer<typeof resourceSchema>;
export type LearnerSetting = z.infer<typeof learnerSettingSchema>;
export type SettingBody = z.infer<typeof settingBodySchema>;
