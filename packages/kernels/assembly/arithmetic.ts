/**
 * a * b + c on two lanes. The plain build rounds twice, like the TypeScript twin; the relaxed build lets the machine
 * round once (about 5 % faster), which is why it may be used for state vectors and never for samplers.
 */
// @ts-ignore: decorator
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, c);
  return f64x2.add(f64x2.mul(a, b), c);
}

/** c - a * b on two lanes. */
// @ts-ignore: decorator
@inline
export function multiplySubtract(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_nmadd(a, b, c);
  return f64x2.sub(c, f64x2.mul(a, b));
}

/** Both lanes exchanged. */
// @ts-ignore: decorator
@inline
export function exchange(a: v128): v128 {
  return i64x2.shuffle(a, a, 1, 0);
}
