/**
 * Metropolis sweeps of many replicas of one Ising model: lane l of every vector belongs to replica l.
 *
 *   E = sum h_i s_i + sum_{i<j} J_ij s_i s_j,   F_i = 2 (h_i + sum_j J_ij s_j) in steps of g,   dE of flipping i = -g s_i F_i
 *
 * Accept when s_i F_i + T >= 0, T = -ln(u) / (g beta), which for whole F may be rounded down: a table of quantiles, one
 * column per lane, is scaled once per sweep, and a sweep draws one row of it per variable. `T` below is the type of F
 * (i8, i16, i32, f32), sizeof<V>() the number of vectors that a variable takes. A spin of -1 is a mask of ones (f32: the
 * sign bit). The TypeScript twin is src/lane-kernel.ts.
 */
import { fieldsFromMasks, gather } from './anneal-gather';
import {
  accepted, bias, fields, laneScale, masks, mayGather, quantiles, rowBits, scores, setModel, setState, signed, spread,
  thresholds, turned, variables,
} from './anneal-lanes';

export { setModel, setState };

let generator: u32 = 1;
/** Whether the last sweep flipped little: then the next one looks which vectors it can leave out. No result depends on it. */
let fewFlips: bool = false;
/** Whether sweeps gather the fields of a variable when they come to it; those of the others are then out of date. */
let gathering: bool = false;
/** Sweeps begin to gather when fewer than one in so many variables were quiet, and go on until more than one in so many. */
const GATHER_FROM: u32 = 6;
const GATHER_UNTIL: u32 = 4;

export function setGenerator(state: u32): void {
  generator = state;
}

/** Four thresholds: quantiles times scale, rounded down to whole numbers where F is whole. */
// @ts-ignore: decorator
@inline
function scaled(at: usize, scale: v128): v128 {
  return i32x4.trunc_sat_f32x4_s(f32x4.mul(v128.load(at), scale));
}

/** Writes the thresholds of one temperature: quantile * (scale * laneScale). */
// @ts-ignore: decorator
@inline
function writeThresholds<T, V>(scale: f32): void {
  const all = f32x4.splat(scale);
  const lanes: usize = (sizeof<V>() << 4) / sizeof<T>();
  const rows: usize = <usize>1 << rowBits;
  const most = i32x4.splat(1 << 30);
  const perVector: usize = 16 / sizeof<T>();
  for (let lane: usize = 0; lane < lanes; lane += perVector) {
    const s = laneScale + (lane << 2);
    const s0 = f32x4.mul(all, v128.load(s));
    const s1 = sizeof<T>() < 4 ? f32x4.mul(all, v128.load(s, 16)) : s0;
    const s2 = sizeof<T>() < 2 ? f32x4.mul(all, v128.load(s, 32)) : s0;
    const s3 = sizeof<T>() < 2 ? f32x4.mul(all, v128.load(s, 48)) : s0;
    let from = quantiles + (lane << 2);
    let to = thresholds + lane * sizeof<T>();
    for (let row: usize = 0; row < rows; row++) {
      if (sizeof<T>() == 1) {
        const low = i16x8.narrow_i32x4_s(scaled(from, s0), scaled(from + 16, s1));
        const high = i16x8.narrow_i32x4_s(scaled(from + 32, s2), scaled(from + 48, s3));
        v128.store(to, i8x16.narrow_i16x8_s(low, high));
      } else if (sizeof<T>() == 2) {
        v128.store(to, i16x8.narrow_i32x4_s(scaled(from, s0), scaled(from + 16, s1)));
      } else if (isFloat<T>()) {
        v128.store(to, f32x4.mul(v128.load(from), s0));
      } else {
        v128.store(to, i32x4.min_s(scaled(from, s0), most));
      }
      from += lanes << 2;
      to += sizeof<V>() << 4;
    }
  }
}

/**
 * One sweep over all variables, in order; `few`: see `spread`; `gathers`: see `gather`. Answers how many variables no lane
 * flipped.
 */
