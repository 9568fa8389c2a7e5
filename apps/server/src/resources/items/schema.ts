/** Exercises as the records show them: how hard, how telling, how fair; and misconceptions that answers betray. */
import { z } from '@hono/zod-openapi';
import { estimateSchema } from '../shared-schema.ts';

/** Why an exercise deserves a look, as a sentence with its figure and interval. */
export const itemRemarkSchema = z.object({
  kind: z.enum(['hard', 'easy', 'weak', 'erratic', 'unfair']),
  text: z.string(),
});

/** Intervals are 95 %. */
export const analysedItemSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  skills: z.array(z.string()),
  /** Learners whose first answer counts. */
  answers: z.number().int(),
  /** Share of first answers that are right. */
  right: estimateSchema,
  /** On the scale of ability: 0 is the middle of these learners, 1 their standard deviation. */
  difficulty: estimateSchema,
  /** How steeply right answers rise with ability, in logits per standard deviation; null where all share one. */
  slope: estimateSchema.nullable(),
  /** Chance that a learner in the middle answers it right. */
  middle: estimateSchema,
  /** 'score': S-X2 of right answers by sum score; 'infit': mean square of residuals, with the range where the model holds. */
  fit: z.discriminatedUnion('method', [
    z.object({ method: z.literal('score'), statistic: z.number(), degrees: z.number().int(), pValue: z.number() }),
    z.object({ method: z.literal('infit'), value: z.number(), low: z.number(), high: z.number() }),
  ]),
  /** Between the groups it is easiest and hardest for, at equal ability; null without groups to compare. */
  gap: z
    .object({
      easiest: z.string(),
      hardest: z.string(),
      /** Difference in the chance of a right answer, as a share. */
      points: estimateSchema,
      /** A negligible, B moderate, C large. */
      effect: z.enum(['A', 'B', 'C']),
      /** Adjusted for many exercises (Benjamini and Hochberg). */
      pValue: z.number(),
    })
    .nullable(),
  remarks: z.array(itemRemarkSchema),
});

export const responseAnalysisSchema = z.object({
  model: z.enum(['1pl', '2pl']),
  /** Why this model, in words. */
  why: z.string(),
  converged: z.boolean(),
  /** The slope that all share, or the geometric mean of their own: logits per standard deviation of ability. */
  slope: z.number(),
  /** Share of the spread in estimated abilities that is not error. */
  reliability: z.number(),
  items: z.array(analysedItemSchema),
  /** Learners by estimated ability: bins `low` (included) to `high`. */
  abilities: z.array(z.object({ low: z.number(), high: z.number(), learners: z.number().int() })),
  groups: z.array(z.object({ group: z.string(), learners: z.number().int() })),
});

const skillSchema = z.object({ id: z.number().int(), name: z.string() });

export const classMisconceptionSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** Learners whose answers could have shown it. */
  met: z.number().int(),
  /** Answers that showed it. */
  shown: z.number().int(),
  /** How many of those who met it seem to hold it; 95 %, given the model. */
  holders: estimateSchema,
  /** Mean over those who met it of how sure the model is, .5 to 1. */
  certainty: z.number(),
  /** What to practise: the skill whose exercises show it most. */
  practise: skillSchema.nullable(),
  /** Those who likely hold it, surest first; at most twelve. */
  learners: z.array(z.object({ id: z.number().int(), name: z.string(), probability: z.number() })),
});

export const misconceptionAnalysisSchema = z.object({
  learners: z.number().int(),
  answers: z.number().int(),
  /** Learners that the model was fitted on. */
  fitted: z.number().int(),
  /** What the exercises cannot tell, in words. */
  findings: z.array(z.string()),
  list: z.array(classMisconceptionSchema),
});

export const itemAnalysisSchema = z.object({
  id: z.number().int(),
  createdAt: z.string(),
  runId: z.string().nullable(),
  simulated: z.boolean(),
  /** What was looked at, and by which rule where that is not everything. */
  coverage: z.object({
    items: z.number().int(),
    itemsInRecords: z.number().int(),
    learners: z.number().int(),
    learnersInRecords: z.number().int(),
    answers: z.number().int(),
    rule: z.string(),
  }),
  /** Null where answers are too few; `whyNoResponses` says so. */
  responses: responseAnalysisSchema.nullable(),
  whyNoResponses: z.string().nullable(),
  misconceptions: misconceptionAnalysisSchema.nullable(),
  whyNoMisconceptions: z.string().nullable(),
});

/** GET /api/courses/:courseId/item-analysis */
export const courseItemsSchema = z.object({
  running: z.object({ jobId: z.string() }).nullable(),
  /** The last one that was done. */
  latest: itemAnalysisSchema.nullable(),
});

/** GET /api/learners/:learnerId/misconceptions */
export const learnerMisconceptionsSchema = z.object({
  /** When the answers were looked at; null before the first analysis. */
  analysedAt: z.string().nullable(),
  runId: z.string().nullable(),
  simulated: z.boolean(),
  /** The likeliest first. */
  misconceptions: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      description: z.string(),
      probability: z.number(),
      met: z.number().int(),
      shown: z.number().int(),
      practise: skillSchema.nullable(),
    }),
  ),
});

export type AnalysedItem = z.infer<typeof analysedItemSchema>;
export type ItemRemark = z.infer<typeof itemRemarkSchema>;
export type ResponseAnalysis = z.infer<typeof responseAnalysisSchema>;
export type ClassMisconception = z.infer<typeof classMisconceptionSchema>;
export type ItemAnalysisView = z.infer<typeof itemAnalysisSchema>;
export type CourseItemsView = z.infer<typeof courseItemsSchema>;
export type LearnerMisconceptionsView = z.infer<typeof learnerMisconceptionsSchema>;
