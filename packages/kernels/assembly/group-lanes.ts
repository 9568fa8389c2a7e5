/**
 * Two groups side by side in the lanes of a vector: neighbours in memory (`M` u8), `gap` bytes apart where neighbours are
 * of one group (u16), or one alone (u32).
 */

/** Place `at` of both groups; the second lane of one alone is 0. */
// @ts-ignore: decorator
@inline
export function get<M>(at: usize, gap: usize): v128 {
  if (sizeof<M>() == 1) return v128.load(at);
  if (sizeof<M>() == 2) return v128.load64_lane(at + gap, v128.load64_zero(at), 1);
  return v128.load64_zero(at);
}

// @ts-ignore: decorator
@inline
export function put<M>(at: usize, gap: usize, value: v128): void {
  if (sizeof<M>() == 1) v128.store(at, value);
  else v128.store64_lane(at, value, 0);
  if (sizeof<M>() == 2) v128.store64_lane(at + gap, value, 1);
}