// @ts-ignore: decorator
@inline
function sweep<T, V>(few: bool, gathers: bool): u32 {
  let quiet: u32 = 0;
  const shift = 32 - rowBits;
  const rowBytes = sizeof<V>() << 4;
  let state = generator;
  let f = fields;
  let m = masks;
  const table = thresholds;
  const count = variables;
  for (let i: u32 = 0; i < count; i++) {
    // xorshift32 (Marsaglia 2003, section 3, triple 13, 17, 5).
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const t = table + <usize>(state >>> shift) * rowBytes;
    if (gathers) gather<T, V>(i);
    const m0 = v128.load(m);
    const a0 = accepted<T>(signed<T>(v128.load(f), m0), v128.load(t));
    let m1 = m0;
    let m2 = m0;
    let m3 = m0;
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    let any = a0;
    if (sizeof<V>() > 1) {
      m1 = v128.load(m, 16);
      a1 = accepted<T>(signed<T>(v128.load(f, 16), m1), v128.load(t, 16));
      any = v128.or(any, a1);
    }
    if (sizeof<V>() > 2) {
      m2 = v128.load(m, 32);
      a2 = accepted<T>(signed<T>(v128.load(f, 32), m2), v128.load(t, 32));
      m3 = v128.load(m, 48);
      a3 = accepted<T>(signed<T>(v128.load(f, 48), m3), v128.load(t, 48));
      any = v128.or(any, v128.or(a2, a3));
    }
    if (gathers) quiet += v128.any_true(any) ? 0 : 1;
    if (gathers || v128.any_true(any)) {
      v128.store(m, turned<T>(m0, a0));
      if (sizeof<V>() > 1) v128.store(m, turned<T>(m1, a1), 16);
      if (sizeof<V>() > 2) v128.store(m, turned<T>(m2, a2), 32);
      if (sizeof<V>() > 2) v128.store(m, turned<T>(m3, a3), 48);
      if (!gathers) spread<T, V>(i, m0, m1, m2, m3, a0, a1, a2, a3, few);
    } else {
      quiet++;
    }
    f += rowBytes;
    m += rowBytes;
  }
  generator = state;
  return quiet;
}

// @ts-ignore: decorator
@inline
function sweepAll<T, V>(scales: usize, count: u32): void {
  let last: f32 = -1;
  for (let k: u32 = 0; k < count; k++) {
    const scale = load<f32>(scales + (<usize>k << 2));
    if (scale != last) writeThresholds<T, V>(scale);
    last = scale;
    let quiet: u32 = 0;
    if (!isFloat<T>() && sizeof<V>() > 1 && gathering) quiet = sweep<T, V>(false, true);
    else if (sizeof<V>() > 1 && fewFlips) quiet = sweep<T, V>(true, false);
    else quiet = sweep<T, V>(false, false);
    // With four vectors, of which each is quiet as often as not, 1 of 16 variables is.
    fewFlips = quiet * 16 > variables;
    if (!isFloat<T>() && sizeof<V>() > 1 && mayGather) {
      const gathers = quiet * (gathering ? GATHER_UNTIL : GATHER_FROM) < variables;
      if (gathering && !gathers) fieldsFromMasks<T, V>();
      gathering = gathers;
    }
  }
}

/** Adds four values to four float64 sums. */
// @ts-ignore: decorator
@inline
function addFour(at: usize, values: v128): void {
  const high = i32x4.shuffle(values, values, 2, 3, 2, 3);
  v128.store(at, f64x2.add(v128.load(at), f64x2.convert_low_i32x4_s(values)));
  v128.store(at, f64x2.add(v128.load(at, 16), f64x2.convert_low_i32x4_s(high)), 16);
}

/** Adds one vector of type T to the sums of its lanes. */
// @ts-ignore: decorator
@inline
function addVector<T>(at: usize, values: v128): void {
  if (sizeof<T>() == 1) {
    const low = i16x8.extend_low_i8x16_s(values);
    const high = i16x8.extend_high_i8x16_s(values);
    addFour(at, i32x4.extend_low_i16x8_s(low));
    addFour(at + 32, i32x4.extend_high_i16x8_s(low));
    addFour(at + 64, i32x4.extend_low_i16x8_s(high));
    addFour(at + 96, i32x4.extend_high_i16x8_s(high));
  } else if (sizeof<T>() == 2) {
    addFour(at, i32x4.extend_low_i16x8_s(values));
    addFour(at + 32, i32x4.extend_high_i16x8_s(values));
  } else if (isFloat<T>()) {
    const high = i32x4.shuffle(values, values, 2, 3, 2, 3);
    v128.store(at, f64x2.add(v128.load(at), f64x2.promote_low_f32x4(values)));
    v128.store(at, f64x2.add(v128.load(at, 16), f64x2.promote_low_f32x4(high)), 16);
  } else {
    addFour(at, values);
  }
}

