/** The report of an import for a terminal. */
import type { FileReportView, ImportView, JobView } from '@qurriculum/server';
import { textTable } from '../table.ts';

/** The follow-up job, as far as it was waited for. */
export type EstimatesView = Pick<JobView, 'id' | 'state' | 'result' | 'error'>;

/** The report as the API gives it, with what only the command knows. */
export interface ImportReport extends Omit<ImportView, 'id'> {
  readonly importId: string;
  /** A path, or an address where only the server has it; null when no row was rejected. */
  readonly rejectsFile: string | null;
  /** Null when no records came in. */
  readonly estimates: EstimatesView | null;
}

const REJECTS_SHOWN = 5;
const DROPPED_SHOWN = 20;
const COUNTS = ['rows', 'rejected', 'learners', 'items', 'skills', 'prerequisites'] as const;

export function describeImport(report: ImportReport): string {
  const head = ['file', 'taken for', 'outcome', ...COUNTS, 'seconds'];
  const rows = report.files.map((file) => [
    ...[file.name, file.format, file.status.replaceAll('-', ' ')],
    ...COUNTS.map((count) => file[count].toLocaleString('en')),
    file.seconds.toFixed(1),
  ]);
  const figures = new Set([3, 4, 5, 6, 7, 8, 9]);
  return [
    report.course === null ? 'No course: nothing came in.' : `Course: ${report.course.name}`,
    '',
    textTable([head, ...rows], figures),
    ...report.files.flatMap(remarks),
    ...rejectLines(report),
    ...(report.estimates === null ? [] : ['', estimatesLine(report.estimates)]),
  ].join('\n');
}

function remarks({ name, problem, notes, dropped }: FileReportView): string[] {
  const lines = [
    ...(problem === null ? [] : [`  ${problem}`]),
    ...notes.map((note) => `  ${note}`),
    ...(dropped.length === 0 ? [] : [`  ${dropped.length} prerequisites left out, because they close a cycle:`]),
    ...dropped.slice(0, DROPPED_SHOWN).map((edge) => `    ${edge}`),
    ...(dropped.length > DROPPED_SHOWN ? [`    and ${dropped.length - DROPPED_SHOWN} more (--json has them all)`] : []),
  ];
  return lines.length === 0 ? [] : ['', `${name}:`, ...lines];
}

function rejectLines({ rejects, rejectsFile }: ImportReport): string[] {
  if (rejects.length === 0) return [];
  const shown = rejects.slice(0, REJECTS_SHOWN).map(({ file, line, column, expected, got }) => {
    return `  ${file} line ${line}${column === null ? '' : ` ${column}`}: expected ${expected}, got ${got}`;
  });
  return ['', 'Rejected rows:', ...shown, `  all of them: ${rejectsFile}`];
}

function estimatesLine({ state, error }: EstimatesView): string {
  if (state === 'done') return 'What the learners know has been estimated.';
  if (state === 'failed') return `What the learners know could not be estimated: ${error?.message ?? 'no reason'}`;
  if (state === 'cancelled') return 'Estimating what the learners know was cancelled.';
  return 'What the learners know is estimated by the server from now on, or from its next start.';
}
