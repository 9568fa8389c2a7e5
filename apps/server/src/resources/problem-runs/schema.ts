/** Runs of solvers on problem files: their curves, live while they run, and the figures. All from stored runs. */
import { z } from '@hono/zod-openapi';
import { problemRunLimits as limits } from '../../problem-runs/options.ts';
import { formatSchema, problemFileSchema, solverOfferSchema } from '../problem-files/schema.ts';
import { idSchema } from '../shared-schema.ts';

const spendingLimitSchema = z.object({ amount: z.number().min(0).max(1e6), currency: z.string().regex(/^[A-Z]{3}$/) });

const objectiveSchema = z.number().min(-1e300).max(1e300);

/** POST /api/problem-runs: starts a job, answers { problemRunId, jobId }. */
export const problemRunBodySchema = z.object({
  fileId: idSchema,
  solvers: z.array(z.string()).min(1).max(limits.mostSolvers),
  /** For each solve: the same for all. */
  seconds: z.number().min(limits.leastSeconds).max(limits.mostSeconds).optional(),
  /** Solves of each solver, with the seeds seed, seed + 1, ... */
  repeats: z.number().int().min(1).max(limits.mostRepeats).optional(),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1 - limits.mostRepeats)
    .optional(),
  /** The best known objective; without it the best of these solves is the target. */
  target: objectiveSchema.nullish(),
  /** Most that solves elsewhere may cost together; such solvers are refused without it. */
  spendingLimit: spendingLimitSchema.nullish(),
});

/** PUT /api/problem-runs/:problemRunId/target */
export const targetBodySchema = z.object({
  /** Null: the best of these solves. */
  objective: objectiveSchema.nullable(),
});

const statusSchema = z.enum(['running', 'done', 'failed', 'cancelled']);

const costSchema = z.object({
  wallSeconds: z.number(),
  cpuSeconds: z.number(),
  queueSeconds: z.number(),
  qpuSeconds: z.number(),
  money: z.object({ amount: z.number(), currency: z.string() }).nullable(),
});

const violationsSchema = z.array(z.object({ name: z.string(), amount: z.number() }));

/** Seconds with a 95 % interval; null stands for no end: nothing was reached often enough to say. */
const timeSchema = z.object({
  seconds: z.object({ mean: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable() }),
  successes: z.number().int(),
  runs: z.number().int(),
  /** The length of one run by which this counts: the one that makes the upper end least. */
  runSeconds: z.number(),
});

/** One solve: waiting, running with its curve so far, or ended with its record. */
export const problemSolveSchema = z.object({
  position: z.number().int(),
  solver: z.string(),
  repeat: z.number().int(),
  seed: z.number().int(),
  state: z.enum(['waiting', 'running', 'ended', 'not run']),
  /** Best objective so far by time, each step better than the one before. */
  trace: z.array(z.object({ seconds: z.number(), objective: z.number() })),
  runId: z.string().nullable(),
  objective: z.number().nullable(),
  feasible: z.boolean(),
  violations: violationsSchema,
  bound: z.number().nullable(),
  bestAtSeconds: z.number().nullable(),
  /** Why there is no answer. */
  failed: z.string().nullable(),
  wallSeconds: z.number().nullable(),
});

/** GET /api/problem-runs/:problemRunId, also while it runs */
export const problemRunSchema = z.object({
  id: z.number().int(),
  status: statusSchema,
  jobId: z.string().nullable(),
  /** Why it failed. */
  problem: z.string().nullable(),
  createdAt: z.string(),
  createdBy: z.string(),
  file: problemFileSchema,
  seconds: z.number(),
  repeats: z.number().int(),
  seed: z.number().int(),
  spendingLimit: spendingLimitSchema.nullable(),
  target: z.object({ objective: z.number(), from: z.enum(['typed in', 'the best of these solves']) }).nullable(),
  /** The tightest bound that any solver proved. */
  bound: z.object({ objective: z.number(), solver: z.string() }).nullable(),
  solvers: z.array(
    z.object({
      solver: z.string(),
      kind: solverOfferSchema.shape.kind,
      ended: z.number().int(),
      failed: z.number().int(),
      failure: z.string().nullable(),
      best: z.number().nullable(),
      /** Distance to the bound as a share of it. */
      gap: z.number().nullable(),
      /** Distance to the target as a share of it. */
      behindTarget: z.number().nullable(),
      /** Median over the solves with an answer. */
      bestAtSeconds: z.number().nullable(),
      timeToSolution: timeSchema.nullable(),
      violations: violationsSchema,
      cost: costSchema,
    }),
  ),
  /** In the order in which they run. */
  solves: z.array(problemSolveSchema),
});

/** A line of GET /api/problem-runs */
export const problemRunSummarySchema = z.object({
  id: z.number().int(),
  status: statusSchema,
  jobId: z.string().nullable(),
  createdAt: z.string(),
  createdBy: z.string(),
  fileId: z.number().int(),
  fileName: z.string(),
  variables: z.number().int(),
  solvers: z.array(z.string()),
  seconds: z.number(),
  repeats: z.number().int(),
});

/** GET /api/problem-runs */
export const problemRunsSchema = z.object({
  /** Newest first. */
  runs: z.array(problemRunSummarySchema),
  formats: z.array(formatSchema),
  defaults: z.object({ seconds: z.number(), repeats: z.number().int(), seed: z.number().int() }),
  limits: z.object({
    leastSeconds: z.number(),
    mostSeconds: z.number(),
    mostRepeats: z.number().int(),
    mostSolvers: z.number().int(),
    mostTotalSeconds: z.number(),
    mostBytes: z.number().int(),
  }),
});

export type ProblemRunBody = z.infer<typeof problemRunBodySchema>;
export type ProblemRunView = z.infer<typeof problemRunSchema>;
export type ProblemSolveView = z.infer<typeof problemSolveSchema>;
export type ProblemRunSummaryView = z.infer<typeof problemRunSummarySchema>;
