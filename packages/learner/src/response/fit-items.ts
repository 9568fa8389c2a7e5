/**
 * Marginal maximum likelihood by EM (Bock & Aitkin 1981, Psychometrika 46, 443-459): ability is integrated out on a fixed
 * grid with standard normal weights, and items are improved one by one on expected counts. Weak priors (item-families.ts)
 * keep items that nobody or everybody gets right finite.
 */
import { convergenceProgress, createPause, type LongWork } from '../pause.ts';
import { createCategoryTable, expectation } from './expectation.ts';
import { gradedResponse, type ItemFamily, threeParameter, twoParameter } from './item-families.ts';
import type { ResponseItem } from './response-items.ts';
import { distinctPatterns, ResponseError, type ResponseTable } from './responses.ts';
import { improveItem, scoreItem } from './scoring.ts';

export type ResponseModelName = '1pl' | '2pl' | '3pl' | 'graded';

export const responseModelNames: readonly ResponseModelName[] = ['1pl', '2pl', '3pl', 'graded'];

export interface ResponseFitOptions extends LongWork {
  /** 'none': plain maximum likelihood, which diverges for items without right (or wrong) answers. Default 'weak'. */
  readonly priors?: 'weak' | 'none';
  /** Default 500. */
  readonly iterations?: number;
  /** Stop when no parameter moves by more in an iteration; default 1e-4. */
  readonly tolerance?: number;
}

export interface FittedResponseModel {
  readonly model: ResponseModelName;
  readonly items: readonly ResponseItem[];
  /** Marginal, of the answers alone: priors are left out. */
  readonly logLikelihood: number;
  /** Free parameters. */
  readonly parameters: number;
  readonly aic: number;
  readonly bic: number;
  readonly iterations: number;
  readonly converged: boolean;
  readonly learners: number;
}

/** Points -6, -5.75, ..., 6 and normal weights: for smooth functions the sum is the integral to far below 1e-6. */
export function abilityGrid(): { readonly points: Float64Array; readonly logWeight: Float64Array } {
  const points = Float64Array.from({ length: 49 }, (_, q) => -6 + q / 4);
  const weight = points.map((theta) => Math.exp((-theta * theta) / 2));
  const sum = weight.reduce((total, value) => total + value, 0);
  return { points, logWeight: weight.map((value) => Math.log(value / sum)) };
}

/**
 * Fits a model. '1pl', '2pl', '3pl' take answers 0/1, 'graded' up to 127 categories an item; gaps are allowed.
 * @throws ResponseError BAD_ANSWER where a logistic model meets an item of more than two categories, BAD_SIZE where an
 * item has no answer at all; the signal's reason when cancelled.
 */
export async function fitResponseModel(
  responses: ResponseTable,
  model: ResponseModelName,
  options: ResponseFitOptions = {},
): Promise<FittedResponseModel> {
  const families = Array.from(responses.categories, (categories, j) => familyOf(model, categories, j));
  const shares = categoryShares(responses);
  const state: FitState = {
    families,
    parameters: families.map((family, j) => family.start(shares[j])),
    sharedSlope: model === '1pl',
    priors: (options.priors ?? 'weak') === 'weak',
  };
  const { logLikelihood, iterations, converged } = await iterate(state, responses, options);
  const free = state.parameters.reduce((sum, { length }) => sum + length, 0);
  const parameters = state.sharedSlope ? free - responses.items + 1 : free;
  return {
    ...{ model, logLikelihood, parameters, iterations, converged, learners: responses.learners },
    items: families.map((family, j) => family.toItem(state.parameters[j])),
    aic: 2 * parameters - 2 * logLikelihood,
    bic: parameters * Math.log(responses.learners) - 2 * logLikelihood,
  };
}

interface FitState {
  readonly families: readonly ItemFamily[];
  readonly parameters: readonly Float64Array[];
  readonly sharedSlope: boolean;
  readonly priors: boolean;
}

function familyOf(model: ResponseModelName, categories: number, item: number): ItemFamily {
  if (model === 'graded') return gradedResponse(categories);
  if (categories === 2) return model === '3pl' ? threeParameter : twoParameter;
  throw new ResponseError(
    'BAD_ANSWER',
    `fitResponseModel: expected answers 0 and 1 for ${model}, got ${categories} categories for item ${item}; use 'graded'.`,
    null,
    item,
  );
}

