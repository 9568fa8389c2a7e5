/**
 * How good predicted probabilities of right answers are: area under the ROC curve, negative log-likelihood, root mean
 * squared error, expected calibration error with its reliability bins; with intervals by bootstrap over learners
 * (answers of one learner are not independent, so learners are drawn, not rows).
 */
import type { Random } from '@qurriculum/random';

/** Predictions and what happened, columns of one length. */
export interface Predictions {
  /** P(right) before the answer. */
  readonly probability: Float64Array;
  /** 0 or 1. */
  readonly correct: Uint8Array;
  /** Whose answer: any integer from 0. */
  readonly learner: Int32Array;
}

export interface ReliabilityBin {
  /** The bin holds probabilities from `low` to `high`. */
  readonly low: number;
  readonly high: number;
  readonly rows: number;
  /** NaN in an empty bin. */
  readonly meanProbability: number;
  readonly shareRight: number;
}

export const metricNames = ['auc', 'nll', 'rmse', 'ece'] as const;
export type MetricName = (typeof metricNames)[number];

/**
 * auc: P(a right answer got a higher probability than a wrong one), ties counted half; NaN without both. nll: mean of
 * -ln P(what happened), nats. rmse: root of the mean squared difference. ece: mean over rows of |mean probability -
 * share right| of the row's bin.
 */
export type Metrics = Readonly<Record<MetricName, number>>;

/** The metric on all rows, and a central 95 % bootstrap interval. */
export interface MetricInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

// Fifteen bins of equal width, as in Guo et al. 2017, "On calibration of modern neural networks".
const bins = 15;
// A certain prediction that is wrong costs -ln(1e-15) = 34.5 nats instead of infinity.
const smallest = 1e-15;

/** -ln P(what happened), nats. @param correct 0 or 1 */
export function logLoss(probability: number, correct: number): number {
  return -Math.log(Math.max(smallest, correct === 1 ? probability : 1 - probability));
}

/** Metrics of predictions. */
export function measure(predictions: Predictions): Metrics {
  return measureWeighted(prepare(predictions), null);
}

/** Reliability bins of predictions: fifteen, of equal width. */
export function reliability(predictions: Predictions): ReliabilityBin[] {
  const { weight, probability, right } = binSums(prepare(predictions), null);
  return Array.from({ length: bins }, (_, bin) => ({
    low: bin / bins,
    high: (bin + 1) / bins,
    rows: weight[bin],
    meanProbability: probability[bin] / weight[bin],
    shareRight: right[bin] / weight[bin],
  }));
}

/** Each metric with its percentile interval over `replicates` draws of as many learners, with replacement. */
export function measureWithIntervals(
  predictions: Predictions,
  random: Random,
  replicates = 200,
): Readonly<Record<MetricName, MetricInterval>> {
  const prepared = prepare(predictions);
  return intervals(predictions.learner, random, replicates, (times) => measureWeighted(prepared, times));
}

/**
 * Challenger less baseline on the same rows: each metric's difference, with the interval over draws of learners that both
 * share. Paired, so much narrower than two intervals side by side.
 *
 * @throws RangeError when the rows are not the same.
 */
export function compareWithIntervals(
  baseline: Predictions,
  challenger: Predictions,
  random: Random,
  replicates = 1000,
): Readonly<Record<MetricName, MetricInterval>> {
  const sameRows =
    baseline.correct.length === challenger.correct.length &&
    baseline.correct.every((value, row) => value === challenger.correct[row]) &&
    baseline.learner.every((learner, row) => learner === challenger.learner[row]);
  if (!sameRows) {
    throw new RangeError(
      `compareWithIntervals: expected predictions of the same rows, got ${baseline.correct.length} and ${challenger.correct.length} that differ; predict one table with both models.`,
    );
  }
  const [a, b] = [prepare(baseline), prepare(challenger)];
  return intervals(baseline.learner, random, replicates, (times) => {
    const [of, than] = [measureWeighted(b, times), measureWeighted(a, times)];
    return { auc: of.auc - than.auc, nll: of.nll - than.nll, rmse: of.rmse - than.rmse, ece: of.ece - than.ece };
  });
}

