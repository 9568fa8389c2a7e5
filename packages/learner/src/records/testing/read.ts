/** Reads records from text or bytes in tests, in small chunks, and gathers what comes out. */
import type { RecordBatch } from '../batch.ts';
import type { RecordFileError, RecordReject } from '../errors.ts';
import type { ReadRecordsOptions } from '../layout.ts';
import { type RecordReport, readRecords } from '../reader.ts';

export const now = Date.UTC(2026, 0, 31) / 1000;

export async function* inChunks(content: string | Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

interface Row {
  readonly learner: string;
  readonly item: string;
  readonly skills: readonly string[];
  readonly correct: number;
  readonly time: number;
  readonly id: string | null;
  readonly duration: number;
  readonly line: number;
}

export async function read(
  content: string | Uint8Array,
  options: Partial<ReadRecordsOptions> & { readonly chunk?: number } = {},
): Promise<{ rows: Row[]; rejects: RecordReject[]; batches: RecordBatch[]; report: RecordReport }> {
  const reader = await readRecords('records.csv', inChunks(content, options.chunk), { now, ...options });
  const batches: RecordBatch[] = [];
  for await (const batch of reader.batches) batches.push(batch);
  const rows = batches.flatMap((batch) =>
    Array.from({ length: batch.rows }, (_, r) => ({
      ...{ learner: batch.learner[r], item: batch.item[r], skills: batch.skills[r], correct: batch.correct[r] },
      ...{ time: batch.time[r], id: batch.id[r], duration: batch.duration[r], line: batch.line[r] },
    })),
  );
  return { rows, rejects: batches.flatMap((batch) => batch.rejects), batches, report: reader.report() };
}

export async function failure(content: string | Uint8Array, options: Partial<ReadRecordsOptions> = {}) {
  const error = await read(content, options).then(
    () => null,
    (caught: RecordFileError) => caught,
  );
  return { code: error?.code, message: error?.message, line: error?.line };
}

export const header = 'user_id,item_id,timestamp,correct,skill_id';
