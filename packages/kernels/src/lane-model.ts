/**
 * An Ising model in the numbers of SIMD lanes. Fields F_i = 2 (h_i + sum_j J_ij s_j) are kept in steps of the largest
 * unit g that all 2 h_i and 2 J_ij are whole multiples of, so that unit weights fit 8 bits whatever their scale:
 * |F_i| / g <= B = max_i (2 |h_i| + sum_j 2 |J_ij|) / g is proved before the first sweep, and nothing overflows.
 */
import { KernelError } from './errors.ts';
import { runSteps, type Steps } from './steps.ts';

/** A sparse Ising model: the compressed rows of a SPIN `BinaryQuadraticModel` fit as they are. */
export interface IsingRows {
  /** n fields h_i. */
  readonly linear: Float64Array;
  /** n + 1 offsets into `neighbour` and `bias`; every pair stands in both of its rows. */
  readonly rowStart: Int32Array;
  readonly neighbour: Int32Array;
  /** J_ij of each entry. */
  readonly bias: Float64Array;
}

/** How a lane holds a field, narrowest first. */
export type LaneWidth = 'int8' | 'int16' | 'int32' | 'float32';

export type LaneArray = Int8Array | Int16Array | Int32Array | Float32Array;

export interface LaneModel {
  readonly width: LaneWidth;
  /** g, in energy. */
  readonly unit: number;
  /** 2 h_i / g. */
  readonly bias: LaneArray;
  /** F_i / g when all spins are up. */
  readonly base: LaneArray;
  readonly rowStart: Uint32Array;
  /** Columns of each row; rows with few different weights are sorted by weight. */
  readonly neighbour: Uint32Array;
  /** 4 J_ij / g, what a flip changes in a neighbour's field; one entry when all are alike. */
  readonly weight: LaneArray;
}

/** Largest B of each width; int32 leaves a bit for the sum with a threshold. */
const LARGEST_FIELD = { int8: 127, int16: 32767, int32: 2 ** 30 - 1 } as const;
/** Fractions are looked for down to this power of two; finer ones are real numbers. */
const FINEST_FRACTION = 2 ** 20;
/** Below this a quotient that is not whole does not round to a whole one. */
const LARGEST_DIVIDED = 2 ** 50;

/** With more different biases than this, sorting a row by bias would save next to nothing. */
const MOST_SORTED_BIASES = 16;

/** An array of the type that a width names. */
export function laneArray(width: LaneWidth, length: number): LaneArray {
  if (width === 'int8') return new Int8Array(length);
  if (width === 'int16') return new Int16Array(length);
  return width === 'int32' ? new Int32Array(length) : new Float32Array(length);
}

/** @throws KernelError BAD_VALUE when `asked` is too narrow for the model. */
export function laneModel(rows: IsingRows, asked?: LaneWidth): LaneModel {
  return runSteps(laneModelSteps(rows, asked));
}

/** The same in steps: each passes once or twice over all entries. */
export function* laneModelSteps(rows: IsingRows, asked?: LaneWidth): Steps<LaneModel> {
  const { linear, rowStart, bias } = rows;
  const bound = largestField(rows);
  const step = commonStep(linear, bias, bound);
  yield;
  const narrowest = step === null ? 'float32' : narrowestWidth(bound / step);
  const width = asked ?? narrowest;
  const order: readonly LaneWidth[] = ['int8', 'int16', 'int32', 'float32'];
  if (order.indexOf(width) < order.indexOf(narrowest)) {
    throw new KernelError(
      'BAD_VALUE',
      `laneModel: expected a width of at least ${narrowest} for these weights, got ${width}; leave the width out.`,
    );
  }
  // Real fields are brought near 1, so that neither huge nor tiny energies leave the range of float32.
  const unit = step ?? 2 ** Math.floor(Math.log2(bound));
  const lanes = (values: Float64Array, factor: number): LaneArray => {
    const array = laneArray(width, values.length);
    for (let k = 0; k < values.length; k++) array[k] = (values[k] / unit) * factor;
    return array;
  };
  const sorted = sortRows(rows);
  const alike = areAlike(sorted.bias);
  yield;
  const sums = Float64Array.from(linear, (own, i) => {
    let sum = own;
    for (let k = rowStart[i]; k < rowStart[i + 1]; k++) sum += bias[k];
    return sum;
  });
  const weight = lanes(alike ? sorted.bias.subarray(0, 1) : sorted.bias, 4);
  return {
    width,
    unit,
    bias: lanes(linear, 2),
    base: lanes(sums, 2),
    rowStart: new Uint32Array(rowStart),
    neighbour: sorted.neighbour,
    weight,
  };
}

