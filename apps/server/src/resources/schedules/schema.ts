/** Plans of a course's tutoring: the working plan, changes to it, proposals, what was published. Setting and services have files beside this one. */
import { z } from '@hono/zod-openapi';
import { skillRefSchema } from '../shared-schema.ts';
import { versionSchema } from './setting-schema.ts';

/** A tutor and a slot, and a room where sessions need one. */
export const placeSchema = z.object({
  tutorId: z.string(),
  slotId: z.string(),
  roomId: z.string().nullable().default(null),
});

export const sessionSchema = z.object({
  /** Stable while the plan stays as it is: tutor and slot. */
  id: z.string(),
  tutorId: z.string(),
  tutorName: z.string(),
  slotId: z.string(),
  start: z.string(),
  end: z.string(),
  skill: skillRefSchema,
  roomId: z.string().nullable(),
  roomName: z.string().nullable(),
  members: z.array(
    z.object({
      learnerId: z.number().int(),
      name: z.string(),
      /** What people have pinned of this learner's part; `id` is for taking it back. */
      pin: z
        .object({ id: z.string(), tutor: z.boolean(), time: z.boolean(), room: z.boolean(), byPerson: z.string() })
        .nullable(),
    }),
  ),
});

/** Contribution of each term, signed; they add up to the objective. */
const termsSchema = z.object({
  gain: z.number(),
  cost: z.number(),
  continuity: z.number(),
  load: z.number(),
  access: z.number(),
  spread: z.number(),
  change: z.number(),
});

/** Counts that people can check by hand beside every index. */
export const loadSchema = z.object({
  tutorId: z.string(),
  tutorName: z.string(),
  sessions: z.number().int(),
  /** Places taken: a group session counts each learner. */
  seats: z.number().int(),
  minutes: z.number(),
  least: z.number().int(),
  most: z.number().int(),
  available: z.number().int(),
});

export const accessSchema = z.object({
  /** Null: learners without a group. */
  group: z.string().nullable(),
  learners: z.number().int(),
  wanted: z.number().int(),
  met: z.number().int(),
});

export const fairnessSchema = z.object({
  load: z.object({
    tutors: z.array(loadSchema),
    mean: z.number(),
    fewest: z.number().int(),
    most: z.number().int(),
    /** Standard deviation of sessions per tutor. */
    deviation: z.number(),
  }),
  access: z.object({
    groups: z.array(accessSchema),
    wanted: z.number().int(),
    met: z.number().int(),
    /** Largest less smallest share of wanted sessions that a group gets; null with fewer than two groups. */
    widest: z.number().nullable(),
  }),
});

export const unmetSchema = z.object({
  learnerId: z.number().int(),
  learnerName: z.string(),
  skill: skillRefSchema,
  wanted: z.number().int(),
  met: z.number().int(),
  /** Why, in words; and what would fix it. */
  reason: z.string(),
  fixes: z.array(z.string()),
});

export const violationSchema = z.object({ rule: z.string(), message: z.string() });

/** Figures of a plan. `atMostBelow` is the proved distance to the best possible plan as a share; null where nothing is proved. */
export const figuresSchema = z.object({
  objective: z.number(),
  bound: z.number().nullable(),
  atMostBelow: z.number().nullable(),
  /** "Proved to be the best possible." / "At most 1.2 % below the best possible." */
  quality: z.string(),
  terms: termsSchema,
  seats: z.number().int(),
  sessions: z.number().int(),
});

/** GET /api/courses/:courseId/schedule/plan and /schedule/published/:number. */
export const schedulePlanSchema = z.object({
  version: z.number().int(),
  timeZone: z.string(),
  sessions: z.array(sessionSchema),
  figures: figuresSchema,
  /** The bound is being worked out: look again soon. */
  boundComing: z.boolean(),
  fairness: fairnessSchema,
  unmet: z.array(unmetSchema),
  /** Empty unless the setting was changed after the plan was made. */
  violations: z.array(violationSchema),
  runId: z.string().nullable(),
  /** Who made the last change, and when. */
  updatedBy: z.string(),
  updatedAt: z.string(),
  simulated: z.boolean(),
});

