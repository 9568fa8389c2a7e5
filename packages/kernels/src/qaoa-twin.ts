/**
 * The TypeScript twin of assembly/qaoa.ts: the same operations in the same order, so that the plain-SIMD build agrees to
 * the bit. Its float64 loops are plain ones, what a careful programmer would write without SIMD.
 */
import { type KernelShape, overlapGroups, type QaoaKernel, type SplitState, UNIT_QUBITS } from './qaoa-kernel.ts';
import { mixMirrorSingle, mixSingle, rotateSingle } from './qaoa-twin-single.ts';
import { cosineAndSine } from './trigonometry.ts';

const UNIT = 2 ** UNIT_QUBITS;

export function createTwinKernel(shape: KernelShape): QaoaKernel {
  const { qubits, slots, mirror, tableLength } = shape;
  const single = shape.precision === 'float32';
  const size = 2 ** qubits;
  const numbers = (length: number) => (single ? new Float32Array(length) : new Float64Array(length));
  const states: SplitState[] = Array.from({ length: slots }, () => ({ re: numbers(size), im: numbers(size) }));
  const costs = new Float64Array(size);
  const index = new Uint16Array(size);
  const phases = numbers(2 * tableLength);
  const pair = new Float64Array(2);

  function mixAll({ re, im }: SplitState, t: number): void {
    if (re instanceof Float32Array && im instanceof Float32Array) {
      mixSingle(re, im, qubits, t);
      if (mirror) mixMirrorSingle(re, im, t);
    } else if (re instanceof Float64Array && im instanceof Float64Array) {
      mix(re, im, qubits, t);
      if (mirror) mixMirror(re, im, t);
    }
  }
  const turn = single ? rotateSingle : rotate;

  return {
    states,
    costs,
    index,
    phases,
    tableLayer(slot, t) {
      const { re, im } = states[slot];
      for (let x = 0; x < size; x++) turn(re, im, x, phases[2 * index[x]], phases[2 * index[x] + 1]);
      mixAll(states[slot], t);
    },
    computedLayer(slot, gamma, scale, t) {
      const { re, im } = states[slot];
      for (let x = 0; x < size; x++) {
        cosineAndSine(gamma * costs[x], pair);
        turn(re, im, x, scale * pair[0], scale * pair[1]);
      }
      mixAll(states[slot], t);
    },
    mixer(slot, scale, t) {
      const { re, im } = states[slot];
      const factor = single ? Math.fround(scale) : scale;
      for (let x = 0; x < size; x++) {
        re[x] *= factor;
        im[x] *= factor;
      }
      mixAll(states[slot], t);
    },
    squaredNorm: (slot) => {
      const { re, im } = states[slot];
      return sumByUnits(size, (x) => re[x] * re[x] + im[x] * im[x]);
    },
    diagonalExpectation: (slot) => {
      const { re, im } = states[slot];
      return sumByUnits(size, (x) => (re[x] * re[x] + im[x] * im[x]) * costs[x]);
    },
    multiplyDiagonal(from, to) {
      for (let x = 0; x < size; x++) {
        states[to].re[x] = costs[x] * states[from].re[x];
        states[to].im[x] = costs[x] * states[from].im[x];
      }
    },
    costOverlap: (from, to) => {
      const [a, b] = [states[from], states[to]];
      return sumByUnits(size, (x) => (b.re[x] * a.im[x] - b.im[x] * a.re[x]) * costs[x]);
    },
    mixerOverlap: (from, to) => overlapOfFlips(states[from], states[to], qubits, mirror),
  };
}

/** Im <b| sum_q X_q |a>: low qubits over units, high ones over tiles, the mirrored one last. */
function overlapOfFlips(a: SplitState, b: SplitState, qubits: number, mirror: boolean): number {
  const size = 2 ** qubits;
  const cross = (x: number, first: number, last: number): number => {
    let re = 0;
    let im = 0;
    for (let qubit = first; qubit < last; qubit++) {
      re += a.re[x ^ (1 << qubit)];
      im += a.im[x ^ (1 << qubit)];
    }
    return b.re[x] * im - b.im[x] * re;
  };
  let total = sumByUnits(size, (x) => cross(x, 0, Math.min(qubits, UNIT_QUBITS)));
  for (const [first, last] of overlapGroups(qubits)) {
    total += sumByTiles(size, first, last, (x) => cross(x, first, last));
  }
  if (mirror) {
    total += sumByUnits(size, (x) => b.re[x] * a.im[size - 1 - x] - b.im[x] * a.re[size - 1 - x]);
  }
  return total;
}

/** a_x <- a_x (c - i s). */
function rotate(re: SplitState['re'], im: SplitState['im'], x: number, c: number, s: number): void {
  const a = re[x];
  const b = im[x];
  re[x] = a * c + b * s;
  im[x] = b * c - a * s;
}

/** a0' = a0 - i t a1, a1' = a1 - i t a0 for every pair of every qubit, lowest qubit first. */
function mix(re: Float64Array, im: Float64Array, qubits: number, t: number): void {
  for (let qubit = 0; qubit < qubits; qubit++) {
    const stride = 1 << qubit;
    for (let base = 0; base < re.length; base += 2 * stride) {
      for (let x = base; x < base + stride; x++) mixPair(re, im, x, x + stride, t);
    }
  }
}

/** The same where the partner of x is its complement. */
function mixMirror(re: Float64Array, im: Float64Array, t: number): void {
  for (let x = 0, y = re.length - 1; x < y; x++, y--) mixPair(re, im, x, y, t);
}

function mixPair(re: Float64Array, im: Float64Array, x: number, y: number, t: number): void {
  const r0 = re[x];
  const i0 = im[x];
  const r1 = re[y];
  const i1 = im[y];
  re[x] = r0 + t * i1;
  im[x] = i0 - t * r1;
  re[y] = r1 + t * i0;
  im[y] = i1 - t * r0;
}

/** Even and odd places apart inside a unit (the two lanes of a vector), then unit after unit. */
function sumByUnits(size: number, term: (x: number) => number): number {
  let total = 0;
  for (let start = 0; start < size; start += UNIT) {
    const end = Math.min(start + UNIT, size);
    let even = 0;
    let odd = 0;
    for (let x = start; x < end; x += 2) {
      even += term(x);
      odd += term(x + 1);
    }
    total += even + odd;
  }
  return total;
}

/** The same over tiles of 2^(last - first) rows that lie 2^first apart. */
function sumByTiles(size: number, first: number, last: number, term: (x: number) => number): number {
  const rows = 2 ** (last - first);
  const columns = UNIT / rows;
  const perGroup = 2 ** first / columns;
  let total = 0;
  for (let tile = 0; tile < size / UNIT; tile++) {
    const base = Math.floor(tile / perGroup) * 2 ** last + (tile % perGroup) * columns;
    let even = 0;
    let odd = 0;
    for (let row = 0; row < rows; row++) {
      const start = base + row * 2 ** first;
      for (let x = start; x < start + columns; x += 2) {
        even += term(x);
        odd += term(x + 1);
      }
    }
    total += even + odd;
  }
  return total;
}
