import { exchange, multiplyAdd, multiplySubtract } from './arithmetic';
import { cosine, reducedAngle, roundedQuarters, sine } from './trigonometry';

/**
 * a_x <- a_x * (cos[k] - i sin[k]), k = index[x], for `count` (even) amplitudes, and then the mixer of qubit 0 with
 * tangent t, which needs no further memory traffic: both amplitudes of its pair share a vector.
 */
// @ts-ignore: decorator
@inline
export function tablePhase(re: usize, im: usize, index: usize, cos: usize, sin: usize, count: u32, t: f64): void {
  const tangent = f64x2.splat(t);
  const end = re + (<usize>count << 3);
  while (re < end) {
    const first = <usize>load<u16>(index) << 3;
    const second = <usize>load<u16>(index, 2) << 3;
    const c = v128.load64_lane(cos + second, v128.load64_zero(cos + first), 1);
    const s = v128.load64_lane(sin + second, v128.load64_zero(sin + first), 1);
    rotatePair(re, im, c, s, tangent);
    re += 16;
    im += 16;
    index += 4;
  }
}

/** The same with the angle gamma * cost[x] worked out for each amplitude, all scaled by `scale`. */
// @ts-ignore: decorator
@inline
export function computedPhase(
  re: usize, im: usize, costs: usize, count: u32, gamma: f64, scale: f64, t: f64,
): void {
  const tangent = f64x2.splat(t);
  const slope = f64x2.splat(gamma);
  const factor = f64x2.splat(scale);
  const end = re + (<usize>count << 3);
  while (re < end) {
    const angle = f64x2.mul(slope, v128.load(costs));
    const rounded = roundedQuarters(angle);
    const reduced = reducedAngle(angle, rounded);
    const c = f64x2.mul(factor, cosine(reduced, rounded));
    const s = f64x2.mul(factor, sine(reduced, rounded));
    rotatePair(re, im, c, s, tangent);
    re += 16;
    im += 16;
    costs += 16;
  }
}

/** Mixer of qubit 0 alone, everything scaled. */
// @ts-ignore: decorator
@inline
export function scaledFirstQubit(re: usize, im: usize, count: u32, scale: f64, t: f64): void {
  const tangent = f64x2.splat(t);
  const factor = f64x2.splat(scale);
  const end = re + (<usize>count << 3);
  while (re < end) {
    const a = f64x2.mul(factor, v128.load(re));
    const b = f64x2.mul(factor, v128.load(im));
    v128.store(re, multiplyAdd(tangent, exchange(b), a));
    v128.store(im, multiplySubtract(tangent, exchange(a), b));
    re += 16;
    im += 16;
  }
}

// @ts-ignore: decorator
@inline
function rotatePair(re: usize, im: usize, c: v128, s: v128, tangent: v128): void {
  const a = v128.load(re);
  const b = v128.load(im);
  const x = multiplyAdd(b, s, f64x2.mul(a, c));
  const y = multiplySubtract(a, s, f64x2.mul(b, c));
  v128.store(re, multiplyAdd(tangent, exchange(y), x));
  v128.store(im, multiplySubtract(tangent, exchange(x), y));
}
