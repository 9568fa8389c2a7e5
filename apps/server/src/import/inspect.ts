/** What a file is, before anything is stored: records, a skill graph, or part of a course's content. */
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import { detectGraphFormat } from '@qurriculum/course/formats';
import { type ColumnMap, RecordFileError, readRecords } from '@qurriculum/learner';
import type { InspectionView } from '../resources/imports/schema.ts';
import { readWholeFile } from './read-file.ts';

/** The four files of OATutor content; they are imported together, as one folder. */
export const contentFiles = ['coursePlan.json', 'skillModel.json', 'bktParams.json', 'problems.jsonl'] as const;

export const isContentFile = (name: string): boolean => contentFiles.some((file) => path.posix.basename(name) === file);

/** Bytes looked at to tell delimited text apart. */
const HEAD_BYTES = 65_536;
const SAMPLE_ROWS = 5;

const graphFormats: Readonly<Record<string, string>> = {
  qurriculum: 'Qurriculum skill graph',
  marble: 'Marble skill graph',
  metacademy: 'Metacademy graph',
  'node-link': 'networkx node-link graph',
  'course-pairs': 'course pairs graph',
  'edge-list': 'list of prerequisites',
};

/** Looks at a file; what is wrong with it comes as `problem`, in words, instead of an error. */
export async function inspectFile(file: string, name: string, map: ColumnMap = {}): Promise<InspectionView> {
  const { size } = await stat(file);
  const base = { name, bytes: size, columns: null, map: null, sample: null, problem: null };
  try {
    if (isContentFile(name)) return { ...base, kind: 'content', format: 'OATutor content' };
    const head = await readHead(file);
    const format = detectGraphFormat(/^[\uFEFF\s]*[[{]/.test(head) ? (await readWholeFile(file, name)).text : head);
    if (format !== null) return { ...base, kind: 'graph', format: graphFormats[format] ?? format };
    return await inspectRecords(file, base, head, map);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { ...base, kind: 'unknown', format: 'not recognised', problem };
  }
}

async function inspectRecords(
  file: string,
  base: Omit<InspectionView, 'kind' | 'format'>,
  head: string,
  map: ColumnMap,
): Promise<InspectionView> {
  let reader: Awaited<ReturnType<typeof readRecords>>;
  try {
    reader = await readRecords(base.name, createReadStream(file), { now: Date.now() / 1000, map });
  } catch (error) {
    if (!(error instanceof RecordFileError) || error.code !== 'missing-column') throw error;
    return { ...base, ...unnamedColumns(head), map, problem: error.message };
  }
  const report = reader.report();
  const lines = head.split(/\r?\n/).slice(0, SAMPLE_ROWS + 1);
  const threeLines = report.layout === 'three-line';
  return {
    ...base,
    kind: 'records',
    format: threeLines ? 'records, three lines a student' : 'records, one answer a row',
    columns: threeLines ? null : lines[0].split(report.delimiter).map((cell) => cell.replace(/^"|"$/g, '')),
    map: report.columns,
    sample: (threeLines ? lines : lines.slice(1)).map((line) => line.split(report.delimiter).slice(0, 20)),
  };
}

/** Records whose columns no name gives away: a person can still say which is which, and for that must see them. */
function unnamedColumns(head: string): Pick<InspectionView, 'kind' | 'format' | 'columns' | 'sample'> {
  const [header, ...lines] = head.split(/\r?\n/).slice(0, SAMPLE_ROWS + 1);
  const delimiter = ['\t', ',', ';'].reduce((best, one) =>
    header.split(one).length > header.split(best).length ? one : best,
  );
  const cells = (line: string): string[] => line.split(delimiter).map((cell) => cell.replace(/^"|"$/g, ''));
  const format = 'records whose columns have to be named';
  return { kind: 'records', format, columns: cells(header), sample: lines.filter(Boolean).map(cells) };
}

/** The first bytes as text, unpacked if they are gzip. */
async function readHead(file: string): Promise<string> {
  const handle = await open(file);
  const magic = await handle.read(Buffer.alloc(2), 0, 2, 0).finally(() => handle.close());
  const packed = magic.buffer[0] === 0x1f && magic.buffer[1] === 0x8b;
  const source = createReadStream(file);
  const stream = packed ? source.pipe(createGunzip()) : source;
  let head = Buffer.alloc(0);
  try {
    for await (const chunk of stream) {
      head = Buffer.concat([head, chunk as Buffer]);
      if (head.length >= HEAD_BYTES) break;
    }
  } catch {
    // A damaged archive: whoever reads the whole file says so in words.
  } finally {
    source.destroy();
  }
  return head.subarray(0, HEAD_BYTES).toString('utf8');
}
