/**
 * Builds interaction tables from row objects or from the column batches of the record readers, in typed arrays that
 * double as they fill, and puts rows in order: grouped by learner (in order of first appearance), by time inside each
 * learner, stable, so that the order of the file decides wherever times are equal or unknown.
 */
import type { InteractionTable } from './interactions.ts';
import { createLabels } from './interactions-labels.ts';
import { knownSignals, type SignalName, signalNames, takeSignals } from './interactions-signals.ts';

/** One answer as a row object. */
export interface InteractionRow {
  readonly learner: string;
  readonly item: string;
  readonly skills: readonly string[];
  readonly correct: boolean;
  /** Seconds since 1970; NaN or absent where unknown. */
  readonly time?: number;
  /** Seconds the answer took, hints asked for, self-report (see `unitScale`); NaN or absent where unknown. */
  readonly duration?: number;
  readonly hints?: number;
  readonly selfReport?: number;
}

/** Answers as columns of equal length; what the record readers yield fits. */
export interface InteractionColumns {
  readonly rows: number;
  readonly learner: readonly string[];
  readonly item: readonly string[];
  readonly skills: readonly (readonly string[])[];
  /** 0 or 1. */
  readonly correct: Uint8Array;
  /** Seconds since 1970 or NaN. */
  readonly time: Float64Array;
  /** As in `InteractionRow`, NaN where unknown. */
  readonly duration?: Float64Array;
  readonly hints?: Float64Array;
  readonly selfReport?: Float64Array;
}

export interface InteractionTableBuilder {
  /** Rows appended so far. */
  readonly rows: number;
  append(row: InteractionRow): void;
  appendColumns(columns: InteractionColumns): void;
  /**
   * The table of everything appended so far; the builder stays usable. If every row carries one and the same time, that
   * time says nothing, and the table's times are NaN. Self-reports beyond 1 are brought to 0 to 1 by `unitScale`.
   */
  build(): InteractionTable;
}

/** A builder; `capacity` is the number of rows expected, to save copying. */
export function createInteractionTableBuilder(capacity = 1024): InteractionTableBuilder {
  const learners = createLabels();
  const items = createLabels();
  const skills = createLabels();
  const skillSets: number[][] = [];
  const setOfKey = new Map<string, number>();
  // The readers hand out one array per distinct cell, which makes its identity the fastest key.
  const setOfList = new WeakMap<readonly string[], number>();
  let columns = allocateColumns(Math.max(16, capacity));
  const signals: Partial<Record<SignalName, Float64Array>> = {};
  let rows = 0;

  function skillSetOf(list: readonly string[]): number {
    const known = setOfList.get(list);
    if (known !== undefined) return known;
    const members = [...new Set(list.map(skills.index))].sort((a, b) => a - b);
    const key = members.join(',');
    let set = setOfKey.get(key);
    if (set === undefined) {
      set = skillSets.push(members) - 1;
      setOfKey.set(key, set);
    }
    setOfList.set(list, set);
    return set;
  }

  function reserve(extra: number): void {
    if (rows + extra <= columns.learner.length) return;
    const grown = allocateColumns(Math.max(rows + extra, 2 * columns.learner.length));
    for (const name of columnNames) grown[name].set(columns[name].subarray(0, rows) as never);
    columns = grown;
  }

  /** Writes to the row in hand; the column appears with its first known value. */
  function putSignal(name: SignalName, value: number): void {
    if (Number.isNaN(value)) return;
    const known = signals[name];
    if (known === undefined || known.length < columns.learner.length) {
      const grown = new Float64Array(columns.learner.length).fill(Number.NaN);
      if (known !== undefined) grown.set(known);
      signals[name] = grown;
    }
    (signals[name] as Float64Array)[rows] = value;
  }

  function put(learner: string, item: string, list: readonly string[], correct: number, time: number): void {
    columns.learner[rows] = learners.index(learner);
    columns.item[rows] = items.index(item);
    columns.skillSet[rows] = skillSetOf(list);
    columns.correct[rows] = correct;
    columns.time[rows] = time;
    rows++;
  }

  return {
    get rows() {
      return rows;
    },
    append(row) {
      reserve(1);
      for (const name of signalNames) putSignal(name, row[name] ?? Number.NaN);
      put(row.learner, row.item, row.skills, row.correct ? 1 : 0, row.time ?? Number.NaN);
    },
    appendColumns(batch) {
      reserve(batch.rows);
      const given = signalNames.filter((name) => batch[name] !== undefined);
      for (let r = 0; r < batch.rows; r++) {
        for (const name of given) putSignal(name, (batch[name] as Float64Array)[r]);
        put(batch.learner[r], batch.item[r], batch.skills[r], batch.correct[r], batch.time[r]);
      }
    },
    build() {
      const labels = {
        learners: [...learners.list],
        items: [...items.list],
        skills: [...skills.list],
        skillSets: skillSets.map((set) => [...set]),
      };
      const filled = {
        ...Object.fromEntries(columnNames.map((name) => [name, columns[name].slice(0, rows)])),
        ...knownSignals(signals, rows),
      } as unknown as Columns;
      if (isConstant(filled.time)) filled.time.fill(Number.NaN);
      return { rows, ...labels, ...takeRows(filled, timeOrder(filled.learner, filled.time, learners.list.length)) };
    },
  };
}

