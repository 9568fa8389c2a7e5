/** OneRoster 1.2 CSV packages for `import`: a folder with a manifest.csv, or a ZIP file, into the people of a course. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { zipStored } from '@qurriculum/problems';
import type { CourseView, RosterReport } from '@qurriculum/server';
import type { ApiClient } from '../api-client.ts';
import type { CommandResult } from '../command.ts';

/** The package at a path as a ZIP file; null where there is none. Packages hold their files at the root. */
export async function rosterPackage(given: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const found = await stat(given).catch(() => null);
  if (found === null) return null;
  if (!found.isDirectory()) return /\.zip$/i.test(given) ? new Uint8Array(await readFile(given)) : null;
  const names = (await readdir(given)).filter((name) => name.endsWith('.csv'));
  if (!names.includes('manifest.csv')) return null;
  const entries = names.map(async (name) => ({ name, bytes: new Uint8Array(await readFile(path.join(given, name))) }));
  return zipStored(await Promise.all(entries));
}

export interface RosterResult {
  readonly course: Pick<CourseView, 'id' | 'name'>;
  readonly report: RosterReport;
}

/** Sends the package to the course of a name, made if there is none. */
export async function importRosterPackage(
  api: ApiClient,
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  signal: AbortSignal,
): Promise<RosterResult> {
  const { courses } = await api.get<{ courses: CourseView[] }>('/api/courses', signal);
  const known = courses.find((course) => course.name === name);
  const course = known ?? (await api.post<CourseView>('/api/courses', { name }, signal));
  const route = `/api/courses/${course.id}/schedule`;
  const { version } = await api.get<{ version: number }>(route, signal);
  const report = await api.put<RosterReport>(`${route}/imports/roster?version=${version}`, new Blob([bytes]), signal);
  return { course: { id: course.id, name: course.name }, report };
}

/** Exit code 1 where something was left out. */
export function describeRoster({ course, report }: RosterResult): CommandResult {
  const { learners, tutors, groups, kind, rejected, diagnostics, notes } = report;
  const counts = (what: string, { added, changed, removed }: RosterReport['learners']): string =>
    `${what}: ${added} added, ${changed} changed, ${removed} removed`;
  const lines = [
    `OneRoster package (${kind}) into ${course.name}`,
    ...[counts('Learners', learners), counts('Tutors', tutors), `Groups: ${groups}`, `Rows left out: ${rejected}`],
    ...notes,
    ...diagnostics.map(({ code, message }) => `${code}: ${message}`),
  ];
  return { json: { course, ...report }, text: lines.join('\n'), exitCode: diagnostics.length > 0 ? 1 : 0 };
}
