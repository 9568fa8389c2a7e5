/** The row of an import: its options, and what became of each of its files. */
import { rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import type { Services } from '../jobs/definition.ts';
import type { FileReportView, ImportBody, ImportView } from '../resources/imports/schema.ts';
import type { Store } from '../store/store.ts';

export type ImportOptions = Omit<ImportBody, 'courseId' | 'courseName'>;
export type RejectView = ImportView['rejects'][number];

export interface ImportRow {
  readonly id: string;
  readonly courseId: number | null;
  readonly jobId: string | null;
  readonly options: ImportOptions & { readonly courseName?: string };
  readonly files: readonly FileReportView[];
  readonly rejects: readonly RejectView[];
}

/** Most rejected rows shown with the report; all are in the rejects file. */
export const rejectsShown = 50;

/** Where the files of an import wait, and where its rejects file is. */
export const importFolder = (filesDirectory: string, id: string): string => path.join(filesDirectory, 'imports', id);
export const rejectsFile = (filesDirectory: string, id: string): string =>
  path.join(importFolder(filesDirectory, id), 'rejects.tsv');

/** A file (for content: a folder of files) as it waits on disk, under its number: no name from outside becomes a path. */
export const waitingFile = (filesDirectory: string, id: string, index: number): string =>
  path.join(importFolder(filesDirectory, id), `${index}.data`);

/** The import, or undefined. */
export async function selectOptionalImport(store: Store, id: string): Promise<ImportRow | undefined> {
  const row = await store.db.selectFrom('import').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    id: row.id,
    courseId: row.course_id,
    jobId: row.job_id,
    options: row.options as unknown as ImportRow['options'],
    files: row.files as unknown as FileReportView[],
    rejects: row.rejects as unknown as RejectView[],
  };
}

/**
 * Removes an import that has not begun, with everything that was sent for it.
 * @returns false where it is not there or has begun.
 */
export async function removeOpenImport({ store, filesDirectory }: Services, id: string): Promise<boolean> {
  return store.transaction(async ({ db }) => {
    const gone = await db.deleteFrom('import').where('id', '=', id).where('job_id', 'is', null).executeTakeFirst();
    if (gone.numDeletedRows === 0n) return false;
    // Before the row is gone for good: a process that dies here leaves an import that the next start clears away.
    await rm(importFolder(filesDirectory, id), { recursive: true, force: true });
    return true;
  });
}

/** Removes the folder of an import that has ended, unless a rejects file is in it. */
export async function removeEmptyFolder(filesDirectory: string, id: string): Promise<void> {
  try {
    await rmdir(importFolder(filesDirectory, id));
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** Replaces the reports (and adds rejects, up to what is shown). */
export async function saveReports(
  store: Store,
  id: string,
  files: readonly FileReportView[],
  rejects: readonly RejectView[],
): Promise<void> {
  await store.db
    .updateTable('import')
    .set({ files: JSON.stringify(files), rejects: JSON.stringify(rejects.slice(0, rejectsShown)) })
    .where('id', '=', id)
    .execute();
}

/** A report of a file nothing has been done with yet. */
export function emptyReport(name: string, kind: FileReportView['kind'], format: string): FileReportView {
  const counts = { rows: 0, rejected: 0, learners: 0, items: 0, skills: 0, prerequisites: 0 };
  return {
    name,
    kind,
    format,
    status: 'waiting',
    problem: null,
    datasetId: null,
    ...counts,
    notes: [],
    dropped: [],
    seconds: 0,
  };
}

/** The course that an import goes to: the one named, or a new one; names are made unique by a number. */
export async function courseForImport(store: Store, name: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`INSERT INTO course (name)
    SELECT candidate FROM (
      SELECT ${name}::text AS candidate, 0 AS number
      UNION ALL SELECT ${name}::text || ' ' || number, number FROM generate_series(2, 1000) AS number
    ) AS candidates WHERE candidate NOT IN (SELECT name FROM course) ORDER BY number LIMIT 1
    RETURNING id`.execute(store.db);
  return rows[0].id;
}
