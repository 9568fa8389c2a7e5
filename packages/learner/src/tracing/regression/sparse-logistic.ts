/**
 * Logistic regression on sparse rows with a normal prior, to the maximum: truncated Newton (Lin, Weng and Keerthi 2008,
 * "Trust region Newton method for large-scale logistic regression") with conjugate gradients preconditioned by the
 * diagonal, and a line search in place of the trust region.
 *
 *   minimise  sum over rows of -ln P(y | x'w)  +  1/2 sum_j precision_j w_j^2
 */
import { logistic } from '../../odds.ts';

/** Rows in compressed form: row r has columns index[start[r]] to index[start[r + 1] - 1]. */
export interface SparseRows {
  readonly start: Int32Array;
  readonly index: Int32Array;
  readonly value: Float32Array;
  /** 0 or 1. */
  readonly correct: Uint8Array;
}

export interface SparseFit {
  readonly weight: Float64Array;
  /** The inverse of the diagonal of the information (likelihood and prior). */
  readonly variance: Float64Array;
}

const mostSteps = 30;
const mostInnerSteps = 40;
// A gradient so small beside the first one moves no prediction in the fourth decimal.
const enough = 1e-4;

/**
 * @param precision of the prior, by column; above 0.
 * @param pause awaited now and then: throws to cancel. `onProgress`: 0 to 1.
 */
export async function fitSparseLogistic(
  rows: SparseRows,
  precision: Float64Array,
  pause: () => Promise<void>,
  onProgress: (fraction: number) => void,
  tolerance = enough,
): Promise<SparseFit> {
  let weight = new Float64Array(precision.length);
  let at = await evaluate(rows, weight, precision, pause);
  const goal = tolerance * norm(at.gradient);
  for (let step = 0; step < mostSteps && norm(at.gradient) > goal; step++) {
    onProgress(Math.min(1, Math.log(norm(at.gradient) / goal + 1) ** -1));
    const direction = await newtonDirection(rows, at, precision, pause);
    const slope = dot(direction, at.gradient);
    let length = 1;
    for (;;) {
      const candidate = weight.map((w, j) => w + length * direction[j]);
      const next = await evaluate(rows, candidate, precision, pause);
      if (next.loss <= at.loss + 1e-4 * length * slope || length < 1e-6) {
        [weight, at] = [candidate, next];
        break;
      }
      length /= 2;
    }
  }
  return { weight, variance: at.diagonal.map((value) => 1 / value) };
}

export interface SparseObjective {
  readonly loss: number;
  readonly gradient: Float64Array;
  /** Of the information. */
  readonly diagonal: Float64Array;
  /** p (1 - p) by row. */
  readonly curvature: Float64Array;
}

const rowsPerTurn = 50_000;

/** The objective and its derivatives at a weight. */
export async function evaluate(
  { start, index, value, correct }: SparseRows,
  weight: Float64Array,
  precision: Float64Array,
  pause: () => Promise<void>,
): Promise<SparseObjective> {
  const gradient = weight.map((w, j) => w * precision[j]);
  const diagonal = precision.slice();
  const curvature = new Float64Array(correct.length);
  let loss = weight.reduce((sum, w, j) => sum + 0.5 * precision[j] * w * w, 0);
  for (let row = 0; row < correct.length; row++) {
    if (row % rowsPerTurn === 0) await pause();
    let odds = 0;
    for (let k = start[row]; k < start[row + 1]; k++) odds += weight[index[k]] * value[k];
    const p = logistic(odds);
    // ln(1 + e^x) without overflow.
    loss += Math.max(odds, 0) + Math.log1p(Math.exp(-Math.abs(odds))) - correct[row] * odds;
    curvature[row] = p * (1 - p);
    for (let k = start[row]; k < start[row + 1]; k++) {
      gradient[index[k]] += (p - correct[row]) * value[k];
      diagonal[index[k]] += curvature[row] * value[k] * value[k];
    }
  }
  return { loss, gradient, diagonal, curvature };
}

/** Solves (X' C X + P) d = -gradient roughly: to a residual that shrinks with the gradient. */
async function newtonDirection(
  rows: SparseRows,
  { gradient, diagonal, curvature }: SparseObjective,
  precision: Float64Array,
  pause: () => Promise<void>,
): Promise<Float64Array> {
  const direction = new Float64Array(gradient.length);
  const residual = gradient.map((g) => -g);
  let scaled = residual.map((r, j) => r / diagonal[j]);
  const search = scaled.slice();
  let length = dot(residual, scaled);
  const goal = 0.05 ** 2 * length;
  for (let inner = 0; inner < mostInnerSteps && length > goal; inner++) {
    await pause();
    const image = curvatureTimes(rows, curvature, precision, search);
    const step = length / dot(search, image);
    for (let j = 0; j < direction.length; j++) {
      direction[j] += step * search[j];
      residual[j] -= step * image[j];
    }
    scaled = residual.map((r, j) => r / diagonal[j]);
    const next = dot(residual, scaled);
    for (let j = 0; j < search.length; j++) search[j] = scaled[j] + (next / length) * search[j];
    length = next;
  }
  return direction;
}

function curvatureTimes(
  { start, index, value }: SparseRows,
  curvature: Float64Array,
  precision: Float64Array,
  vector: Float64Array,
): Float64Array {
  const image = vector.map((v, j) => v * precision[j]);
  for (let row = 0; row < curvature.length; row++) {
    let sum = 0;
    for (let k = start[row]; k < start[row + 1]; k++) sum += vector[index[k]] * value[k];
    sum *= curvature[row];
    for (let k = start[row]; k < start[row + 1]; k++) image[index[k]] += sum * value[k];
  }
  return image;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  return sum;
}

function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}
