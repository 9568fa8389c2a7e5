/** `import`: files and folders into a course, through the server's API, with its report. */
import { openAsBlob } from 'node:fs';
import path from 'node:path';
import type { CourseView, ImportBody, ImportView, InspectionView, JobView } from '@qurriculum/server';
import type { ApiClient } from '../api-client.ts';
import { CancelledError, type Command, type CommandContext, UsageError } from '../command.ts';
import { cancelJob, followJob } from '../follow-job.ts';
import { flag, textOption } from '../options.ts';
import { type ServerAccess, serverOptions, withServer } from '../server-access.ts';
import { courseNameOf, type FileToSend, filesToSend } from './import-files.ts';
import { describeImport, type EstimatesView, type ImportReport } from './import-report.ts';
import { describeRoster, importRosterPackage, rosterPackage } from './import-roster.ts';
import { columnMap, recordOptions } from './trace-files.ts';

export const importCommand: Command = {
  name: 'import',
  summary: 'Takes learning records, skill graphs and course content into a course.',
  usage: 'PATH... [--course NAME] [--map FIELD=COLUMN,...] [--strict] [--break-cycles]',
  details: [
    'PATH is a file, or a folder whose files are all taken. Records: CSV or TSV, plain or gzip, columns found by name, or',
    'three lines a student. Graphs: ours, Marble, Metacademy, networkx node-link, an edge list. Content: OATutor folders.',
    'People for tutoring: a OneRoster 1.2 CSV package, as a ZIP file or a folder with its manifest.csv, alone.',
    '',
    'Each file comes in whole or not at all; one that is there already adds nothing. Bad rows are reported and left out.',
    'Records are followed by an estimate of what every learner knows, and of prerequisites where there are none.',
    '',
    'Goes through the server that holds the data directory, if there is one. Exit code 1 when a file was refused.',
    '',
    'Example: qurriculum import graph.json answers.csv.gz --course "Algebra 1" --map learner=pupil,skills=topic',
  ].join('\n'),
  options: {
    course: {
      ...{ type: 'string', value: 'NAME' },
      description: "the course, made if there is none of this name (default: the first path's name)",
    },
    ...recordOptions,
    strict: { type: 'boolean', description: 'refuse a file at its first bad row' },
    'break-cycles': { type: 'boolean', description: 'leave out prerequisites that close a cycle, and list them' },
    'no-wait': { type: 'boolean', description: 'do not wait for the estimates' },
    ...serverOptions,
  },
  async run(context) {
    if (context.positionals.length === 0) throw new UsageError('import: expected files or folders, got none.');
    const [first, ...others] = context.positionals;
    const roster = others.length === 0 ? await rosterPackage(first) : null;
    const files = roster === null ? await filesToSend(context.positionals) : [];
    const course = textOption(context, 'course') ?? courseNameOf(first);
    if (roster !== null) {
      return withServer(context, async ({ api }) =>
        describeRoster(await importRosterPackage(api, roster, course, context.signal)),
      );
    }
    const options: ImportBody = {
      map: columnMap(context),
      strict: flag(context, 'strict'),
      breakCycles: flag(context, 'break-cycles'),
    };
    const report = await withServer(context, (server) => importFiles(context, server, files, course, options));
    const failed = report.files.some(({ status }) => !['imported', 'already-imported'].includes(status));
    const exitCode = failed || report.estimates?.state === 'failed' ? 1 : 0;
    return { json: report, text: describeImport(report), exitCode };
  },
};

async function importFiles(
  context: CommandContext,
  server: ServerAccess,
  files: readonly FileToSend[],
  course: string,
  options: ImportBody,
): Promise<ImportReport> {
  const { api } = server;
  const { signal } = context;
  const body = { ...options, ...(await courseField(api, course, signal)) };
  const { importId } = await api.post<{ importId: string }>('/api/imports', body, signal);
  const jobId = await sendAndStart(context, api, importId, files).catch(async (error: unknown) => {
    // What was sent so far would lie there for a day; an import that has begun after all refuses and goes on.
    await api.delete(`/api/imports/${importId}`).catch(() => {});
    throw error;
  });
  const job = await followImport(context, api, jobId, importId);
  const { id: _, ...view } = await api.get<ImportView>(`/api/imports/${importId}`, signal);
  if (job.state === 'failed') throw new Error(job.error?.message ?? 'import: the job failed without a reason.');
  const estimates = await followEstimates(context, server, view, job);
  return { importId, ...view, rejectsFile: rejectsFile(server, importId, view), estimates };
}

async function sendAndStart(
  { progress, signal }: CommandContext,
  api: ApiClient,
  importId: string,
  files: readonly FileToSend[],
): Promise<string> {
  for (const [k, file] of files.entries()) {
    progress(`Sending ${file.name}`, k / files.length);
    const route = `/api/imports/${importId}/files?name=${encodeURIComponent(file.name)}`;
    await api.put<InspectionView>(route, await openAsBlob(file.path), signal);
  }
  const { jobId } = await api.post<{ jobId: string }>(`/api/imports/${importId}/start`, {}, signal);
  return jobId;
}

/** The course of this name by its id, so that a second import goes to the same one; a new one by its name. */
async function courseField(api: ApiClient, name: string, signal: AbortSignal) {
  const { courses } = await api.get<{ courses: CourseView[] }>('/api/courses', signal);
  const found = courses.find((course) => course.name === name);
  return found === undefined ? { courseName: name } : { courseId: found.id };
}

/** Follows the job; Ctrl-C cancels it and says what had come in by then. */
async function followImport(context: CommandContext, api: ApiClient, jobId: string, importId: string) {
  try {
    return await followJob(context, api, jobId);
  } catch (error) {
    if (!context.signal.aborted) throw error;
    context.progress('Cancelling', null);
    const ended = await cancelJob(api, jobId);
    const { files } = await api.get<ImportView>(`/api/imports/${importId}`);
    const done = files.filter((file) => file.status === 'imported').map((file) => file.name);
    const kept = done.length === 0 ? 'nothing was changed' : `these files had come in whole: ${done.join(', ')}`;
    throw new CancelledError(
      `import: ${ended.state === 'done' ? 'done before it was cancelled' : 'cancelled'}; ${kept}.`,
    );
  }
}

async function followEstimates(
  context: CommandContext,
  { api, own }: ServerAccess,
  { course, files }: Pick<ImportView, 'course' | 'files'>,
  job: JobView,
): Promise<EstimatesView | null> {
  if (course === null || !files.some((file) => file.kind === 'records' && file.status === 'imported')) return null;
  const { jobs } = await api.get<{ jobs: JobView[] }>(`/api/jobs?courseId=${course.id}&name=estimates&limit=10`);
  const sent = jobs.find((one) => one.createdAt >= job.createdAt);
  if (sent === undefined) return null;
  const pick = ({ id, state, result, error }: JobView): EstimatesView => ({ id, state, result, error });
  if (flag(context, 'no-wait')) return pick(sent);
  try {
    return pick(await followJob(context, api, sent.id));
  } catch (error) {
    if (!context.signal.aborted) throw error;
    const later = own ? 'are made at the next start' : 'go on in the server';
    throw new CancelledError(`import: the records are in; the estimates ${later}.`);
  }
}

function rejectsFile({ api, filesDirectory }: ServerAccess, id: string, { rejects }: Pick<ImportView, 'rejects'>) {
  if (rejects.length === 0) return null;
  return filesDirectory === null
    ? new URL(`/api/imports/${id}/rejects`, api.address).href
    : path.join(filesDirectory, 'imports', id, 'rejects.tsv');
}
