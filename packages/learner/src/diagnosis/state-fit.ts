/**
 * Diagnosis by enumeration: EM over the consistent states with a free probability for each (de la Torre 2009, Journal of
 * Educational and Behavioral Statistics 34, 115-130, equations 5 to 12). States that no item tells apart are one class, and
 * distinct answer patterns are computed once. Steps are extrapolated (SQUAREM: Varadhan & Roland 2008, Scandinavian
 * Journal of Statistics 35, 335-353, scheme S3) and taken back where the likelihood falls.
 */
import { convergenceProgress, createPause, type LongWork, type Pause } from '../pause.ts';
import { type CategoryTable, createCategoryTable, expectation } from '../response/expectation.ts';
import type { ResponsePatterns } from '../response/responses.ts';
import type { AttributeStates } from './attributes.ts';
import { combinationOf, type ItemRule } from './item-rules.ts';
import { maximiseItem } from './parameters.ts';

/** States that give all items the same groups. */
export interface StateClasses {
  readonly count: number;
  readonly classOf: Int32Array;
  /** Group of item j in class c: entry j * count + c. */
  readonly group: Int32Array;
  /** States in each class. */
  readonly size: Float64Array;
}

export function stateClasses(items: readonly ItemRule[], states: AttributeStates): StateClasses {
  const index = new Map<string, number>();
  const classOf = new Int32Array(states.count);
  const signatures: number[][] = [];
  const size: number[] = [];
  for (let s = 0; s < states.count; s++) {
    const signature = items.map((rule) => rule.groupOf[combinationOf(rule, states.bits, s * states.attributes)]);
    const key = signature.join();
    const found = index.get(key) ?? signatures.length;
    if (found === signatures.length) {
      index.set(key, found);
      signatures.push(signature);
      size.push(0);
    }
    classOf[s] = found;
    size[found]++;
  }
  const count = signatures.length;
  const group = new Int32Array(items.length * count);
  signatures.forEach((signature, c) => {
    signature.forEach((value, j) => {
      group[j * count + c] = value;
    });
  });
  return { count, classOf, group, size: Float64Array.from(size) };
}

export interface StateParameters {
  /** Probability of each class. */
  readonly classes: Float64Array;
  /** Per item groups * categories probabilities. */
  readonly items: readonly Float64Array[];
}

export interface EmOptions extends LongWork {
  readonly iterations: number;
  /** Stop when a cycle raises the log-likelihood by less. */
  readonly tolerance: number;
}

interface EmProblem {
  readonly rules: readonly ItemRule[];
  readonly classes: StateClasses;
  readonly patterns: ResponsePatterns;
  readonly table: CategoryTable;
  readonly pause: Pause;
}

export async function fitStates(
  rules: readonly ItemRule[],
  classes: StateClasses,
  patterns: ResponsePatterns,
  start: StateParameters,
  options: EmOptions,
) {
  const table = createCategoryTable(
    rules.map(({ categories }) => categories),
    classes.count,
  );
  const problem: EmProblem = { rules, classes, patterns, table, pause: createPause(options.signal) };
  const report = convergenceProgress(options.tolerance, options.iterations, options.onProgress);
  let current = start;
  let logLikelihood = -Infinity;
  let iterations = 0;
  let converged = false;
  while (iterations < options.iterations && !converged) {
    const first = await emStep(problem, current);
    const second = await emStep(problem, first.next);
    iterations += 2;
    report(iterations, second.objective - logLikelihood);
    converged = second.objective - logLikelihood < options.tolerance;
    logLikelihood = second.objective;
    current = second.next;
    const jump = converged ? null : extrapolate(problem, current, [first.before, first.next, second.next]);
    if (jump === null) continue;
    const third = await emStep(problem, jump);
    iterations++;
    if (third.objective > second.objective) current = third.next;
  }
  fillTable(problem, current);
  const final = await expectation(patterns, table, current.classes.map(Math.log), problem.pause);
  return { parameters: current, logLikelihood: final.logLikelihood, iterations, converged };
}

