/** Effort as the answers show it: for staff, in careful words; and what learners say of an exercise. */
import { z } from '@hono/zod-openapi';
import { estimateSchema } from '../shared-schema.ts';

/** What is said of one learner. `mean`: share of the recent answers given with effort, with its 90 % interval. */
export const engagementSchema = estimateSchema.extend({
  /** 'unknown': not enough to say. */
  verdict: z.enum(['engaged', 'guessing', 'away', 'mixed', 'unknown']),
  /** Sentences, what moved the estimate most first. */
  reasons: z.array(z.string()),
  /** Answers it rests on, the most recent ones. */
  answers: z.number().int(),
  /** Share of the timed answers that were not too fast to have been thought about (Wise and Kong 2005). */
  responseTimeEffort: estimateSchema
    .omit({ mean: true })
    .extend({ share: z.number(), timed: z.number().int(), rapid: z.number().int() })
    .nullable(),
});

/** The fit behind the estimates. */
const fitSchema = z.object({ note: z.string(), runId: z.string(), fittedAt: z.string() });

/** GET /api/courses/:courseId/engagement */
export const classEngagementSchema = z.object({
  /** Null before the first fit, or where no answer has a response time, hints or a self-report. */
  fit: fitSchema.nullable(),
  /** Those of whom there is something to say, the least effort first. */
  learners: z.array(
    z.object({
      learnerId: z.number().int(),
      learnerName: z.string(),
      simulated: z.boolean(),
      engagement: engagementSchema,
    }),
  ),
  /** Learners by verdict. */
  counts: z.object({
    engaged: z.number().int(),
    mixed: z.number().int(),
    guessing: z.number().int(),
    away: z.number().int(),
    unknown: z.number().int(),
  }),
});

/** GET /api/learners/:learnerId/engagement */
export const learnerEngagementSchema = z.object({
  engagement: engagementSchema.nullable(),
  fit: fitSchema.nullable(),
});

/** POST /api/exercises/:exerciseId/self-report: 0 (not really into it) to 1 (focused). */
export const selfReportBodySchema = z.object({ value: z.number().min(0).max(1) }).strict();

export const selfReportSchema = z.object({ value: z.number() });

export type ClassEngagementView = z.infer<typeof classEngagementSchema>;
export type LearnerEngagementView = z.infer<typeof learnerEngagementSchema>;
