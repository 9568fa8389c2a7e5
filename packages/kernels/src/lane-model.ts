/**
 * An Ising model in the numbers of SIMD lanes. Fields F_i = 2 (h_i + sum_j J_ij s_j) are kept in steps of the largest
 * unit g that all 2 h_i and 2 J_ij are whole multiples of, so that unit weights fit 8 bits whatever their scale:
 * |F_i| / g <= B = max_i (2 |h_i| + sum_j 2 |J_ij|) / g is proved before the first sweep, and nothing overflows.
 */
import { KernelError } from './errors.ts';
import { inRanges, inRows, runSteps, type Steps } from './steps.ts';

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

/** The same in steps. */
export function* laneModelSteps(rows: IsingRows, asked?: LaneWidth): Steps<LaneModel> {
  const { linear, rowStart, bias } = rows;
  const bound = yield* largestField(rows);
  const step = yield* commonStep(linear, bias, bound);
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
  function* lanes(values: Float64Array, factor: number): Steps<LaneArray> {
    const array = laneArray(width, values.length);
    yield* inRanges(values.length, (from, to) => {
      for (let k = from; k < to; k++) array[k] = (values[k] / unit) * factor;
    });
    return array;
  }
  const sorted = yield* sortRows(rows);
  const alike = areAlike(sorted.bias);
  yield;
  const sums = linear.slice();
  yield* inRows(rowStart, (from, to) => {
    for (let i = from; i < to; i++) {
      let sum = linear[i];
      for (let k = rowStart[i]; k < rowStart[i + 1]; k++) sum += bias[k];
      sums[i] = sum;
    }
  });
  const weight = yield* lanes(alike ? sorted.bias.subarray(0, 1) : sorted.bias, 4);
  return {
    width,
    unit,
    bias: yield* lanes(linear, 2),
    base: yield* lanes(sums, 2),
    rowStart: new Uint32Array(rowStart),
    neighbour: sorted.neighbour,
    weight,
  };
}

/** max_i (2 |h_i| + sum_j 2 |J_ij|), in energy; 1 for a model without terms. */
export function* largestField({ linear, rowStart, bias }: IsingRows): Steps<number> {
  let most = 0;
  yield* inRows(rowStart, (from, to) => {
    for (let i = from; i < to; i++) {
      let sum = Math.abs(linear[i]);
      for (let k = rowStart[i]; k < rowStart[i + 1]; k++) sum += Math.abs(bias[k]);
      most = Math.max(most, 2 * sum);
    }
  });
  return most === 0 ? 1 : most;
}

function narrowestWidth(bound: number): LaneWidth {
  // A weight may be twice a field: changes wrap around, and what they lead to fits again.
  if (bound <= LARGEST_FIELD.int8) return 'int8';
  if (bound <= LARGEST_FIELD.int16) return 'int16';
  return bound <= LARGEST_FIELD.int32 ? 'int32' : 'float32';
}

/** The largest g that all 2 h_i and 2 J_ij are whole multiples of; null when there is none that floats can keep exactly. */
export function* commonStep(linear: Float64Array, bias: Float64Array, bound: number): Steps<number | null> {
  let found: Fraction | null = { step: 0, scale: 1 };
  for (const values of [linear, bias]) {
    const all = yield* inRanges(values.length, (from, to) => {
      found = found && sharedFraction(found, values.subarray(from, to), bound);
      return found !== null;
    });
    if (!all || found === null) return null;
  }
  return found.step === 0 ? 1 : found.step / found.scale;
}

/** The number step / scale, scale a power of two; 0 while nothing was seen. */
interface Fraction {
  readonly step: number;
  readonly scale: number;
}

/** The same for some numbers more. */
function sharedFraction(before: Fraction, values: Float64Array, bound: number): Fraction | null {
  let { step, scale } = before;
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
  return { step, scale };
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
function* sortRows({ rowStart, neighbour, bias }: IsingRows): Steps<{ neighbour: Uint32Array; bias: Float64Array }> {
  const ranks = new Map<number, number>();
  const few = yield* inRanges(bias.length, (from, to) => {
    let last = Number.NaN;
    for (let k = from; k < to; k++) {
      if (bias[k] === last) continue;
      last = bias[k];
      if (!ranks.has(last)) ranks.set(last, ranks.size);
      if (ranks.size > MOST_SORTED_BIASES) return false;
    }
    return true;
  });
  if (!few || ranks.size <= 1) return { neighbour: unsigned(neighbour), bias };
  const sorted = { neighbour: new Uint32Array(bias.length), bias: new Float64Array(bias.length) };
  const next = new Uint32Array(ranks.size + 1);
  const sortRow = (i: number): void => {
    next.fill(0);
    for (let k = rowStart[i]; k < rowStart[i + 1]; k++) next[(ranks.get(bias[k]) ?? 0) + 1]++;
    for (let rank = 0; rank < ranks.size; rank++) next[rank + 1] += next[rank];
    for (let k = rowStart[i]; k < rowStart[i + 1]; k++) {
      const to = rowStart[i] + next[ranks.get(bias[k]) ?? 0]++;
      sorted.neighbour[to] = neighbour[k];
      sorted.bias[to] = bias[k];
    }
  };
  yield* inRows(rowStart, (from, to) => {
    for (let i = from; i < to; i++) sortRow(i);
  });
  return sorted;
}

/** The same columns, none of which is negative, without a copy. */
function unsigned({ buffer, byteOffset, length }: Int32Array): Uint32Array {
  return new Uint32Array(buffer, byteOffset, length);
}
