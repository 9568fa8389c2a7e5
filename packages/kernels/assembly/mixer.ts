import { exchange, multiplyAdd, multiplySubtract } from './arithmetic';

/** Bytes between rows as part of the instruction: a vector times 1, 8, 64 or 512; 0 for a distance known when run (i8). */
// @ts-ignore: decorator
@inline
function near<S>(): usize {
  return isSigned<S>() ? 0 : <usize>16 << (3 * alignof<S>());
}

/**
 * The mixer of one to three qubits at a time, exp(-i b X) / cos b with t = tan b: a0' = a0 - i t a1, a1' = a1 - i t a0.
 *
 * In real numbers re0' = re0 + t im1 and im1' = im1 - t re0: the real part of one amplitude only meets the imaginary part
 * of its partner. So the mixer of any number of qubits falls into two halves that never meet: real parts where the bits
 * of x have an even sum with imaginary parts where it is odd, and the other way round with -t for t. Half of the eight
 * amplitudes of three qubits then fits the sixteen vector registers of x86-64, and memory is passed once for all three.
 *
 * `even` is the array that holds the half's even places and `odd` that of its odd ones; `bytes` (whole vectors) of each row
 * are done. Rows lie near<S>() bytes apart or, where that is 0, `stride`.
 */
// @ts-ignore: decorator
@inline
function octetHalf<T, S>(even: usize, odd: usize, stride: usize, bytes: usize, t: v128): void {
  const far: usize = near<S>() == 0 ? stride : 0;
  const row1 = odd + far, row2 = odd + 2 * far, row3 = even + 3 * far, row4 = odd + 4 * far;
  const row5 = even + 5 * far, row6 = even + 6 * far, row7 = odd + 7 * far;
  let at: usize = 0;
  do {
    const a0 = v128.load(even + at);
    const a1 = v128.load(row1 + at, near<S>());
    const b0 = multiplyAdd<T>(t, a1, a0);
    const b1 = multiplySubtract<T>(t, a0, a1);
    const a2 = v128.load(row2 + at, 2 * near<S>());
    const a3 = v128.load(row3 + at, 3 * near<S>());
    const b3 = multiplyAdd<T>(t, a2, a3);
    const b2 = multiplySubtract<T>(t, a3, a2);
    const c0 = multiplyAdd<T>(t, b2, b0);
    const c2 = multiplySubtract<T>(t, b0, b2);
    const c3 = multiplyAdd<T>(t, b1, b3);
    const c1 = multiplySubtract<T>(t, b3, b1);
    const a4 = v128.load(row4 + at, 4 * near<S>());
    const a5 = v128.load(row5 + at, 5 * near<S>());
    const b5 = multiplyAdd<T>(t, a4, a5);
    const b4 = multiplySubtract<T>(t, a5, a4);
    const a6 = v128.load(row6 + at, 6 * near<S>());
    const a7 = v128.load(row7 + at, 7 * near<S>());
    const b6 = multiplyAdd<T>(t, a7, a6);
    const b7 = multiplySubtract<T>(t, a6, a7);
    const c6 = multiplyAdd<T>(t, b4, b6);
    const c4 = multiplySubtract<T>(t, b6, b4);
    const c5 = multiplyAdd<T>(t, b7, b5);
    const c7 = multiplySubtract<T>(t, b5, b7);
    v128.store(even + at, multiplyAdd<T>(t, c4, c0));
    v128.store(row4 + at, multiplySubtract<T>(t, c0, c4), 4 * near<S>());
    v128.store(row5 + at, multiplyAdd<T>(t, c1, c5), 5 * near<S>());
    v128.store(row1 + at, multiplySubtract<T>(t, c5, c1), near<S>());
    v128.store(row6 + at, multiplyAdd<T>(t, c2, c6), 6 * near<S>());
    v128.store(row2 + at, multiplySubtract<T>(t, c6, c2), 2 * near<S>());
    v128.store(row3 + at, multiplyAdd<T>(t, c7, c3), 3 * near<S>());
    v128.store(row7 + at, multiplySubtract<T>(t, c3, c7), 7 * near<S>());
    at += 16;
  } while (at < bytes);
}

