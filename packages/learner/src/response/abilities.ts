/** Abilities of learners: expected a posteriori with posterior standard deviation (Bock & Mislevy 1982, APM 6, 431-444). */
import { createPause, type LongWork } from '../pause.ts';
import { type CategoryTable, createCategoryTable, expectation } from './expectation.ts';
import { abilityGrid } from './fit-items.ts';
import { categoryProbabilities, type ResponseItem } from './response-items.ts';
import { distinctPatterns, ResponseError, type ResponseTable } from './responses.ts';

export interface Abilities {
  /** Posterior mean of theta of each learner; 0 where there is no answer. */
  readonly mean: Float64Array;
  /** Posterior standard deviation; 1 where there is no answer. */
  readonly standardError: Float64Array;
}

/** log P(category | theta) of items on points of theta. */
export function categoryTable(items: readonly ResponseItem[], points: ArrayLike<number>): CategoryTable {
  const categories = items.map((item) => (item.kind === 'graded' ? item.thresholds.length + 1 : 2));
  const table = createCategoryTable(categories, points.length);
  items.forEach((item, j) => {
    for (let q = 0; q < points.length; q++) {
      categoryProbabilities(item, points[q]).forEach((probability, k) => {
        table.values[(table.offset[j] + k) * points.length + q] = Math.log(Math.max(probability, 1e-300));
      });
    }
  });
  return table;
}

/** Abilities under a standard normal prior. @throws ResponseError BAD_SIZE when items and columns differ in number. */
export async function estimateAbilities(
  items: readonly ResponseItem[],
  responses: ResponseTable,
  { signal, onProgress }: LongWork = {},
): Promise<Abilities> {
  if (items.length !== responses.items) {
    throw new ResponseError(
      'BAD_SIZE',
      `estimateAbilities: expected answers to ${items.length} items, got columns for ${responses.items}; pass the items that were fitted.`,
    );
  }
  const { points, logWeight } = abilityGrid();
  const patterns = distinctPatterns(responses);
  const means = new Float64Array(patterns.count);
  const deviations = new Float64Array(patterns.count);
  const pause = createPause(signal);
  await expectation(patterns, categoryTable(items, points), logWeight, pause, (pattern, posterior) => {
    if (pattern % 1024 === 0) onProgress?.(pattern / patterns.count);
    let mean = 0;
    let square = 0;
    for (let q = 0; q < points.length; q++) {
      mean += posterior[q] * points[q];
      square += posterior[q] * points[q] ** 2;
    }
    means[pattern] = mean;
    deviations[pattern] = Math.sqrt(Math.max(0, square - mean ** 2));
  });
  return {
    mean: Float64Array.from(patterns.patternOf, (pattern) => means[pattern]),
    standardError: Float64Array.from(patterns.patternOf, (pattern) => deviations[pattern]),
  };
}