/** max_i (2 |h_i| + sum_j 2 |J_ij|), in energy; 1 for a model without terms. */
export function largestField({ linear, rowStart, bias }: IsingRows): number {
  let most = 0;
  for (let i = 0; i < linear.length; i++) {
    let sum = Math.abs(linear[i]);
    for (let k = rowStart[i]; k < rowStart[i + 1]; k++) sum += Math.abs(bias[k]);
    most = Math.max(most, 2 * sum);
  }
  return most === 0 ? 1 : most;
}

function narrowestWidth(bound: number): LaneWidth {
  // A weight may be twice a field: changes wrap around, and what they lead to fits again.
  if (bound <= LARGEST_FIELD.int8) return 'int8';
  if (bound <= LARGEST_FIELD.int16) return 'int16';
  return bound <= LARGEST_FIELD.int32 ? 'int32' : 'float32';
}

/** The largest g that all 2 h_i and 2 J_ij are whole multiples of; null when there is none that floats can keep exactly. */
export function commonStep(linear: Float64Array, bias: Float64Array, bound: number): number | null {
  let scale = 1;
  let step = 0;
  for (const values of [linear, bias]) {
    for (let k = 0; k < values.length; k++) {
      let whole = Math.abs(2 * values[k] * scale);
      const quotient = whole / step;
      if (step > 0 && whole < LARGEST_DIVIDED && quotient === Math.floor(quotient)) continue;
      while (whole !== Math.floor(whole)) {
        scale *= 2;
        step *= 2;
        whole *= 2;
        if (scale > FINEST_FRACTION) return null;
      }
      if (bound * scale > Number.MAX_SAFE_INTEGER) return null;
      step = greatestDivisor(step, whole);
    }
  }
  return step === 0 ? 1 : step / scale;
}

function greatestDivisor(a: number, b: number): number {
  let [greater, less] = [a, b];
  while (less !== 0) [greater, less] = [less, greater % less];
  return greater;
}

function areAlike(values: Float64Array): boolean {
  for (let k = 1; k < values.length; k++) if (values[k] !== values[0]) return false;
  return true;
}

/** Entries of each row by bias, where few biases occur: then equal ones stand together. */
function sortRows({ linear, rowStart, neighbour, bias }: IsingRows): { neighbour: Uint32Array; bias: Float64Array } {
  const ranks = new Map<number, number>();
  let last = Number.NaN;
  for (let k = 0; k < bias.length; k++) {
    if (bias[k] === last) continue;
    last = bias[k];
    if (!ranks.has(last)) ranks.set(last, ranks.size);
    if (ranks.size > MOST_SORTED_BIASES) return { neighbour: unsigned(neighbour), bias };
  }
  if (ranks.size <= 1) return { neighbour: unsigned(neighbour), bias };
  const sorted = { neighbour: new Uint32Array(bias.length), bias: new Float64Array(bias.length) };
  const next = new Uint32Array(ranks.size + 1);
  for (let i = 0; i < linear.length; i++) {
    next.fill(0);
    for (let k = rowStart[i]; k < rowStart[i + 1]; k++) next[(ranks.get(bias[k]) ?? 0) + 1]++;
    for (let rank = 0; rank < ranks.size; rank++) next[rank + 1] += next[rank];
    for (let k = rowStart[i]; k < rowStart[i + 1]; k++) {
      const to = rowStart[i] + next[ranks.get(bias[k]) ?? 0]++;
      sorted.neighbour[to] = neighbour[k];
      sorted.bias[to] = bias[k];
    }
  }
  return sorted;
}

/** The same columns, none of which is negative, without a copy. */
function unsigned({ buffer, byteOffset, length }: Int32Array): Uint32Array {
  return new Uint32Array(buffer, byteOffset, length);
}
