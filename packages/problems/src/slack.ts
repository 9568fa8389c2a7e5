/**
 * Slack of rows and bounded binary encodings, the parts from which constrained models become binary ones.
 *
 * Bounded binary: weights 1, 2, 4, ..., rest reach every whole number from 0 to the range and nothing above.
 */
import type { ConstrainedQuadraticModel, Constraint } from './cqm.ts';
import { ProblemError } from './errors.ts';

/** lower + sum of weights[k] * bit(start + k). */
export interface Encoding {
  readonly start: number;
  readonly lower: number;
  readonly weights: readonly number[];
}

/** Bits of a slack whose unit cannot be found: 1023 steps resolve a thousandth of the row's range. */
const INEXACT_SLACK_BITS = 10;

/** Weights 1, 2, 4, ..., rest (times the unit) that reach every multiple from 0 to range and nothing above. */
export function boundedBinary(range: number, unit: number): number[] {
  const weights: number[] = [];
  let left = Math.round(range / unit);
  for (let weight = 1; left > 0; weight *= 2) {
    const step = Math.min(weight, left);
    weights.push(step * unit);
    left -= step;
  }
  return weights;
}

/**
 * The bits whose weights come nearest to a value of at least 0 from below, from the largest weight down: exact for weights of
 * which the smaller ones fill what the larger ones leave, as those of `boundedBinary`. `tolerance` is the part of the value
 * that counts as rounding.
 */
export function greedyBits(weights: readonly number[], value: number, tolerance = 0): number[] {
  const bits = weights.map(() => 0);
  let left = value;
  for (const k of [...weights.keys()].sort((a, b) => weights[b] - weights[a])) {
    if (weights[k] > left * (1 + tolerance)) continue;
    bits[k] = 1;
    left -= weights[k];
  }
  return bits;
}

/** How a row is turned into an equation. */
export type Slack =
  | { readonly kind: 'always' | 'equation' }
  /** At most one of several binaries: x_i x_j punishes it without slack. */
  | { readonly kind: 'at-most-one' }
  /** A quadratic row that asks for the least value of sign * its left side: each step above it is punished as it is, without a square. */
  | { readonly kind: 'at-least-value'; readonly sign: 1 | -1 }
  /** sign * a . x + slack = rhs, slack from 0. */
  | {
      readonly kind: 'slack';
      readonly sign: 1 | -1;
      readonly rhs: number;
      readonly encoding: Encoding;
      readonly exact: boolean;
    };

/**
 * The slack of row r; its bits are appended to `labels`.
 * @throws ProblemError BAD_CONSTRAINT when no assignment keeps the row.
 */
export function slackOf(cqm: ConstrainedQuadraticModel, row: Constraint, r: number, labels: string[]): Slack {
  const sign = row.sense === '>=' ? -1 : 1;
  const rhs = sign * row.rhs;
  const [least, most] = activityRange(cqm, row, sign);
  const tolerance = 1e-9 * Math.max(1, Math.abs(rhs));
  const fault = unkeepable(cqm, row);
  if (fault !== null) {
    throw new ProblemError(
      'BAD_CONSTRAINT',
      `cqmToBqm: expected rows that can be kept, got ${fault}; correct its right-hand side ${row.rhs}.`,
    );
  }
  if (row.sense !== '==' && most <= rhs + tolerance) return { kind: 'always' };
  if (row.quadratic && least >= rhs - tolerance) return { kind: 'at-least-value', sign };
  if (row.quadratic && row.sense === '==' && most <= rhs + tolerance) return { kind: 'at-least-value', sign: -1 };
  if (row.sense === '==') return { kind: 'equation' };
  const binaries = !row.quadratic && row.variables.every((i) => cqm.variables[i].kind === 'BINARY');
  if (binaries && rhs > 0 && row.coefficients.every((c) => sign * c === rhs)) return { kind: 'at-most-one' };
  const unit = commonUnit([...row.coefficients, ...(row.quadratic?.coefficient ?? [])]);
  const exact = unit !== null;
  const step = unit ?? Math.max(rhs - least, tolerance) / (2 ** INEXACT_SLACK_BITS - 1);
  // The left side moves in whole units from its least value: a right side in between means the unit below it.
  const range = step * Math.floor((rhs - least) / step + 1e-9);
  const weights = boundedBinary(range, step);
  const encoding = { start: labels.length, lower: 0, weights };
  for (let k = 0; k < weights.length; k++) labels.push(`slack ${r}/${k}`);
  return { kind: 'slack', sign, rhs: least + range, encoding, exact };
}

/** Which side of a row's range its right-hand side lies beyond, in words; null when the bounds leave it open. */
function unkeepable(cqm: ConstrainedQuadraticModel, row: Constraint): string | null {
  const [least, most] = activityRange(cqm, row, 1);
  const tolerance = 1e-9 * Math.max(1, Math.abs(row.rhs));
  const tooHigh = row.sense !== '>=' && least > row.rhs + tolerance;
  const tooLow = row.sense !== '<=' && most < row.rhs - tolerance;
  return tooHigh || tooLow ? `"${row.name}" whose left side runs from ${least} to ${most}` : null;
}

/** Why a model cannot be converted (a row that no assignment within bounds keeps), or null. */
export function conversionRefusal(cqm: ConstrainedQuadraticModel): string | null {
  for (const row of cqm.constraints) {
    const fault = unkeepable(cqm, row);
    if (fault !== null) return `constraints that each can be kept, not ${fault} against ${row.sense} ${row.rhs}`;
  }
  return null;
}

/** Bounds on sign * the left side, term by term: exact for linear rows. */
function activityRange(cqm: ConstrainedQuadraticModel, row: Constraint, sign: number): [number, number] {
  let least = 0;
  let most = 0;
  const add = (coefficient: number, low: number, high: number): void => {
    const c = sign * coefficient;
    least += c > 0 ? c * low : c * high;
    most += c > 0 ? c * high : c * low;
  };
  for (let k = 0; k < row.variables.length; k++) {
    const { lower, upper } = cqm.variables[row.variables[k]];
    add(row.coefficients[k], lower, upper);
  }
  if (!row.quadratic) return [least, most];
  const { first, second, coefficient } = row.quadratic;
  for (let k = 0; k < coefficient.length; k++) {
    const [a, b] = [cqm.variables[first[k]], cqm.variables[second[k]]];
    const corners = [a.lower * b.lower, a.lower * b.upper, a.upper * b.lower, a.upper * b.upper];
    const squareOverZero = first[k] === second[k] && a.lower < 0 && a.upper > 0;
    add(coefficient[k], squareOverZero ? 0 : Math.min(...corners), Math.max(...corners));
  }
  return [least, most];
}

/** The largest unit that all numbers are whole multiples of, found by Euclid with a tolerance; null if below 1e-4 of the largest. */
function commonUnit(numbers: readonly number[]): number | null {
  const largest = numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
  const zero = 1e-9 * largest;
  let unit = 0;
  for (const number of numbers) {
    let a = Math.abs(number);
    let b = unit;
    while (b > zero) [a, b] = [b, a - b * Math.floor(a / b + 1e-9)];
    unit = a > zero ? a : unit;
  }
  return unit >= 1e-4 * largest ? unit : null;
}
