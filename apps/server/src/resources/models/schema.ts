/** Tracing models: which one tells what learners know, and how well each predicts answers of learners it has not seen. */
import { z } from '@hono/zod-openapi';
import { verdictSchema } from '../comparisons/schema.ts';
import { estimateSchema } from '../shared-schema.ts';

/** POST /api/courses/:courseId/model-evaluations */
export const evaluationBodySchema = z.object({
  /** Default: all of them. The champion and every model's twin take part in any case. */
  models: z.array(z.string()).min(1).max(20).optional(),
  seed: z.number().int().min(0).optional(),
});

export const modelSchema = z.object({
  name: z.string(),
  kind: z.enum(['hidden state', 'regression', 'neural network', 'quantum probability']),
  description: z.string(),
});

/** Intervals are 95 %, by bootstrap over learners. */
const evaluatedModelSchema = modelSchema.extend({
  /** What its mastery is a probability of: that the skill is known, or that a question on it would be answered. */
  masteryMeans: z.enum(['known', 'answered']),
  /** Null where all answers are right, or all wrong. */
  auc: estimateSchema.nullable(),
  nll: estimateSchema,
  ece: estimateSchema,
  rmse: estimateSchema,
  /** Of one fit. */
  fitSeconds: z.number(),
  /** First answers of a learner to an item only. */
  firstAttempts: z.object({ rows: z.number().int(), auc: z.number().nullable(), nll: z.number().nullable() }),
  /** Bins with answers in them. */
  reliability: z.array(z.object({ rows: z.number(), predicted: z.number(), right: z.number() })),
  /** Empty where no learner is in a group. */
  groups: z.array(
    z.object({
      group: z.string(),
      rows: z.number().int(),
      learners: z.number().int(),
      auc: estimateSchema.nullable(),
      nll: estimateSchema,
      /** Mean prediction less share right. */
      bias: estimateSchema,
    }),
  ),
});

const modelVerdictSchema = verdictSchema.extend({
  /** Difference in AUC, challenger less champion. */
  auc: estimateSchema.nullable(),
});

/** The latest inside GET /api/courses/:courseId/models */
export const evaluationSchema = z.object({
  id: z.number().int(),
  courseId: z.number().int(),
  status: z.enum(['running', 'done', 'failed', 'cancelled']),
  jobId: z.string().nullable(),
  createdAt: z.string(),
  runId: z.string().nullable(),
  champion: z.string(),
  /** Answers that were predicted, and learners. */
  rows: z.number().int(),
  learners: z.number().int(),
  /** 5: every learner was predicted by models fitted on others; 1: one fifth of the learners was. */
  folds: z.number().int(),
  models: z.array(evaluatedModelSchema),
  /** Each against the champion. */
  verdicts: z.array(modelVerdictSchema),
  /** Models of an unusual form against the plain one of the same size. */
  twins: z.array(modelVerdictSchema),
  /** Who may be promoted; null: nobody is better. */
  candidate: z.string().nullable(),
  /** In plain words: who predicts best, by how much, how sure. */
  conclusion: z.string(),
});

/** PUT /api/courses/:courseId/model-champion: a person chooses, with a reason; everybody's mastery is estimated anew. */
export const modelChoiceBodySchema = z.object({ model: z.string(), reason: z.string().trim().min(3).max(500) });

export const modelChoiceSchema = z.object({
  model: z.string(),
  reason: z.string(),
  byPerson: z.string(),
  createdAt: z.string(),
});

/** GET /api/courses/:courseId/models */
export const courseModelsSchema = z.object({
  /** Who tells what learners know; bkt until a person decides otherwise. */
  champion: z.string(),
  /** Newest first. */
  decisions: z.array(modelChoiceSchema),
  models: z.array(modelSchema),
  /** The fit that mastery on screens comes from; null before the first. */
  fitted: z.object({ model: z.string(), runId: z.string().nullable(), createdAt: z.string() }).nullable(),
  /** The job that fits now. */
  fitting: z.object({ jobId: z.string() }).nullable(),
  /** The evaluation that runs now. */
  running: z.object({ id: z.number().int(), jobId: z.string() }).nullable(),
  /** The last one that was done. */
  latest: evaluationSchema.nullable(),
  /** With fewer learners no verdict is given. */
  fewestForVerdict: z.number().int(),
});

export const startedJobSchema = z.object({ jobId: z.string() });

export type CourseModelsView = z.infer<typeof courseModelsSchema>;
export type EvaluationBodyInput = z.infer<typeof evaluationBodySchema>;
export type EvaluationView = z.infer<typeof evaluationSchema>;
export type ModelChoiceInput = z.infer<typeof modelChoiceBodySchema>;
