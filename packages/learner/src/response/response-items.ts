/**
 * Item response functions: the one-, two- and three-parameter logistic model (Birnbaum 1968, in Lord & Novick,
 * Statistical Theories of Mental Test Scores, chapter 17) and the graded response model (Samejima 1969, Psychometrika
 * monograph 17). Ability theta is standard normal in the population; slopes are in logits per standard deviation (no 1.7).
 */
import { logistic } from '../odds.ts';

/** P(right | theta) = c + (1 - c) / (1 + exp(-a (theta - b))). */
export interface LogisticItem {
  readonly kind: 'logistic';
  /** a, above 0. */
  readonly slope: number;
  /** b, on the scale of theta. */
  readonly difficulty: number;
  /** c, 0 to 1: what those who know nothing get right; 0 in the one- and two-parameter models. */
  readonly guessing: number;
}

/** P(category >= k | theta) = 1 / (1 + exp(-a (theta - b_k))), b_1 < b_2 < ... */
export interface GradedItem {
  readonly kind: 'graded';
  readonly slope: number;
  /** b_1 to b_(K-1), ascending, for K categories. */
  readonly thresholds: readonly number[];
}

export type ResponseItem = LogisticItem | GradedItem;

/** Probability of each category, 0 first; they add up to 1. */
export function categoryProbabilities(item: ResponseItem, theta: number): number[] {
  if (item.kind === 'logistic') {
    const right = item.guessing + (1 - item.guessing) * logistic(item.slope * (theta - item.difficulty));
    return [1 - right, right];
  }
  const above = [1, ...item.thresholds.map((b) => logistic(item.slope * (theta - b))), 0];
  return above.slice(0, -1).map((value, k) => value - above[k + 1]);
}

/** E(category | theta): the probability of a right answer for an item scored 0/1. */
export function expectedScore(item: ResponseItem, theta: number): number {
  return categoryProbabilities(item, theta).reduce((sum, probability, k) => sum + k * probability, 0);
}

/**
 * Fisher information about theta: sum_k P_k'(theta)^2 / P_k(theta) (Samejima 1969, chapter 6), which for the logistic
 * models is a^2 (P - c)^2 (1 - P) / ((1 - c)^2 P) (Lord 1980, equation 4-43).
 */
export function itemInformation(item: ResponseItem, theta: number): number {
  if (item.kind === 'logistic') {
    const { slope, difficulty, guessing } = item;
    const known = logistic(slope * (theta - difficulty));
    const right = guessing + (1 - guessing) * known;
    // (P - c) / (1 - c) is `known`, and 1 - P is (1 - c)(1 - known).
    return right === 0 ? 0 : (slope ** 2 * known ** 2 * (1 - guessing) * (1 - known)) / right;
  }
  const slopes = [0, ...item.thresholds.map((b) => slopeAt(item.slope, theta - b)), 0];
  return categoryProbabilities(item, theta).reduce((sum, probability, k) => {
    const change = slopes[k] - slopes[k + 1];
    return probability > 0 ? sum + change ** 2 / probability : sum;
  }, 0);
}

/** d/dtheta of logistic(a theta). */
function slopeAt(slope: number, distance: number): number {
  const p = logistic(slope * distance);
  return slope * p * (1 - p);
}
