/** A whole file as text, unpacked if it is gzip: for graphs and content, which are read in one piece. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { ImportError } from './import-error.ts';

/** Larger than any graph or course seen, small enough to hold. */
const MOST_BYTES = 200 * 2 ** 20;

export interface WholeFile {
  readonly text: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** @throws ImportError `file-too-large`, `damaged-gzip`, `not-utf8`. */
export async function readWholeFile(path: string, name: string): Promise<WholeFile> {
  const { size } = await stat(path);
  if (size > MOST_BYTES) {
    const limit = `${MOST_BYTES / 2 ** 20} MiB`;
    throw new ImportError(
      'file-too-large',
      `import: expected a file of at most ${limit}, got ${size} bytes in ${name}; split it.`,
    );
  }
  const stored = await readFile(path);
  const bytes = stored[0] === 0x1f && stored[1] === 0x8b ? await unpack(stored, name) : stored;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { text, sha256: createHash('sha256').update(stored).digest('hex'), bytes: size };
  } catch (error) {
    throw new ImportError(
      'not-utf8',
      `import: expected text in UTF-8, got other bytes in ${name}; export it again as UTF-8.`,
      {
        cause: error,
      },
    );
  }
}

async function unpack(stored: Buffer, name: string): Promise<Buffer> {
  try {
    return await promisify(gunzip)(stored, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new ImportError(
      'damaged-gzip',
      `import: expected a whole gzip file, got "${problem}" in ${name}; copy or export it again.`,
      {
        cause: error,
      },
    );
  }
}
