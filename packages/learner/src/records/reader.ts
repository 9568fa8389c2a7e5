/**
 * Reads learning records, streaming: bytes in, batches of columns out, in constant memory (but for distinct labels and
 * interaction ids). Two layouts, detected: delimited text with a header (CSV, TSV, semicolons), and three lines a
 * student. Plain or gzip.
 */
import { type BatchWriter, createBatchWriter, type RecordBatch } from './batch.ts';
import type { ColumnMap } from './columns.ts';
import { createDelimitedReader } from './delimited.ts';
import { RecordFileError } from './errors.ts';
import { createInteractionIds } from './ids.ts';
import type { LayoutReader, ReaderContext, ReadRecordsOptions, RecordLayout } from './layout.ts';
import { createLineCutter, type LineBlock } from './lines.ts';
import { type ByteSource, openText, type TextStream } from './text.ts';
import { createThreeLineReader, looksLikeThreeLines } from './three-line.ts';
import { defaultSkillSeparators } from './values.ts';

/** What was found in the file; complete once all batches are read. */
export interface RecordReport {
  readonly file: string;
  readonly gzip: boolean;
  readonly layout: RecordLayout;
  readonly delimiter: string;
  /** Field to the header of the column it was read from. */
  readonly columns: ColumnMap;
  readonly unusedColumns: readonly string[];
  /** Bytes of the file read so far, as stored. */
  readonly bytes: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Accepted rows whose skill cell is empty. */
  readonly withoutSkill: number;
  /**
   * `constant`: all rows carry one time, so it says nothing: set it to NaN and go by the order of the file (the table
   * builder does so itself). `partial`: some rows have none.
   */
  readonly time: 'present' | 'partial' | 'constant' | 'missing';
  /** Sentences for people. */
  readonly notes: readonly string[];
}

export interface RecordReader {
  readonly layout: RecordLayout;
  /** The batches, once. Fails with a RecordFileError. */
  readonly batches: AsyncIterable<RecordBatch>;
  /** The report so far. */
  report(): RecordReport;
}

/**
 * Opens a file of learning records: reads as much as it takes to find the layout and the columns.
 *
 * @param file its name, for messages.
 * @throws RecordFileError with the code `empty-file`, `binary-file`, `not-utf8`, `damaged-gzip`, `line-too-long`,
 *   `wrong-delimiter`, `missing-column`, `unknown-column`, `repeated-column`; while reading also `lost-layout` and, in
 *   strict mode, `rejected-row`.
 */
export async function readRecords(
  file: string,
  source: ByteSource,
  options: ReadRecordsOptions,
): Promise<RecordReader> {
  const context = createContext(file, options);
  const text = await openText(file, source);
  try {
    const cutter = createLineCutter(file, context.options.maxLineLength);
    const head = await readHead(text, cutter, options.signal);
    if (head.lines.every((line) => line.trim() === '')) {
      throw new RecordFileError(
        'empty-file',
        file,
        `expected a header and rows, got only blank lines in ${file}; check the export.`,
      );
    }
    const writer = createBatchWriter(context.options.strict);
    const layout = options.layout ?? (looksLikeThreeLines(head.lines) ? 'three-line' : 'delimited');
    const create = layout === 'three-line' ? createThreeLineReader : createDelimitedReader;
    const reader = create(context, head, writer);
    const push = (chunk: string | null) => {
      reader.push(chunk === null ? cutter.finish() : cutter.push(chunk));
      if (chunk === null) reader.finish();
    };
    return {
      layout,
      batches: readBatches(text, push, writer, context, options.signal),
      report: () => makeReport(file, text, reader, writer),
    };
  } catch (error) {
    await text.chunks.return();
    throw error;
  }
}

function createContext(file: string, options: ReadRecordsOptions): ReaderContext {
  return {
    file,
    ids: options.ids ?? createInteractionIds(),
    options: {
      now: options.now,
      map: options.map ?? {},
      delimiter: options.delimiter,
      others: options.others,
      skillSeparators: options.skillSeparators ?? defaultSkillSeparators,
      strict: options.strict ?? false,
      batchRows: options.batchRows ?? 8192,
      maxLineLength: options.maxLineLength ?? 2 ** 20,
    },
  };
}

/** Lines up to at least the third that is not blank, which is what detection needs, or to the end of the file. */
async function readHead(
  text: TextStream,
  cutter: ReturnType<typeof createLineCutter>,
  signal: AbortSignal | undefined,
): Promise<LineBlock> {
  const lines: string[] = [];
  while (lines.filter((line) => line.trim() !== '').length < 3) {
    signal?.throwIfAborted();
    const { done, value } = await text.chunks.next();
    lines.push(...(done ? cutter.finish() : cutter.push(value)).lines);
    if (done) break;
  }
  return { first: 1, lines };
}

async function* readBatches(
  text: TextStream,
  push: (chunk: string | null) => void,
  writer: BatchWriter,
  context: ReaderContext,
  signal: AbortSignal | undefined,
): AsyncGenerator<RecordBatch, void> {
  try {
    for await (const chunk of text.chunks) {
      signal?.throwIfAborted();
      push(chunk);
      if (writer.pending >= context.options.batchRows) yield writer.take();
    }
    push(null);
    const { accepted, rejected } = writer.counts();
    if (accepted + rejected === 0) {
      throw new RecordFileError(
        'empty-file',
        context.file,
        `expected rows below the header, got none in ${context.file}; check the export.`,
      );
    }
    if (writer.pending > 0) yield writer.take();
  } finally {
    await text.chunks.return();
  }
}

function makeReport(file: string, text: TextStream, reader: LayoutReader, writer: BatchWriter): RecordReport {
  const { accepted, rejected, withoutSkill, withTime, oneTime } = writer.counts();
  const time =
    withTime === 0 ? 'missing' : oneTime && accepted > 1 ? 'constant' : withTime < accepted ? 'partial' : 'present';
  const notes: string[] = [];
  if (time === 'constant') notes.push('All rows carry the same time: the order of the file is all that is known.');
  if (time === 'missing') notes.push('No times: the order of the file is all that is known.');
  if (time === 'partial') notes.push(`${accepted - withTime} rows have no time and stay behind the row before them.`);
  if (reader.columns.item === undefined) notes.push('No items: each skill stands for one item.');
  if (reader.columns.skills === undefined) notes.push('No skills: each item stands for one skill.');
  if (withoutSkill > 0) notes.push(`${withoutSkill} rows name no skill.`);
  const { layout, delimiter, columns, unusedColumns } = reader;
  return {
    ...{ file, gzip: text.gzip, layout, delimiter, columns, unusedColumns, bytes: text.bytesRead() },
    ...{ accepted, rejected, withoutSkill, time, notes },
  };
}
