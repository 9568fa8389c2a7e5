/** exp(-i beta A) on one one-hot group of k places, A the adjacency matrix of a graph on them. */
import { cosineAndSine } from './trigonometry.ts';

/** Which places exchange: all of them, or each with the next (of two: the other; of three both graphs are one). */
export type GroupGraph = 'complete' | 'ring';

/**
 * Complete graph, A = J - 1 with J all ones and J^2 = k J:
 *
 *   exp(-i beta A) = e^(i beta) (1 + c J),   c = (e^(-i beta k) - 1) / k.
 *
 * One sum over the group instead of a matrix. The numbers of a `GroupStep`.
 */
export function completeNumbers(k: number, beta: number): Float64Array {
  const pair = new Float64Array(2);
  cosineAndSine(beta * k, pair);
  const [cRe, cIm] = [(pair[0] - 1) / k, -pair[1] / k];
  cosineAndSine(beta, pair);
  return Float64Array.of(cRe, cIm, pair[0], pair[1]);
}

/**
 * Ring: A is circulant, so its exponential is too, with the entry at distance d
 *
 *   u_d = 1/k sum_j e^(-i beta lambda_j) e^(2 pi i j d / k),   lambda_j = 2 cos(2 pi j / k);  k = 2: lambda = 1, -1.
 */
export function ringNumbers(k: number, beta: number): Float64Array {
  const numbers = new Float64Array(2 * k);
  const pair = new Float64Array(2);
  for (let j = 0; j < k; j++) {
    cosineAndSine((2 * Math.PI * j) / k, pair);
    const eigenvalue = k === 1 ? 0 : k === 2 ? pair[0] : 2 * pair[0];
    for (let d = 0; d < k; d++) {
      cosineAndSine((2 * Math.PI * ((j * d) % k)) / k - beta * eigenvalue, pair);
      numbers[2 * d] += pair[0] / k;
      numbers[2 * d + 1] += pair[1] / k;
    }
  }
  return numbers;
}
