/** Problem files: what each holds, and which solvers take it. */
import { z } from '@hono/zod-openapi';
import { FILE_FORMATS } from '@qurriculum/problems';

export const formatSchema = z.enum(FILE_FORMATS);

export const problemFileSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  format: formatSchema,
  bytes: z.number().int(),
  sha256: z.string(),
  createdAt: z.string(),
  sense: z.enum(['maximise', 'minimise']),
  /** What the file's objective is called: "cut weight". */
  objectiveName: z.string(),
  variables: z.number().int(),
  /** Of these, variables that take more than two values. */
  integers: z.number().int(),
  /** Pairs of variables with a term of their own. */
  pairs: z.number().int(),
  constraints: z.number().int(),
});

export const solverOfferSchema = z.object({
  name: z.string(),
  kind: z.enum(['exact', 'classical', 'quantum-simulated', 'quantum-remote', 'hybrid']),
  description: z.string(),
  /** Why it does not take the problem, in words; null when it does. */
  refused: z.string().nullable(),
  /** Runs on somebody else's machine: only below a limit of what it may cost. */
  remote: z.boolean(),
});

/** PUT /api/problem-files and GET /api/problem-files/:fileId */
export const inspectedFileSchema = z.object({ file: problemFileSchema, solvers: z.array(solverOfferSchema) });

export type ProblemFileView = z.infer<typeof problemFileSchema>;
export type InspectedFileView = z.infer<typeof inspectedFileSchema>;
