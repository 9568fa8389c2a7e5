/**
 * The log-likelihood of one skill's answer tree, its gradient and its expected (Fisher) information, in one forward pass
 * that carries d known / d parameter along the tree.
 */
import type { AnswerTree } from './answer-tree.ts';
import { type BktParameters, type BktVector, parameterSlopes, toParameters } from './bkt-parameters.ts';

export interface BktLikelihood {
  readonly value: number;
  /** With respect to the unbounded vector. */
  readonly gradient: Float64Array;
  /** 4 x 4, row by row: sum over answers of dp dp' / (p (1 - p)). */
  readonly information: Float64Array;
}

/** A filter's belief that the skill is known, and its slope with respect to (prior, learn, guess, slip). */
export interface BktBelief {
  readonly known: number;
  readonly slope: BktVector;
}

export function initialBelief({ prior }: BktParameters): BktBelief {
  return { known: prior, slope: [1, 0, 0, 0] };
}

// Keeps logarithms and quotients finite where a parameter sits on its bound.
const smallest = 1e-10;

/** One step of the filter; the old belief is left as it was. */
export function nextBelief(belief: BktBelief, correct: boolean, parameters: BktParameters): BktBelief {
  const both = new Float64Array(2 * width);
  both[0] = belief.known;
  both.set(belief.slope, 1);
  step(both, 0, width, correct, parameters);
  // Rounding must not make mastery fall after a right answer.
  const known = Math.min(1, correct ? Math.max(belief.known, both[width]) : both[width]);
  return { known, slope: [both[width + 1], both[width + 2], both[width + 3], both[width + 4]] };
}

/** Beliefs lie in flat arrays as known, then its slopes with respect to prior, learn, guess, slip. */
const width = 5;

/**
 * Writes the belief after an answer, from the one at `from` to `to`:
 *   right: posterior = known (1 - slip) / p;  wrong: posterior = known slip / (1 - p);
 *   next = posterior + (1 - posterior) learn.
 */
function step(
  beliefs: Float64Array,
  from: number,
  to: number,
  correct: boolean,
  { learn, guess, slip }: BktParameters,
): void {
  const known = beliefs[from];
  const p = known * (1 - slip) + (1 - known) * guess;
  const evidence = Math.max(smallest, correct ? p : 1 - p);
  const kept = correct ? 1 - slip : slip;
  const posterior = Math.min(1, (known * kept) / evidence);
  const sign = correct ? 1 : -1;
  // d posterior = (kept d known + known d kept - sign posterior dp) / evidence, dp = gap d known + direct part.
  const ofKnown = ((kept - sign * posterior * (1 - slip - guess)) / evidence) * (1 - learn);
  const ofDirect = (-sign / evidence) * (1 - learn);
  beliefs[to] = posterior + (1 - posterior) * learn;
  beliefs[to + 1] = ofKnown * beliefs[from + 1];
  beliefs[to + 2] = ofKnown * beliefs[from + 2] + 1 - posterior;
  beliefs[to + 3] = ofKnown * beliefs[from + 3] + ofDirect * posterior * (1 - known);
  beliefs[to + 4] = ofKnown * beliefs[from + 4] + ofDirect * (1 - posterior) * known;
}

/** Log-likelihood only, of parameters as they are. */
export function logLikelihood(tree: AnswerTree, parameters: BktParameters): number {
  const { learn, guess, slip } = parameters;
  const known = new Float64Array(tree.nodes);
  known[0] = parameters.prior;
  let value = 0;
  for (let node = 0; node < tree.nodes; node++) {
    if (node > 0) {
      const before = known[tree.parent[node]];
      const right = before * (1 - slip) + (1 - before) * guess;
      const posterior =
        tree.answer[node] === 1
          ? (before * (1 - slip)) / Math.max(smallest, right)
          : (before * slip) / Math.max(smallest, 1 - right);
      known[node] = posterior + (1 - posterior) * learn;
    }
    const p = clamp(known[node] * (1 - slip) + (1 - known[node]) * guess);
    value += tree.right[node] * Math.log(p) + tree.wrong[node] * Math.log(1 - p);
  }
  return value;
}

/** Value, gradient and information at an unbounded vector. */
export function likelihood(tree: AnswerTree, vector: BktVector): BktLikelihood {
  const parameters = toParameters(vector);
  const gradient = new Float64Array(4);
  const information = new Float64Array(16);
  let value = 0;
  forEachNode(tree, parameters, (node, p, dp) => {
    const right = tree.right[node];
    const wrong = tree.wrong[node];
    value += right * Math.log(p) + wrong * Math.log(1 - p);
    const score = right / p - wrong / (1 - p);
    const weight = (right + wrong) / (p * (1 - p));
    for (let i = 0; i < 4; i++) {
      gradient[i] += score * dp[i];
      for (let j = 0; j <= i; j++) information[4 * i + j] += weight * dp[i] * dp[j];
    }
  });
  const slopes = parameterSlopes(parameters);
  for (let i = 0; i < 4; i++) {
    gradient[i] *= slopes[i];
    for (let j = 0; j <= i; j++) {
      information[4 * i + j] *= slopes[i] * slopes[j];
      information[4 * j + i] = information[4 * i + j];
    }
  }
  return { value, gradient, information };
}

/** Visits nodes, parents first, with P(right) and its slope with respect to (prior, learn, guess, slip). */
export function forEachNode(
  tree: AnswerTree,
  parameters: BktParameters,
  visit: (node: number, p: number, dp: Float64Array) => void,
): void {
  const { guess, slip } = parameters;
  const gap = 1 - slip - guess;
  const beliefs = new Float64Array(width * tree.nodes);
  beliefs[0] = parameters.prior;
  beliefs[1] = 1;
  const dp = new Float64Array(4);
  for (let node = 0; node < tree.nodes; node++) {
    const own = width * node;
    if (node > 0) step(beliefs, width * tree.parent[node], own, tree.answer[node] === 1, parameters);
    const known = beliefs[own];
    dp[0] = beliefs[own + 1] * gap;
    dp[1] = beliefs[own + 2] * gap;
    dp[2] = beliefs[own + 3] * gap + 1 - known;
    dp[3] = beliefs[own + 4] * gap - known;
    visit(node, clamp(known * (1 - slip) + (1 - known) * guess), dp);
  }
}

function clamp(p: number): number {
  return Math.min(1 - smallest, Math.max(smallest, p));
}
