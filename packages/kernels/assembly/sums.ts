/**
 * Sums over state vectors, always in float64. Two lanes are summed inside a unit of 4,096 amplitudes, units from..to - 1
 * into parts[unit]; the host adds the parts in order, so that neither threads nor the twin change a bit.
 */
import { exchange, loadPair, storePair } from './arithmetic';

const UNIT: u32 = 4096;

// @ts-ignore: decorator
@inline
function bothLanes(sum: v128): f64 {
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** b.re im - b.im re, the imaginary part of conj(b) (re + i im). */
// @ts-ignore: decorator
@inline
function cross<T>(bRe: usize, bIm: usize, re: v128, im: v128): v128 {
  return f64x2.sub(f64x2.mul(loadPair<T>(bRe), im), f64x2.mul(loadPair<T>(bIm), re));
}

/** sum |a_x|^2. */
// @ts-ignore: decorator
@inline
export function squaredNorm<T>(re: usize, im: usize, unit: u32, parts: usize, from: u32, to: u32): void {
  for (let part = from; part < to; part++) {
    let sum = f64x2.splat(0);
    for (let x = part * unit, end = x + unit; x < end; x += 2) {
      const a = loadPair<T>(re + (<usize>x << alignof<T>()));
      const b = loadPair<T>(im + (<usize>x << alignof<T>()));
      sum = f64x2.add(sum, f64x2.add(f64x2.mul(a, a), f64x2.mul(b, b)));
    }
    store<f64>(parts + (<usize>part << 3), bothLanes(sum));
  }
}

/** sum |a_x|^2 cost_x. */
// @ts-ignore: decorator
@inline
export function diagonalExpectation<T>(
  re: usize, im: usize, costs: usize, unit: u32, parts: usize, from: u32, to: u32,
): void {
  for (let part = from; part < to; part++) {
    let sum = f64x2.splat(0);
    for (let x = part * unit, end = x + unit; x < end; x += 2) {
      const a = loadPair<T>(re + (<usize>x << alignof<T>()));
      const b = loadPair<T>(im + (<usize>x << alignof<T>()));
      const probability = f64x2.add(f64x2.mul(a, a), f64x2.mul(b, b));
      sum = f64x2.add(sum, f64x2.mul(probability, v128.load(costs + (<usize>x << 3))));
    }
    store<f64>(parts + (<usize>part << 3), bothLanes(sum));
  }
}

/** to_x <- cost_x * from_x. */
// @ts-ignore: decorator
@inline
export function multiplyDiagonal<T>(
  aRe: usize, aIm: usize, bRe: usize, bIm: usize, costs: usize, unit: u32, from: u32, to: u32,
): void {
  for (let x = from * unit, end = to * unit; x < end; x += 2) {
    const c = v128.load(costs + (<usize>x << 3));
    const at = <usize>x << alignof<T>();
    storePair<T>(bRe + at, f64x2.mul(c, loadPair<T>(aRe + at)));
    storePair<T>(bIm + at, f64x2.mul(c, loadPair<T>(aIm + at)));
  }
}

/** Im <b| C |a> = sum cost_x (b.re a.im - b.im a.re). */
// @ts-ignore: decorator
@inline
export function costOverlap<T>(
  aRe: usize, aIm: usize, bRe: usize, bIm: usize, costs: usize, unit: u32, parts: usize, from: u32, to: u32,
): void {
  for (let part = from; part < to; part++) {
    let sum = f64x2.splat(0);
    for (let x = part * unit, end = x + unit; x < end; x += 2) {
      const at = <usize>x << alignof<T>();
      const crossed = cross<T>(bRe + at, bIm + at, loadPair<T>(aRe + at), loadPair<T>(aIm + at));
      sum = f64x2.add(sum, f64x2.mul(crossed, v128.load(costs + (<usize>x << 3))));
    }
    store<f64>(parts + (<usize>part << 3), bothLanes(sum));
  }
}

/**
 * Im <b| X_0 + ... + X_(low-1) |a> on units of 2^low amplitudes: the sum over x of b.re(x) A.im(x) - b.im(x) A.re(x),
 * A(x) = sum_q a(x ^ 2^q), lowest qubit first. All partners of a unit lie in the unit, which stays in the cache.
 */
// @ts-ignore: decorator
@inline
export function mixerOverlapBlocks<T>(
  aRe: usize, aIm: usize, bRe: usize, bIm: usize, low: u32, parts: usize, from: u32, to: u32,
): void {
  const unit: u32 = 1 << low;
  for (let part = from; part < to; part++) {
    let sum = f64x2.splat(0);
    for (let x = part * unit, end = x + unit; x < end; x += 2) {
      const at = <usize>x << alignof<T>();
      let re = exchange(loadPair<T>(aRe + at));
      let im = exchange(loadPair<T>(aIm + at));
      for (let mask: u32 = 2; mask < unit; mask <<= 1) {
        const other = <usize>(x ^ mask) << alignof<T>();
        re = f64x2.add(re, loadPair<T>(aRe + other));
        im = f64x2.add(im, loadPair<T>(aIm + other));
      }
      sum = f64x2.add(sum, cross<T>(bRe + at, bIm + at, re, im));
    }
    store<f64>(parts + (<usize>part << 3), bothLanes(sum));
  }
}

/** The same for qubits first..last - 1 on tiles of 4,096 amplitudes: 2^(last - first) rows, 2^first apart. */
// @ts-ignore: decorator
@inline
export function mixerOverlapTiles<T>(
  aRe: usize, aIm: usize, bRe: usize, bIm: usize, first: u32, last: u32, parts: usize, from: u32, to: u32,
): void {
  const rows: u32 = 1 << (last - first);
  const columns: u32 = UNIT >> (last - first);
  const perGroup: u32 = (1 << first) / columns;
  for (let part = from; part < to; part++) {
    const base: u32 = ((part / perGroup) << last) + (part % perGroup) * columns;
    let sum = f64x2.splat(0);
    for (let row: u32 = 0; row < rows; row++) {
      for (let x = base + (row << first), end = x + columns; x < end; x += 2) {
        const at = <usize>x << alignof<T>();
        let re = f64x2.splat(0);
        let im = f64x2.splat(0);
        for (let mask: u32 = 1 << first, stop: u32 = 1 << last; mask < stop; mask <<= 1) {
          const other = <usize>(x ^ mask) << alignof<T>();
          re = f64x2.add(re, loadPair<T>(aRe + other));
          im = f64x2.add(im, loadPair<T>(aIm + other));
        }
        sum = f64x2.add(sum, cross<T>(bRe + at, bIm + at, re, im));
      }
    }
    store<f64>(parts + (<usize>part << 3), bothLanes(sum));
  }
}

/** The same for the qubit that a mirrored register leaves out, whose flip is the complement of x: A(x) = a(~x). */
// @ts-ignore: decorator
@inline
export function mirrorOverlap<T>(
  aRe: usize, aIm: usize, bRe: usize, bIm: usize, qubits: u32, unit: u32, parts: usize, from: u32, to: u32,
): void {
  const top: u32 = (1 << qubits) - 2;
  for (let part = from; part < to; part++) {
    let sum = f64x2.splat(0);
    for (let x = part * unit, end = x + unit; x < end; x += 2) {
      const at = <usize>x << alignof<T>();
      const other = <usize>(top - x) << alignof<T>();
      const re = exchange(loadPair<T>(aRe + other));
      const im = exchange(loadPair<T>(aIm + other));
      sum = f64x2.add(sum, cross<T>(bRe + at, bIm + at, re, im));
    }
    store<f64>(parts + (<usize>part << 3), bothLanes(sum));
  }
}