/** Central 95 % percentile intervals of a statistic that takes how often each learner was drawn; null: once each. */
function intervals(
  learner: Int32Array,
  random: Random,
  replicates: number,
  statistic: (times: Float64Array | null) => Metrics,
): Readonly<Record<MetricName, MetricInterval>> {
  const all = statistic(null);
  const present = [...new Set(learner)];
  const draws: Metrics[] = [];
  const times = new Float64Array(present.reduce((most, index) => Math.max(most, index), -1) + 1);
  for (let replicate = 0; replicate < replicates && present.length > 0; replicate++) {
    times.fill(0);
    for (let draw = 0; draw < present.length; draw++) times[present[random.integer(present.length)]]++;
    draws.push(statistic(times));
  }
  const interval = (name: MetricName): MetricInterval => {
    const sorted = draws.map((draw) => draw[name]).filter((value) => !Number.isNaN(value));
    sorted.sort((a, b) => a - b);
    return { mean: all[name], low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) };
  };
  return { auc: interval('auc'), nll: interval('nll'), rmse: interval('rmse'), ece: interval('ece') };
}

/** The rows for which `keep` holds. */
export function selectPredictions(predictions: Predictions, keep: (row: number) => boolean): Predictions {
  const rows = Int32Array.from(predictions.correct.keys()).filter(keep);
  return {
    probability: Float64Array.from(rows, (row) => predictions.probability[row]),
    correct: Uint8Array.from(rows, (row) => predictions.correct[row]),
    learner: Int32Array.from(rows, (row) => predictions.learner[row]),
  };
}

/** Rows sorted by probability, so that the ROC curve of any weighting is one pass. */
interface Prepared extends Predictions {
  readonly order: Uint32Array;
}

function prepare(predictions: Predictions): Prepared {
  const { probability, correct, learner } = predictions;
  if (probability.length !== correct.length || probability.length !== learner.length) {
    throw new RangeError(
      `measure: expected columns of one length, got ${probability.length}, ${correct.length}, ${learner.length}; pass a row per answer.`,
    );
  }
  if (!probability.every((p) => p >= 0 && p <= 1)) {
    throw new RangeError('measure: expected probabilities from 0 to 1, got others or NaN; check the model.');
  }
  const order = new Uint32Array(probability.keys()).sort((a, b) => probability[a] - probability[b]);
  return { ...predictions, order };
}

function measureWeighted(prepared: Prepared, times: Float64Array | null): Metrics {
  const { probability, correct, learner } = prepared;
  let rows = 0;
  let loss = 0;
  let squares = 0;
  for (let r = 0; r < probability.length; r++) {
    const weight = times === null ? 1 : times[learner[r]];
    if (weight === 0) continue;
    const ofOutcome = correct[r] === 1 ? probability[r] : 1 - probability[r];
    rows += weight;
    loss += weight * logLoss(probability[r], correct[r]);
    squares += weight * (1 - ofOutcome) ** 2;
  }
  const sums = binSums(prepared, times);
  let gap = 0;
  for (let bin = 0; bin < bins; bin++) gap += Math.abs(sums.probability[bin] - sums.right[bin]);
  return { auc: areaUnderCurve(prepared, times), nll: loss / rows, rmse: Math.sqrt(squares / rows), ece: gap / rows };
}

/** Mann-Whitney: sum over rights of (wrongs below + half the wrongs level) / (rights x wrongs). */
function areaUnderCurve({ probability, correct, learner, order }: Prepared, times: Float64Array | null): number {
  let rights = 0;
  let wrongs = 0;
  let pairs = 0;
  for (let from = 0; from < order.length; ) {
    const level = probability[order[from]];
    let levelRights = 0;
    let levelWrongs = 0;
    let to = from;
    for (; to < order.length && probability[order[to]] === level; to++) {
      const weight = times === null ? 1 : times[learner[order[to]]];
      if (correct[order[to]] === 1) levelRights += weight;
      else levelWrongs += weight;
    }
    pairs += levelRights * (wrongs + levelWrongs / 2);
    rights += levelRights;
    wrongs += levelWrongs;
    from = to;
  }
  return pairs / (rights * wrongs);
}

function binSums({ probability, correct, learner }: Prepared, times: Float64Array | null) {
  const sums = {
    weight: new Float64Array(bins),
    probability: new Float64Array(bins),
    right: new Float64Array(bins),
  };
  for (let r = 0; r < probability.length; r++) {
    const weight = times === null ? 1 : times[learner[r]];
    const bin = Math.min(bins - 1, Math.floor(probability[r] * bins));
    sums.weight[bin] += weight;
    sums.probability[bin] += weight * probability[r];
    sums.right[bin] += weight * correct[r];
  }
  return sums;
}

/** Linear interpolation between order statistics; NaN of nothing. */
function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}
