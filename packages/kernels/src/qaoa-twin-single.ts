/** The twin's float32 loops: every operation rounded as a float32 vector unit rounds it. */
import type { SplitState } from './qaoa-kernel.ts';

const { fround } = Math;

/** a_x <- a_x (c - i s). */
export function rotateSingle(re: SplitState['re'], im: SplitState['im'], x: number, c: number, s: number): void {
  const cosine = fround(c);
  const sine = fround(s);
  const a = re[x];
  const b = im[x];
  re[x] = fround(fround(b * sine) + fround(a * cosine));
  im[x] = fround(fround(b * cosine) - fround(a * sine));
}

/** a0' = a0 - i t a1, a1' = a1 - i t a0 for every pair of every qubit, lowest qubit first. */
export function mixSingle(re: Float32Array, im: Float32Array, qubits: number, t: number): void {
  const tangent = fround(t);
  for (let qubit = 0; qubit < qubits; qubit++) {
    const stride = 1 << qubit;
    for (let base = 0; base < re.length; base += 2 * stride) {
      for (let x = base; x < base + stride; x++) mixPair(re, im, x, x + stride, tangent);
    }
  }
}

/** The same where the partner of x is its complement. */
export function mixMirrorSingle(re: Float32Array, im: Float32Array, t: number): void {
  const tangent = fround(t);
  for (let x = 0, y = re.length - 1; x < y; x++, y--) mixPair(re, im, x, y, tangent);
}

function mixPair(re: Float32Array, im: Float32Array, x: number, y: number, tangent: number): void {
  const r0 = re[x];
  const i0 = im[x];
  const r1 = re[y];
  const i1 = im[y];
  re[x] = fround(r0 + fround(tangent * i1));
  im[x] = fround(i0 - fround(tangent * r1));
  re[y] = fround(r1 + fround(tangent * i0));
  im[y] = fround(i1 - fround(tangent * r0));
}
