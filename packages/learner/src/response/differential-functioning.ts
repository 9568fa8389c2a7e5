/**
 * Differential item functioning: does an item favour a group among learners of equal ability? Logistic regression
 * (Swaminathan & Rogers 1990, Journal of Educational Measurement 27, 361-370) of the answer on ability, then group, then
 * their product; sizes by the gain in Nagelkerke's R2 (Jodoin & Gierl 2001, Applied Measurement in Education 14, 329-349).
 */
import { createPause, type LongWork, partOfWork } from '../pause.ts';
import { estimateAbilities } from './abilities.ts';
import { chiSquareTail } from './chi-square.ts';
import { solveSymmetric } from './linear-algebra.ts';
import type { ResponseItem } from './response-items.ts';
import { ResponseError, type ResponseTable } from './responses.ts';

/** A negligible, B moderate, C large. */
export type EffectClass = 'A' | 'B' | 'C';

export interface DifferentialFunctioning {
  readonly item: number;
  /** Of group and product together (likelihood ratio, 2 (G - 1) degrees of freedom). */
  readonly pValue: number;
  /** The part that is the same at all abilities; P of group alone. */
  readonly uniformPValue: number;
  /** Gain in Nagelkerke's R2 from group and product. */
  readonly effect: number;
  /** C also needs p < .05, else A: a large gain among few learners is chance. */
  readonly effectClass: EffectClass;
  /** The label of the group that does better at equal ability; null for class A. */
  readonly favours: string | null;
  /** The groups that the item is easiest and hardest for at equal ability, and by how many logits, with a 95 % interval. */
  readonly gap: {
    readonly easiest: string;
    readonly hardest: string;
    readonly logits: number;
    readonly low: number;
    readonly high: number;
  };
  readonly answers: number;
}

export interface DifferentialOptions extends LongWork {
  /** Default true: items of class C are left out of the ability in a second round, so that they do not hide themselves. */
  readonly purify?: boolean;
}

/** Jodoin & Gierl's bounds of B and C. */
const MODERATE = 0.035;
const LARGE = 0.07;

/**
 * One finding per item; `groups` has a label per learner, two labels at least. Ability is the EAP estimate.
 * @throws ResponseError BAD_SIZE for a wrong number of labels or a single group, BAD_ANSWER for graded items.
 */
export async function differentialFunctioning(
  items: readonly ResponseItem[],
  responses: ResponseTable,
  groups: readonly string[],
  { purify = true, ...work }: DifferentialOptions = {},
): Promise<DifferentialFunctioning[]> {
  const labels = [...new Set(groups)].sort();
  requireGroups(items, responses, groups, labels);
  const first = await examine(items, responses, groups, labels, new Set(), partOfWork(work, 0, purify ? 0.5 : 1));
  const large = new Set(first.filter(({ effectClass }) => effectClass === 'C').map(({ item }) => item));
  if (!purify || large.size === 0 || large.size > items.length - 2) return first;
  return examine(items, responses, groups, labels, large, partOfWork(work, 0.5, 1));
}

function requireGroups(
  items: readonly ResponseItem[],
  responses: ResponseTable,
  groups: readonly string[],
  labels: readonly string[],
): void {
  if (groups.length !== responses.learners || labels.length < 2) {
    throw new ResponseError(
      'BAD_SIZE',
      `differentialFunctioning: expected ${responses.learners} labels of at least two groups, got ${groups.length} of ` +
        `${labels.length}; pass one label per learner.`,
    );
  }
  const graded = items.findIndex(({ kind }) => kind === 'graded');
  if (graded >= 0) {
    throw new ResponseError(
      'BAD_ANSWER',
      `differentialFunctioning: expected items answered right or wrong, got graded item ${graded}; leave it out.`,
      null,
      graded,
    );
  }
}

async function examine(
  items: readonly ResponseItem[],
  responses: ResponseTable,
  groups: readonly string[],
  labels: readonly string[],
  leftOut: ReadonlySet<number>,
  { signal, onProgress }: LongWork,
): Promise<DifferentialFunctioning[]> {
  const group = groups.map((label) => labels.indexOf(label));
  const shared = await matchingAbility(items, responses, leftOut, signal);
  const pause = createPause(signal);
  const found: DifferentialFunctioning[] = [];
  for (const item of items.keys()) {
    await pause();
    onProgress?.(item / items.length);
    // The item itself stays in its matching ability even when it is suspect: without it type I errors rise.
    const others = new Set([...leftOut].filter((other) => other !== item));
    const ability = leftOut.has(item) ? await matchingAbility(items, responses, others, signal) : shared;
    found.push(examineItem(item, responses, group, labels, ability));
  }
  return found;
}

/** EAP abilities from the items that are not left out. */
async function matchingAbility(
  items: readonly ResponseItem[],
  responses: ResponseTable,
  leftOut: ReadonlySet<number>,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const values = responses.values.map((value, k) => (leftOut.has(k % responses.items) ? -1 : value));
  return (await estimateAbilities(items, { ...responses, values }, { signal })).mean;
}