/** Per lane sum_i s_i (F_i + 2 h_i), that is 4 E / g. */
// @ts-ignore: decorator
@inline
function score<T, V>(): void {
  if (gathering) fieldsFromMasks<T, V>();
  const lanes: usize = (sizeof<V>() << 4) / sizeof<T>();
  const perVector: usize = 16 / sizeof<T>();
  for (let lane: usize = 0; lane < lanes; lane++) store<f64>(scores + (lane << 3), 0);
  for (let i: u32 = 0; i < variables; i++) {
    const field = v128.splat<T>(load<T>(bias + <usize>i * sizeof<T>()));
    const biased = load<T>(bias + <usize>i * sizeof<T>()) != <T>0;
    for (let v: usize = 0; v < sizeof<V>(); v++) {
      const at = (<usize>i * sizeof<V>() + v) << 4;
      const sums = scores + ((v * perVector) << 3);
      const mask = v128.load(masks + at);
      addVector<T>(sums, signed<T>(v128.load(fields + at), mask));
      if (biased) addVector<T>(sums, signed<T>(field, mask));
    }
  }
}

/** Replica `to` becomes a copy of replica `from`. */
// @ts-ignore: decorator
@inline
function copy<T, V>(from: usize, to: usize): void {
  for (let i: u32 = 0; i < variables; i++) {
    const row = <usize>i * (sizeof<V>() << 4);
    store<T>(fields + row + to * sizeof<T>(), load<T>(fields + row + from * sizeof<T>()));
    store<T>(masks + row + to * sizeof<T>(), load<T>(masks + row + from * sizeof<T>()));
  }
}

export function i8x1Fields(): void {
  fieldsFromMasks<i8, u8>();
}

export function i8x1Sweeps(scales: usize, count: u32): void {
  sweepAll<i8, u8>(scales, count);
}

export function i8x1Score(): void {
  score<i8, u8>();
}

export function i8x1Copy(from: usize, to: usize): void {
  copy<i8, u8>(from, to);
}

export function i8x4Fields(): void {
  fieldsFromMasks<i8, u32>();
}

export function i8x4Sweeps(scales: usize, count: u32): void {
  sweepAll<i8, u32>(scales, count);
}

export function i8x4Score(): void {
  score<i8, u32>();
}

export function i8x4Copy(from: usize, to: usize): void {
  copy<i8, u32>(from, to);
}

export function i16x2Fields(): void {
  fieldsFromMasks<i16, u16>();
}

export function i16x2Sweeps(scales: usize, count: u32): void {
  sweepAll<i16, u16>(scales, count);
}

export function i16x2Score(): void {
  score<i16, u16>();
}

export function i16x2Copy(from: usize, to: usize): void {
  copy<i16, u16>(from, to);
}

export function i16x4Fields(): void {
  fieldsFromMasks<i16, u32>();
}

export function i16x4Sweeps(scales: usize, count: u32): void {
  sweepAll<i16, u32>(scales, count);
}

export function i16x4Score(): void {
  score<i16, u32>();
}

export function i16x4Copy(from: usize, to: usize): void {
  copy<i16, u32>(from, to);
}

export function i32x4Fields(): void {
  fieldsFromMasks<i32, u32>();
}

export function i32x4Sweeps(scales: usize, count: u32): void {
  sweepAll<i32, u32>(scales, count);
}

export function i32x4Score(): void {
  score<i32, u32>();
}

export function i32x4Copy(from: usize, to: usize): void {
  copy<i32, u32>(from, to);
}

export function f32x4Fields(): void {
  fieldsFromMasks<f32, u32>();
}

export function f32x4Sweeps(scales: usize, count: u32): void {
  sweepAll<f32, u32>(scales, count);
}

export function f32x4Score(): void {
  score<f32, u32>();
}

export function f32x4Copy(from: usize, to: usize): void {
  copy<f32, u32>(from, to);
}
