/**
 * Standard errors of fitted items, from the cross-products of the learners' scores (the empirical information: Meilijson
 * 1989, Journal of the Royal Statistical Society B 51, 127-138, section 2), by the delta method on the scale of
 * difficulties. Where learners are few for the parameters, items count as independent of one another.
 */
import { createPause, type LongWork } from '../pause.ts';
import { categoryTable } from './abilities.ts';
import { expectation } from './expectation.ts';
import { abilityGrid, type FittedResponseModel } from './fit-items.ts';
import { addPrior, familyOfItem, type ItemFamily } from './item-families.ts';
import { invertSymmetric } from './linear-algebra.ts';
import type { ResponseItem } from './response-items.ts';
import { distinctPatterns, ResponseError, type ResponseTable } from './responses.ts';

export interface ItemErrors {
  readonly slope: number;
  /** Of the logit of P(right | theta = 0) without guessing, or of each such logit of a graded item. */
  readonly intercepts: readonly number[];
  /** Of the difficulty, or of each threshold of a graded item. */
  readonly locations: readonly number[];
  /** 0 where the model has no guessing. */
  readonly guessing: number;
}

/** With fewer learners per parameter the inverse of a full cross-product matrix is mostly noise. */
const LEARNERS_PER_PARAMETER = 4;

/** One item as the scores need it. */
interface ScoredItem {
  readonly item: ResponseItem;
  readonly family: ItemFamily;
  readonly parameters: Float64Array;
  /** Number of each of its parameters among all; slopes of a 1PL are the same one. */
  readonly numbers: readonly number[];
  /** d log P(category | theta) / d parameter: entry (category * parameters + parameter) * points + point. */
  readonly scores: Float64Array;
}

/**
 * Errors of each item; weak priors count as in the fit.
 * @throws ResponseError BAD_SIZE when items and columns differ in number; the signal's reason when cancelled.
 */
export async function itemErrors(
  { items, model }: FittedResponseModel,
  responses: ResponseTable,
  { signal, onProgress }: LongWork = {},
): Promise<ItemErrors[]> {
  if (items.length !== responses.items) {
    throw new ResponseError(
      'BAD_SIZE',
      `itemErrors: expected answers to ${items.length} items, got columns for ${responses.items}; pass those that were fitted.`,
    );
  }
  const { points, logWeight } = abilityGrid();
  const scored = scoreItems(items, model === '1pl', points);
  const size = 1 + Math.max(...scored.flatMap(({ numbers }) => numbers));
  const whole = responses.learners >= LEARNERS_PER_PARAMETER * size;
  const information = priorInformation(scored, size, model === '1pl');
  const patterns = distinctPatterns(responses);
  const numbers: number[] = [];
  const values: number[] = [];
  await expectation(patterns, categoryTable(items, points), logWeight, createPause(signal), (pattern, posterior) => {
    if (pattern % 256 === 0) onProgress?.((0.9 * pattern) / patterns.count);
    numbers.length = 0;
    values.length = 0;
    scored.forEach((one, j) => {
      const answer = patterns.values[pattern * patterns.items + j];
      if (answer < 0) return;
      const from = numbers.length;
      pushScores(one, answer, posterior, numbers, values);
      if (!whole) addProducts(information, size, patterns.weight[pattern], numbers.slice(from), values.slice(from));
    });
    if (whole) addProducts(information, size, patterns.weight[pattern], numbers, values);
  });
  if (!whole && model === '1pl') separateSlope(information, size);
  const covariance = invertSymmetric(information, size);
  return scored.map((one) => errorsOf(one, covariance, size));
}

function scoreItems(items: readonly ResponseItem[], sharedSlope: boolean, points: Float64Array): ScoredItem[] {
  let next = sharedSlope ? 1 : 0;
  return items.map((item) => {
    const { family, parameters } = familyOfItem(item);
    const numbers = Array.from(parameters, (_, k) => (sharedSlope && k === 0 ? 0 : next++));
    const scores = new Float64Array(family.categories * parameters.length * points.length);
    const probability = new Float64Array(family.categories);
    const jacobian = new Float64Array(family.categories * parameters.length);
    points.forEach((theta, q) => {
      family.evaluate(parameters, theta, probability, jacobian);
      jacobian.forEach((change, entry) => {
        const p = Math.max(probability[Math.floor(entry / parameters.length)], 1e-12);
        scores[entry * points.length + q] = change / p;
      });
    });
    return { item, family, parameters, numbers, scores };
  });
}

/** E(d log P / d parameter | answers) of each parameter of an item. */
function pushScores(
  { numbers, scores }: ScoredItem,
  answer: number,
  posterior: Float64Array,
  outNumbers: number[],
  outValues: number[],
): void {
  numbers.forEach((number, k) => {
    const row = (answer * numbers.length + k) * posterior.length;
    let sum = 0;
    for (let q = 0; q < posterior.length; q++) sum += posterior[q] * scores[row + q];
    // The slope of a 1PL gathers the scores of all items.
    if (number === 0 && outNumbers[0] === 0) outValues[0] += sum;
    else {
      outNumbers.push(number);
      outValues.push(sum);
    }
  });
}

function addProducts(
  information: Float64Array,
  size: number,
  weight: number,
  numbers: readonly number[],
  values: readonly number[],
): void {
  for (let a = 0; a < numbers.length; a++) {
    const row = numbers[a] * size;
    const weighted = weight * values[a];
    for (let b = 0; b < numbers.length; b++) information[row + numbers[b]] += weighted * values[b];
  }
}

function priorInformation(scored: readonly ScoredItem[], size: number, sharedSlope: boolean): Float64Array {
  const information = new Float64Array(size * size);
  scored.forEach(({ family, parameters, numbers }, j) => {
    const own = new Float64Array(parameters.length ** 2);
    addPrior(family, parameters, new Float64Array(parameters.length), own);
    numbers.forEach((number, k) => {
      if (sharedSlope && k === 0 && j > 0) return;
      information[number * size + number] += own[k * parameters.length + k];
    });
  });
  return information;
}

/** Items apart from one another: the slope that they share stands alone. */
function separateSlope(information: Float64Array, size: number): void {
  for (let k = 1; k < size; k++) {
    information[k] = 0;
    information[k * size] = 0;
  }
}

/** b = -d / a: Var b = (Var d + b^2 Var a + 2 b Cov(a, d)) / a^2; c = logistic(g): SE c = c (1 - c) SE g. */
function errorsOf(
  { item, parameters, numbers }: ScoredItem,
  covariance: Float64Array | null,
  size: number,
): ItemErrors {
  const entry = (a: number, b: number): number =>
    covariance === null ? Number.NaN : covariance[numbers[a] * size + numbers[b]];
  const slope = parameters[0];
  const locations = item.kind === 'graded' ? item.thresholds : [item.difficulty];
  const error = (variance: number): number => Math.sqrt(Math.max(0, variance));
  const guessing = item.kind === 'logistic' && parameters.length === 3 ? item.guessing : 0;
  return {
    slope: error(entry(0, 0)),
    intercepts: locations.map((_, k) => error(entry(k + 1, k + 1))),
    locations: locations.map((b, k) =>
      error((entry(k + 1, k + 1) + b ** 2 * entry(0, 0) + 2 * b * entry(0, k + 1)) / slope ** 2),
    ),
    guessing: guessing === 0 ? 0 : guessing * (1 - guessing) * error(entry(2, 2)),
  };
}
