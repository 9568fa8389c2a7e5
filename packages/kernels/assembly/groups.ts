/**
 * Layers on a state of any size, float64, whose mixer acts on groups: k places that lie `stride` amplitudes apart, every
 * amplitude in just one group of a step. The TypeScript twin is src/group-steps.ts.
 *
 * Two groups are done side by side in the lanes of a vector. They are neighbours in memory; where neighbours are of one
 * group (stride 1), they are `gap` bytes apart; where one is left over it is done alone. `M` says which: u8, u16, u32.
 */
import { cosine, reducedAngle, roundedQuarters, sine } from './trigonometry';

/** a_x <- a_x (cos - i sin) of entry index[x]. Arrays are whole vectors long. */
export function tablePhases(re: usize, im: usize, index: usize, table: usize, count: u32): void {
  for (const end = re + (<usize>count << 3); re < end; re += 16, im += 16, index += 4) {
    const first = v128.load(table + (<usize>load<u16>(index) << 4));
    const second = v128.load(table + (<usize>load<u16>(index, 2) << 4));
    rotate(re, im, i64x2.shuffle(first, second, 0, 2), i64x2.shuffle(first, second, 1, 3));
  }
}

/** The same by the angle gamma * costs[x]. */
export function computedPhases(re: usize, im: usize, costs: usize, gamma: f64, count: u32): void {
  const slope = f64x2.splat(gamma);
  for (const end = re + (<usize>count << 3); re < end; re += 16, im += 16, costs += 16) {
    const angle = f64x2.mul(slope, v128.load(costs));
    const rounded = roundedQuarters(angle);
    const reduced = reducedAngle(angle, rounded);
    rotate(re, im, cosine(reduced, rounded), sine(reduced, rounded));
  }
}

// @ts-ignore: decorator
@inline
function rotate(re: usize, im: usize, c: v128, s: v128): void {
  const a = v128.load(re);
  const b = v128.load(im);
  v128.store(re, f64x2.add(f64x2.mul(a, c), f64x2.mul(b, s)));
  v128.store(im, f64x2.sub(f64x2.mul(b, c), f64x2.mul(a, s)));
}

// @ts-ignore: decorator
@inline
function get<M>(at: usize, gap: usize): v128 {
  if (sizeof<M>() == 1) return v128.load(at);
  if (sizeof<M>() == 2) return v128.load64_lane(at + gap, v128.load64_zero(at), 1);
  return v128.load64_zero(at);
}

// @ts-ignore: decorator
@inline
function put<M>(at: usize, gap: usize, value: v128): void {
  if (sizeof<M>() == 1) v128.store(at, value);
  else v128.store64_lane(at, value, 0);
  if (sizeof<M>() == 2) v128.store64_lane(at + gap, value, 1);
}

/** e^(i beta) (1 + c J) on the groups at re, im. `numbers`: c and e^(i beta), real and imaginary parts. */
// @ts-ignore: decorator
@inline
function complete<M>(re: usize, im: usize, gap: usize, stride: usize, bytes: usize, numbers: usize): void {
  let a = get<M>(re, gap);
  let b = get<M>(im, gap);
  for (let at = stride; at < bytes; at += stride) {
    a = f64x2.add(a, get<M>(re + at, gap));
    b = f64x2.add(b, get<M>(im + at, gap));
  }
  const cRe = v128.load64_splat(numbers);
  const cIm = v128.load64_splat(numbers, 8);
  const c = v128.load64_splat(numbers, 16);
  const s = v128.load64_splat(numbers, 24);
  const addRe = f64x2.sub(f64x2.mul(cRe, a), f64x2.mul(cIm, b));
  const addIm = f64x2.add(f64x2.mul(cRe, b), f64x2.mul(cIm, a));
  for (let at: usize = 0; at < bytes; at += stride) {
    const x = f64x2.add(get<M>(re + at, gap), addRe);
    const y = f64x2.add(get<M>(im + at, gap), addIm);
    put<M>(re + at, gap, f64x2.sub(f64x2.mul(x, c), f64x2.mul(y, s)));
    put<M>(im + at, gap, f64x2.add(f64x2.mul(y, c), f64x2.mul(x, s)));
  }
}

/** Real part of m a, the complex number m at `at`. */
// @ts-ignore: decorator
@inline
function realPart(at: usize, a: v128, b: v128): v128 {
  return f64x2.sub(f64x2.mul(v128.load64_splat(at), a), f64x2.mul(v128.load64_splat(at, 8), b));
}

// @ts-ignore: decorator
@inline
function imaginaryPart(at: usize, a: v128, b: v128): v128 {
  return f64x2.add(f64x2.mul(v128.load64_splat(at), b), f64x2.mul(v128.load64_splat(at, 8), a));
}

