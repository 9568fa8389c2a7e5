/**
 * The log-likelihood of one skill's answer tree, its gradient and its expected (Fisher) information, in one forward pass
 * that carries d known / d parameter along the tree.
 */
import type { AnswerTree } from './answer-tree.ts';
import { type BktParameters, type BktVector, parameterSlopes, toParameters, valuesOf } from './bkt-parameters.ts';

export interface BktLikelihood {
  readonly value: number;
  /** With respect to the unbounded vector. */
  readonly gradient: Float64Array;
  /** Square, row by row: sum over answers of dp dp' / (p (1 - p)). */
  readonly information: Float64Array;
}

/** A filter's belief that the skill is known, and its slope with respect to the parameters in the vector's order. */
export interface BktBelief {
  readonly known: number;
  readonly slope: BktVector;
}

export function initialBelief(parameters: BktParameters): BktBelief {
  return { known: parameters.prior, slope: valuesOf(parameters).map((_, i) => (i === 0 ? 1 : 0)) };
}

// Keeps logarithms and quotients finite where a parameter sits on its bound.
const smallest = 1e-10;

/** The belief after a break: known (1 - lapse). */
export function afterBreak({ known, slope }: BktBelief, { lapse = 0 }: BktParameters): BktBelief {
  return { known: known * (1 - lapse), slope: slope.map((s, i) => s * (1 - lapse) - (i === 5 ? known : 0)) };
}

/** One step of the filter; the old belief is left as it was. */
export function nextBelief(belief: BktBelief, correct: boolean, parameters: BktParameters): BktBelief {
  const both = new Float64Array(2 * width);
  both[0] = belief.known;
  both.set(belief.slope, 1);
  step(both, 0, width, correct, parameters);
  // Rounding must not make mastery fall after a right answer where nothing is forgotten.
  const least = correct && parameters.forget === undefined ? belief.known : 0;
  const known = Math.min(1, Math.max(least, both[width]));
  return { known, slope: Array.from(both.subarray(width + 1, width + 1 + belief.slope.length)) };
}

/** Beliefs lie in flat arrays as known, then its slopes with respect to prior, learn, guess, slip, forget, lapse. */
const width = 7;

/**
 * Writes the belief after an answer, from the one at `from` to `to`:
 *   right: posterior = known (1 - slip) / p;  wrong: posterior = known slip / (1 - p);
 *   next = posterior (1 - forget) + (1 - posterior) learn.
 */
function step(
  beliefs: Float64Array,
  from: number,
  to: number,
  correct: boolean,
  { learn, guess, slip, forget }: BktParameters,
): void {
  const known = beliefs[from];
  const p = known * (1 - slip) + (1 - known) * guess;
  const evidence = Math.max(smallest, correct ? p : 1 - p);
  const kept = correct ? 1 - slip : slip;
  const posterior = Math.min(1, (known * kept) / evidence);
  const sign = correct ? 1 : -1;
  const carried = 1 - learn - (forget ?? 0);
  // d posterior = (kept d known + known d kept - sign posterior dp) / evidence, dp = gap d known + direct part.
  const ofKnown = ((kept - sign * posterior * (1 - slip - guess)) / evidence) * carried;
  const ofDirect = (-sign / evidence) * carried;
  beliefs[to] = learn + posterior * carried;
  beliefs[to + 1] = ofKnown * beliefs[from + 1];
  beliefs[to + 2] = ofKnown * beliefs[from + 2] + 1 - posterior;
  beliefs[to + 3] = ofKnown * beliefs[from + 3] + ofDirect * posterior * (1 - known);
  beliefs[to + 4] = ofKnown * beliefs[from + 4] + ofDirect * (1 - posterior) * known;
  if (forget === undefined) return;
  beliefs[to + 5] = ofKnown * beliefs[from + 5] - posterior;
  beliefs[to + 6] = ofKnown * beliefs[from + 6];
}

/** The belief at `at` after a break: known (1 - lapse). */
function lapseAt(beliefs: Float64Array, at: number, lapse: number): void {
  const known = beliefs[at];
  for (let i = at; i < at + width; i++) beliefs[i] *= 1 - lapse;
  beliefs[at + 6] -= known;
}