/** A table from row objects, in the builder's order. */
export function tableFromRows(rows: Iterable<InteractionRow>): InteractionTable {
  const builder = createInteractionTableBuilder();
  for (const row of rows) builder.append(row);
  return builder.build();
}

/** The columns of a table without its labels. */
export type Columns = Pick<InteractionTable, (typeof columnNames)[number] | SignalName>;

const columnNames = ['learner', 'item', 'skillSet', 'correct', 'time'] as const;

/** The given rows of the columns, in the given order. */
export function takeRows(columns: Columns, order: ArrayLike<number>): Columns {
  const taken = allocateColumns(order.length);
  for (const name of columnNames) {
    const from = columns[name];
    const to = taken[name];
    for (let r = 0; r < order.length; r++) to[r] = from[order[r]];
  }
  return { ...taken, ...takeSignals(columns, order) };
}

function allocateColumns(rows: number): Required<Pick<Columns, (typeof columnNames)[number]>> {
  return {
    learner: new Int32Array(rows),
    item: new Int32Array(rows),
    skillSet: new Int32Array(rows),
    correct: new Uint8Array(rows),
    time: new Float64Array(rows),
  };
}

/** Row numbers grouped by learner, rows of learner l at rows[start[l]] to rows[start[l + 1]] - 1, in table order. */
export interface RowsByLearner {
  readonly start: Int32Array;
  readonly rows: Int32Array;
}

/** Groups rows by learner with a counting sort, keeping their order inside each learner. */
export function groupByLearner(learner: Int32Array, learnerCount: number): RowsByLearner {
  const start = new Int32Array(learnerCount + 1);
  for (let r = 0; r < learner.length; r++) start[learner[r] + 1]++;
  for (let l = 0; l < learnerCount; l++) start[l + 1] += start[l];
  const next = start.slice();
  const rows = new Int32Array(learner.length);
  for (let r = 0; r < learner.length; r++) rows[next[learner[r]]++] = r;
  return { start, rows };
}

/** The order of rows by learner, then time; a row without a time stays right behind the row before it. */
function timeOrder(learner: Int32Array, time: Float64Array, learnerCount: number): Int32Array {
  const { start, rows } = groupByLearner(learner, learnerCount);
  for (let l = 0; l < learnerCount; l++) {
    const own = rows.subarray(start[l], start[l + 1]);
    const key = new Float64Array(own.length);
    let last = Number.NEGATIVE_INFINITY;
    let sorted = true;
    for (let k = 0; k < own.length; k++) {
      key[k] = Number.isNaN(time[own[k]]) ? last : time[own[k]];
      if (key[k] < last) sorted = false;
      last = key[k];
    }
    if (sorted) continue;
    // Positions as the last key keep the sort stable whatever the engine does.
    const positions = Array.from(own.keys()).sort((a, b) => (key[a] === key[b] ? a - b : key[a] < key[b] ? -1 : 1));
    own.set(positions.map((k) => own[k]));
  }
  return rows;
}

function isConstant(time: Float64Array): boolean {
  for (let r = 1; r < time.length; r++) if (time[r] !== time[0]) return false;
  return time.length > 1;
}