/** A k x k matrix on the groups at re, im. `numbers`: its entries by rows, real and imaginary part of each. */
// @ts-ignore: decorator
@inline
function matrix<M>(
  re: usize, im: usize, gap: usize, stride: usize, bytes: usize, numbers: usize, scratch: usize,
): void {
  if (bytes == 2 * stride) {
    const a0 = get<M>(re, gap);
    const b0 = get<M>(im, gap);
    const a1 = get<M>(re + stride, gap);
    const b1 = get<M>(im + stride, gap);
    put<M>(re, gap, f64x2.add(realPart(numbers, a0, b0), realPart(numbers + 16, a1, b1)));
    put<M>(im, gap, f64x2.add(imaginaryPart(numbers, a0, b0), imaginaryPart(numbers + 16, a1, b1)));
    put<M>(re + stride, gap, f64x2.add(realPart(numbers + 32, a0, b0), realPart(numbers + 48, a1, b1)));
    put<M>(im + stride, gap, f64x2.add(imaginaryPart(numbers + 32, a0, b0), imaginaryPart(numbers + 48, a1, b1)));
    return;
  }
  let end = scratch;
  for (let at: usize = 0; at < bytes; at += stride) {
    v128.store(end, get<M>(re + at, gap));
    v128.store(end, get<M>(im + at, gap), 16);
    end += 32;
  }
  for (let at: usize = 0; at < bytes; at += stride) {
    let x = realPart(numbers, v128.load(scratch), v128.load(scratch, 16));
    let y = imaginaryPart(numbers, v128.load(scratch), v128.load(scratch, 16));
    numbers += 16;
    for (let from = scratch + 32; from < end; from += 32) {
      const a = v128.load(from);
      const b = v128.load(from, 16);
      x = f64x2.add(x, realPart(numbers, a, b));
      y = f64x2.add(y, imaginaryPart(numbers, a, b));
      numbers += 16;
    }
    put<M>(re + at, gap, x);
    put<M>(im + at, gap, y);
  }
}

/** Of the groups side by side: sum_u b.re(u) A.im(u) - b.im(u) A.re(u), A = the real k x k matrix at `numbers` times a. */
// @ts-ignore: decorator
@inline
function overlap<M>(
  aRe: usize, aIm: usize, bRe: usize, bIm: usize, gap: usize, stride: usize, bytes: usize, numbers: usize, sum: v128,
): v128 {
  for (let at: usize = 0; at < bytes; at += stride) {
    let x = f64x2.splat(0);
    let y = f64x2.splat(0);
    for (let from: usize = 0; from < bytes; from += stride) {
      const entry = v128.load64_splat(numbers);
      x = f64x2.add(x, f64x2.mul(entry, get<M>(aRe + from, gap)));
      y = f64x2.add(y, f64x2.mul(entry, get<M>(aIm + from, gap)));
      numbers += 8;
    }
    const cross = f64x2.sub(f64x2.mul(get<M>(bRe + at, gap), y), f64x2.mul(get<M>(bIm + at, gap), x));
    sum = f64x2.add(sum, cross);
  }
  return sum;
}

/** One of the steps (`K`: u8 complete, u16 matrix) on all groups of `count` amplitudes. */
// @ts-ignore: decorator
@inline
function step<K, M>(
  re: usize, im: usize, gap: usize, stride: usize, bytes: usize, numbers: usize, scratch: usize,
): void {
  if (sizeof<K>() == 1) complete<M>(re, im, gap, stride, bytes, numbers);
  else matrix<M>(re, im, gap, stride, bytes, numbers, scratch);
}

// @ts-ignore: decorator
@inline
function allGroups<K>(
  re: usize, im: usize, count: u32, places: u32, distance: u32, numbers: usize, scratch: usize,
): void {
  const stride = <usize>distance << 3;
  const bytes = stride * places;
  const end = re + (<usize>count << 3);
  if (distance == 1) {
    for (; re + bytes < end; re += 2 * bytes, im += 2 * bytes) {
      step<K, u16>(re, im, bytes, stride, bytes, numbers, scratch);
    }
    if (re < end) step<K, u32>(re, im, 0, stride, bytes, numbers, scratch);
    return;
  }
  for (; re < end; re += bytes, im += bytes) {
    let at: usize = 0;
    for (; at + 8 < stride; at += 16) step<K, u8>(re + at, im + at, 0, stride, bytes, numbers, scratch);
    if (at < stride) step<K, u32>(re + at, im + at, 0, stride, bytes, numbers, scratch);
  }
}

export function completeStep(
  re: usize, im: usize, count: u32, places: u32, distance: u32, numbers: usize, scratch: usize,
): void {
  allGroups<u8>(re, im, count, places, distance, numbers, scratch);
}

export function matrixStep(
  re: usize, im: usize, count: u32, places: u32, distance: u32, numbers: usize, scratch: usize,
): void {
  allGroups<u16>(re, im, count, places, distance, numbers, scratch);
}

/** Im <b| A |a> for a real matrix A on the groups of one step. */
export function overlapStep(
  aRe: usize, aIm: usize, bRe: usize, bIm: usize, count: u32, places: u32, distance: u32, numbers: usize,
): f64 {
  const stride = <usize>distance << 3;
  const bytes = stride * places;
  const all = <usize>count << 3;
  let sum = f64x2.splat(0);
  for (let base: usize = 0; base < all; ) {
    if (distance == 1 && base + bytes < all) {
      sum = overlap<u16>(aRe + base, aIm + base, bRe + base, bIm + base, bytes, stride, bytes, numbers, sum);
      base += 2 * bytes;
      continue;
    }
    let at = base;
    for (const stop = base + stride; at + 8 < stop; at += 16) {
      sum = overlap<u8>(aRe + at, aIm + at, bRe + at, bIm + at, 0, stride, bytes, numbers, sum);
    }
    if (at < base + stride) sum = overlap<u32>(aRe + at, aIm + at, bRe + at, bIm + at, 0, stride, bytes, numbers, sum);
    base += bytes;
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
