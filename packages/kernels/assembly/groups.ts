/**
 * Layers on a state of any size, float64, whose mixer acts on groups: k places that lie `stride` amplitudes apart, every
 * amplitude in just one group of a step. The TypeScript twin is src/group-steps.ts.
 *
 * Two groups are done side by side (group-lanes.ts): neighbours in memory, or groups next to each other where stride is 1.
 * What the mixers are sums of is in group-overlaps.ts.
 */
import { get, put } from './group-lanes';
import { cosine, reducedAngle, roundedQuarters, sine } from './trigonometry';

export { completeOverlap, pairOverlap, ringOverlap } from './group-overlaps';

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

/** A 2 x 2 matrix on the groups at re, im. `numbers`: its entries by rows, real and imaginary part of each. */
// @ts-ignore: decorator
@inline
function pair<M>(re: usize, im: usize, gap: usize, stride: usize, numbers: usize): void {
  const a0 = get<M>(re, gap);
  const b0 = get<M>(im, gap);
  const a1 = get<M>(re + stride, gap);
  const b1 = get<M>(im + stride, gap);
  put<M>(re, gap, f64x2.add(realPart(numbers, a0, b0), realPart(numbers + 16, a1, b1)));
  put<M>(im, gap, f64x2.add(imaginaryPart(numbers, a0, b0), imaginaryPart(numbers + 16, a1, b1)));
  put<M>(re + stride, gap, f64x2.add(realPart(numbers + 32, a0, b0), realPart(numbers + 48, a1, b1)));
  put<M>(im + stride, gap, f64x2.add(imaginaryPart(numbers + 32, a0, b0), imaginaryPart(numbers + 48, a1, b1)));
}

/** A circulant matrix on the groups at re, im. `numbers`: its entries by distance, real and imaginary part of each. */
// @ts-ignore: decorator
@inline
function circulant<M>(
  re: usize, im: usize, gap: usize, stride: usize, bytes: usize, numbers: usize, scratch: usize,
): void {
  let end = scratch;
  for (let at: usize = 0; at < bytes; at += stride) {
    v128.store(end, get<M>(re + at, gap));
    v128.store(end, get<M>(im + at, gap), 16);
    end += 32;
  }
  const last = numbers + ((end - scratch) >> 1) - 16;
  let own = numbers;
  for (let at: usize = 0; at < bytes; at += stride) {
    let x = realPart(own, v128.load(scratch), v128.load(scratch, 16));
    let y = imaginaryPart(own, v128.load(scratch), v128.load(scratch, 16));
    let entry = own;
    for (let from = scratch + 32; from < end; from += 32) {
      entry = entry == numbers ? last : entry - 16;
      const a = v128.load(from);
      const b = v128.load(from, 16);
      x = f64x2.add(x, realPart(entry, a, b));
      y = f64x2.add(y, imaginaryPart(entry, a, b));
    }
    put<M>(re + at, gap, x);
    put<M>(im + at, gap, y);
    own += 16;
  }
}

/** One of the steps (`K`: u8 complete, u16 circulant, u32 pair) on the groups at re, im. */
// @ts-ignore: decorator
@inline
function step<K, M>(
  re: usize, im: usize, gap: usize, stride: usize, bytes: usize, numbers: usize, scratch: usize,
): void {
  if (sizeof<K>() == 1) complete<M>(re, im, gap, stride, bytes, numbers);
  else if (sizeof<K>() == 2) circulant<M>(re, im, gap, stride, bytes, numbers, scratch);
  else pair<M>(re, im, gap, stride, numbers);
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

export function circulantStep(
  re: usize, im: usize, count: u32, places: u32, distance: u32, numbers: usize, scratch: usize,
): void {
  allGroups<u16>(re, im, count, places, distance, numbers, scratch);
}

export function pairStep(
  re: usize, im: usize, count: u32, places: u32, distance: u32, numbers: usize, scratch: usize,
): void {
  allGroups<u32>(re, im, count, places, distance, numbers, scratch);
}
