/** One file of learning records into a course: read and checked in a thread, then stored whole or not at all. */
import { type ColumnMap, describeReject, type RecordReject } from '@qurriculum/learner';
import { sql } from 'kysely';
import type { ComputeOptions, ComputePool } from '../compute/pool.ts';
import { defineTask } from '../compute/tasks.ts';
import type { Store } from '../store/store.ts';
import { findSameFile, type NewDataset, withNewDataset } from './dataset.ts';
import { ImportError } from './import-error.ts';
import type { ReadRecordsOutput, run as runRead } from './read-records-task.ts';
import type { RecordColumns } from './record-columns.ts';
import { appendRejects } from './rejects-file.ts';
import { storeRecords } from './store-records.ts';

const readTask = defineTask<typeof runRead>(new URL('./read-records-task.ts', import.meta.url));

export interface ImportRecordsOptions extends ComputeOptions {
  readonly course: number;
  readonly path: string;
  /** The file's own name. */
  readonly name: string;
  readonly map?: ColumnMap;
  readonly strict?: boolean;
  readonly rejectsPath: string;
}

export interface RecordsImport {
  readonly datasetId: number;
  /** True when the same bytes are in the course already: nothing was added. */
  readonly alreadyImported: boolean;
  readonly rows: number;
  readonly rejected: number;
  readonly learners: number;
  readonly items: number;
  readonly skills: number;
  readonly format: string;
  readonly notes: readonly string[];
  readonly rejects: readonly RecordReject[];
}

/** Share of the progress bar for reading; the rest is storing. */
const READ_SHARE = 0.4;

/**
 * Imports the file.
 * @throws RecordFileError (its code kept) for a file that cannot be read, ImportError `no-rows` when every row was rejected.
 */
export async function importRecords(
  store: Store,
  compute: ComputePool,
  options: ImportRecordsOptions,
): Promise<RecordsImport> {
  const { course, path, name, map = {}, strict = false, rejectsPath, signal, onProgress } = options;
  const input = { path, name, map, strict, now: Date.now() / 1000, rejectsPath };
  const read = await compute.run(readTask, input, {
    signal,
    onProgress: (fraction, label) => onProgress?.(READ_SHARE * fraction, label),
  });
  const same = await findSameFile(store, course, read.sha256);
  if (same !== null) return { ...summary(read, same, 0), alreadyImported: true, rows: 0, rejected: 0, rejects: [] };

  const repeated = await findRepeatedIds(store, course, read.columns);
  const rejects = await rejectRepeated(read, repeated, options);
  const rows = read.columns.rows - rejects.length;
  if (rows === 0) {
    const first = [...read.rejects, ...rejects][0];
    throw new ImportError(
      'no-rows',
      `import: expected at least one usable row in ${name}, got none; the first was rejected: ${describeReject(first)}.`,
    );
  }
  const dataset = await withNewDataset(store, newDataset(options, read, rejects.length), async (id) => {
    await storeRecords(
      store,
      read.columns,
      {
        course,
        dataset: id,
        source: 'import',
        signal,
        onProgress: (fraction, label) => onProgress?.(READ_SHARE + (1 - READ_SHARE) * fraction, label),
      },
      rejects.length > 0 ? repeated : undefined,
    );
    return id;
  });
  return { ...summary(read, dataset, rejects.length), rejects: [...read.rejects, ...rejects].slice(0, 50) };
}

function summary({ columns, report, rejects }: ReadRecordsOutput, datasetId: number, repeated: number): RecordsImport {
  const format =
    report.layout === 'three-line' ? 'three lines a student' : `columns separated by ${nameOf(report.delimiter)}`;
  return {
    datasetId,
    alreadyImported: false,
    rows: columns.rows - repeated,
    rejected: report.rejected + repeated,
    learners: columns.learners.length,
    items: columns.items.length,
    skills: columns.skills.length,
    format: report.gzip ? `${format}, gzip` : format,
    notes: report.notes,
    rejects,
  };
}

const nameOf = (delimiter: string): string =>
  ({ '\t': 'tabs', ',': 'commas', ';': 'semicolons' })[delimiter] ?? JSON.stringify(delimiter);

function newDataset(
  { course, name }: ImportRecordsOptions,
  { report, sha256, bytes }: ReadRecordsOutput,
  repeated: number,
): NewDataset {
  return {
    ...{ course, kind: 'records', name, sha256, bytes },
    rejected: report.rejected + repeated,
    mapping: report.columns,
    detail: { notes: report.notes, layout: report.layout, unusedColumns: report.unusedColumns },
  };
}

const ID_BATCH = 20_000;

/** Rows whose interaction id is in the course already (1), so that overlapping exports count once. */
async function findRepeatedIds(
  store: Store,
  course: number,
  { rows, externalIds }: RecordColumns,
): Promise<Uint8Array> {
  const repeated = new Uint8Array(rows);
  if (externalIds === null) return repeated;
  const datasets = await store.db
    .selectFrom('dataset')
    .select('id')
    .where('course_id', '=', course)
    .where('status', '=', 'ready')
    .execute();
  const ids = datasets.map((dataset) => dataset.id);
  for (let start = 0; start < rows && ids.length > 0; start += ID_BATCH) {
    const batch = externalIds.slice(start, start + ID_BATCH);
    const found = await sql<{ external_id: string }>`SELECT external_id FROM interaction
      WHERE dataset_id = ANY(${ids}::integer[]) AND external_id = ANY(${batch}::text[])`.execute(store.db);
    const known = new Set(found.rows.map((row) => row.external_id));
    for (const [k, id] of batch.entries()) if (known.has(id)) repeated[start + k] = 1;
  }
  return repeated;
}

async function rejectRepeated(
  { columns, report }: ReadRecordsOutput,
  repeated: Uint8Array,
  { name, strict, rejectsPath }: ImportRecordsOptions,
): Promise<RecordReject[]> {
  const rejects: RecordReject[] = [];
  for (let row = 0; row < columns.rows; row++) {
    if (repeated[row] === 0) continue;
    const id = columns.externalIds?.[row] ?? '';
    const column = report.columns.id ?? 'id';
    const expected = 'an interaction id that is new to the course';
    rejects.push({ file: name, line: columns.line[row], column, expected, got: id, raw: '' });
  }
  if (strict && rejects.length > 0) {
    throw new ImportError(
      'rejected-row',
      `import: ${describeReject(rejects[0])}; import without --strict to leave such rows out.`,
    );
  }
  await appendRejects(rejectsPath, rejects);
  return rejects;
}
