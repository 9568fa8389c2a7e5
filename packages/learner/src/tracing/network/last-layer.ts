/**
 * How unsure training left the output layer: a Laplace approximation of its weights alone (Kristiadi, Hein & Hennig 2020,
 * "Being Bayesian, even just a bit, fixes overconfidence in ReLU networks", section 3), y the hidden layer and a 1:
 *
 *   covariance = (sum over training rows of p (1 - p) y y' + I)^-1, variance of the logit = y' covariance y
 */
import type { Lanes } from './lanes.ts';
import { carryStates, moveStates, type Network, readStates } from './network.ts';
import type { NetworkRows } from './rows.ts';
import { stateWidth } from './shape.ts';
import { loadBatch } from './train.ts';

/** Side of the covariance. */
export const outputWidth = stateWidth + 1;

// Rows summed at most; the sum is scaled up to all rows.
const mostRows = 40_000;

/** Covariance of output weights and bias, row by row. The mask of the network must be all 1. */
export async function lastLayerCovariance(
  network: Network,
  rows: NetworkRows,
  packed: Lanes,
  pause: () => Promise<void>,
): Promise<Float32Array> {
  const information = new Float64Array(outputWidth * outputWidth);
  let seen = 0;
  network.states.fill(0);
  for (let from = 0; from < packed.longest && seen < mostRows; from += network.steps) {
    loadBatch(network, rows, packed, from);
    moveStates(network);
    readStates(network);
    seen += addInformation(network, information);
    carryStates(network);
    await pause();
  }
  const scale = seen === 0 ? 0 : rows.correct.length / seen;
  for (let i = 0; i < outputWidth; i++) {
    for (let j = i; j < outputWidth; j++) {
      information[i * outputWidth + j] = scale * information[i * outputWidth + j] + (i === j ? 1 : 0);
      information[j * outputWidth + i] = information[i * outputWidth + j];
    }
  }
  return Float32Array.from(inverse(information, outputWidth));
}

function addInformation({ matrices, probability, present }: Network, information: Float64Array): number {
  const { hidden } = matrices.arrays;
  const y = new Float64Array(outputWidth).fill(1);
  let seen = 0;
  for (let row = 0; row < present.length; row++) {
    if (present[row] === 0) continue;
    seen++;
    y.set(hidden.subarray(row * stateWidth, (row + 1) * stateWidth));
    const weight = probability[row] * (1 - probability[row]);
    for (let i = 0; i < outputWidth; i++) {
      const factor = weight * y[i];
      if (factor === 0) continue;
      // Symmetric: the upper half is enough.
      for (let j = i; j < outputWidth; j++) information[i * outputWidth + j] += factor * y[j];
    }
  }
  return seen;
}

/** Variance of the logit of row 0, after `readStates`. */
export function lastLayerVariance({ matrices }: Network, covariance: Float32Array): number {
  const { hidden } = matrices.arrays;
  const y = (k: number): number => (k < stateWidth ? hidden[k] : 1);
  let variance = 0;
  for (let i = 0; i < outputWidth; i++) {
    if (y(i) === 0) continue;
    for (let j = 0; j < outputWidth; j++) variance += y(i) * covariance[i * outputWidth + j] * y(j);
  }
  return Math.max(0, variance);
}

/** Inverse of a symmetric positive definite matrix, by Gauss-Jordan elimination (no pivots needed). */
export function inverse(matrix: Float64Array, size: number): Float64Array {
  const left = matrix.slice();
  const right = new Float64Array(size * size);
  for (let i = 0; i < size; i++) right[i * (size + 1)] = 1;
  for (let pivot = 0; pivot < size; pivot++) {
    const scale = 1 / left[pivot * (size + 1)];
    for (let j = 0; j < size; j++) {
      left[pivot * size + j] *= scale;
      right[pivot * size + j] *= scale;
    }
    for (let i = 0; i < size; i++) {
      const factor = left[i * size + pivot];
      if (i === pivot || factor === 0) continue;
      for (let j = 0; j < size; j++) {
        left[i * size + j] -= factor * left[pivot * size + j];
        right[i * size + j] -= factor * right[pivot * size + j];
      }
    }
  }
  return right;
}
