/**
 * Run records: every solve, fit and comparison leaves one, and screens and reports read nothing else. The schema is
 * JSON Schema draft 2020-12 (`runRecordJsonSchema`), generated from the one that checks records here.
 */
import { z } from 'zod';
import { EvidenceError } from './errors.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Where an input came from: enough to find the same bytes again. */
export interface Provenance {
  readonly name: string;
  /** Hex SHA-256 of the bytes, where there were bytes. */
  readonly sha256?: string;
  readonly rows?: number;
  /** True for data made by the learner simulator: shown wherever a figure that rests on it is shown. */
  readonly simulated?: boolean;
}

export interface RunCost {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly queueSeconds: number;
  readonly qpuSeconds: number;
  readonly money: { readonly amount: number; readonly currency: string } | null;
}

export interface RunRecord {
  readonly id: string;
  readonly kind: 'solve' | 'fit' | 'evaluate' | 'plan' | 'compare' | 'import' | 'simulate';
  /** What was run: a solver's or model's name. */
  readonly subject: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Hex SHA-256 of the problem in canonical form, for solves. */
  readonly problemHash: string | null;
  readonly inputs: readonly Provenance[];
  /** Package or runtime name to version. */
  readonly versions: Readonly<Record<string, string>>;
  readonly seed: number;
  /** Seconds, reads, sweeps, ...: what the run was allowed. */
  readonly budget: Readonly<Record<string, number>>;
  readonly result: Json;
  readonly bound: number | null;
  readonly cost: RunCost;
}

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hex digits of a SHA-256');
const seconds = z.number().nonnegative();

const provenanceSchema = z.strictObject({
  name: z.string().min(1),
  sha256: sha256Hex.optional(),
  rows: z.int().nonnegative().optional(),
  simulated: z.boolean().optional(),
});

const costSchema = z.strictObject({
  wallSeconds: seconds,
  cpuSeconds: seconds,
  queueSeconds: seconds,
  qpuSeconds: seconds,
  // ISO 4217: three capital letters.
  money: z.strictObject({ amount: z.number().nonnegative(), currency: z.string().regex(/^[A-Z]{3}$/) }).nullable(),
});

const runRecordSchema: z.ZodType<RunRecord> = z.strictObject({
  id: z.guid(),
  kind: z.enum(['solve', 'fit', 'evaluate', 'plan', 'compare', 'import', 'simulate']),
  subject: z.string().min(1),
  startedAt: z.iso.datetime(),
  problemHash: sha256Hex.nullable(),
  inputs: z.array(provenanceSchema),
  versions: z.record(z.string(), z.string()),
  seed: z.int().nonnegative(),
  budget: z.record(z.string(), z.number()),
  result: z.json(),
  bound: z.number().nullable(),
  cost: costSchema,
});

/** The JSON Schema (draft 2020-12) of a run record, for other tools. */
export function runRecordJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(runRecordSchema);
}

/** What a run tells of itself; what is left out takes the value in brackets. */
export interface RunDescription {
  readonly kind: RunRecord['kind'];
  readonly subject: string;
  /** [null] */
  readonly problemHash?: string | null;
  /** [none] */
  readonly inputs?: readonly Provenance[];
  /** [none] */
  readonly versions?: Readonly<Record<string, string>>;
  /** [0] A whole number, not negative. */
  readonly seed?: number;
  /** [none] */
  readonly budget?: Readonly<Record<string, number>>;
  /** Must be JSON: plain objects, arrays, text, finite numbers, booleans, null. Checked. */
  readonly result: unknown;
  /** [null] */
  readonly bound?: number | null;
  /** [nothing spent] */
  readonly cost?: RunCost;
}

/** Clock and identity come from the caller: libraries have neither. */
export interface RunStamp {
  /** A UUID, e.g. from `crypto.randomUUID()`. */
  readonly id: string;
  /** When the run began. */
  readonly startedAt: Date | string;
}

/** Nothing spent: what a run costs before it is measured. */
export const noCost: RunCost = { wallSeconds: 0, cpuSeconds: 0, queueSeconds: 0, qpuSeconds: 0, money: null };

/**
 * Makes a checked run record.
 * @throws EvidenceError `invalid-run-record` that names the field which is wrong.
 */
export function createRunRecord(run: RunDescription, stamp: RunStamp): RunRecord {
  const startedAt = typeof stamp.startedAt === 'string' ? new Date(stamp.startedAt) : stamp.startedAt;
  return checkRunRecord('createRunRecord', {
    id: stamp.id,
    kind: run.kind,
    subject: run.subject,
    startedAt: Number.isNaN(startedAt.getTime()) ? String(stamp.startedAt) : startedAt.toISOString(),
    problemHash: run.problemHash ?? null,
    inputs: run.inputs ?? [],
    versions: run.versions ?? {},
    seed: run.seed ?? 0,
    budget: run.budget ?? {},
    result: run.result,
    bound: run.bound ?? null,
    cost: run.cost ?? noCost,
  });
}

/**
 * Checks a run record that came from a file, a database or another program.
 * @throws EvidenceError `invalid-run-record` that names the field which is wrong.
 */
export function parseRunRecord(value: unknown): RunRecord {
  return checkRunRecord('parseRunRecord', value);
}

function checkRunRecord(caller: string, value: unknown): RunRecord {
  const checked = runRecordSchema.safeParse(value);
  if (checked.success) return checked.data;
  const problems = checked.error.issues.map((issue) => {
    const field = issue.path.length > 0 ? issue.path.join('.') : 'the record itself';
    return `${field}: ${issue.message}`;
  });
  throw new EvidenceError(
    'invalid-run-record',
    `${caller}: expected a run record, got one with ${problems.join('; ')}; correct these fields.`,
  );
}

/** True when any input of the run was simulated: then its figures must say so wherever they stand. */
export function restsOnSimulation(record: Pick<RunRecord, 'inputs'>): boolean {
  return record.inputs.some((input) => input.simulated === true);
}