function categoryShares({ learners, items, values, categories }: ResponseTable): Float64Array[] {
  return Array.from({ length: items }, (_, j) => {
    const counts = new Float64Array(categories[j]);
    let answered = 0;
    for (let i = 0; i < learners; i++) {
      const category = values[i * items + j];
      if (category < 0) continue;
      counts[category]++;
      answered++;
    }
    if (answered > 0) return counts.map((count) => count / answered);
    throw new ResponseError(
      'BAD_SIZE',
      `fitResponseModel: expected at least one answer to each item, got none to item ${j}; leave the item out.`,
      null,
      j,
    );
  });
}

async function iterate(state: FitState, responses: ResponseTable, options: ResponseFitOptions) {
  const { points, logWeight } = abilityGrid();
  const patterns = distinctPatterns(responses);
  const table = createCategoryTable(responses.categories, points.length);
  const limit = options.iterations ?? 500;
  const tolerance = options.tolerance ?? 1e-4;
  const pause = createPause(options.signal);
  const report = convergenceProgress(tolerance, limit, options.onProgress);
  let iterations = 0;
  let moved = Infinity;
  for (; iterations < limit && moved > tolerance; iterations++) {
    fillTable(state, table, points);
    const { counts } = await expectation(patterns, table, logWeight, pause);
    const before = state.parameters.map((values) => values.slice());
    state.families.forEach((family, j) => {
      const data = { points, counts, start: table.offset[j] * points.length };
      if (state.sharedSlope) improveIntercept(state, j, data);
      else improveItem(family, state.parameters[j], data, state.priors, 2);
    });
    if (state.sharedSlope) improveSharedSlope(state, { points, counts }, table.offset);
    moved = Math.max(...state.parameters.map((values, j) => largestChange(values, before[j])));
    report(iterations + 1, moved);
  }
  fillTable(state, table, points);
  const { logLikelihood } = await expectation(patterns, table, logWeight, pause);
  return { logLikelihood, iterations, converged: moved <= tolerance };
}

function largestChange(after: Float64Array, before: Float64Array): number {
  return after.reduce((largest, value, k) => Math.max(largest, Math.abs(value - before[k])), 0);
}

function fillTable(
  { families, parameters }: FitState,
  table: { readonly offset: Int32Array; readonly values: Float64Array },
  points: Float64Array,
): void {
  families.forEach((family, j) => {
    const probability = new Float64Array(family.categories);
    const jacobian = new Float64Array(family.categories * parameters[j].length);
    for (let q = 0; q < points.length; q++) {
      family.evaluate(parameters[j], points[q], probability, jacobian);
      for (let k = 0; k < family.categories; k++) {
        table.values[(table.offset[j] + k) * points.length + q] = Math.log(Math.max(probability[k], 1e-300));
      }
    }
  });
}

/** A scoring step on the intercept alone; the bound keeps the first steps of extreme items short. */
function improveIntercept({ families, parameters, priors }: FitState, item: number, data: ItemCountsOf): void {
  const { gradient, information } = scoreItem(families[item], parameters[item], data, priors);
  if (information[3] > 1e-9) parameters[item][1] += clampStep(gradient[1] / information[3]);
}

/** A scoring step on the slope that all items have in common. */
function improveSharedSlope(
  { families, parameters, priors }: FitState,
  { points, counts }: Pick<ItemCountsOf, 'points' | 'counts'>,
  offset: Int32Array,
): void {
  let gradient = 0;
  let information = 0;
  families.forEach((family, j) => {
    // The prior counts once, not once per item.
    const data = { points, counts, start: offset[j] * points.length };
    const score = scoreItem(family, parameters[j], data, priors && j === 0);
    gradient += score.gradient[0];
    information += score.information[0];
  });
  const slope = Math.max(0.01, parameters[0][0] + clampStep(gradient / information));
  for (const values of parameters) values[0] = slope;
}

const clampStep = (step: number): number => Math.max(-1, Math.min(1, step));

type ItemCountsOf = Parameters<typeof scoreItem>[2];
