/** Files of the `diagnose` commands: tables, plain or gzip, and models that an earlier run wrote. */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { describeBytes, type Provenance } from '@qurriculum/evidence';
import { type NamedTable, readNamedTable } from '@qurriculum/learner';
import { sayReadError } from '../read-error.ts';

/** The text of a file, and its bytes as they lie on the disk. @throws Error in words for a file that cannot be read. */
export async function readTableText(command: string, path: string): Promise<{ text: string; bytes: Uint8Array }> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    const got = error.code === 'EISDIR' ? 'a folder' : sayReadError(error);
    throw new Error(`${command}: expected a table in a file, got ${got} at ${path}; check the path.`);
  });
  return { text: new TextDecoder().decode(unpack(command, bytes, path)), bytes };
}

function unpack(command: string, bytes: Uint8Array, path: string): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes);
  } catch {
    throw new Error(`${command}: expected a whole gzip file, got a damaged one at ${path}; write it again.`);
  }
}

/** A table with its provenance. */
export async function readTable(command: string, path: string): Promise<{ table: NamedTable; input: Provenance }> {
  const { text, bytes } = await readTableText(command, path);
  const table = readNamedTable(path, text);
  return { table, input: await describeBytes(bytes, { name: path, rows: table.rows.length }) };
}

/** A fitted model that --out wrote. @throws Error that names the file and says what is wrong with it. */
export async function readFittedModel<Model>(
  command: string,
  path: string,
  fromJson: (json: unknown) => Model,
): Promise<{ model: Model; json: Record<string, unknown>; input: Provenance }> {
  const { text, bytes } = await readTableText(command, path);
  try {
    const json = JSON.parse(text) as Record<string, unknown>;
    return { model: fromJson(json), json, input: await describeBytes(bytes, { name: path }) };
  } catch (error) {
    throw new Error(`${command}: expected a model that --out wrote in ${path}: ${(error as Error).message}`);
  }
}
