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

/** P(known) after an answer: `nextBelief` without the slopes. */
export function nextKnown(known: number, correct: boolean, { learn, guess, slip }: BktParameters): number {
  const right = known * (1 - slip) + (1 - known) * guess;
  const kept = correct ? 1 - slip : slip;
  const posterior = Math.min(1, (known * kept) / Math.max(smallest, correct ? right : 1 - right));
  return posterior + (1 - posterior) * learn;
}

/** Log-likelihood only, of parameters as they are. */
export function logLikelihood(tree: AnswerTree, parameters: BktParameters): number {
  const { guess, slip } = parameters;
  const known = new Float64Array(tree.nodes);
  known[0] = parameters.prior;
  let value = 0;
  for (let node = 0; node < tree.nodes; node++) {
    if (node > 0) known[node] = nextKnown(known[tree.parent[node]], tree.answer[node] === 1, parameters);
    const p = clamp(known[node] * (1 - slip) + (1 - known[node]) * guess);
    value += tree.right[node] * Math.log(p) + tree.wrong[node] * Math.log(1 - p);
  }
  return value;
}

/** Value, gradient and information at an unbounded vector. */
export function likelihood(tree: AnswerTree, vector: BktVector): BktLikelihood {
  const parameters = toParameters(vector);
  const { right: p, slope } = forward(tree, parameters);
  const gradient = new Float64Array(4);
  const information = new Float64Array(16);
  let value = 0;
  for (let node = 0; node < tree.nodes; node++) {
    const right = tree.right[node];
    const wrong = tree.wrong[node];
    // Most histories go on in one way only: one logarithm and not two.
    if (right > 0) value += right * Math.log(p[node]);
    if (wrong > 0) value += wrong * Math.log(1 - p[node]);
    const variance = p[node] * (1 - p[node]);
    addOuter(
      gradient,
      information,
      slope,
      4 * node,
      right / p[node] - wrong / (1 - p[node]),
      (right + wrong) / variance,
    );
  }
  const scale = parameterSlopes(parameters);
  for (let i = 0; i < 4; i++) {
    gradient[i] *= scale[i];
    for (let j = 0; j <= i; j++) {
      information[4 * i + j] *= scale[i] * scale[j];
      information[4 * j + i] = information[4 * i + j];
    }
  }
  return { value, gradient, information };
}

/** gradient += score s, information += weight s s' (lower triangle), with s the four slopes from `at` on. */
function addOuter(
  gradient: Float64Array,
  information: Float64Array,
  slope: Float64Array,
  at: number,
  score: number,
  weight: number,
): void {
  const a = slope[at];
  const b = slope[at + 1];
  const c = slope[at + 2];
  const d = slope[at + 3];
  gradient[0] += score * a;
  gradient[1] += score * b;
  gradient[2] += score * c;
  gradient[3] += score * d;
  information[0] += weight * a * a;
  information[4] += weight * b * a;
  information[5] += weight * b * b;
  information[8] += weight * c * a;
  information[9] += weight * c * b;
  information[10] += weight * c * c;
  information[12] += weight * d * a;
  information[13] += weight * d * b;
  information[14] += weight * d * c;
  information[15] += weight * d * d;
}

/** P(right) at every node, and its slope with respect to (prior, learn, guess, slip) at slope[4 * node + j]. */
export function forward(
  tree: AnswerTree,
  parameters: BktParameters,
): { readonly right: Float64Array; readonly slope: Float64Array } {
  const { guess, slip } = parameters;
  const gap = 1 - slip - guess;
  const beliefs = new Float64Array(width * tree.nodes);
  const right = new Float64Array(tree.nodes);
  const slope = new Float64Array(4 * tree.nodes);
  beliefs[0] = parameters.prior;
  beliefs[1] = 1;
  for (let node = 0; node < tree.nodes; node++) {
    const own = width * node;
    if (node > 0) step(beliefs, width * tree.parent[node], own, tree.answer[node] === 1, parameters);
    const known = beliefs[own];
    right[node] = clamp(known * (1 - slip) + (1 - known) * guess);
    slope[4 * node] = beliefs[own + 1] * gap;
    slope[4 * node + 1] = beliefs[own + 2] * gap;
    slope[4 * node + 2] = beliefs[own + 3] * gap + 1 - known;
    slope[4 * node + 3] = beliefs[own + 4] * gap - known;
  }
  return { right, slope };
}

function clamp(p: number): number {
  return Math.min(1 - smallest, Math.max(smallest, p));
}
