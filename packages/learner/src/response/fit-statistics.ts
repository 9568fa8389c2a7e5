/**
 * Whether items keep to the model. S-X2 (Orlando & Thissen 2000, APM 24, 50-64) compares observed and expected shares of
 * right answers per sum score, for learners who answered every item; infit and outfit (Wright & Masters 1982, Rating Scale
 * Analysis, chapter 5) at the EAP ability take every answer, so that they serve sparse tables and graded items too.
 */
import { createPause, type LongWork, partOfWork } from '../pause.ts';
import { estimateAbilities } from './abilities.ts';
import { chiSquareTail } from './chi-square.ts';
import { abilityGrid } from './fit-items.ts';
import { categoryProbabilities, expectedScore, type ResponseItem } from './response-items.ts';
import type { ResponseTable } from './responses.ts';

export interface ItemFit {
  /** Mean square of residuals weighted by their variance: 1 is expected; above 1.3 answers are noisier than the model. */
  readonly infit: number;
  /** Standard deviation of infit where the model holds: within 1 +- 2 of it an item is unremarkable. */
  readonly infitDeviation: number;
  /** Plain mean square of standardised residuals: lucky guesses and slips far from the item's difficulty show here. */
  readonly outfit: number;
  readonly answers: number;
  /** Null for graded items, and where fewer than 50 learners answered every item. */
  readonly scoreFit: ScoreFit | null;
}

export interface ScoreFit {
  /** S-X2. */
  readonly statistic: number;
  readonly degrees: number;
  /** P(chi-square > statistic); small: the item does not follow its curve. NaN without degrees of freedom. */
  readonly pValue: number;
}

const LEAST_COMPLETE = 50;

/** Fit of each item under fitted items. */
export async function itemFit(
  items: readonly ResponseItem[],
  responses: ResponseTable,
  work: LongWork = {},
): Promise<ItemFit[]> {
  const { mean } = await estimateAbilities(items, responses, partOfWork(work, 0, 0.2));
  const scores = await scoreFits(items, responses, partOfWork(work, 0.2, 0.8));
  const pause = createPause(work.signal);
  const found: ItemFit[] = [];
  for (const [j, item] of items.entries()) {
    await pause();
    found.push({ ...residualFit(item, j, responses, mean), scoreFit: scores?.[j] ?? null });
    work.onProgress?.(0.8 + (0.2 * (j + 1)) / items.length);
  }
  return found;
}

/** outfit = mean (x - E)^2 / V,   infit = sum (x - E)^2 / sum V,   Var infit = sum (C - V^2) / (sum V)^2, C = E (x - E)^4. */
function residualFit(item: ResponseItem, column: number, responses: ResponseTable, ability: Float64Array) {
  let squares = 0;
  let variances = 0;
  let standardised = 0;
  let spread = 0;
  let answers = 0;
  for (let i = 0; i < responses.learners; i++) {
    const answer = responses.values[i * responses.items + column];
    if (answer < 0) continue;
    const probabilities = categoryProbabilities(item, ability[i]);
    const expected = expectedScore(item, ability[i]);
    const variance = probabilities.reduce((sum, p, k) => sum + p * (k - expected) ** 2, 0);
    squares += (answer - expected) ** 2;
    variances += variance;
    spread += probabilities.reduce((sum, p, k) => sum + p * (k - expected) ** 4, 0) - variance ** 2;
    standardised += (answer - expected) ** 2 / Math.max(variance, 1e-12);
    answers++;
  }
  const infitDeviation = Math.sqrt(Math.max(0, spread)) / variances;
  return { infit: squares / variances, infitDeviation, outfit: standardised / answers, answers };
}