/** Two qubits of one half. */
// @ts-ignore: decorator
@inline
function quadHalf<T>(even: usize, odd: usize, stride: usize, bytes: usize, t: v128): void {
  const row1 = odd + stride, row2 = odd + 2 * stride, row3 = even + 3 * stride;
  for (let at: usize = 0; at < bytes; at += 16) {
    const a0 = v128.load(even + at);
    const a1 = v128.load(row1 + at);
    const a2 = v128.load(row2 + at);
    const a3 = v128.load(row3 + at);
    const b0 = multiplyAdd<T>(t, a1, a0);
    const b1 = multiplySubtract<T>(t, a0, a1);
    const b3 = multiplyAdd<T>(t, a2, a3);
    const b2 = multiplySubtract<T>(t, a3, a2);
    v128.store(even + at, multiplyAdd<T>(t, b2, b0));
    v128.store(row2 + at, multiplySubtract<T>(t, b0, b2));
    v128.store(row3 + at, multiplyAdd<T>(t, b1, b3));
    v128.store(row1 + at, multiplySubtract<T>(t, b3, b1));
  }
}

/** One qubit of one half. */
// @ts-ignore: decorator
@inline
function pairHalf<T>(even: usize, odd: usize, stride: usize, bytes: usize, t: v128): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    const a0 = v128.load(even + at);
    const a1 = v128.load(odd + stride + at);
    v128.store(even + at, multiplyAdd<T>(t, a1, a0));
    v128.store(odd + stride + at, multiplySubtract<T>(t, a0, a1));
  }
}

/** `qubits` (one to three) neighbouring qubits, both halves. */
function mixRows<T>(re: usize, im: usize, stride: usize, qubits: u32, bytes: usize, t: f64): void {
  const plus = v128.splat<T>(<T>t);
  const minus = v128.splat<T>(<T>-t);
  if (qubits == 3) {
    octetHalf<T, i8>(re, im, stride, bytes, plus);
    octetHalf<T, i8>(im, re, stride, bytes, minus);
  } else if (qubits == 2) {
    quadHalf<T>(re, im, stride, bytes, plus);
    quadHalf<T>(im, re, stride, bytes, minus);
  } else {
    pairHalf<T>(re, im, stride, bytes, plus);
    pairHalf<T>(im, re, stride, bytes, minus);
  }
}

/** Three qubits on `bytes` of both arrays, rows near<S>() bytes apart: one address for each array instead of eight rows'. */
// @ts-ignore: decorator
@inline
function mixNear<T, S>(re: usize, im: usize, bytes: usize, t: f64): void {
  const plus = v128.splat<T>(<T>t);
  const minus = v128.splat<T>(<T>-t);
  for (let base: usize = 0; base < bytes; base += near<S>() << 3) {
    octetHalf<T, S>(re + base, im + base, 0, near<S>(), plus);
    octetHalf<T, S>(im + base, re + base, 0, near<S>(), minus);
  }
}

/** Qubits first..last - 1 (whose runs are whole vectors) on `count` neighbouring amplitudes, a multiple of 2^last. */
export function mixBlock<T>(re: usize, im: usize, first: u32, last: u32, count: u32, t: f64): void {
  const end = <usize>count << alignof<T>();
  for (let qubit = first; qubit < last; qubit += 3) {
    const qubits = min<u32>(3, last - qubit);
    const stride = <usize>sizeof<T>() << qubit;
    if (qubits == 3 && stride == near<u8>()) mixNear<T, u8>(re, im, end, t);
    else if (qubits == 3 && stride == near<u16>()) mixNear<T, u16>(re, im, end, t);
    else if (qubits == 3 && stride == near<u32>()) mixNear<T, u32>(re, im, end, t);
    else if (qubits == 3 && stride == near<u64>()) mixNear<T, u64>(re, im, end, t);
    else {
      for (let base: usize = 0; base < end; base += stride << qubits) {
        mixRows<T>(re + base, im + base, stride, qubits, stride, t);
      }
    }
  }
}

/**
 * Qubits first..last - 1, at most three, on `columns` neighbouring amplitudes in each of the 2^(last - first) rows that
 * lie 2^first amplitudes apart.
 */
export function mixTile<T>(re: usize, im: usize, first: u32, last: u32, columns: u32, t: f64): void {
  mixRows<T>(re, im, <usize>sizeof<T>() << first, last - first, <usize>columns << alignof<T>(), t);
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