/** P(known) after an answer: `nextBelief` without the slopes. */
export function nextKnown(known: number, correct: boolean, { learn, guess, slip, forget = 0 }: BktParameters): number {
  const right = known * (1 - slip) + (1 - known) * guess;
  const kept = correct ? 1 - slip : slip;
  const posterior = Math.min(1, (known * kept) / Math.max(smallest, correct ? right : 1 - right));
  return learn + posterior * (1 - learn - forget);
}

/** Log-likelihood only, of parameters as they are. */
export function logLikelihood(tree: AnswerTree, parameters: BktParameters): number {
  const { guess, slip } = parameters;
  const known = new Float64Array(tree.nodes);
  known[0] = parameters.prior;
  let value = 0;
  for (let node = 0; node < tree.nodes; node++) {
    if (node > 0) known[node] = nextKnown(known[tree.parent[node]], tree.answer[node] === 1, parameters);
    if (tree.afterBreak[node] === 1) known[node] *= 1 - (parameters.lapse ?? 0);
    const p = clamp(known[node] * (1 - slip) + (1 - known[node]) * guess);
    value += tree.right[node] * Math.log(p) + tree.wrong[node] * Math.log(1 - p);
  }
  return value;
}

/** Value, gradient and information at an unbounded vector. */
export function likelihood(tree: AnswerTree, vector: BktVector): BktLikelihood {
  const size = vector.length;
  const parameters = toParameters(vector);
  const { right: p, slope } = forward(tree, parameters);
  const gradient = new Float64Array(size);
  const information = new Float64Array(size * size);
  let value = 0;
  for (let node = 0; node < tree.nodes; node++) {
    const right = tree.right[node];
    const wrong = tree.wrong[node];
    // Most histories go on in one way only: one logarithm and not two.
    if (right > 0) value += right * Math.log(p[node]);
    if (wrong > 0) value += wrong * Math.log(1 - p[node]);
    const score = right / p[node] - wrong / (1 - p[node]);
    const weight = (right + wrong) / (p[node] * (1 - p[node]));
    for (let i = 0, at = size * node; i < size; i++) {
      const own = slope[at + i];
      gradient[i] += score * own;
      for (let j = 0; j <= i; j++) information[size * i + j] += weight * own * slope[at + j];
    }
  }
  const scale = parameterSlopes(parameters);
  for (let i = 0; i < size; i++) {
    gradient[i] *= scale[i];
    for (let j = 0; j <= i; j++) {
      information[size * i + j] *= scale[i] * scale[j];
      information[size * j + i] = information[size * i + j];
    }
  }
  return { value, gradient, information };
}

/** P(right) at every node, and its slope with respect to the i-th of `size` parameters at slope[size * node + i]. */
export function forward(
  tree: AnswerTree,
  parameters: BktParameters,
): { readonly right: Float64Array; readonly slope: Float64Array; readonly size: number } {
  const { guess, slip, lapse } = parameters;
  const size = lapse === undefined ? 4 : 6;
  const gap = 1 - slip - guess;
  const beliefs = new Float64Array(width * tree.nodes);
  const right = new Float64Array(tree.nodes);
  const slope = new Float64Array(size * tree.nodes);
  beliefs[0] = parameters.prior;
  beliefs[1] = 1;
  for (let node = 0; node < tree.nodes; node++) {
    const own = width * node;
    if (node > 0) step(beliefs, width * tree.parent[node], own, tree.answer[node] === 1, parameters);
    if (lapse !== undefined && tree.afterBreak[node] === 1) lapseAt(beliefs, own, lapse);
    const known = beliefs[own];
    const at = size * node;
    right[node] = clamp(known * (1 - slip) + (1 - known) * guess);
    slope[at] = beliefs[own + 1] * gap;
    slope[at + 1] = beliefs[own + 2] * gap;
    slope[at + 2] = beliefs[own + 3] * gap + 1 - known;
    slope[at + 3] = beliefs[own + 4] * gap - known;
    if (size === 4) continue;
    slope[at + 4] = beliefs[own + 5] * gap;
    slope[at + 5] = beliefs[own + 6] * gap;
  }
  return { right, slope, size };
}

function clamp(p: number): number {
  return Math.min(1 - smallest, Math.max(smallest, p));
}
