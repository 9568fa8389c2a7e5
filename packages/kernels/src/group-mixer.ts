/** exp(-i beta A) on one one-hot group of k places, A the adjacency matrix of a graph on them. */
import { cosineAndSine } from './trigonometry.ts';

/** Which places exchange: all of them, or each with the next (of two: the other; of three both graphs are one). */
export type GroupGraph = 'complete' | 'ring';

/** Applies itself in place to the group whose places lie `stride` amplitudes apart. */
export type GroupMixer = (re: Float64Array, im: Float64Array, stride: number) => void;

/** The places that each place exchanges with. */
export function groupNeighbours(k: number, graph: GroupGraph): readonly (readonly number[])[] {
  return Array.from({ length: k }, (_, u) =>
    Array.from({ length: k }, (_, v) => v).filter((v) => {
      if (u === v) return false;
      return graph === 'complete' || (u + 1) % k === v || (v + 1) % k === u;
    }),
  );
}

/**
 * Complete graph, A = J - 1 with J all ones and J^2 = k J:
 *
 *   exp(-i beta A) = e^(i beta) (1 + c J),   c = (e^(-i beta k) - 1) / k.
 *
 * One sum over the group instead of a matrix.
 */
export function completeMixer(k: number, beta: number): GroupMixer {
  const pair = new Float64Array(2);
  cosineAndSine(beta * k, pair);
  const [cRe, cIm] = [(pair[0] - 1) / k, -pair[1] / k];
  cosineAndSine(beta, pair);
  const [cosine, sine] = pair;
  return (re, im, stride) => {
    const span = k * stride;
    for (let base = 0; base < re.length; base += span) {
      for (let x = base; x < base + stride; x++) {
        let a = 0;
        let b = 0;
        for (let y = x; y < x + span; y += stride) {
          a += re[y];
          b += im[y];
        }
        const addRe = cRe * a - cIm * b;
        const addIm = cRe * b + cIm * a;
        for (let y = x; y < x + span; y += stride) {
          const r = re[y] + addRe;
          const i = im[y] + addIm;
          re[y] = r * cosine - i * sine;
          im[y] = i * cosine + r * sine;
        }
      }
    }
  };
}

/**
 * Ring: A is circulant, so its exponential is too, with the entry at distance d
 *
 *   u_d = 1/k sum_j e^(-i beta lambda_j) e^(2 pi i j d / k),   lambda_j = 2 cos(2 pi j / k);  k = 2: lambda = 1, -1.
 */
export function ringMixer(k: number, beta: number): GroupMixer {
  const row = circulantRow(k, beta);
  const [inRe, inIm] = [new Float64Array(k), new Float64Array(k)];
  return (re, im, stride) => {
    const span = k * stride;
    for (let base = 0; base < re.length; base += span) {
      for (let x = base; x < base + stride; x++) {
        for (let u = 0; u < k; u++) {
          inRe[u] = re[x + u * stride];
          inIm[u] = im[x + u * stride];
        }
        for (let u = 0; u < k; u++) {
          let a = 0;
          let b = 0;
          for (let v = 0; v < k; v++) {
            const d = u >= v ? u - v : u - v + k;
            a += row.re[d] * inRe[v] - row.im[d] * inIm[v];
            b += row.re[d] * inIm[v] + row.im[d] * inRe[v];
          }
          re[x + u * stride] = a;
          im[x + u * stride] = b;
        }
      }
    }
  };
}

function circulantRow(k: number, beta: number): { readonly re: Float64Array; readonly im: Float64Array } {
  const re = new Float64Array(k);
  const im = new Float64Array(k);
  const pair = new Float64Array(2);
  for (let j = 0; j < k; j++) {
    cosineAndSine((2 * Math.PI * j) / k, pair);
    const eigenvalue = k === 1 ? 0 : k === 2 ? pair[0] : 2 * pair[0];
    for (let d = 0; d < k; d++) {
      cosineAndSine((2 * Math.PI * ((j * d) % k)) / k - beta * eigenvalue, pair);
      re[d] += pair[0] / k;
      im[d] += pair[1] / k;
    }
  }
  return { re, im };
}
