/** Learning records from files for the `trace` commands: read, joined, hashed, with what was left out said aloud. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createSha256, type Provenance } from '@qurriculum/evidence';
import {
  concatTables,
  createColumnSampler,
  createInteractionIds,
  createInteractionTableBuilder,
  type DataFinding,
  describeFinding,
  describeReject,
  type InteractionIds,
  type InteractionTable,
  lintColumns,
  lintTable,
  mergeRowsOfOneAnswer,
  parseColumnMap,
  RecordFileError,
  readRecords,
} from '@qurriculum/learner';
import { createRandom } from '@qurriculum/random';
import { type CommandContext, type OptionSpec, UsageError } from '../command.ts';
import { flag, textOption } from '../options.ts';
import { sayReadError } from '../read-error.ts';

/** The options that say how records are read. */
export const recordOptions: Readonly<Record<string, OptionSpec>> = {
  map: { type: 'string', value: 'FIELD=COLUMN,...', description: 'columns, instead of finding them by name' },
  strict: { type: 'boolean', description: 'fail at the first bad row instead of leaving it out' },
  'keep-rows': {
    type: 'boolean',
    description: 'keep several rows of one answer apart instead of joining their skills',
  },
};

export interface TraceData {
  /** One row per answer, unless --keep-rows was given. */
  readonly table: InteractionTable;
  /** What may make figures on these records too good. */
  readonly findings: readonly DataFinding[];
  readonly inputs: readonly Provenance[];
  readonly rejected: number;
}

/** Reads the files into one table; interaction ids must be unique across them. */
export async function readTraceData(context: CommandContext, paths: readonly string[]): Promise<TraceData> {
  const ids = createInteractionIds();
  const parts: Awaited<ReturnType<typeof readOne>>[] = [];
  for (const path of paths) parts.push(await readOne(context, path, ids));
  const joined = parts.length === 1 ? parts[0].table : concatTables(parts.map((part) => part.table));
  const findings = [...lintTable(joined), ...parts.flatMap((part) => part.findings)];
  for (const finding of findings) context.note(`Warning: ${describeFinding(finding)}`);
  return {
    table: flag(context, 'keep-rows') ? joined : mergeRowsOfOneAnswer(joined),
    findings,
    inputs: parts.map((part) => part.input),
    rejected: parts.reduce((sum, part) => sum + part.rejected, 0),
  };
}

async function readOne(context: CommandContext, path: string, ids: InteractionIds) {
  const size = await fileSize(path);
  const hash = createSha256();
  const bytes = (async function* () {
    for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) {
      hash.update(chunk);
      yield chunk;
    }
  })();
  const map = columnMap(context);
  // Any seed does: it draws the rows that the linter looks at.
  const others = createColumnSampler(createRandom(path));
  const reader = await readRecords(path, bytes, {
    ...{ others, now: Date.now() / 1000, map, ids, strict: flag(context, 'strict'), signal: context.signal },
  });
  const builder = createInteractionTableBuilder();
  const shown: string[] = [];
  for await (const batch of reader.batches) {
    builder.appendColumns(batch);
    for (const reject of batch.rejects) if (shown.length < 3) shown.push(describeReject(reject));
    context.progress(`Reading ${path}`, reader.report().bytes / size);
  }
  const { accepted, rejected, notes } = reader.report();
  for (const note of notes) context.note(`${path}: ${note}`);
  if (rejected > 0) context.note(`${path}: ${rejected} rows left out, such as\n  ${shown.join('\n  ')}`);
  if (accepted === 0) {
    throw new Error(`trace: expected records, got none that could be used in ${path}; see the rows left out above.`);
  }
  return {
    ...{ table: builder.build(), findings: lintColumns(others.sample()), rejected },
    input: { name: path, sha256: hash.digest(), rows: accepted },
  };
}

/** The value of `--map`, checked. */
export function columnMap(context: CommandContext) {
  const text = textOption(context, 'map');
  if (text === undefined) return undefined;
  try {
    return parseColumnMap(text);
  } catch (error) {
    if (error instanceof RecordFileError) throw new UsageError(error.message);
    throw error;
  }
}

async function fileSize(path: string): Promise<number> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (!(found instanceof Error) && found.isFile()) return Math.max(1, found.size);
  const got = found instanceof Error ? sayReadError(found) : 'a folder';
  throw new Error(`trace: expected a file of learning records, got ${got} at ${path}; check the path.`);
}
