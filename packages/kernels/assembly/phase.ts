import { exchange, exchangeNeighbours, multiplyAdd, multiplySubtract } from './arithmetic';
import { cosine, reducedAngle, roundedQuarters, sine } from './trigonometry';

/**
 * a_x <- a_x * (cos[k] - i sin[k]), k = index[x], for `count` (whole vectors) amplitudes, and then the mixer of the
 * qubits whose pairs share a vector (qubit 0; in float32 also qubit 1), which needs no further memory traffic.
 */
// @ts-ignore: decorator
@inline
export function tablePhase<T>(re: usize, im: usize, index: usize, cos: usize, sin: usize, count: u32, t: f64): void {
  const tangent = v128.splat<T>(<T>t);
  const end = re + (<usize>count << alignof<T>());
  while (re < end) {
    let c: v128;
    let s: v128;
    const first = <usize>load<u16>(index) << alignof<T>();
    const second = <usize>load<u16>(index, 2) << alignof<T>();
    if (sizeof<T>() == 4) {
      const third = <usize>load<u16>(index, 4) << 2;
      const fourth = <usize>load<u16>(index, 6) << 2;
      c = v128.load32_lane(cos + second, v128.load32_zero(cos + first), 1);
      s = v128.load32_lane(sin + second, v128.load32_zero(sin + first), 1);
      c = v128.load32_lane(cos + fourth, v128.load32_lane(cos + third, c, 2), 3);
      s = v128.load32_lane(sin + fourth, v128.load32_lane(sin + third, s, 2), 3);
    } else {
      c = v128.load64_lane(cos + second, v128.load64_zero(cos + first), 1);
      s = v128.load64_lane(sin + second, v128.load64_zero(sin + first), 1);
    }
    rotate<T>(re, im, c, s, tangent);
    re += 16;
    im += 16;
    index += 32 >> alignof<T>();
  }
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
    re += 16;
    im += 16;
    costs += <usize>128 >> alignof<T>();
  }
}

/** Four float64 as four float32. */
// @ts-ignore: decorator
@inline
function narrowed(low: v128, high: v128): v128 {
  return i64x2.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

/** The mixer of those qubits alone, everything scaled. */
// @ts-ignore: decorator
@inline
export function scaledFirstQubits<T>(re: usize, im: usize, count: u32, scale: f64, t: f64): void {
  const tangent = v128.splat<T>(<T>t);
  const factor = v128.splat<T>(<T>scale);
  const end = re + (<usize>count << alignof<T>());
  while (re < end) {
    storeMixed<T>(re, im, v128.mul<T>(factor, v128.load(re)), v128.mul<T>(factor, v128.load(im)), tangent);
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
