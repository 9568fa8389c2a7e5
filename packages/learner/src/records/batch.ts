/** Batches of read rows, as columns, and the writer that collects them. */
import type { InteractionColumns } from '../interactions-builder.ts';
import { describeReject, makeReject, RecordFileError, type RecordReject } from './errors.ts';

/** Rows that were accepted, as columns in the order of the file, and the rejects that lay between them. */
export interface RecordBatch extends InteractionColumns {
  /** The interaction's id in its source, or null where the file has no such column. */
  readonly id: readonly (string | null)[];
  /** Seconds the answer took, or NaN. */
  readonly duration: Float64Array;
  /** Hints asked for, or NaN. */
  readonly hints: Float64Array;
  /** What the learner said of how it went, on the file's own scale (see `unitScale`), or NaN. */
  readonly selfReport: Float64Array;
  /** The learner's group as the row names it, or null. */
  readonly group: readonly (string | null)[];
  /** 1-based line of each row. */
  readonly line: Int32Array;
  readonly rejects: readonly RecordReject[];
}

export interface AcceptedRow {
  readonly learner: string;
  readonly item: string;
  readonly skills: readonly string[];
  readonly correct: 0 | 1;
  readonly time: number;
  readonly id: string | null;
  readonly duration: number;
  readonly hints: number;
  readonly selfReport: number;
  readonly group: string | null;
  readonly line: number;
}

/** Counts over the whole file. */
export interface RecordCounts {
  readonly accepted: number;
  readonly rejected: number;
  readonly withoutSkill: number;
  readonly withTime: number;
  /** Whether all times seen are one and the same. */
  readonly oneTime: boolean;
}

export interface BatchWriter {
  /** Accepted and rejected rows waiting. */
  readonly pending: number;
  accept(row: AcceptedRow): void;
  /** Notes a reject; in strict mode fails with `rejected-row` instead. */
  reject(reject: RecordReject): void;
  take(): RecordBatch;
  counts(): RecordCounts;
}

export function createBatchWriter(strict: boolean): BatchWriter {
  let rows: AcceptedRow[] = [];
  let rejects: RecordReject[] = [];
  let accepted = 0;
  let rejected = 0;
  let withoutSkill = 0;
  let withTime = 0;
  let firstTime = Number.NaN;
  let oneTime = true;
  return {
    get pending() {
      return rows.length + rejects.length;
    },
    accept(row) {
      rows.push(row);
      accepted++;
      if (row.skills.length === 0) withoutSkill++;
      if (Number.isNaN(row.time)) return;
      if (withTime++ === 0) firstTime = row.time;
      else if (row.time !== firstTime) oneTime = false;
    },
    reject(reject) {
      const kept = makeReject(reject);
      if (strict) {
        const message = `${describeReject(kept)}; correct the row or import without --strict.`;
        throw new RecordFileError('rejected-row', kept.file, message, { line: kept.line, reject: kept });
      }
      rejects.push(kept);
      rejected++;
    },
    take() {
      const batch = toBatch(rows, rejects);
      rows = [];
      rejects = [];
      return batch;
    },
    counts: () => ({ accepted, rejected, withoutSkill, withTime, oneTime }),
  };
}

function toBatch(rows: readonly AcceptedRow[], rejects: readonly RecordReject[]): RecordBatch {
  return {
    rows: rows.length,
    learner: rows.map((row) => row.learner),
    item: rows.map((row) => row.item),
    skills: rows.map((row) => row.skills),
    correct: Uint8Array.from(rows, (row) => row.correct),
    time: Float64Array.from(rows, (row) => row.time),
    id: rows.map((row) => row.id),
    duration: Float64Array.from(rows, (row) => row.duration),
    hints: Float64Array.from(rows, (row) => row.hints),
    selfReport: Float64Array.from(rows, (row) => row.selfReport),
    group: rows.map((row) => row.group),
    line: Int32Array.from(rows, (row) => row.line),
    rejects,
  };
}
