import { exchange, multiplyAdd, multiplySubtract } from './arithmetic';

/**
 * One qubit of the mixer, exp(-i b X) / cos b with t = tan b, on `columns` (whole vectors) neighbouring amplitudes of the
 * pair that starts at byte offsets 0 and `stride`: a0' = a0 - i t a1, a1' = a1 - i t a0.
 */
// @ts-ignore: decorator
@inline
function pairRun<T>(re: usize, im: usize, stride: usize, columns: u32, tangent: v128): void {
  const end = re + (<usize>columns << alignof<T>());
  while (re < end) {
    const r0 = v128.load(re);
    const r1 = v128.load(re + stride);
    const i0 = v128.load(im);
    const i1 = v128.load(im + stride);
    v128.store(re, multiplyAdd<T>(tangent, i1, r0));
    v128.store(im, multiplySubtract<T>(tangent, r1, i0));
    v128.store(re + stride, multiplyAdd<T>(tangent, i0, r1));
    v128.store(im + stride, multiplySubtract<T>(tangent, r0, i1));
    re += 16;
    im += 16;
  }
}

/** Two neighbouring qubits in one pass over memory: strides `stride` and 2 * `stride`, the lower one first. */
// @ts-ignore: decorator
@inline
function quadRun<T>(re: usize, im: usize, stride: usize, columns: u32, tangent: v128): void {
  const end = re + (<usize>columns << alignof<T>());
  const twice = stride << 1;
  const thrice = twice + stride;
  while (re < end) {
    const r0 = v128.load(re);
    const r1 = v128.load(re + stride);
    const r2 = v128.load(re + twice);
    const r3 = v128.load(re + thrice);
    const i0 = v128.load(im);
    const i1 = v128.load(im + stride);
    const i2 = v128.load(im + twice);
    const i3 = v128.load(im + thrice);
    const x0 = multiplyAdd<T>(tangent, i1, r0);
    const y0 = multiplySubtract<T>(tangent, r1, i0);
    const x1 = multiplyAdd<T>(tangent, i0, r1);
    const y1 = multiplySubtract<T>(tangent, r0, i1);
    const x2 = multiplyAdd<T>(tangent, i3, r2);
    const y2 = multiplySubtract<T>(tangent, r3, i2);
    const x3 = multiplyAdd<T>(tangent, i2, r3);
    const y3 = multiplySubtract<T>(tangent, r2, i3);
    v128.store(re, multiplyAdd<T>(tangent, y2, x0));
    v128.store(im, multiplySubtract<T>(tangent, x2, y0));
    v128.store(re + stride, multiplyAdd<T>(tangent, y3, x1));
    v128.store(im + stride, multiplySubtract<T>(tangent, x3, y1));
    v128.store(re + twice, multiplyAdd<T>(tangent, y0, x2));
    v128.store(im + twice, multiplySubtract<T>(tangent, x0, y2));
    v128.store(re + thrice, multiplyAdd<T>(tangent, y1, x3));
    v128.store(im + thrice, multiplySubtract<T>(tangent, x1, y3));
    re += 16;
    im += 16;
  }
}

/** Qubits first..last - 1 (whose runs are whole vectors) inside one contiguous block of 2^last amplitudes. */
export function mixBlock<T>(re: usize, im: usize, first: u32, last: u32, t: f64): void {
  const tangent = v128.splat<T>(<T>t);
  const bytes = <usize>sizeof<T>() << last;
  let qubit = first;
  for (; qubit + 1 < last; qubit += 2) {
    const stride = <usize>sizeof<T>() << qubit;
    const step = stride << 2;
    for (let base: usize = 0; base < bytes; base += step) quadRun<T>(re + base, im + base, stride, 1 << qubit, tangent);
  }
  if (qubit < last) {
    const stride = <usize>sizeof<T>() << qubit;
    for (let base: usize = 0; base < bytes; base += stride << 1) {
      pairRun<T>(re + base, im + base, stride, 1 << qubit, tangent);
    }
  }
}

/**
 * Qubits first..last - 1 on a tile of `columns` neighbouring amplitudes in each of the 2^(last - first) rows that lie
 * 2^first amplitudes apart. All rows of a tile stay in the cache while every qubit passes over them.
 */
export function mixTile<T>(re: usize, im: usize, first: u32, last: u32, columns: u32, t: f64): void {
  const tangent = v128.splat<T>(<T>t);
  const rowBytes = <usize>sizeof<T>() << first;
  const rows: u32 = 1 << (last - first);
  let qubit = first;
  for (; qubit + 1 < last; qubit += 2) {
    const stride = <usize>sizeof<T>() << qubit;
    const low: u32 = 1 << (qubit - first);
    for (let row: u32 = 0; row < rows; row++) {
      if (row & (low | (low << 1))) continue;
      const base = <usize>row * rowBytes;
      quadRun<T>(re + base, im + base, stride, columns, tangent);
    }
  }
  if (qubit < last) {
    const stride = <usize>sizeof<T>() << qubit;
    const low: u32 = 1 << (qubit - first);
    for (let row: u32 = 0; row < rows; row++) {
      if (row & low) continue;
      const base = <usize>row * rowBytes;
      pairRun<T>(re + base, im + base, stride, columns, tangent);
    }
  }
}

/**
 * The qubit above all others of a register that holds one half of a state with a_x = a_(~x): its partner is the
 * complement of x. Pairs x, ~x with x from `from` to `to`, both multiples of a vector and at most half the size.
 */
export function mixMirror<T>(re: usize, im: usize, qubits: u32, from: u32, to: u32, t: f64): void {
  const tangent = v128.splat<T>(<T>t);
  const top = (<usize>sizeof<T>() << qubits) - 16;
  const end = <usize>to << alignof<T>();
  for (let at = <usize>from << alignof<T>(); at < end; at += 16) {
    const mirror = top - at;
    const r0 = v128.load(re + at);
    const i0 = v128.load(im + at);
    const r1 = reversed<T>(v128.load(re + mirror));
    const i1 = reversed<T>(v128.load(im + mirror));
    v128.store(re + at, multiplyAdd<T>(tangent, i1, r0));
    v128.store(im + at, multiplySubtract<T>(tangent, r1, i0));
    v128.store(re + mirror, reversed<T>(multiplyAdd<T>(tangent, i0, r1)));
    v128.store(im + mirror, reversed<T>(multiplySubtract<T>(tangent, r0, i1)));
  }
}

// @ts-ignore: decorator
@inline
function reversed<T>(a: v128): v128 {
  return sizeof<T>() == 4 ? i32x4.shuffle(a, a, 3, 2, 1, 0) : exchange(a);
}
