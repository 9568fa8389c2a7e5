/**
 * Imports: files are sent one by one, looked at, and taken in by a job; each file whole or not at all.
 * POST /api/imports -> { importId }; PUT /api/imports/:id/files/:name (raw bytes) -> inspection;
 * POST /api/imports/:id/start -> { jobId }; GET /api/imports/:id -> report; GET /api/imports/:id/rejects -> TSV;
 * DELETE /api/imports/:id removes one that has not begun.
 */
import { z } from '@hono/zod-openapi';

/** Field to the header of its column; an empty header means that the file has no such column. */
export const columnMapSchema = z
  .object({
    learner: z.string(),
    item: z.string(),
    skills: z.string(),
    correct: z.string(),
    time: z.string(),
    id: z.string(),
    duration: z.string(),
    hints: z.string(),
    selfReport: z.string(),
    group: z.string(),
  })
  .partial()
  .strict();

/** POST /api/imports */
export const importBodySchema = z.object({
  /** An existing course by id, or a new one by name; default: a new course named after the first file. */
  courseId: z.number().int().optional(),
  courseName: z.string().trim().min(1).max(200).optional(),
  map: columnMapSchema.optional(),
  /** Refuse a file at its first bad row. */
  strict: z.boolean().optional(),
  /** Import a graph with cycles without the edges that close them, listing what was dropped. */
  breakCycles: z.boolean().optional(),
});

/** What a file was taken for, before anything is stored. */
export const inspectionSchema = z.object({
  name: z.string(),
  bytes: z.number().int(),
  kind: z.enum(['records', 'graph', 'content', 'unknown']),
  /** 'comma-separated records', 'three lines a student', 'Marble skill graph', ... */
  format: z.string(),
  /** For records: the columns found, and which was taken for what. */
  columns: z.array(z.string()).nullable(),
  map: columnMapSchema.nullable(),
  /** First rows, for a look. */
  sample: z.array(z.array(z.string())).nullable(),
  problem: z.string().nullable(),
});

export const fileReportSchema = z.object({
  name: z.string(),
  kind: z.enum(['records', 'graph', 'content', 'unknown']),
  format: z.string(),
  status: z.enum(['waiting', 'reading', 'imported', 'already-imported', 'refused', 'cancelled']),
  /** Why it was refused: file, line, column, expected, got, what to do. */
  problem: z.string().nullable(),
  datasetId: z.number().int().nullable(),
  rows: z.number().int(),
  rejected: z.number().int(),
  learners: z.number().int(),
  items: z.number().int(),
  skills: z.number().int(),
  prerequisites: z.number().int(),
  /** "The timestamp is the same in every row: the order of the file is all that is known." */
  notes: z.array(z.string()),
  /** Prerequisites left out by breakCycles: "A -> B". */
  dropped: z.array(z.string()),
  seconds: z.number(),
});

/** GET /api/imports/:id */
export const importSchema = z.object({
  id: z.string(),
  status: z.enum(['open', 'running', 'done', 'failed', 'cancelled']),
  jobId: z.string().nullable(),
  course: z.object({ id: z.number().int(), name: z.string() }).nullable(),
  files: z.array(fileReportSchema),
  /** The first rejected rows; all of them are in the rejects file. */
  rejects: z.array(
    z.object({
      file: z.string(),
      line: z.number().int(),
      column: z.string().nullable(),
      expected: z.string(),
      got: z.string(),
    }),
  ),
});

export type ImportBody = z.infer<typeof importBodySchema>;
export type InspectionView = z.infer<typeof inspectionSchema>;
export type FileReportView = z.infer<typeof fileReportSchema>;
export type ImportView = z.infer<typeof importSchema>;