function examineItem(
  item: number,
  responses: ResponseTable,
  group: readonly number[],
  labels: readonly string[],
  ability: Float64Array,
): DifferentialFunctioning {
  const rows = group.map((_, i) => i).filter((i) => responses.values[i * responses.items + item] >= 0);
  const answers = Float64Array.from(rows, (i) => responses.values[i * responses.items + item]);
  const dummies = (i: number): number[] => labels.slice(1).map((_, g) => (group[i] === g + 1 ? 1 : 0));
  const columns = [
    (i: number) => [1, ability[i]],
    (i: number) => [1, ability[i], ...dummies(i)],
    (i: number) => [1, ability[i], ...dummies(i), ...dummies(i).map((dummy) => dummy * ability[i])],
  ];
  const fits = columns.map((row) => logisticRegression(rows.map(row), answers));
  const share = answers.reduce((sum, x) => sum + x, 0) / answers.length;
  const empty =
    share === 0 || share === 1 ? 0 : answers.length * (share * Math.log(share) + (1 - share) * Math.log(1 - share));
  const explained = fits.map(({ logLikelihood }) => nagelkerke(logLikelihood, empty, answers.length));
  const extra = labels.length - 1;
  const pValue = chiSquareTail(2 * (fits[2].logLikelihood - fits[0].logLikelihood), 2 * extra);
  const uniformPValue = chiSquareTail(2 * (fits[1].logLikelihood - fits[0].logLikelihood), extra);
  const effect = Math.max(0, explained[2] - explained[0]);
  const effectClass = pValue >= 0.05 || effect < MODERATE ? 'A' : effect < LARGE ? 'B' : 'C';
  const shifts = [0, ...fits[1].weights.subarray(2)];
  return {
    ...{ item, pValue, uniformPValue, effect, effectClass, answers: answers.length },
    favours: effectClass === 'A' ? null : labels[shifts.indexOf(Math.max(...shifts))],
    gap: widestGap(labels, shifts, fits[1].information),
  };
}

/** The contrast of the extreme groups, its variance c' I^-1 c; weights are 1, ability, then the groups but the first. */
function widestGap(labels: readonly string[], shifts: readonly number[], information: Float64Array) {
  const easiest = shifts.indexOf(Math.max(...shifts));
  const hardest = shifts.lastIndexOf(Math.min(...shifts));
  const contrast = new Float64Array(labels.length + 1);
  if (easiest > 0) contrast[easiest + 1] += 1;
  if (hardest > 0) contrast[hardest + 1] -= 1;
  const solved = solveSymmetric(information, contrast);
  const variance = solved === null ? Infinity : contrast.reduce((sum, value, k) => sum + value * solved[k], 0);
  const logits = shifts[easiest] - shifts[hardest];
  const half = 1.96 * Math.sqrt(variance);
  return { easiest: labels[easiest], hardest: labels[hardest], logits, low: logits - half, high: logits + half };
}

/** R2 = (1 - exp(2 (l0 - l) / n)) / (1 - exp(2 l0 / n)) (Nagelkerke 1991, Biometrika 78, 691-692). */
function nagelkerke(logLikelihood: number, empty: number, n: number): number {
  return empty === 0 ? 0 : (1 - Math.exp((2 * (empty - logLikelihood)) / n)) / (1 - Math.exp((2 * empty) / n));
}

/** Newton's method with a ridge of 1e-4, so that separated groups stay finite. */
export function logisticRegression(rows: readonly (readonly number[])[], answers: ArrayLike<number>) {
  const size = rows[0]?.length ?? 0;
  const weights = new Float64Array(size);
  let information = new Float64Array(size * size);
  let logLikelihood = 0;
  for (let iteration = 0; iteration < 30; iteration++) {
    const gradient = weights.map((weight) => -1e-4 * weight);
    information = new Float64Array(size * size);
    for (let k = 0; k < size; k++) information[k * size + k] = 1e-4;
    logLikelihood = 0;
    rows.forEach((row, i) => {
      const x = row.reduce((sum, value, k) => sum + value * weights[k], 0);
      const p = 1 / (1 + Math.exp(-x));
      // log P(answer) = -log(1 + exp(-x)) for right, -log(1 + exp(x)) for wrong, without overflow.
      const signed = answers[i] === 1 ? -x : x;
      logLikelihood -= Math.max(signed, 0) + Math.log1p(Math.exp(-Math.abs(signed)));
      for (let a = 0; a < size; a++) {
        gradient[a] += (answers[i] - p) * row[a];
        for (let b = 0; b < size; b++) information[a * size + b] += p * (1 - p) * row[a] * row[b];
      }
    });
    const step = solveSymmetric(information, gradient);
    if (step === null) break;
    for (let k = 0; k < size; k++) weights[k] += Math.max(-4, Math.min(4, step[k]));
    if (step.every((value) => Math.abs(value) < 1e-9)) break;
  }
  return { weights, information, logLikelihood };
}
