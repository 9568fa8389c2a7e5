/** How well a learner still knows a skill: now, in the coming weeks, and by when to look back. */
import { z } from '@hono/zod-openapi';
import { skillRefSchema } from '../shared-schema.ts';

/** What the skill map says of each skill that was answered with times; null elsewhere. */
export const memoryNowSchema = z.object({
  /** Chance to recall it now, 0 to 1. */
  recall: z.number(),
  /** When that falls to the wanted chance; may be past. */
  reviewBy: z.string(),
  /** True when it was mastered and the chance has fallen below the wanted one. */
  fading: z.boolean(),
  /** Answers that the estimate rests on. */
  answers: z.number().int(),
});

/** GET /api/learners/:learnerId/skills/:skillId/memory */
export const memorySchema = z.object({
  skill: skillRefSchema,
  now: memoryNowSchema,
  /** The time that counts as now: for old records the course's last answer. */
  at: z.string(),
  lastAt: z.string(),
  /** Days after the last answer when the chance falls to 90 %. */
  stabilityDays: z.number(),
  /** The chance at which a look back is due. */
  wanted: z.number(),
  /** From the last answer on, in order of time. */
  curve: z.array(z.object({ at: z.string(), recall: z.number() })),
  /** 'fitted': to this institution's own answers; 'default': weights fitted to other people's. */
  weights: z.enum(['fitted', 'default']),
  /** Why these weights, in a sentence. */
  reason: z.string(),
  /** The fit; null when it is gone. */
  runId: z.string().nullable(),
  simulated: z.boolean(),
});

export type MemoryView = z.infer<typeof memorySchema>;
