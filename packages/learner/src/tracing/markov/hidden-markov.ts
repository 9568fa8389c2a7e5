/**
 * Hidden Markov models with a few levels of a skill (Rabiner 1989, "A tutorial on hidden Markov models"): P(level at
 * first), P(level -> level) after each answer, P(right | level). BKT with forgetting is the one with two levels. Levels
 * are in order of P(right), so they mean how far the learner is; a level is 'known' where P(right) lies above the middle
 * between the lowest level's and the highest's.
 *
 * A point holds logits: first (n), transition (n x n, from row to column), right (n); probabilities are their softmax,
 * and logistic for right.
 */
import type { Random } from '@qurriculum/random';
import { logistic, logit } from '../../odds.ts';
import type { OperatorFamily } from './family.ts';
import type { OperatorModel, OperatorSlopes } from './operator-model.ts';

// logistic(12) = 1 - 6e-6: certain for all that answers can tell.
const farthest = 12;

export interface HiddenMarkovLevels {
  /** Probabilities of the levels at first, from lowest to highest. */
  readonly first: readonly number[];
  /** transition[i][j]: from level i to level j after an answer. */
  readonly transition: readonly (readonly number[])[];
  /** P(right) in each level. */
  readonly right: readonly number[];
}

/** @param levels 2 or more. */
export function hiddenMarkovFamily(levels: number): OperatorFamily {
  const length = levels * (levels + 2);
  return {
    name: `hmm${levels}`,
    freeParameters: levels - 1 + levels * (levels - 1) + levels,
    masteryMeans: 'known',
    length,
    start: (k, random) => startLevels(levels, k, random),
    near: (point, random) => point.map((x) => clamp(x + 0.7 * random.normal())),
    operators: (point) => operatorsOf(readLevels(point, levels), levels),
    gradient: (point, slopes) => gradientOf(point, readLevels(point, levels), slopes, levels),
    move: (point, direction, step) => point.map((x, i) => clamp(x + step * direction[i])),
    standard: (point) => inOrder(point, levels),
    fault: (point) => (point.every((x) => Math.abs(x) <= farthest) ? null : `logits from -${farthest} to ${farthest}`),
    mastery: knownLevels,
  };
}

/** The probabilities that a point stands for. */
export function readLevels(point: ArrayLike<number>, levels: number): HiddenMarkovLevels {
  const softmax = (from: number) => {
    const weights = Array.from({ length: levels }, (_, i) => Math.exp(point[from + i]));
    const sum = weights.reduce((a, b) => a + b, 0);
    return weights.map((weight) => weight / sum);
  };
  return {
    first: softmax(0),
    transition: Array.from({ length: levels }, (_, i) => softmax(levels * (i + 1))),
    right: Array.from({ length: levels }, (_, i) => logistic(point[levels * (levels + 1) + i])),
  };
}

/** A point from probabilities. */
export function levelsToPoint({ first, transition, right }: HiddenMarkovLevels): Float64Array {
  const log = (p: number) => clamp(Math.log(Math.max(1e-12, p)));
  return Float64Array.from([
    ...first.map(log),
    ...transition.flatMap((row) => row.map(log)),
    ...right.map((p) => clamp(logit(p))),
  ]);
}

function clamp(x: number): number {
  return Math.min(farthest, Math.max(-farthest, x));
}

/** A_a[j][i] = P(a | level i) P(i -> j). */
function operatorsOf({ first, transition, right }: HiddenMarkovLevels, levels: number): OperatorModel {
  const operator = (answer: number) =>
    Float64Array.from({ length: levels * levels }, (_, k) => {
      const [to, from] = [Math.floor(k / levels), k % levels];
      return (answer === 1 ? right[from] : 1 - right[from]) * transition[from][to];
    });
  return { size: levels, start: first, operators: [operator(0), operator(1)], total: first.map(() => 1) };
}

/** Chain rule; for a softmax p with slopes s: dL/dlogit_i = p_i (s_i - sum_j p_j s_j). */
function gradientOf(
  point: Float64Array,
  { first, transition, right }: HiddenMarkovLevels,
  slopes: OperatorSlopes,
  levels: number,
): Float64Array {
  const gradient = new Float64Array(point.length);
  const softmax = (at: number, p: readonly number[], slope: readonly number[]) => {
    const mean = p.reduce((sum, value, i) => sum + value * slope[i], 0);
    for (let i = 0; i < levels; i++) gradient[at + i] = p[i] * (slope[i] - mean);
  };
  softmax(0, first, Array.from(slopes.start));
  const [wrong, correct] = slopes.operators;
  for (let from = 0; from < levels; from++) {
    const e = right[from];
    const cells = transition[from].map((_, to) => levels * to + from);
    softmax(
      levels * (from + 1),
      transition[from],
      cells.map((cell) => e * correct[cell] + (1 - e) * wrong[cell]),
    );
    const ofRight = cells.reduce((sum, cell, to) => sum + transition[from][to] * (correct[cell] - wrong[cell]), 0);
    gradient[levels * (levels + 1) + from] = ofRight * e * (1 - e);
  }
  return gradient;
}

/** Start 0: levels spread evenly, sticky, rather up than down. Later starts are drawn around it, ever wider. */
function startLevels(levels: number, k: number, random: Random): Float64Array {
  const spread = Array.from({ length: levels }, (_, i) => i / (levels - 1));
  const point = levelsToPoint({
    first: spread.map(() => 1 / levels),
    transition: spread.map((_, i) => {
      const row = spread.map((_, j) => (j === i ? 1 : j === i + 1 ? 0.12 : 0.03));
      return row.map((weight) => weight / row.reduce((a, b) => a + b, 0));
    }),
    right: spread.map((share) => 0.2 + 0.72 * share),
  });
  return k === 0 ? point : point.map((x) => clamp(x + 0.4 * k * random.normal()));
}

/** Levels in order of P(right). */
function inOrder(point: Float64Array, levels: number): Float64Array {
  const rights = levels * (levels + 1);
  const order = Array.from({ length: levels }, (_, i) => i).sort(
    (a, b) => point[rights + a] - point[rights + b] || a - b,
  );
  return Float64Array.from([
    ...order.map((i) => point[i]),
    ...order.flatMap((i) => order.map((j) => point[levels * (i + 1) + j])),
    ...order.map((i) => point[rights + i]),
  ]);
}

function knownLevels({ size, operators }: OperatorModel, state: ArrayLike<number>) {
  const right = Array.from({ length: size }, (_, from) => {
    let sum = 0;
    for (let to = 0; to < size; to++) sum += operators[1][size * to + from];
    return sum;
  });
  const middle = (Math.min(...right) + Math.max(...right)) / 2;
  // Level by level: P(right) of those known and of those not, as they are weighted in this state.
  const sums = [
    { weight: 0, right: 0 },
    { weight: 0, right: 0 },
  ];
  right.forEach((value, level) => {
    const sum = sums[value > middle || level === size - 1 ? 1 : 0];
    sum.weight += state[level];
    sum.right += state[level] * value;
  });
  const [not, known] = sums;
  const mean = Math.min(1, Math.max(0, known.weight));
  const gap = known.right / Math.max(1e-12, known.weight) - not.right / Math.max(1e-12, not.weight);
  return {
    mean,
    gap: known.weight > 0 && not.weight > 0 ? Math.max(0.05, gap) : Math.max(...right) - Math.min(...right),
  };
}
