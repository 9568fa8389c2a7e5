/**
 * Replicas in lanes: where the model and its state lie, and what a flip does to them. What the arrays hold is told in
 * anneal-replicas.ts, which sweeps over them.
 */

/** Neighbours that a variable must have on average: with five, gathering took a tenth more time, with twenty a sixth less. */
const LEAST_GATHERED: u32 = 8;

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
/** Rows have entries enough for `gather` to pay. */
export let mayGather: bool = false;
export let quantiles: usize = 0;
export let thresholds: usize = 0;
export let rowBits: u32 = 0;
export let laneScale: usize = 0;
export let scores: usize = 0;
/** 64 bytes for what one variable brings its neighbours. */
let scratch: usize = 0;

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
  mayGather = load<u32>(rowStartAt + (<usize>count << 2)) >= LEAST_GATHERED * count;
}

export function setState(
  fieldsAt: usize, masksAt: usize, quantilesAt: usize, thresholdsAt: usize, bits: u32, laneScaleAt: usize,
  scoresAt: usize, scratchAt: usize,
): void {
  fields = fieldsAt;
  masks = masksAt;
  quantiles = quantilesAt;
  thresholds = thresholdsAt;
  rowBits = bits;
  laneScale = laneScaleAt;
  scores = scoresAt;
  scratch = scratchAt;
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

/** s where accepted, else 0. */
// @ts-ignore: decorator
@inline
function flipped<T>(mask: v128, accept: v128): v128 {
  if (isFloat<T>()) return v128.and(v128.xor(f32x4.splat(1), mask), accept);
  return v128.and(v128.or(mask, v128.splat<T>(<T>1)), accept);
}

/** w times a vector of -1, 0 and 1. int8 has no product. */
// @ts-ignore: decorator
@inline
function change<T>(w: v128, spin: v128): v128 {
  if (sizeof<T>() > 1) return v128.mul<T>(w, spin);
  const down = i8x16.lt_s(spin, i8x16.splat(0));
  return v128.andnot(i8x16.sub(v128.xor(w, down), down), i8x16.eq(spin, i8x16.splat(0)));
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

/** F_j -= w_ij s_i for all neighbours j of i, in one vector of each. */
// @ts-ignore: decorator
@inline
function spreadOne<T>(i: u32, target: usize, s0: v128): void {
  const start = load<u32>(rowStart + (<usize>i << 2));
  const end = neighbour + (<usize>load<u32>(rowStart + (<usize>i << 2), 4) << 2);
  let entry = neighbour + (<usize>start << 2);
  let w = weight;
  if (uniform) {
    const d0 = change<T>(v128.splat<T>(load<T>(w)), s0);
    for (; entry + 4 < end; entry += 8) {
      subtractAt<T>(target + <usize>load<u32>(entry), d0);
      subtractAt<T>(target + <usize>load<u32>(entry, 4), d0);
    }
    if (entry < end) subtractAt<T>(target + <usize>load<u32>(entry), d0);
    return;
  }
  w += <usize>start * sizeof<T>();
  for (; entry + 4 < end; entry += 8) {
    subtractAt<T>(target + <usize>load<u32>(entry), change<T>(v128.splat<T>(load<T>(w)), s0));
    subtractAt<T>(target + <usize>load<u32>(entry, 4), change<T>(v128.splat<T>(load<T>(w, sizeof<T>())), s0));
    w += 2 * sizeof<T>();
  }
  if (entry < end) subtractAt<T>(target + <usize>load<u32>(entry), change<T>(v128.splat<T>(load<T>(w)), s0));
}

// @ts-ignore: decorator
@inline
function subtractTwo<T>(first: usize, second: usize, w: v128, s0: v128, s1: v128): void {
  subtractAt<T>(first, change<T>(w, s0));
  subtractAt<T>(second, change<T>(w, s1));
}

/** The same in two vectors of each. */
// @ts-ignore: decorator
@inline
function spreadTwo<T>(i: u32, first: usize, second: usize, s0: v128, s1: v128): void {
  const start = load<u32>(rowStart + (<usize>i << 2));
  const end = neighbour + (<usize>load<u32>(rowStart + (<usize>i << 2), 4) << 2);
  let entry = neighbour + (<usize>start << 2);
  let w = weight;
  if (uniform) {
    const splat = v128.splat<T>(load<T>(w));
    const d0 = change<T>(splat, s0);
    const d1 = change<T>(splat, s1);
    for (; entry < end; entry += 4) {
      const at = <usize>load<u32>(entry);
      subtractAt<T>(first + at, d0);
      subtractAt<T>(second + at, d1);
    }
    return;
  }
  w += <usize>start * sizeof<T>();
  for (; entry + 4 < end; entry += 8) {
    const at = <usize>load<u32>(entry);
    const next = <usize>load<u32>(entry, 4);
    subtractTwo<T>(first + at, second + at, v128.splat<T>(load<T>(w)), s0, s1);
    subtractTwo<T>(first + next, second + next, v128.splat<T>(load<T>(w, sizeof<T>())), s0, s1);
    w += 2 * sizeof<T>();
  }
  if (entry < end) {
    const at = <usize>load<u32>(entry);
    subtractTwo<T>(first + at, second + at, v128.splat<T>(load<T>(w)), s0, s1);
  }
}

// @ts-ignore: decorator
@inline
function subtractFour<T>(at: usize, d0: v128, d1: v128, d2: v128, d3: v128): void {
  v128.store(at, v128.sub<T>(v128.load(at), d0));
  v128.store(at, v128.sub<T>(v128.load(at, 16), d1), 16);
  v128.store(at, v128.sub<T>(v128.load(at, 32), d2), 32);
  v128.store(at, v128.sub<T>(v128.load(at, 48), d3), 48);
}

/** The same in all four vectors of each. */
// @ts-ignore: decorator
@inline
function spreadFour<T>(i: u32, s0: v128, s1: v128, s2: v128, s3: v128): void {
  const start = load<u32>(rowStart + (<usize>i << 2));
  const end = neighbour + (<usize>load<u32>(rowStart + (<usize>i << 2), 4) << 2);
  let entry = neighbour + (<usize>start << 2);
  const target = fields;
  let w = weight;
  if (!uniform) w += <usize>start * sizeof<T>();
  let last = load<T>(w);
  let splat = v128.splat<T>(last);
  let d0 = change<T>(splat, s0);
  let d1 = change<T>(splat, s1);
  let d2 = change<T>(splat, s2);
  let d3 = change<T>(splat, s3);
  if (uniform) {
    for (; entry + 4 < end; entry += 8) {
      subtractFour<T>(target + <usize>load<u32>(entry), d0, d1, d2, d3);
      subtractFour<T>(target + <usize>load<u32>(entry, 4), d0, d1, d2, d3);
    }
    if (entry < end) subtractFour<T>(target + <usize>load<u32>(entry), d0, d1, d2, d3);
    return;
  }
  for (; entry < end; entry += 4) {
    const at = target + <usize>load<u32>(entry);
    const next = load<T>(w);
    w += sizeof<T>();
    // Rows are sorted by weight where few are different: then this branch is seldom taken, and well foreseen. Wider lanes
    // have products, which cost less than the branch.
    if (sizeof<T>() > 1 || next != last) {
      last = next;
      splat = v128.splat<T>(next);
      d0 = change<T>(splat, s0);
      d1 = change<T>(splat, s1);
      d2 = change<T>(splat, s2);
      d3 = change<T>(splat, s3);
    }
    subtractFour<T>(at, d0, d1, d2, d3);
  }
}

/**
 * F_j -= w_ij s_i for all neighbours j, in the lanes that are accepted. The masks are those before the flip. When `few`,
 * vectors in which no lane is accepted are left out if that leaves at most two: worth the looking where few are.
 */
// @ts-ignore: decorator
@inline
export function spread<T, V>(
  i: u32, m0: v128, m1: v128, m2: v128, m3: v128, a0: v128, a1: v128, a2: v128, a3: v128, few: bool,
): void {
  const target = fields;
  const s0 = flipped<T>(m0, a0);
  if (sizeof<V>() == 1) {
    spreadOne<T>(i, target, s0);
    return;
  }
  const s1 = flipped<T>(m1, a1);
  if (sizeof<V>() == 2) {
    if (few && !v128.any_true(a1)) spreadOne<T>(i, target, s0);
    else if (few && !v128.any_true(a0)) spreadOne<T>(i, target + 16, s1);
    else spreadTwo<T>(i, target, target + 16, s0, s1);
    return;
  }
  const s2 = flipped<T>(m2, a2);
  const s3 = flipped<T>(m3, a3);
  if (!few) {
    spreadFour<T>(i, s0, s1, s2, s3);
    return;
  }
  const active = (v128.any_true(a0) ? 1 : 0) | (v128.any_true(a1) ? 2 : 0) | (v128.any_true(a2) ? 4 : 0) |
    (v128.any_true(a3) ? 8 : 0);
  const others = active & (active - 1);
  if ((others & (others - 1)) != 0) {
    spreadFour<T>(i, s0, s1, s2, s3);
    return;
  }
  v128.store(scratch, s0);
  v128.store(scratch, s1, 16);
  v128.store(scratch, s2, 32);
  v128.store(scratch, s3, 48);
  const first = <usize>ctz(active) << 4;
  if (others == 0) {
    spreadOne<T>(i, target + first, v128.load(scratch + first));
    return;
  }
  const second = <usize>ctz(others) << 4;
  spreadTwo<T>(i, target + first, target + second, v128.load(scratch + first), v128.load(scratch + second));
}
