/**
 * Constrained model to binary quadratic model: integers in bounded binary, inequalities made equations by slack bits,
 * each broken equation punished by a square.
 *
 *   E(x) + sum_r P_r (a_r(x) + slack_r - rhs_r)^2
 *
 * Products in a row become bits of their own first (`bit-terms.ts`), so that the square is quadratic; a row that asks for the
 * least value its left side can have (x y = 0) needs neither bits nor square: P times the excess.
 *
 * Bounded binary: an integer in [l, u] is l + 1 b_0 + 2 b_1 + ... + (u - l - 2^m + 1) b_m, so that every bit pattern is
 * inside the bounds. The first penalties follow Verma and Lewis, "Penalty and partitioning techniques to improve
 * performance of QUBO solvers" (Discrete Optimization 44, 2022): the most that one flip inside the row can gain. They
 * can be too small: `refinePenalties` doubles those of rows that samples break.
 */
import {
  addPairTerms,
  addProduct,
  addSquare,
  createProductBits,
  createTerms,
  type Expansion,
  expansionOf,
  type ProductBits,
  rowTerms,
  type Terms,
} from './bit-terms.ts';
import { type BinaryQuadraticModel, createBqmSteps } from './bqm.ts';
import type { ConstrainedQuadraticModel, Constraint } from './cqm.ts';
import { rowActivity } from './cqm-operations.ts';
import { ProblemError } from './errors.ts';
import { boundedBinary, type Encoding, greedyBits, type Slack, slackOf } from './slack.ts';
import { runSteps, type Steps } from './steps.ts';

/** The part of a row's room that counts as rounding. */
const SLACK_ROUNDING = 1e-9;

export interface CqmToBqmOptions {
  /** One penalty per constraint, at least 0. Default: chosen from the coefficients. */
  readonly penalties?: ArrayLike<number>;
  /**
   * How inequalities become terms. 'slack' (default): exact, by slack bits. 'unbalanced': no more bits, P (h^2 / 2 - h step)
   * of the room h = rhs - a . x, the second-order expansion of exp(-h) (Montanez-Barrera et al. 2022, arXiv:2211.13914):
   * broken rows cost most, but rows with much room cost as well, so that minimisers can differ from the model's.
   */
  readonly inequalities?: 'slack' | 'unbalanced';
}

export interface ConvertedCqm {
  /**
   * BINARY; variables named after the model's, "NAME/0", "NAME/1", ... for bits of integers, "slack R/K" for slack,
   * "product A*B" for products; the model's own come first.
   */
  readonly bqm: BinaryQuadraticModel;
  /** The penalty used for each constraint; 0 for rows that every assignment keeps. */
  readonly penalties: Float64Array;
  /** False when a row's slack is cut to 1/1023 of its range, or unbalanced: feasible samples then carry a penalty. */
  readonly exactSlack: boolean;
  /** The constrained model's values from those of the BQM (slack and products dropped). */
  invert(values: ArrayLike<number>): Int32Array;
  /** BQM values of constrained values, with the slack that costs least: the way in for starting points. */
  embed(values: ArrayLike<number>): Int32Array;
}

/**
 * Converts a constrained model. Minimum and minimisers agree whenever the penalties are large enough, which samples show:
 * invert the best sample; if it breaks constraints, convert again with `refinePenalties`.
 * @throws ProblemError BAD_CONSTRAINT when a row alone cannot be kept by any assignment.
 */
export function cqmToBqm(cqm: ConstrainedQuadraticModel, options: CqmToBqmOptions = {}): ConvertedCqm {
  return runSteps(cqmToBqmSteps(cqm, options));
}

/** The same in steps: rows of m bits make m^2 products. */
export function* cqmToBqmSteps(cqm: ConstrainedQuadraticModel, options: CqmToBqmOptions = {}): Steps<ConvertedCqm> {
  const labels: string[] = [];
  const integers = cqm.variables.map(({ name, kind, lower, upper }): Encoding => {
    const start = labels.length;
    const weights = boundedBinary(upper - lower, 1);
    for (let k = 0; k < weights.length; k++) labels.push(kind === 'BINARY' ? name : `${name}/${k}`);
    return { start, lower, weights };
  });
  const unbalanced = options.inequalities === 'unbalanced';
  const rows = cqm.constraints.map((row, r) => slackOf(cqm, row, r, unbalanced ? [] : labels));
  yield;
  const penalties = Float64Array.from(options.penalties ?? initialPenalties(cqm), (penalty, r) =>
    rows[r].kind === 'always' ? 0 : penalty,
  );
  requirePenalties(cqm, penalties);
  const energy = objectiveTerms(cqm, integers);
  const products = createProductBits(labels);
  for (const [r, row] of cqm.constraints.entries()) {
    yield* addPenalty(energy, row, rows[r], { integers, products, penalty: penalties[r], unbalanced });
  }
  products.addPenalties(energy);
  const { offset } = energy;
  const bqm = yield* createBqmSteps({ vartype: 'BINARY', variables: labels, quadratic: energy.columns(), offset });
  return {
    bqm,
    penalties,
    exactSlack: rows.every((row) => row.kind !== 'slack' || (row.exact && !unbalanced)),
    invert: (values) =>
      Int32Array.from(integers, ({ start, lower, weights }) =>
        weights.reduce((sum, weight, k) => sum + weight * values[start + k], lower),
      ),
    embed(values) {
      const bits = new Int32Array(labels.length);
      for (const [i, encoding] of integers.entries())
        bits.set(greedyBits(encoding.weights, values[i] - encoding.lower), encoding.start);
      for (const [r, row] of cqm.constraints.entries()) {
        const slack = rows[r];
        if (slack.kind !== 'slack' || unbalanced) continue;
        const room = slack.rhs - slack.sign * rowActivity(row, values);
        bits.set(greedyBits(slack.encoding.weights, room, SLACK_ROUNDING), slack.encoding.start);
      }
      products.write(bits);
      return bits;
    },
  };
}

