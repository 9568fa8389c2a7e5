/** Comparisons: the same planning problems by every solver, and the policies in simulation. All from stored runs. */
import { z } from '@hono/zod-openapi';
import { estimateSchema } from '../shared-schema.ts';

/** POST /api/courses/:courseId/comparisons: starts a job, answers { comparisonId, jobId }. */
export const comparisonBodySchema = z.object({
  /** Learners whose planning problem every solver gets. */
  learners: z.number().int().min(5).max(200).optional(),
  /** Default: planner, greedy, fringe, highs, both annealers, hybrid, qaoa. The champion and highs take part in any case. */
  solvers: z.array(z.string()).min(2).max(12).optional(),
  /** Seconds for each solver and problem: the same for all. */
  seconds: z.number().min(0.05).max(10).optional(),
  seed: z.number().int().min(0).optional(),
  /** Simulated learners for the comparison of policies; 0 leaves it out. */
  simulatedLearners: z.number().int().min(0).max(500).optional(),
});

export const solverSchema = z.object({
  name: z.string(),
  kind: z.enum(['policy', 'exact', 'classical', 'quantum-simulated', 'quantum-remote', 'hybrid']),
  description: z.string(),
});

/** Better, no difference, worse, not enough evidence: for the challenger against the champion. */
export const verdictSchema = z.object({
  challenger: z.string(),
  champion: z.string(),
  measure: z.string(),
  verdict: z.enum(['better', 'no difference', 'worse', 'not enough evidence']),
  sentence: z.string(),
  difference: estimateSchema,
  units: z.number().int(),
  simulated: z.boolean(),
});

/** GET /api/comparisons/:comparisonId, and the latest inside GET /api/courses/:courseId/comparisons */
export const comparisonSchema = z.object({
  id: z.number().int(),
  courseId: z.number().int(),
  status: z.enum(['running', 'done', 'failed', 'cancelled']),
  jobId: z.string().nullable(),
  createdAt: z.string(),
  runId: z.string().nullable(),
  champion: z.string(),
  problems: z.number().int(),
  /** Variables of the problems: smallest, median, largest. */
  variables: z.object({ least: z.number(), median: z.number(), most: z.number() }).nullable(),
  seconds: z.number(),
  solvers: z.array(
    solverSchema.extend({
      /** Larger is better; mean over problems with a 95 % interval. */
      objective: estimateSchema,
      /** Best proved bound on the same problems. */
      bound: estimateSchema.nullable(),
      /** (bound - objective) / |bound|. */
      gap: estimateSchema.nullable(),
      feasibleShare: z.number(),
      /** The same with a 95 % interval; null for a solver that took no problem. */
      feasible: estimateSchema.nullable(),
      wallSeconds: estimateSchema,
      /** Problems on which it was refused, with the reason. */
      refused: z.object({ count: z.number().int(), reason: z.string() }).nullable(),
      /** One point per problem, for the plots. */
      points: z.array(
        z.object({ problem: z.number().int(), objective: z.number(), gap: z.number().nullable(), seconds: z.number() }),
      ),
    }),
  ),
  verdicts: z.array(verdictSchema),
  /** What each policy does to simulated learners; null when left out. */
  simulation: z
    .object({
      learners: z.number().int(),
      law: z.enum(['a', 'b']),
      policies: z.array(
        z.object({
          policy: z.string(),
          sessions: estimateSchema,
          retention30: estimateSchema,
          overloaded: estimateSchema,
          competent: estimateSchema,
        }),
      ),
      verdicts: z.array(verdictSchema),
      runId: z.string(),
    })
    .nullable(),
  /** In plain words: who wins, by how much, how sure. */
  conclusion: z.string(),
});

/** PUT /api/courses/:courseId/champion: a person promotes, with a reason that is stored. */
export const championBodySchema = z.object({ solver: z.string(), reason: z.string().trim().min(3).max(500) });

/** GET and PUT /api/courses/:courseId/champion */
export const championSchema = z.object({
  /** Whose plans the course's learners get; the planner until a person decides otherwise. */
  solver: z.string(),
  /** Newest first. */
  decisions: z.array(
    z.object({
      solver: z.string(),
      reason: z.string(),
      byPerson: z.string(),
      createdAt: z.string(),
      /** The latest comparison that was there to decide on. */
      comparisonId: z.number().int().nullable(),
    }),
  ),
});

/** A line of GET /api/courses/:courseId/comparisons */
export const comparisonSummarySchema = comparisonSchema.pick({
  ...{ id: true, status: true, jobId: true, createdAt: true, runId: true },
});

/** GET /api/courses/:courseId/comparisons */
export const courseComparisonsSchema = z.object({
  champion: z.string(),
  solvers: z.array(solverSchema),
  /** What is compared when nothing else is asked for. */
  defaults: z.object({
    learners: z.number().int(),
    seconds: z.number(),
    seed: z.number().int(),
    simulatedLearners: z.number().int(),
  }),
  /** With fewer learners, real or simulated, no verdict is given. */
  fewestForVerdict: z.number().int(),
  /** The last one that was done. */
  latest: comparisonSchema.nullable(),
  /** The one that runs now. */
  running: z.object({ id: z.number().int(), jobId: z.string() }).nullable(),
  /** Newest first. */
  comparisons: z.array(comparisonSummarySchema),
});

export type ComparisonBodyInput = z.infer<typeof comparisonBodySchema>;
export type ComparisonSummaryView = z.infer<typeof comparisonSummarySchema>;
export type ChampionView = z.infer<typeof championSchema>;
export type ComparisonView = z.infer<typeof comparisonSchema>;
export type SolverView = z.infer<typeof solverSchema>;
export type VerdictView = z.infer<typeof verdictSchema>;
export type CourseComparisonsView = z.infer<typeof courseComparisonsSchema>;
