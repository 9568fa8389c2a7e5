/** The thread's half of importing records: reads and checks a file, writes its rejects file, hashes its bytes. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { type ColumnMap, type RecordReject, type RecordReport, readRecords } from '@qurriculum/learner';
import type { TaskContext } from '../compute/tasks.ts';
import { createRecordCollector, type RecordColumns } from './record-columns.ts';

export interface ReadRecordsInput {
  readonly path: string;
  /** The file's own name, for messages. */
  readonly name: string;
  readonly map: ColumnMap;
  readonly strict: boolean;
  /** Seconds since 1970: later rows are rejected. */
  readonly now: number;
  /** Where the rejects go; the file is made only when there are some. */
  readonly rejectsPath: string;
}

export interface ReadRecordsOutput {
  readonly columns: RecordColumns;
  readonly report: RecordReport;
  readonly sha256: string;
  readonly bytes: number;
  /** The first rejects, for the screen. */
  readonly rejects: readonly RecordReject[];
}

const rejectsShown = 50;

export async function run(input: ReadRecordsInput, { signal, progress }: TaskContext): Promise<ReadRecordsOutput> {
  const { size } = await stat(input.path);
  const hash = createHash('sha256');
  const reader = await readRecords(input.name, hashed(createReadStream(input.path), hash), {
    now: input.now,
    map: input.map,
    strict: input.strict,
    signal,
  });
  const collector = createRecordCollector();
  const rejects = createRejectsFile(input.rejectsPath);
  try {
    for await (const batch of reader.batches) {
      collector.append(batch);
      await rejects.write(batch.rejects);
      progress(size === 0 ? 1 : reader.report().bytes / size, `Reading ${input.name}`);
    }
  } finally {
    await rejects.close();
  }
  const report = reader.report();
  return {
    columns: collector.finish(report.time === 'constant'),
    report,
    sha256: hash.digest('hex'),
    bytes: size,
    rejects: rejects.first,
  };
}

async function* hashed(
  source: AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    hash.update(chunk);
    yield chunk;
  }
}

interface RejectsFile {
  readonly first: RecordReject[];
  write(rejects: readonly RecordReject[]): Promise<void>;
  close(): Promise<void>;
}

/** Tab-separated, one reject a line, with the row as it stood in the file last. */
function createRejectsFile(path: string): RejectsFile {
  const first: RecordReject[] = [];
  let stream: ReturnType<typeof createWriteStream> | undefined;
  const cell = (text: string): string => text.replace(/[\t\r\n]+/g, ' ');
  return {
    first,
    async write(rejects) {
      if (rejects.length === 0) return;
      first.push(...rejects.slice(0, rejectsShown - first.length));
      if (stream === undefined) {
        // Appending: the files of one import share one rejects file.
        stream = createWriteStream(path, { flags: 'a' });
      }
      const lines = rejects.map(({ file, line, column, expected, got, raw }) =>
        [file, line, column, expected, got, raw].map((value) => cell(String(value))).join('\t'),
      );
      if (!stream.write(`${lines.join('\n')}\n`)) await once(stream, 'drain');
    },
    async close() {
      if (stream === undefined) return;
      stream.end();
      await finished(stream);
    },
  };
}
