/**
 * Phases of a layer, and the mixer of the lowest qubits in the same pass over memory: those whose pairs share a vector
 * (qubit 0; in float32 also qubit 1). `count` is a multiple of a vector. More qubits in this pass gain nothing: its
 * shuffles take the place of products.
 */
import { exchange, exchangeNeighbours, multiplyAdd, multiplySubtract } from './arithmetic';
import { cosine, reducedAngle, roundedQuarters, sine } from './trigonometry';

/** Qubits whose pairs share a vector. */
// @ts-ignore: decorator
@inline
export function qubitsInVector<T>(): u32 {
  return sizeof<T>() == 4 ? 2 : 1;
}

/** a_x <- a_x * (cos - i sin), which stand side by side in place index[x] of `table`, then the mixer. */
// @ts-ignore: decorator
@inline
export function tablePhase<T>(
  re: usize, im: usize, index: usize, table: usize, count: u32, t: f64,
): void {
  const tangent = v128.splat<T>(<T>t);
  const end = re + (<usize>count << alignof<T>());
  while (re < end) {
    const first = entries<T>(table, index);
    if (sizeof<T>() == 4) {
      const second = entries<T>(table, index + 4);
      const c = i32x4.shuffle(first, second, 0, 2, 4, 6);
      rotate<T>(re, im, c, i32x4.shuffle(first, second, 1, 3, 5, 7), tangent);
      index += 8;
    } else {
      const second = v128.load(table + (<usize>load<u16>(index, 2) << 4));
      const c = i64x2.shuffle(first, second, 0, 2);
      rotate<T>(re, im, c, i64x2.shuffle(first, second, 1, 3), tangent);
      index += 4;
    }
    re += 16;
    im += 16;
  }
}

/** The vector of a table's entries at `index`: one in float64, two in float32. */
// @ts-ignore: decorator
@inline
function entries<T>(table: usize, index: usize): v128 {
  const first = table + (<usize>load<u16>(index) << (alignof<T>() + 1));
  if (sizeof<T>() == 8) return v128.load(first);
  return v128.load64_lane(table + (<usize>load<u16>(index, 2) << 3), v128.load64_zero(first), 1);
}

/** The same with the angle gamma * cost[x] worked out for each amplitude in float64, all scaled by `scale`. */
// @ts-ignore: decorator
@inline
export function computedPhase<T>(
  re: usize, im: usize, costs: usize, count: u32, gamma: f64, scale: f64, t: f64,
): void {
  const tangent = v128.splat<T>(<T>t);
  const slope = f64x2.splat(gamma);
  const factor = f64x2.splat(scale);
  const end = re + (<usize>count << alignof<T>());
  while (re < end) {
    const angle = f64x2.mul(slope, v128.load(costs));
    const rounded = roundedQuarters(angle);
    const reduced = reducedAngle(angle, rounded);
    let c = f64x2.mul(factor, cosine(reduced, rounded));
    let s = f64x2.mul(factor, sine(reduced, rounded));
    if (sizeof<T>() == 4) {
      const nextAngle = f64x2.mul(slope, v128.load(costs, 16));
      const nextRounded = roundedQuarters(nextAngle);
      const nextReduced = reducedAngle(nextAngle, nextRounded);
      c = narrowed(c, f64x2.mul(factor, cosine(nextReduced, nextRounded)));
      s = narrowed(s, f64x2.mul(factor, sine(nextReduced, nextRounded)));
    }
    rotate<T>(re, im, c, s, tangent);
    costs += <usize>128 >> alignof<T>();
    re += 16;
    im += 16;
  }
}

/** Four float64 as four float32. */
// @ts-ignore: decorator
@inline
function narrowed(low: v128, high: v128): v128 {
  return i64x2.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

/** No phases: everything scaled, then the mixer. */
// @ts-ignore: decorator
@inline
export function scaledPhase<T>(re: usize, im: usize, count: u32, scale: f64, t: f64): void {
  const tangent = v128.splat<T>(<T>t);
  const factor = v128.splat<T>(<T>scale);
  const end = re + (<usize>count << alignof<T>());
  while (re < end) {
    const x = v128.mul<T>(factor, v128.load(re));
    storeMixed<T>(re, im, x, v128.mul<T>(factor, v128.load(im)), tangent);
    re += 16;
    im += 16;
  }
}

// @ts-ignore: decorator
@inline
function rotate<T>(re: usize, im: usize, c: v128, s: v128, tangent: v128): void {
  const a = v128.load(re);
  const b = v128.load(im);
  const x = multiplyAdd<T>(b, s, v128.mul<T>(a, c));
  const y = multiplySubtract<T>(a, s, v128.mul<T>(b, c));
  storeMixed<T>(re, im, x, y, tangent);
}

/** Mixes the qubits whose pairs share a vector. */
// @ts-ignore: decorator
@inline
function storeMixed<T>(re: usize, im: usize, x: v128, y: v128, tangent: v128): void {
  if (sizeof<T>() == 4) {
    const a = multiplyAdd<T>(tangent, exchangeNeighbours(y), x);
    const b = multiplySubtract<T>(tangent, exchangeNeighbours(x), y);
    v128.store(re, multiplyAdd<T>(tangent, exchange(b), a));
    v128.store(im, multiplySubtract<T>(tangent, exchange(a), b));
  } else {
    v128.store(re, multiplyAdd<T>(tangent, exchange(y), x));
    v128.store(im, multiplySubtract<T>(tangent, exchange(x), y));
  }
}
