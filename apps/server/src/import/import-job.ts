/**
 * The job that imports: file by file, each whole or not at all, with a report that grows as it goes. A second attempt
 * after a crash finds the files that are in already by their bytes and goes on with the rest.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { estimatesJob } from '../estimates/estimates-job.ts';
import { defineJob, type JobContext, type Services } from '../jobs/definition.ts';
import type { FileReportView } from '../resources/imports/schema.ts';
import { importContent } from './import-content.ts';
import { importGraph } from './import-graph.ts';
import { importRecords } from './import-records.ts';
import {
  courseForImport,
  type ImportRow,
  type RejectView,
  rejectsFile,
  removeEmptyFolder,
  saveReports,
  selectOptionalImport,
  waitingFile,
} from './import-state.ts';

const payload = z.object({ importId: z.uuid(), title: z.string() });
type Payload = z.infer<typeof payload>;

export const importJob = defineJob<Payload>({
  name: 'import',
  payload,
  title: ({ title }) => title,
  async run({ importId }, context) {
    const row = await selectOptionalImport(context.store, importId);
    if (row === undefined)
      throw new Error(`import: expected the import ${importId}, got none; upload the files again.`);
    // A second attempt writes the rejects anew.
    await rm(rejectsFile(context.filesDirectory, importId), { force: true });
    const course = row.courseId ?? (await makeCourse(row, context));
    const reports = await importAll(row, course, context);
    const imported = reports.filter((report) => report.status === 'imported');
    if (imported.length === 0 && row.courseId === null) await dropEmptyCourse(context, course);
    if (imported.some((report) => report.kind === 'records')) {
      await context.jobs.send(estimatesJob, { courseId: course }, { requestedBy: context.requestedBy });
    }
    await removeWaitingFiles(row, context);
    const refused = reports.filter((report) => report.status === 'refused').length;
    return { importId, files: reports.length, imported: imported.length, refused };
  },
  /** Cancelled or failed for good: uploads go, and a course that was made for files that never came in. */
  async abandon({ importId }, services) {
    const row = await selectOptionalImport(services.store, importId);
    if (row === undefined) return;
    if (row.courseId !== null && row.options.courseName !== undefined) await dropEmptyCourse(services, row.courseId);
    await removeWaitingFiles(row, services);
  },
});

async function makeCourse(row: ImportRow, { store }: JobContext): Promise<number> {
  const first = path.posix.basename(row.files[0].name);
  const name = row.options.courseName ?? first.replace(/(\.(gz|csv|tsv|txt|json|jsonl))+$/i, '');
  const course = await courseForImport(store, name === '' ? 'Imported' : name);
  await store.db.updateTable('import').set({ course_id: course }).where('id', '=', row.id).execute();
  return course;
}

/** Nothing came in: the course that was made for it would only stand in the way. */
async function dropEmptyCourse({ store }: Services, course: number): Promise<void> {
  await store.db
    .deleteFrom('course')
    .where('id', '=', course)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('dataset').select('id').where('course_id', '=', course))),
    )
    .execute();
}

async function importAll(row: ImportRow, course: number, context: JobContext): Promise<FileReportView[]> {
  const reports = [...row.files];
  const rejects: RejectView[] = [];
  for (const index of inOrder(reports)) {
    context.signal.throwIfAborted();
    reports[index] = { ...reports[index], status: 'reading' };
    await saveReports(context.store, row.id, reports, rejects);
    const started = performance.now();
    const outcome = await importOne(row, index, course, context, rejects);
    reports[index] = { ...reports[index], ...outcome, seconds: (performance.now() - started) / 1000 };
    await saveReports(context.store, row.id, reports, rejects);
  }
  return reports;
}

/** Graphs and content before records: records then meet skills that have names. */
function inOrder(files: readonly FileReportView[]): number[] {
  const rank = { graph: 0, content: 1, records: 2, unknown: 3 };
  return [...files.keys()].sort((a, b) => rank[files[a].kind] - rank[files[b].kind] || a - b);
}

type Outcome = Partial<FileReportView>;

async function importOne(
  row: ImportRow,
  index: number,
  course: number,
  context: JobContext,
  rejects: RejectView[],
): Promise<Outcome> {
  const file = row.files[index];
  const source = { course, name: file.name, path: waitingFile(context.filesDirectory, row.id, index) };
  try {
    if (file.kind === 'graph') {
      const { alreadyImported, ...counts } = await importGraph(context.store, {
        ...source,
        breakCycles: row.options.breakCycles,
      });
      return outcomeOf(alreadyImported, { ...counts, notes: [...counts.notes] });
    }
    if (file.kind === 'content') {
      const { alreadyImported, ...counts } = await importContent(context.store, source);
      return outcomeOf(alreadyImported, { ...counts, notes: [...counts.notes] });
    }
    const {
      alreadyImported,
      rejects: rejected,
      ...counts
    } = await importRecords(context.store, context.compute, {
      ...source,
      map: row.options.map,
      strict: row.options.strict,
      rejectsPath: rejectsFile(context.filesDirectory, row.id),
      signal: context.signal,
      onProgress: (fraction, label) => context.progress((index + fraction) / row.files.length, label),
    });
    rejects.push(
      ...rejected.map(({ file: name, line, column, expected, got }) => ({ file: name, line, column, expected, got })),
    );
    return outcomeOf(alreadyImported, { ...counts, notes: [...counts.notes] });
  } catch (error) {
    if (context.signal.aborted || !isRefusal(error)) throw error;
    return { status: 'refused', problem: error.message };
  }
}

function outcomeOf(
  alreadyImported: boolean,
  counts: Omit<Outcome, 'dropped'> & { readonly dropped?: readonly string[] },
): Outcome {
  const { dropped = [], ...rest } = counts;
  return { ...rest, dropped: [...dropped], status: alreadyImported ? 'already-imported' : 'imported' };
}

/** Errors about the file have a name and a code of their own; anything else is a fault of ours and fails the job. */
function isRefusal(error: unknown): error is Error {
  return (
    error instanceof Error && ['RecordFileError', 'FormatError', 'ImportError', 'SkillGraphError'].includes(error.name)
  );
}

/** The files were read; of the folder only a rejects file stays. */
async function removeWaitingFiles(row: ImportRow, { filesDirectory }: Services): Promise<void> {
  for (const index of row.files.keys()) {
    await rm(waitingFile(filesDirectory, row.id, index), { recursive: true, force: true });
  }
  await removeEmptyFolder(filesDirectory, row.id);
}
