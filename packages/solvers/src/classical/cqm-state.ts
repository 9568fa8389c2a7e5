/**
 * An assignment of a binary constrained model with everything that local moves ask for kept up to date: the energy, the
 * local fields and the activities of the rows. Typed arrays in compressed rows; nothing is allocated after creation.
 *
 *   field_i = linear_i + sum_j q_ij x_j,   a flip of i changes the energy by (1 - 2 x_i) field_i.
 */
import { inRanges, inRows, runSteps, type Steps } from '@qurriculum/kernels';
import {
  type ConstrainedQuadraticModel,
  cqmEnergy,
  linearRowsRefusal,
  ProblemError,
  rowActivity,
  rowTolerance,
} from '@qurriculum/problems';

export interface CqmState {
  /** n values, 0 or 1. */
  readonly values: Int8Array;
  readonly field: Float64Array;
  /** Pairs in compressed rows, symmetric. */
  readonly pairStart: Int32Array;
  readonly pairColumn: Int32Array;
  readonly pairValue: Float64Array;
  /** Left-hand sides of the m rows, and the interval that each must stay in (tolerance included). */
  readonly activity: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Constraint matrix by rows ... */
  readonly rowStart: Int32Array;
  readonly rowColumn: Int32Array;
  readonly rowValue: Float64Array;
  /** ... and by columns. */
  readonly columnStart: Int32Array;
  readonly columnRow: Int32Array;
  readonly columnValue: Float64Array;
  /** Row r's entries (indices into rowColumn) again, those of variables at 1 first ... */
  readonly rowOrder: Int32Array;
  /** ... and how many those are. */
  readonly rowOnes: Int32Array;
  /** The running energy. */
  energy(): number;
  /** How many rows are broken. */
  brokenRows(): number;
  /** Flips variable i and updates everything. */
  flip(i: number): void;
  /** Flips variable i but leaves the energy and the activities, for callers that have moved those already. */
  toggle(i: number): void;
  /** q_ij. */
  pair(i: number, j: number): number;
  /** Takes over an assignment. */
  load(values: ArrayLike<number>): void;
  /** The same in steps. */
  loadSteps(values: ArrayLike<number>): Steps<void>;
  /** Recomputes everything from the values: running sums drift by rounding. */
  refresh(): void;
  /** The same in steps, between which the state is not to be used. */
  refreshSteps(): Steps<void>;
  /** The energy changed by moves that updated fields and activities themselves. */
  addEnergy(delta: number): void;
}

/** Below this many variables pairs are looked up in a full matrix (0.5 MB), above by binary search in the row. */
const DENSE_LIMIT = 256;

/** The all-zero assignment of a model whose variables are all binary and whose rows are linear. @throws ProblemError REFUSED */
export function createCqmState(cqm: ConstrainedQuadraticModel): CqmState {
  return runSteps(createCqmStateSteps(cqm));
}

/** The same in steps. */
export function* createCqmStateSteps(cqm: ConstrainedQuadraticModel): Steps<CqmState> {
  const refusal = linearRowsRefusal(cqm);
  if (refusal !== null) throw new ProblemError('REFUSED', `createCqmState: expected ${refusal}; take another solver.`);
  const size = cqm.variables.length;
  const rows = cqm.constraints.length;
  const { pairStart, pairColumn, pairValue } = yield* symmetricPairs(cqm);
  const { rowStart, rowColumn, rowValue, columnStart, columnRow, columnValue, columnEntry } = matrixBothWays(cqm);
  yield;
  const low = Float64Array.from(cqm.constraints, (row) =>
    row.sense === '<=' ? Number.NEGATIVE_INFINITY : row.rhs - rowTolerance(row),
  );
  const high = Float64Array.from(cqm.constraints, (row) =>
    row.sense === '>=' ? Number.POSITIVE_INFINITY : row.rhs + rowTolerance(row),
  );
  const values = new Int8Array(size);
  const field = new Float64Array(size);
  const activity = new Float64Array(rows);
  const rowOrder = Int32Array.from(rowColumn, (_, k) => k);
  const rowOnes = new Int32Array(rows);
  const place = rowOrder.slice();
  const dense = size <= DENSE_LIMIT ? new Float64Array(size * size) : null;
  if (dense) {
    for (let i = 0; i < size; i++) {
      for (let k = pairStart[i]; k < pairStart[i + 1]; k++) dense[i * size + pairColumn[k]] = pairValue[k];
    }
  }
  let energy = 0;
  let broken = 0;

  function* refreshSteps(): Steps<void> {
    energy = cqmEnergy(cqm, values);
    yield;
    yield* inRows(pairStart, refreshFields);
    broken = 0;
    yield* inRows(rowStart, refreshRows);
  }

  function refreshFields(from: number, to: number): void {
    for (let i = from; i < to; i++) {
      let sum = cqm.linear[i];
      for (let k = pairStart[i]; k < pairStart[i + 1]; k++) if (values[pairColumn[k]] === 1) sum += pairValue[k];
      field[i] = sum;
    }
  }

  function refreshRows(from: number, to: number): void {
    for (let r = from; r < to; r++) {
      rowOnes[r] = 0;
      for (let k = rowStart[r]; k < rowStart[r + 1]; k++) {
        rowOrder[k] = place[k] = k;
      }
      for (let k = rowStart[r]; k < rowStart[r + 1]; k++) if (values[rowColumn[k]] === 1) exchange(r, k, 1);
      activity[r] = rowActivity(cqm.constraints[r], values);
      if (activity[r] < low[r] || activity[r] > high[r]) broken++;
    }
  }

  function* loadSteps(source: ArrayLike<number>): Steps<void> {
    for (let i = 0; i < size; i++) values[i] = source[i];
    yield* refreshSteps();
  }

  /** Moves an entry of row r across the border between ones and zeros: step 1 to the ones, -1 to the zeros. */
  function exchange(r: number, entry: number, step: number): void {
    const border = rowStart[r] + (step === 1 ? rowOnes[r] : rowOnes[r] - 1);
    const from = place[entry];
    const other = rowOrder[border];
    rowOrder[from] = other;
    place[other] = from;
    rowOrder[border] = entry;
    place[entry] = border;
    rowOnes[r] += step;
  }

  function toggle(i: number): void {
    const step = 1 - 2 * values[i];
    values[i] ^= 1;
    for (let k = pairStart[i]; k < pairStart[i + 1]; k++) field[pairColumn[k]] += step * pairValue[k];
    for (let k = columnStart[i]; k < columnStart[i + 1]; k++) exchange(columnRow[k], columnEntry[k], step);
  }

  function flip(i: number): void {
    const step = 1 - 2 * values[i];
    energy += step * field[i];
    toggle(i);
    for (let k = columnStart[i]; k < columnStart[i + 1]; k++) {
      const r = columnRow[k];
      if (activity[r] < low[r] || activity[r] > high[r]) broken--;
      activity[r] += step * columnValue[k];
      if (activity[r] < low[r] || activity[r] > high[r]) broken++;
    }
  }

  function pair(i: number, j: number): number {
    if (dense) return dense[i * size + j];
    let from = pairStart[i];
    let to = pairStart[i + 1] - 1;
    while (from <= to) {
      const middle = (from + to) >> 1;
      const column = pairColumn[middle];
      if (column === j) return pairValue[middle];
      if (column < j) from = middle + 1;
      else to = middle - 1;
    }
    return 0;
  }

  yield* refreshSteps();
  return {
    values,
    field,
    pairStart,
    pairColumn,
    pairValue,
    activity,
    low,
    high,
    rowStart,
    rowColumn,
    rowValue,
    columnStart,
    columnRow,
    columnValue,
    rowOrder,
    rowOnes,
    energy: () => energy,
    brokenRows: () => broken,
    flip,
    toggle,
    pair,
    load: (source) => runSteps(loadSteps(source)),
    loadSteps,
    refresh: () => runSteps(refreshSteps()),
    refreshSteps,
    addEnergy(delta) {
      energy += delta;
    },
  };
}

