/**
 * Fields worked out from the masks: what the first sweep starts from, and what takes the place of `spread` where most
 * variables flip.
 */
import { base, fields, masks, neighbour, rowStart, spread, uniform, variables, weight } from './anneal-lanes';

/**
 * F_i from the masks of its neighbours: F_i = base_i - sum_j (w_ij where s_j is -1). It reads what a flip of i would have
 * to write, so it is the cheaper way where most variables flip in some lane. Whole numbers only: the order of a sum of
 * rounded ones would show.
 */
// @ts-ignore: decorator
@inline
export function gather<T, V>(i: u32): void {
  const start = load<u32>(rowStart + (<usize>i << 2));
  const end = neighbour + (<usize>load<u32>(rowStart + (<usize>i << 2), 4) << 2);
  const target = masks;
  let entry = neighbour + (<usize>start << 2);
  let w = weight;
  let sum0 = i32x4.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  if (uniform) {
    for (; entry + 4 < end; entry += 8) {
      const first = target + <usize>load<u32>(entry);
      const second = target + <usize>load<u32>(entry, 4);
      sum0 = v128.sub<T>(v128.sub<T>(sum0, v128.load(first)), v128.load(second));
      if (sizeof<V>() > 1) sum1 = v128.sub<T>(v128.sub<T>(sum1, v128.load(first, 16)), v128.load(second, 16));
      if (sizeof<V>() > 2) sum2 = v128.sub<T>(v128.sub<T>(sum2, v128.load(first, 32)), v128.load(second, 32));
      if (sizeof<V>() > 2) sum3 = v128.sub<T>(v128.sub<T>(sum3, v128.load(first, 48)), v128.load(second, 48));
    }
    if (entry < end) {
      const at = target + <usize>load<u32>(entry);
      sum0 = v128.sub<T>(sum0, v128.load(at));
      if (sizeof<V>() > 1) sum1 = v128.sub<T>(sum1, v128.load(at, 16));
      if (sizeof<V>() > 2) sum2 = v128.sub<T>(sum2, v128.load(at, 32));
      if (sizeof<V>() > 2) sum3 = v128.sub<T>(sum3, v128.load(at, 48));
    }
    const splat = v128.splat<T>(load<T>(w));
    sum0 = product<T>(splat, sum0);
    if (sizeof<V>() > 1) sum1 = product<T>(splat, sum1);
    if (sizeof<V>() > 2) sum2 = product<T>(splat, sum2);
    if (sizeof<V>() > 2) sum3 = product<T>(splat, sum3);
  } else {
    w += <usize>start * sizeof<T>();
    for (; entry < end; entry += 4) {
      const at = target + <usize>load<u32>(entry);
      const splat = v128.splat<T>(load<T>(w));
      w += sizeof<T>();
      sum0 = v128.add<T>(sum0, v128.and(splat, v128.load(at)));
      if (sizeof<V>() > 1) sum1 = v128.add<T>(sum1, v128.and(splat, v128.load(at, 16)));
      if (sizeof<V>() > 2) sum2 = v128.add<T>(sum2, v128.and(splat, v128.load(at, 32)));
      if (sizeof<V>() > 2) sum3 = v128.add<T>(sum3, v128.and(splat, v128.load(at, 48)));
    }
  }
  const all = v128.splat<T>(load<T>(base + <usize>i * sizeof<T>()));
  const to = fields + <usize>i * (sizeof<V>() << 4);
  v128.store(to, v128.sub<T>(all, sum0));
  if (sizeof<V>() > 1) v128.store(to, v128.sub<T>(all, sum1), 16);
  if (sizeof<V>() > 2) v128.store(to, v128.sub<T>(all, sum2), 32);
  if (sizeof<V>() > 2) v128.store(to, v128.sub<T>(all, sum3), 48);
}

/** a b on all lanes. int8 has no product: that of its odd places is what int16 makes of them with zeros below. */
// @ts-ignore: decorator
@inline
function product<T>(a: v128, b: v128): v128 {
  if (sizeof<T>() > 1) return v128.mul<T>(a, b);
  const odd = i16x8.splat(<i16>0xff00);
  const even = v128.andnot(i16x8.mul(a, b), odd);
  return v128.or(even, i16x8.mul(i16x8.shr_u(a, 8), v128.and(b, odd)));
}

/** F from the masks: of real numbers all spins up, then the spins that are down flipped one variable after the other. */
// @ts-ignore: decorator
@inline
export function fieldsFromMasks<T, V>(): void {
  if (isFloat<T>()) {
    const zero = i32x4.splat(0);
    const rowBytes = sizeof<V>() << 4;
    for (let i: u32 = 0; i < variables; i++) {
      const value = v128.splat<T>(load<T>(base + <usize>i * sizeof<T>()));
      for (let v: usize = 0; v < sizeof<V>(); v++) v128.store(fields + <usize>i * rowBytes + (v << 4), value);
    }
    for (let i: u32 = 0; i < variables; i++) {
      const at = masks + <usize>i * rowBytes;
      const down0 = whole(v128.load(at));
      const down1 = sizeof<V>() > 1 ? whole(v128.load(at, 16)) : zero;
      const down2 = sizeof<V>() > 2 ? whole(v128.load(at, 32)) : zero;
      const down3 = sizeof<V>() > 2 ? whole(v128.load(at, 48)) : zero;
      spread<T, V>(i, zero, zero, zero, zero, down0, down1, down2, down3, false);
    }
  } else {
    for (let i: u32 = 0; i < variables; i++) gather<T, V>(i);
  }
}

/** The sign bit as all ones or all zeros. */
// @ts-ignore: decorator
@inline
function whole(mask: v128): v128 {
  return i32x4.shr_s(mask, 31);
}
