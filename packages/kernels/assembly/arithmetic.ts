/**
 * a * b + c on all lanes of a type. The plain build rounds twice, like the TypeScript twin; the relaxed build lets the
 * machine round once (about 5 % faster), which is why it may be used for state vectors and never for samplers.
 */
// @ts-ignore: decorator
@inline
export function multiplyAdd<T>(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<T>(a, b, c);
  return v128.add<T>(v128.mul<T>(a, b), c);
}

/** c - a * b on all lanes. */
// @ts-ignore: decorator
@inline
export function multiplySubtract<T>(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_nmadd<T>(a, b, c);
  return v128.sub<T>(c, v128.mul<T>(a, b));
}

/** The two float64 lanes, or the two halves of four float32 lanes, exchanged. */
// @ts-ignore: decorator
@inline
export function exchange(a: v128): v128 {
  return i64x2.shuffle(a, a, 1, 0);
}

/** Neighbouring float32 lanes exchanged: 1, 0, 3, 2. */
// @ts-ignore: decorator
@inline
export function exchangeNeighbours(a: v128): v128 {
  return i32x4.shuffle(a, a, 1, 0, 3, 2);
}

/** Two neighbouring amplitudes as float64: a float32 is widened exactly. */
// @ts-ignore: decorator
@inline
export function loadPair<T>(at: usize): v128 {
  if (sizeof<T>() == 4) return f64x2.promote_low_f32x4(v128.load64_zero(at));
  return v128.load(at);
}

/** The way back, rounded where amplitudes are float32. */
// @ts-ignore: decorator
@inline
export function storePair<T>(at: usize, pair: v128): void {
  if (sizeof<T>() == 4) v128.store64_lane(at, f32x4.demote_f64x2_zero(pair), 0);
  else v128.store(at, pair);
}
