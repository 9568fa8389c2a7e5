/**
 * Fits the parameters of one skill by maximum likelihood within the bounds: Fisher scoring with Levenberg-Marquardt
 * damping from several starts, on the answer tree.
 */
import type { AnswerTree } from './answer-tree.ts';
import { type BktLikelihood, createLikelihood } from './bkt-likelihood.ts';
import { type BktParameters, type BktVector, toParameters, toVector } from './bkt-parameters.ts';

export interface BktSkillFit {
  readonly parameters: BktParameters;
  readonly vector: BktVector;
  /** Without the penalty. */
  readonly logLikelihood: number;
  /** Expected information of the answers at the optimum, square, in the unbounded vector. */
  readonly information: Float64Array;
}

// Corners of what published fits look like: easy and hard skills, quick and slow learning, noisy and clean answers.
const starts: readonly BktParameters[] = [
  { prior: 0.4, learn: 0.15, guess: 0.25, slip: 0.15 },
  { prior: 0.75, learn: 0.05, guess: 0.4, slip: 0.1 },
  { prior: 0.15, learn: 0.05, guess: 0.4, slip: 0.25 },
  { prior: 0.5, learn: 0.02, guess: 0.15, slip: 0.35 },
  { prior: 0.2, learn: 0.5, guess: 0.1, slip: 0.3 },
  { prior: 0.05, learn: 0.25, guess: 0.3, slip: 0.05 },
];

// Where forgetting starts from; the fit may go anywhere.
const firstForgetting = { forget: 0.05, lapse: 0.1 };

// logistic(8) = .99966: beyond it the likelihood no longer changes, but the information would be singular.
const farthest = 8;
const firstRound = 6;
const mostIterations = 60;

/** A normal penalty -(x - centre)' precision (x - centre) / 2, which decides only where the answers do not. */
export interface BktPrior {
  readonly centre: BktVector;
  /** Square, row by row; symmetric, positive definite. */
  readonly precision: ArrayLike<number>;
}

/** A prior of one standard deviation for every coordinate, without correlations. */
export function independentPrior(centre: BktVector, deviation: number): BktPrior {
  return { centre, precision: diagonal(centre.length, deviation ** -2) };
}

/** A square matrix, row by row, with one value on its diagonal. */
export function diagonal(size: number, value: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) matrix[(size + 1) * i] = value;
  return matrix;
}

/** @param from a point close to the optimum, if there is one: then it alone is a start. */
export function fitBktSkill(tree: AnswerTree, prior: BktPrior, from?: BktVector): BktSkillFit {
  const likelihood = createLikelihood(tree);
  const climb = (point: BktVector, iterations: number) => maximise(likelihood, point, prior, iterations);
  const best = from === undefined ? bestOfStarts(prior.centre.length > 4, climb) : climb(from, mostIterations);
  return {
    vector: best.vector,
    parameters: toParameters(best.vector),
    logLikelihood: best.likelihood.value,
    information: best.likelihood.information,
  };
}

function bestOfStarts(forgets: boolean, climb: (from: BktVector, iterations: number) => Point): Point {
  const forgetting = forgets ? firstForgetting : {};
  const begun = starts.map((start) => climb(toVector({ ...start, ...forgetting }), firstRound));
  begun.sort((a, b) => b.objective - a.objective);
  return distinct(begun)
    .slice(0, 3)
    .map((point) => climb(point.vector, mostIterations))
    .reduce((a, b) => (b.objective > a.objective ? b : a));
}

interface Point {
  readonly vector: BktVector;
  readonly likelihood: BktLikelihood;
  readonly objective: number;
}

/** Starts that arrived at one place climb on once. */
function distinct(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const near = (other: Point) => point.vector.every((x, i) => Math.abs(x - other.vector[i]) < 0.05);
    if (!kept.some(near)) kept.push(point);
  }
  return kept;
}

function maximise(
  likelihood: (vector: BktVector) => BktLikelihood,
  from: BktVector,
  prior: BktPrior,
  iterations: number,
): Point {
  const at = (vector: BktVector): Point => {
    const found = likelihood(vector);
    const pull = pullOf(prior, vector);
    const penalty = vector.reduce((sum, x, i) => sum + (pull[i] * (x - prior.centre[i])) / 2, 0);
    return { vector, likelihood: found, objective: found.value - penalty };
  };
  let point = at(from);
  let damping = 1e-3;
  for (let iteration = 0; iteration < iterations && damping < 1e8; iteration++) {
    const next = at(step(point, prior, damping));
    const gain = next.objective - point.objective;
    if (gain > 0) {
      point = next;
      damping = Math.max(1e-9, damping / 10);
      if (gain < 1e-4) break;
    } else damping *= 10;
  }
  return point;
}

/** precision (x - centre). */
function pullOf({ centre, precision }: BktPrior, vector: BktVector): Float64Array {
  const size = vector.length;
  const pull = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) pull[i] += precision[size * i + j] * (vector[j] - centre[j]);
  }
  return pull;
}

/** x + (information + precision + damping diag)^-1 (gradient - precision (x - centre)), kept within +-farthest. */
function step({ vector, likelihood: found }: Point, prior: BktPrior, damping: number): BktVector {
  const size = vector.length;
  const matrix = found.information.map((value, k) => value + prior.precision[k]);
  for (let i = 0; i < size; i++) matrix[(size + 1) * i] = matrix[(size + 1) * i] * (1 + damping) + 1e-12;
  const pull = pullOf(prior, vector);
  const move = solveSymmetric(
    matrix,
    found.gradient.map((slope, i) => slope - pull[i]),
  );
  return vector.map((x, i) => Math.min(farthest, Math.max(-farthest, x + move[i])));
}

/** Solves A x = b for a symmetric positive definite matrix by Cholesky's decomposition. */
function solveSymmetric(matrix: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[size * i + j];
      for (let k = 0; k < j; k++) sum -= lower[size * i + k] * lower[size * j + k];
      lower[size * i + j] = i === j ? Math.sqrt(Math.max(sum, 1e-300)) : sum / lower[size * j + j];
    }
  }
  const x = Float64Array.from(right);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i] -= lower[size * i + k] * x[k];
    x[i] /= lower[size * i + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i] -= lower[size * k + i] * x[k];
    x[i] /= lower[size * i + i];
  }
  return x;
}

/** The inverse of a symmetric positive definite matrix, row by row. */
export function invertSymmetric(matrix: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  for (let column = 0; column < size; column++) {
    const unit = new Float64Array(size);
    unit[column] = 1;
    solveSymmetric(matrix, unit).forEach((value, row) => {
      inverse[size * row + column] = value;
    });
  }
  return inverse;
}
