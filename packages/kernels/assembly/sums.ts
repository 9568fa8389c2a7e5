/**
 * Sums over state vectors. Two lanes are summed inside a block of 4,096 amplitudes and the blocks' sums one after the
 * other, in the same order as the TypeScript twin: the rounding error grows with the number of blocks only.
 */
import { exchange } from './arithmetic';

const BLOCK_BYTES: usize = 4096 << 3;

// @ts-ignore: decorator
@inline
function bothLanes(sum: v128): f64 {
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

// @ts-ignore: decorator
@inline
function blockEnd(at: usize, end: usize): usize {
  return at + BLOCK_BYTES < end ? at + BLOCK_BYTES : end;
}

/** sum |a_x|^2. */
export function squaredNorm(re: usize, im: usize, count: u32): f64 {
  let total: f64 = 0;
  const end = re + (<usize>count << 3);
  while (re < end) {
    const stop = blockEnd(re, end);
    let sum = f64x2.splat(0);
    for (; re < stop; re += 16, im += 16) {
      const a = v128.load(re);
      const b = v128.load(im);
      sum = f64x2.add(sum, f64x2.add(f64x2.mul(a, a), f64x2.mul(b, b)));
    }
    total += bothLanes(sum);
  }
  return total;
}

/** sum |a_x|^2 cost_x. */
export function diagonalExpectation(re: usize, im: usize, costs: usize, count: u32): f64 {
  let total: f64 = 0;
  const end = re + (<usize>count << 3);
  while (re < end) {
    const stop = blockEnd(re, end);
    let sum = f64x2.splat(0);
    for (; re < stop; re += 16, im += 16, costs += 16) {
      const a = v128.load(re);
      const b = v128.load(im);
      const probability = f64x2.add(f64x2.mul(a, a), f64x2.mul(b, b));
      sum = f64x2.add(sum, f64x2.mul(probability, v128.load(costs)));
    }
    total += bothLanes(sum);
  }
  return total;
}

/** to_x <- cost_x * from_x. */
export function multiplyDiagonal(
  fromRe: usize, fromIm: usize, toRe: usize, toIm: usize, costs: usize, count: u32,
): void {
  const end = fromRe + (<usize>count << 3);
  for (; fromRe < end; fromRe += 16, fromIm += 16, toRe += 16, toIm += 16, costs += 16) {
    const c = v128.load(costs);
    v128.store(toRe, f64x2.mul(c, v128.load(fromRe)));
    v128.store(toIm, f64x2.mul(c, v128.load(fromIm)));
  }
}

/** Im <b| C |a> = sum cost_x (b.re a.im - b.im a.re). */
export function costOverlap(aRe: usize, aIm: usize, bRe: usize, bIm: usize, costs: usize, count: u32): f64 {
  let total: f64 = 0;
  const end = aRe + (<usize>count << 3);
  while (aRe < end) {
    const stop = blockEnd(aRe, end);
    let sum = f64x2.splat(0);
    for (; aRe < stop; aRe += 16, aIm += 16, bRe += 16, bIm += 16, costs += 16) {
      const cross = f64x2.sub(
        f64x2.mul(v128.load(bRe), v128.load(aIm)),
        f64x2.mul(v128.load(bIm), v128.load(aRe)),
      );
      sum = f64x2.add(sum, f64x2.mul(cross, v128.load(costs)));
    }
    total += bothLanes(sum);
  }
  return total;
}

/**
 * Im <b| sum_q X_q |a> = sum over x of b.re(x) A.im(x) - b.im(x) A.re(x), A(x) = sum_q a(x ^ 2^q), lowest qubit first.
 * One pass for all qubits: the low ones' partners lie in the cache, the high ones' are streams of their own.
 */
export function mixerOverlap(aRe: usize, aIm: usize, bRe: usize, bIm: usize, qubits: u32): f64 {
  let total: f64 = 0;
  const bytes = <usize>8 << qubits;
  let at: usize = 0;
  while (at < bytes) {
    const stop = blockEnd(at, bytes);
    let sum = f64x2.splat(0);
    for (; at < stop; at += 16) {
      let re = exchange(v128.load(aRe + at));
      let im = exchange(v128.load(aIm + at));
      for (let mask: usize = 16; mask < bytes; mask <<= 1) {
        re = f64x2.add(re, v128.load(aRe + (at ^ mask)));
        im = f64x2.add(im, v128.load(aIm + (at ^ mask)));
      }
      sum = f64x2.add(sum, f64x2.sub(f64x2.mul(v128.load(bRe + at), im), f64x2.mul(v128.load(bIm + at), re)));
    }
    total += bothLanes(sum);
  }
  return total;
}