async function scoreFits(
  items: readonly ResponseItem[],
  responses: ResponseTable,
  { signal, onProgress }: LongWork,
): Promise<(ScoreFit | null)[] | null> {
  if (items.some(({ kind }) => kind === 'graded')) return null;
  const complete = completeRows(responses);
  if (complete.length < LEAST_COMPLETE) return null;
  const { points, logWeight } = abilityGrid();
  const right = items.map((item) => Float64Array.from(points, (theta) => categoryProbabilities(item, theta)[1]));
  const all = scoreDistribution(right, points.length);
  const scoreOf = complete.map((i) => rowSum(responses, i));
  const pause = createPause(signal);
  const found: ScoreFit[] = [];
  for (const [j, item] of items.entries()) {
    await pause();
    onProgress?.(j / items.length);
    const rest = scoreDistribution(
      right.filter((_, other) => other !== j),
      points.length,
    );
    const expected = new Float64Array(items.length + 1);
    for (let score = 1; score < items.length; score++) {
      let above = 0;
      let below = 0;
      for (let q = 0; q < points.length; q++) {
        const weight = Math.exp(logWeight[q]);
        above += right[j][q] * rest[score - 1][q] * weight;
        below += all[score][q] * weight;
      }
      expected[score] = above / below;
    }
    const learners = new Float64Array(items.length + 1);
    const observed = new Float64Array(items.length + 1);
    complete.forEach((i, k) => {
      learners[scoreOf[k]]++;
      observed[scoreOf[k]] += responses.values[i * responses.items + j];
    });
    found.push(scoreStatistic(learners, observed, expected, parametersOf(item)));
  }
  return found;
}

/** S-X2 = sum_k N_k (O_k - E_k)^2 / (E_k (1 - E_k)) over scores 1 to n - 1, neighbours joined until 1 is expected in each cell. */
function scoreStatistic(
  learners: Float64Array,
  observed: Float64Array,
  expected: Float64Array,
  parameters: number,
): ScoreFit {
  const cells: { learners: number; right: number; expected: number }[] = [];
  let cell = { learners: 0, right: 0, expected: 0 };
  const isFull = () => cell.expected >= 1 && cell.learners - cell.expected >= 1;
  for (let score = 1; score < learners.length - 1; score++) {
    cell.learners += learners[score];
    cell.right += observed[score];
    cell.expected += learners[score] * expected[score];
    if (!isFull()) continue;
    cells.push(cell);
    cell = { learners: 0, right: 0, expected: 0 };
  }
  const last = cells.at(-1);
  if (cell.learners > 0 && last !== undefined) {
    last.learners += cell.learners;
    last.right += cell.right;
    last.expected += cell.expected;
  }
  const statistic = cells.reduce(
    (sum, { learners: n, right, expected: e }) => sum + (n * (right - e) ** 2) / (e * (n - e)),
    0,
  );
  const degrees = cells.length - parameters;
  return { statistic, degrees, pValue: degrees > 0 ? chiSquareTail(statistic, degrees) : Number.NaN };
}

function parametersOf(item: ResponseItem): number {
  return item.kind === 'logistic' && item.guessing > 0 ? 3 : 2;
}

/** P(sum score = s | theta_q), entry [s][q], by Lord & Wingersky's recursion (1984, APM 8, 453-461). */
export function scoreDistribution(right: readonly Float64Array[], points: number): Float64Array[] {
  let distribution = [new Float64Array(points).fill(1)];
  for (const probability of right) {
    const next = Array.from({ length: distribution.length + 1 }, () => new Float64Array(points));
    distribution.forEach((row, score) => {
      for (let q = 0; q < points; q++) {
        next[score][q] += row[q] * (1 - probability[q]);
        next[score + 1][q] += row[q] * probability[q];
      }
    });
    distribution = next;
  }
  return distribution;
}

function completeRows({ learners, items, values }: ResponseTable): number[] {
  return Array.from({ length: learners }, (_, i) => i).filter(
    (i) => !values.subarray(i * items, (i + 1) * items).includes(-1),
  );
}

function rowSum({ items, values }: ResponseTable, row: number): number {
  return values.subarray(row * items, (row + 1) * items).reduce((sum, value) => sum + value, 0);
}