function* symmetricPairs(
  cqm: ConstrainedQuadraticModel,
): Steps<Pick<CqmState, 'pairStart' | 'pairColumn' | 'pairValue'>> {
  const { first, second, coefficient } = cqm.quadratic;
  const pairStart = new Int32Array(cqm.variables.length + 1);
  yield* inRanges(coefficient.length, (begin, end) => {
    for (let k = begin; k < end; k++) {
      pairStart[first[k] + 1]++;
      pairStart[second[k] + 1]++;
    }
  });
  for (let i = 0; i < cqm.variables.length; i++) pairStart[i + 1] += pairStart[i];
  const fill = pairStart.slice();
  const pairColumn = new Int32Array(2 * coefficient.length);
  const pairValue = new Float64Array(2 * coefficient.length);
  // Pairs come sorted by (first, second). Lower neighbours are filled first, so that columns ascend in every row.
  for (const [from, to] of [
    [second, first],
    [first, second],
  ]) {
    yield* inRanges(coefficient.length, (begin, end) => {
      for (let k = begin; k < end; k++) {
        pairColumn[fill[from[k]]] = to[k];
        pairValue[fill[from[k]]++] = coefficient[k];
      }
    });
  }
  return { pairStart, pairColumn, pairValue };
}

type Matrix = Pick<CqmState, 'rowStart' | 'rowColumn' | 'rowValue' | 'columnStart' | 'columnRow' | 'columnValue'> & {
  /** Where each column entry stands among the row entries. */
  readonly columnEntry: Int32Array;
};

function matrixBothWays(cqm: ConstrainedQuadraticModel): Matrix {
  const rows = cqm.constraints.length;
  const rowStart = new Int32Array(rows + 1);
  const columnStart = new Int32Array(cqm.variables.length + 1);
  for (let r = 0; r < rows; r++) {
    rowStart[r + 1] = rowStart[r] + cqm.constraints[r].variables.length;
    for (const i of cqm.constraints[r].variables) columnStart[i + 1]++;
  }
  for (let i = 0; i < cqm.variables.length; i++) columnStart[i + 1] += columnStart[i];
  const fill = columnStart.slice();
  const rowColumn = new Int32Array(rowStart[rows]);
  const rowValue = new Float64Array(rowStart[rows]);
  const columnRow = new Int32Array(rowStart[rows]);
  const columnValue = new Float64Array(rowStart[rows]);
  const columnEntry = new Int32Array(rowStart[rows]);
  for (let r = 0; r < rows; r++) {
    const { variables, coefficients } = cqm.constraints[r];
    rowColumn.set(variables, rowStart[r]);
    rowValue.set(coefficients, rowStart[r]);
    for (let k = 0; k < variables.length; k++) {
      columnRow[fill[variables[k]]] = r;
      columnEntry[fill[variables[k]]] = rowStart[r] + k;
      columnValue[fill[variables[k]]++] = coefficients[k];
    }
  }
  return { rowStart, rowColumn, rowValue, columnStart, columnRow, columnValue, columnEntry };
}
