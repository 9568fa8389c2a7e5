/**
 * The memory model of an institution: weights fitted to its own answers where that predicts learners it has not seen
 * better than the defaults do, else the defaults; it says which, and why.
 *
 * The check is cross-fitting by learner: every learner's reviews are predicted by weights fitted to the other folds.
 */
import { createRandom, type Random } from '@qurriculum/random';
import type { InteractionTable } from '../interactions.ts';
import type { MetricInterval } from '../tracing/metrics.ts';
import {
  addPredictions,
  type HeldOutReviews,
  logLossDifference,
  type MemoryFigures,
  measureConstant,
  measureMemory,
  reviewsOfTable,
} from './held-out.ts';
import { type Histories, memoryHistories } from './histories.ts';
import { createMemoryModel, type MemoryModel } from './memory-model.ts';
import { optimiseWeights } from './optimise.ts';
import { defaultMemoryWeights } from './weights.ts';

/** Less than this many reviews or learners, and no fit is tried: 21 weights would follow chance. */
const LEAST_REVIEWS = 400;
const LEAST_LEARNERS = 20;
/** Folds of the check; above this many reviews one fold stands for all, because fits dominate. */
const FOLDS = 3;
const REVIEWS_FOR_ALL_FOLDS = 200_000;

export type MemoryVerdict = 'fitted' | 'no better' | 'too few reviews' | 'no times';

export interface MemoryCheck {
  /** Reviews and learners that were predicted. */
  readonly reviews: number;
  readonly learners: number;
  /** Share of these reviews that were recalled. */
  readonly recalled: number;
  readonly fitted: MemoryFigures;
  readonly default: MemoryFigures;
  /** The share recalled in the other folds, for everybody always. */
  readonly constant: MemoryFigures;
  /** Log loss of the fitted weights less that of the default ones (below 0: better), paired, and less the constant. */
  readonly fittedLessDefault: MetricInterval;
  readonly fittedLessConstant: MetricInterval;
}

export interface MemoryFit {
  /** The model to use: with the fitted weights, or with the defaults. */
  readonly model: MemoryModel;
  readonly verdict: MemoryVerdict;
  /** The verdict in a sentence. */
  readonly reason: string;
  /** Reviews in the table: answers on a skill at least four hours after the one before. */
  readonly reviews: number;
  readonly learners: number;
  /** Fitted to everybody; null where no fit was tried. */
  readonly fittedWeights: readonly number[] | null;
  /** Null where no fit was tried. */
  readonly check: MemoryCheck | null;
}

export interface FitMemoryOptions {
  /** Default 0. */
  readonly seed?: number;
  readonly signal?: AbortSignal;
  /** 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
  /** Per row 1 to 4 (`gradeAnswer`); default: wrong again, right good. */
  readonly grades?: Uint8Array;
  /** Draws of learners for the intervals; default 200. */
  readonly replicates?: number;
}

/** Fits and checks. Rejects with the signal's reason when cancelled. @throws RangeError for grades that do not fit. */
export async function fitMemory(table: InteractionTable, options: FitMemoryOptions = {}): Promise<MemoryFit> {
  const histories = memoryHistories(table, options.grades);
  const { reviews, due } = reviewsOfTable(table, histories);
  const learners = [...new Set(reviews.learner)];
  const counts = { reviews: reviews.row.length, learners: learners.length };
  const none = { ...counts, model: createMemoryModel(), fittedWeights: null, check: null };
  if (histories.row.length === 0) return { ...none, verdict: 'no times', reason: 'The answers carry no times.' };
  if (counts.reviews < LEAST_REVIEWS || counts.learners < LEAST_LEARNERS) {
    const found = `${counts.reviews} of ${counts.learners} learners`;
    const reason = `A fit takes ${LEAST_REVIEWS} looks back by ${LEAST_LEARNERS} learners; here are ${found}.`;
    return { ...none, verdict: 'too few reviews', reason };
  }
  const random = createRandom(options.seed ?? 0);
  const folds = counts.reviews > REVIEWS_FOR_ALL_FOLDS ? 1 : FOLDS;
  const report = (part: number) => (fraction: number) => options.onProgress?.((part + fraction) / (folds + 1));
  const all = Int32Array.from({ length: histories.start.length - 1 }, (_, h) => h);
  const own = { ...options, random: random.fork('all'), onProgress: report(0) };
  const fittedWeights = await optimiseWeights(histories, all, own);
  const check = await checkByFolds({ histories, reviews, due, learners, folds, random, options, report });
  const better = check.fittedLessDefault.high < 0;
  return {
    ...counts,
    ...{ fittedWeights, check, verdict: better ? 'fitted' : 'no better', reason: reasonOf(check, better) },
    model: createMemoryModel(better ? fittedWeights : defaultMemoryWeights),
  };
}

