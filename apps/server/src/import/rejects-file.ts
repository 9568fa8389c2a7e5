/**
 * The rejects file of an import: tab-separated, a line of column names, then one rejected row a line. Files of one import
 * share it. Appended to by the thread that reads and by the one that stores, never at once.
 */
import { appendFile, stat } from 'node:fs/promises';
import type { RecordReject } from '@qurriculum/learner';

/** Columns by name; `row` is the row as it stood in the file, empty where only its id was kept. */
const COLUMNS = ['file', 'line', 'column', 'expected', 'got', 'row'] as const;

/** The first line. */
export const rejectsHeader = `${COLUMNS.join('\t')}\n`;

/** Adds the rejects; makes the file with its header where there is none. No rejects, no file. */
export async function appendRejects(path: string, rejects: readonly RecordReject[]): Promise<void> {
  if (rejects.length === 0) return;
  const isNew = (await stat(path).catch(() => null)) === null;
  const lines = rejects.map(({ file, line, column, expected, got, raw }) =>
    [file, `${line}`, `${column}`, expected, got, raw].map(oneCell).join('\t'),
  );
  await appendFile(path, `${isNew ? rejectsHeader : ''}${lines.join('\n')}\n`);
}

/** Tabs and line ends would begin a new cell or row. */
const oneCell = (text: string): string => text.replace(/[\t\r\n]+/g, ' ');
