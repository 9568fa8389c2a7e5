/** What is known of a learner, and the skill map. */
import { z } from '@hono/zod-openapi';
import { memoryNowSchema } from '../memory/schema.ts';
import { estimateSchema, skillRefSchema } from '../shared-schema.ts';

/** GET /api/courses/:courseId/learners?search=&offset=&limit= */
export const learnerListSchema = z.object({
  learners: z.array(
    z.object({
      id: z.number().int(),
      key: z.string(),
      name: z.string(),
      simulated: z.boolean(),
      attempts: z.number().int(),
      lastAt: z.string().nullable(),
      /** Skills with mastery at or above the course's threshold. */
      mastered: z.number().int(),
    }),
  ),
  total: z.number().int(),
});

/** GET /api/learners/:learnerId */
export const learnerSchema = z.object({
  id: z.number().int(),
  key: z.string(),
  name: z.string(),
  simulated: z.boolean(),
  course: z.object({
    id: z.number().int(),
    name: z.string(),
    simulated: z.boolean(),
    skills: z.number().int(),
    /** Where the prerequisites come from; 'estimated' is said beside whatever rests on them. */
    prerequisites: z.enum(['given', 'estimated', 'mixed', 'none']),
    /** True when the course has items or templates to practise with. */
    canPractise: z.boolean(),
  }),
  attempts: z.number().int(),
  correct: z.number().int(),
  lastAt: z.string().nullable(),
  goals: z.array(skillRefSchema.extend({ mastery: estimateSchema.nullable(), by: z.string().nullable() })),
  /** True when no goals were set and the documented default was taken. */
  goalsAreDefault: z.boolean(),
  minutesPerSession: z.number(),
  minutesAreDefault: z.boolean(),
  /** The fitted model behind the estimates and the run that fitted it; null before the first fit. */
  model: z.object({ name: z.string(), runId: z.string(), fittedAt: z.string() }).nullable(),
});

/** PUT /api/learners/:learnerId/goals */
export const goalsBodySchema = z.object({
  /** Empty: back to the default goals. */
  skillIds: z.array(z.number().int()).max(50),
  by: z.iso.date().nullable().optional(),
  minutesPerSession: z.number().min(5).max(240).optional(),
});

/** GET /api/learners/:learnerId/skills: the skill map. */
export const skillMapSchema = z.object({
  skills: z.array(
    skillRefSchema.extend({
      subject: z.string().nullable(),
      state: z.enum(['mastered', 'ready', 'locked']),
      mastery: estimateSchema.nullable(),
      memory: memoryNowSchema.nullable(),
      attempts: z.number().int(),
      lastAt: z.string().nullable(),
      isGoal: z.boolean(),
      /** Longest chain of prerequisites below the skill: the map's layers. */
      depth: z.number().int(),
      /** Place on the map, laid out by the server in layers; x in 0..1 inside the layer, y = layer. */
      x: z.number(),
      y: z.number(),
    }),
  ),
  prerequisites: z.array(
    z.object({
      id: z.number().int(),
      from: z.number().int(),
      to: z.number().int(),
      strength: z.enum(['hard', 'soft']),
      source: z.enum(['given', 'estimated']),
      confidence: z.number().nullable(),
      enabled: z.boolean(),
    }),
  ),
});

export type LearnerList = z.infer<typeof learnerListSchema>;
export type LearnerView = z.infer<typeof learnerSchema>;
export type SkillMapView = z.infer<typeof skillMapSchema>;
