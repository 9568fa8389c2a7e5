/**
 * Replicas in lanes: where the model and its state lie, and what a flip does to them. What the arrays hold is told in
 * anneal-replicas.ts, which sweeps over them.
 */

export let fields: usize = 0;
export let masks: usize = 0;
export let base: usize = 0;
export let bias: usize = 0;
export let rowStart: usize = 0;
export let neighbour: usize = 0;
export let weight: usize = 0;
export let variables: u32 = 0;
/** All weights alike: `weight` has one entry. */
export let uniform: bool = false;
export let quantiles: usize = 0;
export let thresholds: usize = 0;
export let rowBits: u32 = 0;
export let laneScale: usize = 0;
export let scores: usize = 0;

export function setModel(
  baseAt: usize, biasAt: usize, rowStartAt: usize, neighbourAt: usize, weightAt: usize, count: u32, allAlike: u32,
): void {
  base = baseAt;
  bias = biasAt;
  rowStart = rowStartAt;
  neighbour = neighbourAt;
  weight = weightAt;
  variables = count;
  uniform = allAlike != 0;
}

export function setState(
  fieldsAt: usize, masksAt: usize, quantilesAt: usize, thresholdsAt: usize, bits: u32, laneScaleAt: usize,
  scoresAt: usize,
): void {
  fields = fieldsAt;
  masks = masksAt;
  quantiles = quantilesAt;
  thresholds = thresholdsAt;
  rowBits = bits;
  laneScale = laneScaleAt;
  scores = scoresAt;
}

/** s F. */
// @ts-ignore: decorator
@inline
export function signed<T>(value: v128, mask: v128): v128 {
  if (isFloat<T>()) return v128.xor(value, mask);
  return v128.sub<T>(v128.xor(value, mask), mask);
}

/** All ones where the flip is accepted. */
// @ts-ignore: decorator
@inline
export function accepted<T>(gain: v128, threshold: v128): v128 {
  if (sizeof<T>() == 1) return i8x16.ge_s(i8x16.add_sat_s(gain, threshold), i8x16.splat(0));
  if (sizeof<T>() == 2) return i16x8.ge_s(i16x8.add_sat_s(gain, threshold), i16x8.splat(0));
  if (isFloat<T>()) return f32x4.ge(f32x4.add(gain, threshold), f32x4.splat(0));
  return i32x4.ge_s(i32x4.add(gain, threshold), i32x4.splat(0));
}

/** w s where accepted, else 0. */
// @ts-ignore: decorator
@inline
function change<T>(w: v128, mask: v128, accept: v128): v128 {
  return v128.and(signed<T>(w, mask), accept);
}

/** The mask after a flip of the accepted lanes. */
// @ts-ignore: decorator
@inline
export function turned<T>(mask: v128, accept: v128): v128 {
  if (isFloat<T>()) return v128.xor(mask, v128.and(accept, i32x4.splat(0x80000000)));
  return v128.xor(mask, accept);
}

// @ts-ignore: decorator
@inline
function subtractAt<T>(at: usize, delta: v128): void {
  v128.store(at, v128.sub<T>(v128.load(at), delta));
}

/** F_j -= w_ij s_i for all neighbours j, in the lanes that are accepted. `mask` is that before the flip. */
// @ts-ignore: decorator
@inline
export function spread<T, V>(
  i: u32, m0: v128, m1: v128, m2: v128, m3: v128, a0: v128, a1: v128, a2: v128, a3: v128,
): void {
  const start = load<u32>(rowStart + (<usize>i << 2));
  const end = neighbour + (<usize>load<u32>(rowStart + (<usize>i << 2), 4) << 2);
  let entry = neighbour + (<usize>start << 2);
  const target = fields;
  let w = weight;
  if (!uniform) w += <usize>start * sizeof<T>();
  let last = load<T>(w);
  let splat = v128.splat<T>(last);
  let d0 = change<T>(splat, m0, a0);
  let d1 = sizeof<V>() > 1 ? change<T>(splat, m1, a1) : d0;
  let d2 = sizeof<V>() > 2 ? change<T>(splat, m2, a2) : d0;
  let d3 = sizeof<V>() > 2 ? change<T>(splat, m3, a3) : d0;
  if (uniform) {
    for (; entry < end; entry += 4) {
      const at = target + <usize>load<u32>(entry);
      subtractAt<T>(at, d0);
      if (sizeof<V>() > 1) subtractAt<T>(at + 16, d1);
      if (sizeof<V>() > 2) subtractAt<T>(at + 32, d2);
      if (sizeof<V>() > 2) subtractAt<T>(at + 48, d3);
    }
    return;
  }
  for (; entry < end; entry += 4) {
    const at = target + <usize>load<u32>(entry);
    const next = load<T>(w);
    w += sizeof<T>();
    // Rows are sorted by weight: with few different weights this branch is seldom taken, and well foreseen.
    if (next != last) {
      last = next;
      splat = v128.splat<T>(next);
      d0 = change<T>(splat, m0, a0);
      if (sizeof<V>() > 1) d1 = change<T>(splat, m1, a1);
      if (sizeof<V>() > 2) d2 = change<T>(splat, m2, a2);
      if (sizeof<V>() > 2) d3 = change<T>(splat, m3, a3);
    }
    subtractAt<T>(at, d0);
    if (sizeof<V>() > 1) subtractAt<T>(at + 16, d1);
    if (sizeof<V>() > 2) subtractAt<T>(at + 32, d2);
    if (sizeof<V>() > 2) subtractAt<T>(at + 48, d3);
  }
}

/** F from the masks: all spins up, then the spins that are down flipped one variable after the other. */
// @ts-ignore: decorator
@inline
export function fieldsFromMasks<T, V>(): void {
  const zero = i32x4.splat(0);
  const rowBytes = sizeof<V>() << 4;
  for (let i: u32 = 0; i < variables; i++) {
    const value = v128.splat<T>(load<T>(base + <usize>i * sizeof<T>()));
    for (let v: usize = 0; v < sizeof<V>(); v++) v128.store(fields + <usize>i * rowBytes + (v << 4), value);
  }
  for (let i: u32 = 0; i < variables; i++) {
    const at = masks + <usize>i * rowBytes;
    const down0 = whole<T>(v128.load(at));
    const down1 = sizeof<V>() > 1 ? whole<T>(v128.load(at, 16)) : zero;
    const down2 = sizeof<V>() > 2 ? whole<T>(v128.load(at, 32)) : zero;
    const down3 = sizeof<V>() > 2 ? whole<T>(v128.load(at, 48)) : zero;
    spread<T, V>(i, zero, zero, zero, zero, down0, down1, down2, down3);
  }
}

/** A mask as all ones or all zeros. */
// @ts-ignore: decorator
@inline
function whole<T>(mask: v128): v128 {
  if (isFloat<T>()) return i32x4.shr_s(mask, 31);
  return mask;
}