/** One EM step; `objective` belongs to the parameters before it. */
async function emStep(problem: EmProblem, before: StateParameters) {
  const { rules, classes, patterns, table, pause } = problem;
  fillTable(problem, before);
  const logPriorOfClasses = before.classes.map(Math.log);
  const { counts, classCounts, logLikelihood } = await expectation(patterns, table, logPriorOfClasses, pause);
  const items = rules.map((rule, j) => {
    const grouped = new Float64Array(rule.groups * rule.categories);
    for (let category = 0; category < rule.categories; category++) {
      const row = (table.offset[j] + category) * classes.count;
      for (let c = 0; c < classes.count; c++) {
        grouped[classes.group[j * classes.count + c] * rule.categories + category] += counts[row + c];
      }
    }
    return maximiseItem(rule, grouped, before.items[j]);
  });
  const learners = classCounts.reduce((sum, count) => sum + count, 0);
  const next = { classes: simplex(classCounts.map((count) => count / learners)), items };
  return { next, objective: logLikelihood + logPrior(rules, before), before };
}

/** sum of pseudo-answers * log probability: what `maximiseItem` maximises beside the likelihood. */
function logPrior(rules: readonly ItemRule[], { items }: StateParameters): number {
  return rules.reduce(
    (sum, { pseudoAnswers, start }, j) =>
      pseudoAnswers === 0
        ? sum
        : sum + start.reduce((inner, p, k) => inner + pseudoAnswers * p * Math.log(items[j][k]), 0),
    0,
  );
}

function fillTable({ rules, classes, table }: EmProblem, { items }: StateParameters): void {
  rules.forEach((rule, j) => {
    const logs = items[j].map(Math.log);
    for (let category = 0; category < rule.categories; category++) {
      const row = (table.offset[j] + category) * classes.count;
      for (let c = 0; c < classes.count; c++) {
        table.values[row + c] = logs[classes.group[j * classes.count + c] * rule.categories + category];
      }
    }
  });
}

/** x0 - 2 s r + s^2 v with r = x1 - x0, v = x2 - x1 - r, s = -|r| / |v|; null when that is no further than x2. */
function extrapolate(
  { rules }: EmProblem,
  fallback: StateParameters,
  points: readonly [StateParameters, StateParameters, StateParameters],
): StateParameters | null {
  const [x0, x1, x2] = points.map(({ classes, items }) => [classes, ...items]);
  let r2 = 0;
  let v2 = 0;
  x0.forEach((values, b) => {
    values.forEach((value, k) => {
      const r = x1[b][k] - value;
      r2 += r * r;
      v2 += (x2[b][k] - x1[b][k] - r) ** 2;
    });
  });
  const step = -Math.sqrt(r2 / v2);
  if (!(step < -1) || !Number.isFinite(step)) return null;
  const moved = x0.map((values, b) =>
    values.map((value, k) => {
      const r = x1[b][k] - value;
      return value - 2 * step * r + step * step * (x2[b][k] - x1[b][k] - r);
    }),
  );
  if (!moved[0].every(Number.isFinite)) return fallback;
  return { classes: simplex(moved[0]), items: moved.slice(1).map((values, j) => rowsOf(values, rules[j])) };
}

function simplex(values: Float64Array): Float64Array {
  // Far below one learner in any table; the logarithm stays finite.
  const kept = values.map((value) => Math.max(value, 1e-12));
  const sum = kept.reduce((total, value) => total + value, 0);
  return kept.map((value) => value / sum);
}

/** Probabilities within bounds, each group adding up to 1. */
function rowsOf(values: Float64Array, { categories, groups }: ItemRule): Float64Array {
  const kept = values.map((value) => Math.min(1 - 1e-6, Math.max(1e-6, value)));
  for (let group = 0; group < groups; group++) {
    const row = kept.subarray(group * categories, (group + 1) * categories);
    const sum = row.reduce((total, value) => total + value, 0);
    for (let k = 0; k < categories; k++) row[k] /= sum;
  }
  return kept;
}
