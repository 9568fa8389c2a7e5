/** The thread's half of importing records: reads and checks a file, writes its rejects file, hashes its bytes. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import {
  type ColumnMap,
  createColumnSampler,
  describeFinding,
  lintColumns,
  lintTable,
  type RecordReject,
  type RecordReport,
  readRecords,
} from '@qurriculum/learner';
import { createRandom } from '@qurriculum/random';
import type { TaskContext } from '../compute/tasks.ts';
import { createRecordCollector, joinColumns, type RecordColumns } from './record-columns.ts';
import { appendRejects } from './rejects-file.ts';

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
  // Any seed does: it draws the rows that the linter looks at.
  const others = createColumnSampler(createRandom(input.name));
  const reader = await readRecords(input.name, hashed(createReadStream(input.path), hash), {
    now: input.now,
    map: input.map,
    strict: input.strict,
    others,
    signal,
  });
  const collector = createRecordCollector();
  const rejects: RecordReject[] = [];
  for await (const batch of reader.batches) {
    collector.append(batch);
    rejects.push(...batch.rejects.slice(0, rejectsShown - rejects.length));
    await appendRejects(input.rejectsPath, batch.rejects);
    progress(size === 0 ? 1 : reader.report().bytes / size, `Reading ${input.name}`);
  }
  const report = reader.report();
  const columns = collector.finish(report.time === 'constant');
  const findings = [...lintTable(columns), ...lintColumns(others.sample())];
  return {
    columns: joinColumns(columns),
    report: { ...report, notes: [...report.notes, ...findings.map(describeFinding)] },
    sha256: hash.digest('hex'),
    bytes: size,
    rejects,
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
