/**
 * A file of records as columns in the order of the file, labels apart: what the reading thread hands to the importer.
 * About 50 bytes a row, so that a million rows fit beside everything else.
 */
import { type InteractionTable, joinRowsOfOneAnswer, type RecordBatch, unitScale } from '@qurriculum/learner';

export interface RecordColumns extends InteractionTable {
  readonly duration: Float64Array;
  /** NaN where unknown. */
  readonly hints: Float64Array;
  /** 0 to 1, NaN where nothing was said. */
  readonly selfReport: Float64Array;
  /** Ids in the source; null when the file has none. */
  readonly externalIds: readonly string[] | null;
  /** Learner's number to the group that a row names first; learners without one are absent. */
  readonly groups: ReadonlyMap<number, string>;
  /** 1-based line of each row, for messages. */
  readonly line: Int32Array;
}

const signalColumns = ['duration', 'hints', 'selfReport'] as const;
const numericColumns = ['learner', 'item', 'skillSet', 'correct', 'time', ...signalColumns, 'line'] as const;
type NumericColumns = Pick<RecordColumns, (typeof numericColumns)[number]>;

/** The columns with rows of one answer joined; the same columns when there is nothing to join. */
export function joinColumns(columns: RecordColumns): RecordColumns {
  const joined = joinRowsOfOneAnswer(columns);
  if (joined === null) return columns;
  const { kept, skillSets, skillSet } = joined;
  const filled = allocate(kept.length);
  for (const name of numericColumns) {
    const from = name === 'skillSet' ? skillSet : columns[name];
    for (let row = 0; row < kept.length; row++) filled[name][row] = from[kept[row]];
  }
  const externalIds = columns.externalIds && Array.from(kept, (row) => (columns.externalIds as readonly string[])[row]);
  return { ...columns, rows: kept.length, skillSets, ...filled, externalIds };
}

export interface RecordCollector {
  append(batch: RecordBatch): void;
  /** The columns of everything appended; `dropTimes` when one constant time says nothing. */
  finish(dropTimes: boolean): RecordColumns;
}

export function createRecordCollector(): RecordCollector {
  const learners = createIndex();
  const items = createIndex();
  const skills = createIndex();
  const sets = createIndex();
  const skillSets: number[][] = [];
  // The reader hands out one array per distinct cell: its identity is the fastest key.
  const setOfCell = new WeakMap<readonly string[], number>();
  const externalIds: string[] = [];
  const groups = new Map<number, string>();
  let columns = allocate(65_536);
  let rows = 0;

  function skillSetOf(cell: readonly string[]): number {
    const known = setOfCell.get(cell);
    if (known !== undefined) return known;
    const members = [...new Set(cell.map(skills.of))].sort((a, b) => a - b);
    const set = sets.of(members.join(','));
    skillSets[set] ??= members;
    setOfCell.set(cell, set);
    return set;
  }

  return {
    append(batch) {
      if (rows + batch.rows > columns.learner.length) columns = grow(columns, rows, rows + batch.rows);
      for (let k = 0; k < batch.rows; k++, rows++) {
        columns.learner[rows] = learners.of(batch.learner[k]);
        columns.item[rows] = items.of(batch.item[k]);
        columns.skillSet[rows] = skillSetOf(batch.skills[k]);
        columns.correct[rows] = batch.correct[k];
        columns.time[rows] = batch.time[k];
        columns.duration[rows] = batch.duration[k];
        columns.hints[rows] = batch.hints[k];
        columns.selfReport[rows] = batch.selfReport[k];
        columns.line[rows] = batch.line[k];
        const group = batch.group[k];
        if (group !== null && !groups.has(columns.learner[rows])) groups.set(columns.learner[rows], group);
        const id = batch.id[k];
        if (id !== null) externalIds.push(id);
      }
    },
    finish(dropTimes) {
      const filled = copy(columns, allocate(rows), rows);
      if (dropTimes) filled.time.fill(Number.NaN);
      return {
        rows,
        ...{ learners: learners.list, items: items.list, skills: skills.list, skillSets },
        ...filled,
        selfReport: unitScale(filled.selfReport),
        groups,
        externalIds: externalIds.length === rows && rows > 0 ? externalIds : null,
      };
    },
  };
}

function createIndex(): { readonly list: string[]; of(label: string): number } {
  const list: string[] = [];
  const numbers = new Map<string, number>();
  return {
    list,
    of(label) {
      const known = numbers.get(label);
      if (known !== undefined) return known;
      numbers.set(label, list.length);
      return list.push(label) - 1;
    },
  };
}

function allocate(rows: number): NumericColumns {
  const [learner, item, skillSet, line] = Array.from({ length: 4 }, () => new Int32Array(rows));
  const [time, duration, hints, selfReport] = Array.from({ length: 4 }, () => new Float64Array(rows));
  return { learner, item, skillSet, line, time, duration, hints, selfReport, correct: new Uint8Array(rows) };
}

function copy(from: NumericColumns, to: NumericColumns, rows: number): NumericColumns {
  for (const name of numericColumns) to[name].set(from[name].subarray(0, rows));
  return to;
}

function grow(columns: NumericColumns, rows: number, needed: number): NumericColumns {
  return copy(columns, allocate(Math.max(needed, 2 * columns.learner.length)), rows);
}
