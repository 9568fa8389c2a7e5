/** A learner's next steps, the reasons for them, and what people say about them. */
import { z } from '@hono/zod-openapi';
import { skillRefSchema } from '../shared-schema.ts';

/** POST /api/learners/:learnerId/plan: makes a plan now; every field has a documented default. */
export const planBodySchema = z.object({
  /** A solver's or policy's name; default: the course's champion. */
  solver: z.string().optional(),
  seconds: z.number().min(0.05).max(60).optional(),
  sessions: z.number().int().min(1).max(8).optional(),
  seed: z.number().int().min(0).optional(),
});

export const overrideSchema = z.object({
  id: z.number().int(),
  skillId: z.number().int(),
  skillName: z.string(),
  /** skip: not in the coming sessions; pin: must be in the next session; forbid: never until withdrawn. */
  action: z.enum(['skip', 'pin', 'forbid']),
  reason: z.string().nullable(),
  byPerson: z.string(),
  byRole: z.enum(['learner', 'teacher', 'engineer', 'decision maker']),
  createdAt: z.string(),
});

/** GET /api/learners/:learnerId/plan (404 before the first plan). */
export const planSchema = z.object({
  id: z.number().int(),
  learnerId: z.number().int(),
  createdAt: z.string(),
  solver: z.string(),
  isChampion: z.boolean(),
  runId: z.string(),
  /** Objective (larger is better), proved upper bound, and gap = (bound - objective) / |bound|; null where nothing is proved. */
  objective: z.number(),
  bound: z.number().nullable(),
  gap: z.number().nullable(),
  seconds: z.number(),
  /** How many activities were considered, in words: "the 30 best of 1,590". */
  candidates: z.string(),
  /** True when a model fitted on simulated records, or simulated records themselves, are behind it. */
  simulated: z.boolean(),
  /** True when estimated prerequisites shaped it. */
  estimatedPrerequisites: z.boolean(),
  sessions: z.array(
    z.object({
      /** 1 is the next one. */
      number: z.number().int(),
      minutes: z.number(),
      minutesAvailable: z.number(),
      steps: z.array(
        z.object({
          skillId: z.number().int(),
          skillName: z.string(),
          kind: z.enum(['practise', 'review']),
          minutes: z.number(),
          masteryNow: z.number(),
          masteryAfter: z.number(),
          /** One short sentence, for learners. */
          reason: z.string(),
          pinnedBy: z.string().nullable(),
        }),
      ),
    }),
  ),
  overrides: z.array(overrideSchema),
  /** What people should know: a pinned step whose prerequisites are missing, goals that do not fit before the deadline. */
  warnings: z.array(z.string()),
});

/** GET /api/learners/:learnerId/plan/steps/:skillId/explanation: "why this?" */
export const explanationSchema = z.object({
  skill: skillRefSchema,
  /** The evidence for the mastery estimate, in words, and the last answers, oldest first. */
  evidence: z.object({
    text: z.string(),
    mastery: z.object({ mean: z.number(), low: z.number(), high: z.number() }),
    attempts: z.number().int(),
    correct: z.number().int(),
    recent: z.array(z.boolean()),
    lastAt: z.string().nullable(),
  }),
  /** Skills that become ready through this step. */
  opens: z.array(skillRefSchema),
  /** Goals that it serves, with the number of prerequisite steps between. */
  serves: z.array(skillRefSchema.extend({ distance: z.number().int() })),
  /** Parts of the step's value, largest first; they add up to `total`. */
  terms: z.array(z.object({ name: z.string(), value: z.number() })),
  total: z.number(),
  /** The best plan with this step forbidden, computed when asked. */
  runnerUp: z.object({
    text: z.string(),
    /** Objective lost without the step, as a share of the plan's objective. */
    loss: z.number(),
    instead: z.array(skillRefSchema),
    runId: z.string(),
  }),
});

/** POST /api/learners/:learnerId/overrides: stores and plans again; answers with the new plan. */
export const overrideBodySchema = z
  .object({
    skillId: z.number().int(),
    action: z.enum(['skip', 'pin', 'forbid']),
    /** Required of staff; shown to the learner. */
    reason: z.string().trim().max(500).optional(),
  })
  .strict();

export type PlanView = z.infer<typeof planSchema>;
export type OverrideView = z.infer<typeof overrideSchema>;
export type ExplanationView = z.infer<typeof explanationSchema>;
