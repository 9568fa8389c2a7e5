/**
 * The expectation step shared by response theory (classes are quadrature points) and cognitive diagnosis (classes are
 * attribute states): posteriors of the classes given each pattern of answers, and expected counts (Dempster, Laird &
 * Rubin 1977; Bock & Aitkin 1981, section 3, equations 12 to 14).
 */
import type { Pause } from '../pause.ts';
import type { ResponsePatterns } from './responses.ts';

/** log P(category | class) of all items: entry (offset[item] + category) * classes + class. */
export interface CategoryTable {
  readonly classes: number;
  /** First row of each item; one more at the end: how many rows there are. */
  readonly offset: Int32Array;
  readonly values: Float64Array;
}

/** An empty table for items with so many categories each. */
export function createCategoryTable(categories: ArrayLike<number>, classes: number): CategoryTable {
  const offset = new Int32Array(categories.length + 1);
  for (let j = 0; j < categories.length; j++) offset[j + 1] = offset[j] + categories[j];
  return { classes, offset, values: new Float64Array(offset[categories.length] * classes) };
}

export interface Expectation {
  readonly logLikelihood: number;
  /** Expected learners with each category in each class, laid out as the table. */
  readonly counts: Float64Array;
  /** Expected learners in each class. */
  readonly classCounts: Float64Array;
}

/** Patterns between two pauses: well below a millisecond each. */
const PATTERNS_A_TURN = 128;

/**
 * L_pc = log pi_c + sum_j log P(x_pj | c),   w_pc = exp(L_pc) / sum_c exp(L_pc),   log L = sum_p n_p log sum_c exp(L_pc).
 * `visit` sees each pattern's posterior; the array is reused. `pause` is awaited now and then.
 */
export async function expectation(
  patterns: ResponsePatterns,
  table: CategoryTable,
  logPrior: Float64Array,
  pause: Pause,
  visit?: (pattern: number, posterior: Float64Array) => void,
): Promise<Expectation> {
  const sums = { counts: new Float64Array(table.values.length), classCounts: new Float64Array(table.classes) };
  const posterior = new Float64Array(table.classes);
  let logLikelihood = 0;
  for (let from = 0; from < patterns.count; from += PATTERNS_A_TURN) {
    await pause();
    const to = Math.min(patterns.count, from + PATTERNS_A_TURN);
    logLikelihood = addPatterns(patterns, from, to, table, logPrior, posterior, sums, logLikelihood, visit);
  }
  fillFirstCategories(patterns.items, table, sums);
  return { logLikelihood, ...sums };
}

type Sums = Pick<Expectation, 'counts' | 'classCounts'>;

/** Patterns `from` to `to` (left out), without a pause: engines optimise loops with `await` in them poorly. */
function addPatterns(
  patterns: ResponsePatterns,
  from: number,
  to: number,
  table: CategoryTable,
  logPrior: Float64Array,
  posterior: Float64Array,
  { counts, classCounts }: Sums,
  before: number,
  visit?: (pattern: number, posterior: Float64Array) => void,
): number {
  const { classes, offset } = table;
  let logLikelihood = before;
  for (let p = from; p < to; p++) {
    const weight = patterns.weight[p];
    logLikelihood += weight * posteriorOf(patterns.values, p * patterns.items, table, logPrior, posterior);
    visit?.(p, posterior);
    for (let c = 0; c < classes; c++) {
      posterior[c] *= weight;
      classCounts[c] += posterior[c];
    }
    for (let j = 0; j < patterns.items; j++) {
      const category = patterns.values[p * patterns.items + j];
      if (category === 0) continue;
      // Category 0 gets what is left over at the end: all learners but the others and those without an answer.
      const sign = category < 0 ? -1 : 1;
      const row = (offset[j] + Math.max(category, 0)) * classes;
      for (let c = 0; c < classes; c++) counts[row + c] += sign * posterior[c];
    }
  }
  return logLikelihood;
}

function fillFirstCategories(items: number, { classes, offset }: CategoryTable, { counts, classCounts }: Sums): void {
  for (let j = 0; j < items; j++) {
    const first = offset[j] * classes;
    for (let c = 0; c < classes; c++) {
      let rest = classCounts[c] + counts[first + c];
      for (let row = first + classes; row < offset[j + 1] * classes; row += classes) rest -= counts[row + c];
      counts[first + c] = Math.max(0, rest);
    }
  }
}

/** Writes the posterior of the classes into `out`; returns the log-likelihood of the answers that begin at `start`. */
export function posteriorOf(
  answers: ArrayLike<number>,
  start: number,
  { classes, offset, values }: CategoryTable,
  logPrior: Float64Array,
  out: Float64Array,
): number {
  out.set(logPrior);
  for (let j = 0; j < offset.length - 1; j++) {
    const category = answers[start + j];
    if (category < 0) continue;
    const row = (offset[j] + category) * classes;
    for (let c = 0; c < classes; c++) out[c] += values[row + c];
  }
  let largest = -Infinity;
  for (let c = 0; c < classes; c++) if (out[c] > largest) largest = out[c];
  let sum = 0;
  for (let c = 0; c < classes; c++) {
    // Below exp(-40) of the largest a class changes no sum in float64: no exponential for it.
    const distance = out[c] - largest;
    out[c] = distance < -40 ? 0 : Math.exp(distance);
    sum += out[c];
  }
  for (let c = 0; c < classes; c++) out[c] /= sum;
  return largest + Math.log(sum);
}
