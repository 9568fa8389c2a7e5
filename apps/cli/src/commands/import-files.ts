/** What `import PATH...` sends: files, and the files of folders under the folder's name. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { sayReadError } from '../read-error.ts';

export interface FileToSend {
  readonly path: string;
  /** As the report names it: the file's own name, or folder/name. */
  readonly name: string;
}

/** Records, graphs and content; a folder may hold read-me files and pictures beside them, which are left alone. */
const importable = /\.(csv|tsv|txt|json|jsonl)(\.gz)?$/i;

/** @throws {Error} for a path that is not there, and for a folder without anything to import. */
export async function filesToSend(paths: readonly string[]): Promise<FileToSend[]> {
  const files: FileToSend[] = [];
  for (const given of paths) files.push(...(await filesAt(given)));
  // Two files of one name from different places stay apart in the report.
  const names = files.map((file) => file.name);
  return files.map((file) => ({
    ...file,
    name: names.indexOf(file.name) === names.lastIndexOf(file.name) ? file.name : portable(file.path),
  }));
}

async function filesAt(given: string): Promise<FileToSend[]> {
  const found = await stat(given).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error) {
    throw new Error(`import: expected a file or a folder, got ${sayReadError(found)} at ${given}; check the path.`);
  }
  const folder = path.basename(path.resolve(given));
  if (!found.isDirectory()) return [{ path: given, name: folder }];
  const entries = await readdir(given, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && importable.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ path: file, name: portable(path.join(folder, path.relative(given, file))) }));
  if (files.length === 0) {
    throw new Error(`import: expected CSV, TSV or JSON files, got none in the folder ${given}; name the files.`);
  }
  return files;
}

const portable = (name: string): string => name.split(path.sep).join('/');

/** The name of the course that files go to when none is given: the first file's, or folder's, without its ending. */
export function courseNameOf(first: string): string {
  const name = path.basename(path.resolve(first)).replace(/(\.(gz|csv|tsv|txt|json|jsonl|zip))+$/i, '');
  return name === '' ? 'Imported' : name;
}
