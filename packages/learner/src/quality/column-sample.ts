/**
 * A sample of a file's columns that no field uses, taken while the file is read: what the linter of columns looks at.
 * Reservoir sampling (Vitter 1985, algorithm R) keeps it within a size whatever the file's.
 */
import type { Random } from '@qurriculum/random';

/** Told of every accepted row. */
export interface OtherColumnsObserver {
  /** Once, before the rows: headers of the columns that no field uses. */
  start(headers: readonly string[]): void;
  /** The cells of those columns. */
  row(cells: readonly string[], learner: string, correct: 0 | 1): void;
}

export interface SampledRow {
  readonly cells: readonly string[];
  readonly learner: string;
  readonly correct: 0 | 1;
}

export interface ColumnSample {
  readonly headers: readonly string[];
  /** Rows seen, sampled or not. */
  readonly rows: number;
  /** For each column whether every row seen had the same cell. */
  readonly constant: readonly boolean[];
  readonly sampled: readonly SampledRow[];
  /** Share of right answers of each learner, over all rows. */
  readonly shareOfLearner: ReadonlyMap<string, number>;
}

export interface ColumnSampler extends OtherColumnsObserver {
  sample(): ColumnSample;
}

/** A sampler that keeps at most `size` rows. */
export function createColumnSampler(random: Random, size = 20_000): ColumnSampler {
  let headers: readonly string[] = [];
  let firstCells: readonly string[] = [];
  let constant: boolean[] = [];
  const sampled: SampledRow[] = [];
  const ofLearner = new Map<string, { right: number; rows: number }>();
  let rows = 0;
  return {
    start(names) {
      headers = names;
      constant = names.map(() => true);
    },
    row(cells, learner, correct) {
      if (rows === 0) firstCells = cells;
      for (let column = 0; column < cells.length; column++) {
        if (cells[column] !== firstCells[column]) constant[column] = false;
      }
      const own = ofLearner.get(learner) ?? { right: 0, rows: 0 };
      own.right += correct;
      own.rows++;
      ofLearner.set(learner, own);
      rows++;
      const place = rows <= size ? rows - 1 : random.integer(rows);
      if (place < size) sampled[place] = { cells, learner, correct };
    },
    sample: () => ({
      ...{ headers, rows, constant, sampled },
      shareOfLearner: new Map([...ofLearner].map(([learner, own]) => [learner, own.right / own.rows])),
    }),
  };
}