/**
 * POST /api/courses/:courseId/schedule/plan: a job with the result { proposalId, accepted, changes }. Where it was not accepted by
 * itself, `changes` says why: what somebody changed meanwhile, or which rules cannot be kept together.
 */
export const schedulePlanBodySchema = z
  .object({
    version: versionSchema,
    /** Days, YYYY-MM-DD in the schedule's time zone, both included: only these are planned, the rest stays. Default: all. */
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
    seconds: z.number().min(0.2).max(600).optional(),
    seed: z.number().int().min(0).optional(),
    /** True (default): becomes the working plan when it is done, unless something changed meanwhile. */
    accept: z.boolean().optional(),
  })
  .strict();

/** A pin keeps whatever it names: tutor, time (slot), room, in any combination. */
export const pinBodySchema = z
  .object({
    version: versionSchema,
    learnerId: z.number().int(),
    skillId: z.number().int(),
    tutorId: z.string().optional(),
    slotId: z.string().optional(),
    roomId: z.string().optional(),
    reason: z.string().trim().max(500).optional(),
  })
  .strict();

export const pinsSchema = z.object({
  version: z.number().int(),
  pins: z.array(pinBodySchema.omit({ version: true }).extend({ id: z.string(), byPerson: z.string(), at: z.string() })),
});

/** A change by hand: null in `from` adds a session, null in `to` takes one away. Several at once move a group. */
export const moveSchema = z
  .object({
    learnerId: z.number().int(),
    skillId: z.number().int(),
    from: placeSchema.nullable(),
    /** Without a room, the first free one that fits is taken. */
    to: placeSchema.nullable(),
  })
  .strict();

export const movesBodySchema = z
  .object({ version: versionSchema, moves: z.array(moveSchema).min(1).max(100) })
  .strict();

export const changeOfSessionSchema = z.object({
  learnerId: z.number().int(),
  learnerName: z.string(),
  skill: skillRefSchema,
  /** Null: there was none, or there is none any more. */
  was: placeSchema.extend({ tutorName: z.string(), start: z.string(), end: z.string() }).nullable(),
  is: placeSchema.extend({ tutorName: z.string(), start: z.string(), end: z.string() }).nullable(),
});

/** POST /schedule/moves/preview: nothing is changed. */
export const consequencesSchema = z.object({
  version: z.number().int(),
  /** False where a rule would be broken: such a move is refused. */
  allowed: z.boolean(),
  violations: z.array(violationSchema),
  /** Objective after less before, and by term. */
  value: z.number(),
  terms: termsSchema,
  /** In plain words, worst first. */
  words: z.array(z.string()),
  changes: z.array(changeOfSessionSchema),
  affected: z.array(z.object({ kind: z.enum(['learner', 'tutor', 'room']), id: z.string(), name: z.string() })),
});

/** POST /schedule/publish: the working plan, under a name, approved by who asks. */
export const publishBodySchema = z
  .object({
    version: versionSchema,
    name: z.string().trim().min(1).max(200),
    note: z.string().trim().max(2000).optional(),
  })
  .strict();

export const publishedSchema = z.object({
  number: z.number().int(),
  name: z.string(),
  note: z.string().nullable(),
  approvedBy: z.string(),
  publishedAt: z.string(),
  /** Version of the schedule that was published. */
  version: z.number().int(),
  figures: figuresSchema,
  /** Against the publication before. */
  changed: z.number().int(),
  inForce: z.boolean(),
});

/** The publication, and the new version of the schedule. */
export const publishAnswerSchema = z.object({ version: z.number().int(), published: publishedSchema });

export const publishedListSchema = z.object({ version: z.number().int(), published: z.array(publishedSchema) });

export type SchedulePlanView = z.infer<typeof schedulePlanSchema>;
export type SessionView = z.infer<typeof sessionSchema>;
export type ScheduleFigures = z.infer<typeof figuresSchema>;
export type FairnessView = z.infer<typeof fairnessSchema>;
export type UnmetView = z.infer<typeof unmetSchema>;
export type ConsequencesView = z.infer<typeof consequencesSchema>;
export type ChangeOfSession = z.infer<typeof changeOfSessionSchema>;
export type ScheduleMove = z.infer<typeof moveSchema>;
export type PublishedView = z.infer<typeof publishedSchema>;
