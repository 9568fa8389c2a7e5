import { multiplyAdd, multiplySubtract } from './arithmetic';

/**
 * One qubit of the mixer, exp(-i b X) / cos b with t = tan b, on `columns` (even) neighbouring amplitudes of the pair
 * that starts at byte offsets 0 and `stride`: a0' = a0 - i t a1, a1' = a1 - i t a0.
 */
// @ts-ignore: decorator
@inline
function pairRun(re: usize, im: usize, stride: usize, columns: u32, tangent: v128): void {
  const end = re + (<usize>columns << 3);
  while (re < end) {
    const r0 = v128.load(re);
    const r1 = v128.load(re + stride);
    const i0 = v128.load(im);
    const i1 = v128.load(im + stride);
    v128.store(re, multiplyAdd(tangent, i1, r0));
    v128.store(im, multiplySubtract(tangent, r1, i0));
    v128.store(re + stride, multiplyAdd(tangent, i0, r1));
    v128.store(im + stride, multiplySubtract(tangent, r0, i1));
    re += 16;
    im += 16;
  }
}

/** Two neighbouring qubits in one pass over memory: strides `stride` and 2 * `stride`, the lower one first. */
// @ts-ignore: decorator
@inline
function quadRun(re: usize, im: usize, stride: usize, columns: u32, tangent: v128): void {
  const end = re + (<usize>columns << 3);
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
    const x0 = multiplyAdd(tangent, i1, r0);
    const y0 = multiplySubtract(tangent, r1, i0);
    const x1 = multiplyAdd(tangent, i0, r1);
    const y1 = multiplySubtract(tangent, r0, i1);
    const x2 = multiplyAdd(tangent, i3, r2);
    const y2 = multiplySubtract(tangent, r3, i2);
    const x3 = multiplyAdd(tangent, i2, r3);
    const y3 = multiplySubtract(tangent, r2, i3);
    v128.store(re, multiplyAdd(tangent, y2, x0));
    v128.store(im, multiplySubtract(tangent, x2, y0));
    v128.store(re + stride, multiplyAdd(tangent, y3, x1));
    v128.store(im + stride, multiplySubtract(tangent, x3, y1));
    v128.store(re + twice, multiplyAdd(tangent, y0, x2));
    v128.store(im + twice, multiplySubtract(tangent, x0, y2));
    v128.store(re + thrice, multiplyAdd(tangent, y1, x3));
    v128.store(im + thrice, multiplySubtract(tangent, x1, y3));
    re += 16;
    im += 16;
  }
}

/** Qubits first..last - 1 (first >= 1) inside one contiguous block of 2^last amplitudes. */
export function mixBlock(re: usize, im: usize, first: u32, last: u32, t: f64): void {
  const tangent = f64x2.splat(t);
  const bytes = <usize>8 << last;
  let qubit = first;
  for (; qubit + 1 < last; qubit += 2) {
    const stride = <usize>8 << qubit;
    const step = stride << 2;
    for (let base: usize = 0; base < bytes; base += step) quadRun(re + base, im + base, stride, 1 << qubit, tangent);
  }
  if (qubit < last) {
    const stride = <usize>8 << qubit;
    for (let base: usize = 0; base < bytes; base += stride << 1) {
      pairRun(re + base, im + base, stride, 1 << qubit, tangent);
    }
  }
}

/**
 * Qubits first..last - 1 on a tile of `columns` neighbouring amplitudes in each of the 2^(last - first) rows that lie
 * 2^first amplitudes apart. All rows of a tile stay in the cache while every qubit passes over them.
 */
export function mixTile(re: usize, im: usize, first: u32, last: u32, columns: u32, t: f64): void {
  const tangent = f64x2.splat(t);
  const rowBytes = <usize>8 << first;
  const rows: u32 = 1 << (last - first);
  let qubit = first;
  for (; qubit + 1 < last; qubit += 2) {
    const stride = <usize>8 << qubit;
    const low: u32 = 1 << (qubit - first);
    for (let row: u32 = 0; row < rows; row++) {
      if (row & (low | (low << 1))) continue;
      const base = <usize>row * rowBytes;
      quadRun(re + base, im + base, stride, columns, tangent);
    }
  }
  if (qubit < last) {
    const stride = <usize>8 << qubit;
    const low: u32 = 1 << (qubit - first);
    for (let row: u32 = 0; row < rows; row++) {
      if (row & low) continue;
      const base = <usize>row * rowBytes;
      pairRun(re + base, im + base, stride, columns, tangent);
    }
  }
}
