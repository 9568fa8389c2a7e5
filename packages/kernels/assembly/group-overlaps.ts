/**
 * Im <b| A |a> for what the mixers of groups.ts are made of: sum_u b.re(u) A.im(u) - b.im(u) A.re(u) over all groups of a
 * step, A.re and A.im the real symmetric k x k matrix A times a. Lanes are summed apart and added last.
 */
import { get } from './group-lanes';

/** Of the groups at these addresses. `K`: u8 all ones but the diagonal, u16 ring, u32 the 2 x 2 matrix at `numbers`. */
// @ts-ignore: decorator
@inline
function overlap<K, M>(
  aRe: usize, aIm: usize, bRe: usize, bIm: usize, gap: usize, stride: usize, bytes: usize, numbers: usize, sum: v128,
): v128 {
  const last = bytes - stride;
  let x = get<M>(aRe, gap);
  let y = get<M>(aIm, gap);
  const x0 = x;
  const y0 = y;
  if (sizeof<K>() == 1) {
    for (let at = stride; at < bytes; at += stride) {
      x = f64x2.add(x, get<M>(aRe + at, gap));
      y = f64x2.add(y, get<M>(aIm + at, gap));
    }
  }
  for (let at: usize = 0; at < bytes; at += stride) {
    let re: v128;
    let im: v128;
    if (sizeof<K>() == 1) {
      re = f64x2.sub(x, get<M>(aRe + at, gap));
      im = f64x2.sub(y, get<M>(aIm + at, gap));
    } else if (sizeof<K>() == 2) {
      const before = at == 0 ? last : at - stride;
      const behind = at == last ? 0 : at + stride;
      re = get<M>(aRe + before, gap);
      im = get<M>(aIm + before, gap);
      // Of two places the one before is the one behind.
      if (before != behind) {
        re = f64x2.add(re, get<M>(aRe + behind, gap));
        im = f64x2.add(im, get<M>(aIm + behind, gap));
      }
    } else {
      const own = v128.load64_splat(numbers + (at == 0 ? 0 : 16));
      const other = v128.load64_splat(numbers + (at == 0 ? 0 : 16), 8);
      re = f64x2.add(f64x2.mul(own, x0), f64x2.mul(other, get<M>(aRe + stride, gap)));
      im = f64x2.add(f64x2.mul(own, y0), f64x2.mul(other, get<M>(aIm + stride, gap)));
    }
    const cross = f64x2.sub(f64x2.mul(get<M>(bRe + at, gap), im), f64x2.mul(get<M>(bIm + at, gap), re));
    sum = f64x2.add(sum, cross);
  }
  return sum;
}

// @ts-ignore: decorator
@inline
function allGroups<K>(
  aRe: usize, aIm: usize, bRe: usize, bIm: usize, count: u32, places: u32, distance: u32, numbers: usize,
): f64 {
  const stride = <usize>distance << 3;
  const bytes = stride * places;
  const all = <usize>count << 3;
  let sum = f64x2.splat(0);
  let base: usize = 0;
  if (distance == 1) {
    for (; base + bytes < all; base += 2 * bytes) {
      sum = overlap<K, u16>(aRe + base, aIm + base, bRe + base, bIm + base, bytes, stride, bytes, numbers, sum);
    }
  }
  for (; base < all; base += bytes) {
    let at = base;
    for (const stop = base + stride; at + 8 < stop; at += 16) {
      sum = overlap<K, u8>(aRe + at, aIm + at, bRe + at, bIm + at, 0, stride, bytes, numbers, sum);
    }
    if (at < base + stride) {
      sum = overlap<K, u32>(aRe + at, aIm + at, bRe + at, bIm + at, 0, stride, bytes, numbers, sum);
    }
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

export function completeOverlap(
  aRe: usize, aIm: usize, bRe: usize, bIm: usize, count: u32, places: u32, distance: u32, numbers: usize,
): f64 {
  return allGroups<u8>(aRe, aIm, bRe, bIm, count, places, distance, numbers);
}

export function ringOverlap(
  aRe: usize, aIm: usize, bRe: usize, bIm: usize, count: u32, places: u32, distance: u32, numbers: usize,
): f64 {
  return allGroups<u16>(aRe, aIm, bRe, bIm, count, places, distance, numbers);
}

export function pairOverlap(
  aRe: usize, aIm: usize, bRe: usize, bIm: usize, count: u32, places: u32, distance: u32, numbers: usize,
): f64 {
  return allGroups<u32>(aRe, aIm, bRe, bIm, count, places, distance, numbers);
}