interface CheckInput {
  readonly histories: Histories;
  readonly reviews: HeldOutReviews;
  readonly due: Uint16Array;
  readonly learners: readonly number[];
  readonly folds: number;
  readonly random: Random;
  readonly options: FitMemoryOptions;
  readonly report: (part: number) => (fraction: number) => void;
}

async function checkByFolds(input: CheckInput): Promise<MemoryCheck> {
  const { histories, reviews, due, random, options } = input;
  const order = random.fork('folds').shuffle([...input.learners]);
  const foldOf = new Map(order.map((learner, k) => [learner, k % FOLDS]));
  const rows = due.length;
  const [fitted, plain, constant] = [0, 1, 2].map(() => new Float64Array(rows));
  for (let fold = 0; fold < input.folds; fold++) {
    const inFold = (h: number): boolean => foldOf.get(histories.learner[h]) === fold;
    const every = Int32Array.from({ length: histories.start.length - 1 }, (_, h) => h);
    const train = every.filter((h) => !inFold(h));
    const weights = await optimiseWeights(histories, train, {
      ...{ random: random.fork('fold', fold), signal: options.signal, onProgress: input.report(fold + 1) },
    });
    const test = every.filter(inFold);
    addPredictions(weights, histories, test, fitted);
    addPredictions(defaultMemoryWeights, histories, test, plain);
    const share = shareRecalled(reviews, (learner) => foldOf.get(learner) !== fold);
    reviews.row.forEach((row, r) => {
      if (foldOf.get(reviews.learner[r]) === fold) constant[row] = share * due[row];
    });
  }
  const kept = reviews.row.map((_, r) => r).filter((r) => (foldOf.get(reviews.learner[r]) ?? FOLDS) < input.folds);
  return figuresOf(selectReviews(reviews, kept), due, { fitted, plain, constant }, random, options.replicates ?? 200);
}

function figuresOf(
  reviews: HeldOutReviews,
  due: Uint16Array,
  sums: { readonly fitted: Float64Array; readonly plain: Float64Array; readonly constant: Float64Array },
  random: Random,
  replicates: number,
): MemoryCheck {
  const mean = (sum: Float64Array): Float64Array => Float64Array.from(reviews.row, (row) => sum[row] / due[row]);
  const [fitted, plain, constant] = [mean(sums.fitted), mean(sums.plain), mean(sums.constant)];
  const draws = (): Random => random.fork('bootstrap');
  const measured = (probability: Float64Array) => measureMemory(reviews, probability, draws(), replicates);
  return {
    reviews: reviews.row.length,
    learners: new Set(reviews.learner).size,
    recalled: shareRecalled(reviews, () => true),
    fitted: measured(fitted),
    default: measured(plain),
    constant: measureConstant(reviews, constant, draws(), replicates),
    fittedLessDefault: logLossDifference(reviews, plain, fitted, draws(), replicates),
    fittedLessConstant: logLossDifference(reviews, constant, fitted, draws(), replicates),
  };
}

function selectReviews(reviews: HeldOutReviews, kept: Int32Array): HeldOutReviews {
  const of = (all: Int32Array): Int32Array => kept.map((r) => all[r]);
  return {
    row: of(reviews.row),
    learner: of(reviews.learner),
    correct: Uint8Array.from(kept, (r) => reviews.correct[r]),
    bin: of(reviews.bin),
  };
}

function shareRecalled({ learner, correct }: HeldOutReviews, counts: (learner: number) => boolean): number {
  let [right, rows] = [0, 0];
  for (let r = 0; r < correct.length; r++) {
    if (!counts(learner[r])) continue;
    right += correct[r];
    rows++;
  }
  return rows === 0 ? 0.5 : right / rows;
}

function reasonOf({ fittedLessDefault: d, reviews, learners }: MemoryCheck, better: boolean): string {
  const by = `by ${(-d.mean).toFixed(3)} nats a look back (${(-d.high).toFixed(3)} to ${(-d.low).toFixed(3)})`;
  const on = `on ${reviews} looks back of ${learners} learners not fitted on`;
  return better
    ? `The institution's own weights predict recall better than the default ones ${by}, ${on}.`
    : `The institution's own weights do not surely predict recall better than the default ones: ${by}, ${on}.`;
}
