/** Imports, step by step: opened, given files, started, reported. */
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ImportError } from '../../import/import-error.ts';
import { importJob } from '../../import/import-job.ts';
import {
  emptyReport,
  type ImportRow,
  importFolder,
  removeOpenImport,
  saveReports,
  selectOptionalImport,
  waitingFile,
} from '../../import/import-state.ts';
import { contentFiles, inspectFile, isContentFile } from '../../import/inspect.ts';
import type { Jobs, Services } from '../../jobs/definition.ts';
import type { FileReportView, ImportBody, ImportView, InspectionView } from './schema.ts';

/** Opens an import; files follow. Gives its id. */
export async function openImport({ store, filesDirectory }: Services, body: ImportBody): Promise<string> {
  const { courseId, ...options } = body;
  const id = randomUUID();
  // The row first: a folder without one would never be cleared away.
  await store.db
    .insertInto('import')
    .values({ id, course_id: courseId ?? null, options: JSON.stringify(options) })
    .execute();
  await mkdir(importFolder(filesDirectory, id), { recursive: true });
  return id;
}

/** Takes one file in, looks at it and says what it was taken for. Nothing is stored in the course yet. */
export async function addFile(
  services: Services,
  row: ImportRow,
  name: string,
  body: ReadableStream<Uint8Array>,
): Promise<InspectionView> {
  if (row.jobId !== null) throw hasBegun('open another');
  const { store, filesDirectory } = services;
  const arriving = path.join(importFolder(filesDirectory, row.id), `${randomUUID()}.part`);
  try {
    await pipeline(Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]), createWriteStream(arriving));
    const inspection = await inspectFile(arriving, name, row.options.map);
    const files = [...row.files];
    const index = isContentFile(name)
      ? placeOfContent(files, name)
      : files.push(emptyReport(name, inspection.kind, inspection.format)) - 1;
    const place = waitingFile(filesDirectory, row.id, index);
    if (isContentFile(name)) await mkdir(place, { recursive: true });
    await rename(arriving, isContentFile(name) ? path.join(place, path.posix.basename(name)) : place);
    await saveReports(store, row.id, files, row.rejects);
    return inspection;
  } catch (error) {
    const isFolderGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isFolderGone) throw error;
    throw new ImportError(
      'import-removed',
      'import: expected one that is open, got one that was removed meanwhile; open another.',
    );
  } finally {
    await rm(arriving, { force: true });
  }
}

const hasBegun = (advice: string): ImportError =>
  new ImportError('import-started', `import: expected an import that has not begun, got one that has; ${advice}.`);

/** Removes an import that has not begun; what has begun is a job, and what came in a data set. */
export async function removeImport(services: Services, row: ImportRow): Promise<void> {
  if (await removeOpenImport(services, row.id)) return;
  throw hasBegun('cancel its job, or remove the data sets that it made');
}

/** Files of one folder of content share a report. */
function placeOfContent(files: FileReportView[], name: string): number {
  const folder = path.posix.dirname(name) === '.' ? 'OATutor content' : path.posix.dirname(name);
  const found = files.findIndex((file) => file.kind === 'content' && file.name === folder);
  return found >= 0
    ? found
    : files.push(emptyReport(folder, 'content', `OATutor content (${contentFiles.join(', ')})`)) - 1;
}

/** Queues the job; gives its id. */
export async function startImport(
  { store }: Services,
  jobs: Jobs,
  row: ImportRow,
  requestedBy: string | null,
): Promise<string> {
  if (row.jobId !== null) return row.jobId;
  if (row.files.length === 0)
    throw new ImportError('no-files', 'import: expected at least one file, got none; send the files first.');
  const more = row.files.length > 1 ? ` and ${row.files.length - 1} more` : '';
  const payload = { importId: row.id, title: `Import of ${path.posix.basename(row.files[0].name)}${more}` };
  return store.transaction(async (transaction) => {
    const jobId = await jobs.send(importJob, payload, { requestedBy, transaction });
    const begun = await transaction.db
      .updateTable('import')
      .set({ job_id: jobId })
      .where('id', '=', row.id)
      .where('job_id', 'is', null)
      .executeTakeFirst();
    // Started or removed by somebody else since it was looked at: this job must not be there.
    if (begun.numUpdatedRows === 0n) throw hasBegun('look at what became of it');
    return jobId;
  });
}

/** The import as screens and the command line show it. */
export async function viewImport({ store }: Services, jobs: Jobs, id: string): Promise<ImportView | undefined> {
  const row = await selectOptionalImport(store, id);
  if (row === undefined) return undefined;
  const job = row.jobId === null ? undefined : await jobs.find(row.jobId);
  const course =
    row.courseId === null
      ? undefined
      : await store.db.selectFrom('course').select(['id', 'name']).where('id', '=', row.courseId).executeTakeFirst();
  const status = job === undefined ? 'open' : importStatus(job.state);
  const files = row.files.map((file) =>
    // The job ended with the file still in hand: it did not come in.
    ['waiting', 'reading'].includes(file.status) && ['failed', 'cancelled'].includes(status)
      ? { ...file, status: 'cancelled' as const, problem: job?.error?.message ?? null }
      : file,
  );
  return { id, status, jobId: row.jobId, course: course ?? null, files: [...files], rejects: [...row.rejects] };
}

function importStatus(state: string): ImportView['status'] {
  if (state === 'done' || state === 'failed' || state === 'cancelled') return state;
  return 'running';
}
