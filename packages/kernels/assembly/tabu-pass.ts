/** The one pass over all gains that brings them up to date after a flip and finds the largest: tabu.ts tells what they are. */
import { BLOCK, blockMost, blocks, caps, gains, least, limit, masks } from './tabu-model';

/** Results of a pass. */
export let most: f64 = 0;
export let mostOfAll: f64 = 0;
export let leftRange: bool = false;

/** Whether gains left the range of i16 lanes: they are right, but the next flip might wrap around. */
export function getLeftRange(): u32 {
  return leftRange ? 1 : 0;
}

export function clearLeftRange(): void {
  leftRange = false;
}

// @ts-ignore: decorator
@inline
export function minOf<T>(a: v128, b: v128): v128 {
  if (isFloat<T>()) return f64x2.pmin(a, b);
  return v128.min<T>(a, b);
}

// @ts-ignore: decorator
@inline
function maxOf<T>(a: v128, b: v128): v128 {
  if (isFloat<T>()) return f64x2.pmax(a, b);
  return v128.max<T>(a, b);
}

/** The largest of the lanes. */
// @ts-ignore: decorator
@inline
function across<T>(value: v128): f64 {
  let high = maxOf<T>(value, v128.shuffle<u64>(value, value, 1, 0));
  if (sizeof<T>() < 8) high = maxOf<T>(high, v128.shuffle<u32>(high, high, 1, 0, 3, 2));
  if (sizeof<T>() < 4) high = maxOf<T>(high, v128.shuffle<u16>(high, high, 1, 0, 3, 2, 5, 4, 7, 6));
  return <f64>v128.extract_lane<T>(high, 0);
}

/** G - 4 J s_i s of one vector, s_i = +1 when `up`. */
// @ts-ignore: decorator
@inline
function changed<R, T>(row: usize, offset: usize, up: bool): v128 {
  const gain = v128.load(gains + offset);
  const mask = v128.load(masks + offset);
  let weight: v128;
  if (sizeof<R>() == sizeof<T>()) weight = v128.load(row + offset);
  else weight = v128.load_ext<i16>(row + (offset >> 1));
  if (isFloat<T>()) {
    const term = v128.xor(weight, mask);
    return up ? f64x2.sub(gain, term) : f64x2.add(gain, term);
  }
  const term = v128.xor(weight, mask);
  if (up) return v128.add<T>(v128.sub<T>(gain, term), mask);
  return v128.sub<T>(v128.add<T>(gain, term), mask);
}

/** Gains after a flip of the variable whose row this is; leaves `most` and `mostOfAll`. */
// @ts-ignore: decorator
@inline
function passBy<R, T>(row: usize, up: bool): void {
  const lowest = v128.splat<T>(least<T>());
  const blockBytes = BLOCK * sizeof<T>();
  let all0 = lowest;
  let all1 = lowest;
  let total = lowest;
  let down = v128.splat<T>(<T>0);
  let offset: usize = 0;
  for (let block: usize = 0; block < blocks; block++) {
    const end = offset + blockBytes;
    let own0 = lowest;
    let own1 = lowest;
    for (; offset < end; offset += 64) {
      const g0 = changed<R, T>(row, offset, up);
      v128.store(gains + offset, g0);
      own0 = maxOf<T>(own0, minOf<T>(v128.load(caps + offset), g0));
      const g1 = changed<R, T>(row, offset + 16, up);
      v128.store(gains + offset, g1, 16);
      own1 = maxOf<T>(own1, minOf<T>(v128.load(caps + offset, 16), g1));
      const g2 = changed<R, T>(row, offset + 32, up);
      v128.store(gains + offset, g2, 32);
      own0 = maxOf<T>(own0, minOf<T>(v128.load(caps + offset, 32), g2));
      const g3 = changed<R, T>(row, offset + 48, up);
      v128.store(gains + offset, g3, 48);
      own1 = maxOf<T>(own1, minOf<T>(v128.load(caps + offset, 48), g3));
      all0 = maxOf<T>(all0, maxOf<T>(g0, g1));
      all1 = maxOf<T>(all1, maxOf<T>(g2, g3));
      if (sizeof<T>() == 2) down = minOf<T>(down, minOf<T>(minOf<T>(g0, g1), minOf<T>(g2, g3)));
    }
    own0 = maxOf<T>(own0, own1);
    v128.store(blockMost + (block << 4), own0);
    total = maxOf<T>(total, own0);
  }
  most = across<T>(total);
  mostOfAll = across<T>(maxOf<T>(all0, all1));
  if (sizeof<T>() == 2) {
    // The least, as the largest of the negated.
    const largest = max(mostOfAll, across<T>(v128.neg<T>(down)));
    if (largest > limit) leftRange = true;
  }
}

export function pass<R, T>(row: usize, up: bool): void {
  if (up) passBy<R, T>(row, true);
  else passBy<R, T>(row, false);
}
