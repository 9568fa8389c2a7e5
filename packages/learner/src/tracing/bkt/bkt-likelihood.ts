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

/** Value, gradient and information of a tree at unbounded vectors of one length. */
export function createLikelihood(tree: AnswerTree): (vector: BktVector) => BktLikelihood {
  const buffers = createBuffers(tree);
  return (vector) => {
    const size = vector.length;
    const parameters = toParameters(vector);
    const { value, gradient, information } = scoreSums(tree, forward(tree, parameters, buffers));
    const scale = parameterSlopes(parameters);
    for (let i = 0; i < size; i++) {
      gradient[i] *= scale[i];
      for (let j = 0; j <= i; j++) {
        information[size * i + j] *= scale[i] * scale[j];
        information[size * j + i] = information[size * i + j];
      }
    }
    return { value, gradient, information };
  };
}

/**
 * Log-likelihood, score and the lower half of the information, with respect to the parameters themselves. Written out
 * term by term, in local variables: loops over the parameters take twice as long, and half of a fit is spent here.
 */
function scoreSums(tree: AnswerTree, { right: p, slope, size }: Forward): BktLikelihood {
  const forgets = size === 6;
  let value = 0;
  let [g0, g1, g2, g3, g4, g5] = [0, 0, 0, 0, 0, 0];
  let [i00, i10, i11, i20, i21, i22, i30, i31, i32, i33] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  let [i40, i41, i42, i43, i44, i50, i51, i52, i53, i54, i55] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let node = 0, at = 0; node < tree.nodes; node++, at += size) {
    const right = tree.right[node];
    const wrong = tree.wrong[node];
    const chance = p[node];
    // Most histories go on in one way only: one logarithm and not two.
    if (right > 0) value += right * Math.log(chance);
    if (wrong > 0) value += wrong * Math.log(1 - chance);
    const score = right / chance - wrong / (1 - chance);
    const weight = (right + wrong) / (chance * (1 - chance));
    const s0 = slope[at];
    const s1 = slope[at + 1];
    const s2 = slope[at + 2];
    const s3 = slope[at + 3];
    g0 += score * s0;
    g1 += score * s1;
    g2 += score * s2;
    g3 += score * s3;
    const w1 = weight * s1;
    const w2 = weight * s2;
    const w3 = weight * s3;
    i00 += weight * s0 * s0;
    i10 += w1 * s0;
    i11 += w1 * s1;
    i20 += w2 * s0;
    i21 += w2 * s1;
    i22 += w2 * s2;
    i30 += w3 * s0;
    i31 += w3 * s1;
    i32 += w3 * s2;
    i33 += w3 * s3;
    if (!forgets) continue;
    const s4 = slope[at + 4];
    const s5 = slope[at + 5];
    g4 += score * s4;
    g5 += score * s5;
    const w4 = weight * s4;
    const w5 = weight * s5;
    i40 += w4 * s0;
    i41 += w4 * s1;
    i42 += w4 * s2;
    i43 += w4 * s3;
    i44 += w4 * s4;
    i50 += w5 * s0;
    i51 += w5 * s1;
    i52 += w5 * s2;
    i53 += w5 * s3;
    i54 += w5 * s4;
    i55 += w5 * s5;
  }
  const rows = [[i00], [i10, i11], [i20, i21, i22], [i30, i31, i32, i33]];
  if (forgets) rows.push([i40, i41, i42, i43, i44], [i50, i51, i52, i53, i54, i55]);
  const information = new Float64Array(size * size);
  for (const [i, row] of rows.entries()) information.set(row, size * i);
  return { value, gradient: Float64Array.of(g0, g1, g2, g3, g4, g5).subarray(0, size), information };
}

/** P(right) at every node, and its slope with respect to the i-th of `size` parameters at slope[size * node + i]. */
export interface Forward {
  readonly right: Float64Array;
  readonly slope: Float64Array;
  readonly size: number;
}

/** What a pass over a tree writes to: fits make many, over one tree. */
interface Buffers {
  readonly beliefs: Float64Array;
  readonly right: Float64Array;
  readonly slope: Float64Array;
}

const createBuffers = ({ nodes }: AnswerTree): Buffers => ({
  beliefs: new Float64Array(width * nodes),
  right: new Float64Array(nodes),
  slope: new Float64Array((width - 1) * nodes),
});

/** The chances and slopes of one tree; they last until the buffers are used again. */
export function forward(tree: AnswerTree, parameters: BktParameters, buffers = createBuffers(tree)): Forward {
  const { guess, slip, lapse } = parameters;
  const size = lapse === undefined ? 4 : 6;
  const gap = 1 - slip - guess;
  const { beliefs, right, slope } = buffers;
  beliefs.fill(0, 0, width);
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