/**
 * Verma and Lewis: the most that a flip of one of the row's variables can change the objective, over the square of the
 * least that it changes the row (by one of its terms); at least 1 where the objective does not touch the row.
 */
function initialPenalties(cqm: ConstrainedQuadraticModel): Float64Array {
  const reach = new Float64Array(cqm.variables.length);
  const span = cqm.variables.map(({ lower, upper }) => Math.max(Math.abs(lower), Math.abs(upper)));
  for (let i = 0; i < reach.length; i++) reach[i] = Math.abs(cqm.linear[i]);
  const { first, second, coefficient } = cqm.quadratic;
  for (let k = 0; k < coefficient.length; k++) {
    reach[first[k]] += Math.abs(coefficient[k]) * span[second[k]];
    reach[second[k]] += Math.abs(coefficient[k]) * span[first[k]];
  }
  return Float64Array.from(cqm.constraints, (row) => {
    let most = 0;
    const see = (i: number, coefficient: number): void => {
      most = Math.max(most, reach[i] / coefficient ** 2);
    };
    for (let k = 0; k < row.variables.length; k++) see(row.variables[k], row.coefficients[k]);
    if (row.quadratic) {
      const { first, second, coefficient } = row.quadratic;
      for (let k = 0; k < coefficient.length; k++) {
        see(first[k], coefficient[k]);
        see(second[k], coefficient[k]);
      }
    }
    return most > 0 ? most : 1;
  });
}

function requirePenalties(cqm: ConstrainedQuadraticModel, penalties: Float64Array): void {
  if (penalties.length !== cqm.constraints.length) {
    throw new ProblemError(
      'BAD_SIZE',
      `cqmToBqm: expected ${cqm.constraints.length} penalties, one per constraint, got ${penalties.length}; pass one each.`,
    );
  }
  const bad = penalties.findIndex((penalty) => !(penalty >= 0 && Number.isFinite(penalty)));
  if (bad >= 0) {
    throw new ProblemError(
      'BAD_COEFFICIENT',
      `cqmToBqm: expected finite penalties of at least 0, got ${penalties[bad]} for "${cqm.constraints[bad].name}"; ` +
        'lower or drop it.',
    );
  }
}

function objectiveTerms(cqm: ConstrainedQuadraticModel, integers: readonly Encoding[]): Terms {
  const terms = createTerms(cqm.offset);
  for (const [i, encoding] of integers.entries()) {
    if (cqm.linear[i] === 0) continue;
    for (const [bit, weight] of expansionOf(encoding, cqm.linear[i])) terms.add(bit, bit, weight);
    terms.offset += cqm.linear[i] * encoding.lower;
  }
  addPairTerms(terms, 1, cqm.quadratic, integers);
  return terms;
}

interface PenaltyContext {
  readonly integers: readonly Encoding[];
  readonly products: ProductBits;
  readonly penalty: number;
  readonly unbalanced: boolean;
}

function* addPenalty(
  terms: Terms,
  row: Constraint,
  slack: Slack,
  { integers, products, penalty, unbalanced }: PenaltyContext,
): Steps<void> {
  if (slack.kind === 'always' || penalty === 0) return;
  if (slack.kind === 'at-most-one') {
    const bits = Array.from(row.variables, (i) => integers[i].start);
    // One pair too many breaks the row by |c|: punished by P c^2, as the square would.
    const scale = penalty * row.coefficients[0] ** 2;
    for (let a = 0; a < bits.length; a++) {
      for (let b = a + 1; b < bits.length; b++) terms.add(bits[a], bits[b], scale);
    }
    return;
  }
  if (slack.kind === 'at-least-value') {
    // The least step c above it is punished by P c^2, as the square would.
    const scale = penalty * leastCoefficient(row);
    const excess = rowTerms(row, integers, slack.sign * scale);
    const { first, second, coefficient } = excess.columns();
    for (let k = 0; k < first.length; k++) terms.add(first[k], second[k], coefficient[k]);
    terms.offset += excess.offset - slack.sign * scale * row.rhs;
    return;
  }
  const sign = slack.kind === 'slack' ? slack.sign : 1;
  const left = rowTerms(row, integers, sign);
  const offset = left.offset - (slack.kind === 'slack' ? slack.rhs : row.rhs);
  const expansion = products.linear(left, penalty);
  if (slack.kind === 'slack' && unbalanced) {
    // expansion + offset is -h; the least weight of the slack is the row's step.
    yield* addSquare(terms, penalty / 2, expansion, offset);
    addProduct(terms, penalty * Math.min(...slack.encoding.weights, 1), expansion, offset, [], 1);
    return;
  }
  const whole: Expansion = slack.kind === 'slack' ? [...expansion, ...expansionOf(slack.encoding)] : expansion;
  yield* addSquare(terms, penalty, whole, offset);
}

function leastCoefficient(row: Constraint): number {
  let least = Number.POSITIVE_INFINITY;
  for (const c of row.coefficients) least = Math.min(least, Math.abs(c));
  for (const c of row.quadratic?.coefficient ?? []) least = Math.min(least, Math.abs(c));
  return least;
}
