/**
 * A quadratic form over up to 30 binaries, evaluated in blocks: the first `low` variables run through all their states
 * inside a block, the others stand still and move on by one flip (Gray code). With l the low part and h the others,
 *
 *   f(h, l) = base(h) + sum_i field_i(h) l_i + T(l)
 *
 * T, the pairs among the low variables, is a table made once; the middle sum is split into two halves of the low
 * variables, each a table of at most 64 entries per block. A state then costs two additions.
 */

/** offset + sum_i linear_i x_i + sum_k coefficient_k x_first(k) x_second(k), x in {0, 1}. */
export interface QuadraticForm {
  readonly offset: number;
  /** One coefficient per variable. */
  readonly linear: ArrayLike<number>;
  readonly first: ArrayLike<number>;
  readonly second: ArrayLike<number>;
  readonly coefficient: ArrayLike<number>;
}

/** 2^12 doubles stay in the first-level cache with the tables beside them. */
const MOST_LOW = 12;

/** How the low variables of forms of `size` variables are split: bits of the left and of the right half. */
export interface BlockShape {
  readonly size: number;
  readonly low: number;
  readonly left: number;
  readonly right: number;
}

export function blockShape(size: number): BlockShape {
  const low = Math.min(MOST_LOW, size);
  const right = low >> 1;
  return { size, low, left: low - right, right };
}

export interface BlockForm {
  /** T of each state of the low variables: bit i is variable i. */
  readonly pairs: Float64Array;
  /** base + the right half's sum, one entry per state of variables 0 to right - 1. */
  readonly rightSums: Float64Array;
  /** The left half's sum, one entry per state of the other low variables. */
  readonly leftSums: Float64Array;
  /** Turns over a variable that stands still inside blocks, which has this value now. */
  flip(variable: number, value: number): void;
  /** Fills the sums for the block at hand. */
  enterBlock(): void;
  /** A value that no state of the block at hand goes below, and one that none goes above. */
  range(): readonly [lowest: number, highest: number];
  /** Everything afresh from these values of the variables, so that rounding cannot add up. */
  refresh(values: ArrayLike<number>): void;
}

export function createBlockForm(form: QuadraticForm, shape: BlockShape): BlockForm {
  const { size, low, left, right } = shape;
  const coupling = couplingMatrix(form, size);
  const pairs = lowPairs(coupling, shape);
  const [leastPair, mostPair] = extent(pairs);
  const field = Float64Array.from({ length: size }, (_, i) => form.linear[i]);
  const rightSums = new Float64Array(1 << right);
  const leftSums = new Float64Array(1 << left);
  let base = form.offset;
  const flip = (variable: number, value: number): void => {
    const sign = value === 0 ? 1 : -1;
    base += sign * field[variable];
    const row = variable * size;
    for (let i = 0; i < size; i++) field[i] += sign * coupling[row + i];
  };
  return {
    pairs,
    rightSums,
    leftSums,
    flip,
    enterBlock() {
      subsetSums(field, 0, right, base, rightSums);
      subsetSums(field, right, left, 0, leftSums);
    },
    range() {
      let lowest = base + leastPair;
      let highest = base + mostPair;
      for (let i = 0; i < low; i++) {
        if (field[i] < 0) lowest += field[i];
        else highest += field[i];
      }
      return [lowest, highest];
    },
    refresh(values) {
      base = form.offset;
      for (let i = 0; i < size; i++) field[i] = form.linear[i];
      for (let i = low; i < size; i++) if (values[i] === 1) flip(i, 0);
    },
  };
}

/** Symmetric, row by row; the diagonal (x^2 = x) is left out: callers fold it into `linear`. */
function couplingMatrix({ first, second, coefficient }: QuadraticForm, size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let k = 0; k < coefficient.length; k++) {
    matrix[first[k] * size + second[k]] += coefficient[k];
    matrix[second[k] * size + first[k]] += coefficient[k];
  }
  return matrix;
}

/** T(l) = sum over pairs i < j of low variables of coupling_ij l_i l_j, by T(l) = T(l without its top bit) + that bit's row. */
function lowPairs(coupling: Float64Array, { size, low }: BlockShape): Float64Array {
  const pairs = new Float64Array(1 << low);
  for (let state = 1; state < pairs.length; state++) {
    const top = 31 - Math.clz32(state);
    let sum = pairs[state ^ (1 << top)];
    for (let i = 0; i < top; i++) if ((state >> i) & 1) sum += coupling[top * size + i];
    pairs[state] = sum;
  }
  return pairs;
}

/** sums[s] = start + sum of the fields (from `from`, `count` of them) whose bit is set in s. */
function subsetSums(field: Float64Array, from: number, count: number, start: number, sums: Float64Array): void {
  sums[0] = start;
  for (let i = 0; i < count; i++) {
    const bit = 1 << i;
    for (let s = 0; s < bit; s++) sums[bit | s] = sums[s] + field[from + i];
  }
}

function extent(values: Float64Array): readonly [number, number] {
  let [lowest, highest] = [values[0], values[0]];
  for (const value of values) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  return [lowest, highest];
}
