/**
 * How well weights predict recall of learners they have not seen: log loss, area under the ROC curve, and root mean
 * squared error in bins of alike reviews (interval, number of answers, lapses), the measure of the FSRS benchmark.
 *
 * An answer on several skills counts once: its prediction is the mean over those of its skills that were due.
 */
import type { Random } from '@qurriculum/random';
import type { InteractionTable } from '../interactions.ts';
import { logLoss, type MetricInterval, measureWithIntervals } from '../tracing/metrics.ts';
import type { Histories } from './histories.ts';
import { createTrace, traceHistory } from './likelihood.ts';

/** Reviews of held-out learners, each once, in the order of the table. */
export interface HeldOutReviews {
  /** Rows of the table. */
  readonly row: Int32Array;
  readonly learner: Int32Array;
  /** 1: recalled. */
  readonly correct: Uint8Array;
  /** Which bin of alike reviews each belongs to. */
  readonly bin: Int32Array;
}

export interface MemoryFigures {
  /** Mean -ln P(what happened), nats. */
  readonly logLoss: MetricInterval;
  readonly auc: MetricInterval;
  /** Root of the mean, over reviews, of the squared gap between their bin's mean prediction and share recalled. */
  readonly rmseBins: MetricInterval;
}

/** Adds R before every entry with days > 0 of the histories named to `sum[row]`, under the weights given. */
export function addPredictions(w: ArrayLike<number>, histories: Histories, which: Int32Array, sum: Float64Array): void {
  const trace = createTrace(histories);
  for (const h of which) {
    const from = histories.start[h];
    const length = traceHistory(w, histories, h, trace);
    for (let k = 1; k < length; k++)
      if (histories.days[from + k] > 0) sum[histories.row[from + k]] += trace.recalled[k];
  }
}

/** The reviews of a table, and how many skills of each were due. */
export function reviewsOfTable(
  table: InteractionTable,
  histories: Histories,
): { readonly reviews: HeldOutReviews; readonly due: Uint16Array } {
  const due = new Uint16Array(table.rows);
  const binOf = new Int32Array(table.rows);
  const recalled = new Uint8Array(table.rows);
  const bins = new Map<string, number>();
  for (let h = 0; h + 1 < histories.start.length; h++) {
    let lapses = 0;
    for (let at = histories.start[h]; at < histories.start[h + 1]; at++) {
      const row = histories.row[at];
      recalled[row] = histories.grade[at] > 1 ? 1 : 0;
      if (histories.days[at] > 0) {
        due[row]++;
        const name = binName(histories.days[at], at - histories.start[h] + 1, lapses);
        const number = bins.get(name) ?? bins.size;
        bins.set(name, number);
        binOf[row] = number;
      }
      if (histories.grade[at] === 1 && histories.days[at] > 0) lapses++;
    }
  }
  const row = Int32Array.from(due.keys()).filter((r) => due[r] > 0);
  const reviews = {
    row,
    learner: Int32Array.from(row, (r) => table.learner[r]),
    correct: Uint8Array.from(row, (r) => recalled[r]),
    bin: Int32Array.from(row, (r) => binOf[r]),
  };
  return { reviews, due };
}

/** Bins that grow by a constant ratio, as in the benchmark's rmse_matrix: interval 3.62, answers 1.89, lapses 1.73. */
function binName(days: number, answers: number, lapses: number): string {
  const step = (value: number, ratio: number): number =>
    value <= 0 ? -1 : Math.floor(Math.log(value) / Math.log(ratio) + 1e-9);
  return `${step(days, 3.62)} ${step(answers, 1.89)} ${step(lapses, 1.73)}`;
}

/** Figures with 95 % intervals by bootstrap over learners. */
export function measureMemory(
  reviews: HeldOutReviews,
  probability: Float64Array,
  random: Random,
  replicates: number,
): MemoryFigures {
  const { correct, learner } = reviews;
  const { nll, auc } = measureWithIntervals({ probability, correct, learner }, random, replicates);
  return { logLoss: nll, auc, rmseBins: rmseInBins(reviews, probability, random, replicates) };
}

/** The same for one probability for everybody, which puts no review before another: AUC .5. */
export function measureConstant(
  reviews: HeldOutReviews,
  probability: Float64Array,
  random: Random,
  replicates: number,
): MemoryFigures {
  return {
    logLoss: meanByLearner(reviews, lossesOf(reviews, probability), random, replicates),
    auc: { mean: 0.5, low: 0.5, high: 0.5 },
    rmseBins: rmseInBins(reviews, probability, random, replicates),
  };
}

/** Log loss of `challenger` less that of `baseline` on the same reviews, with the paired interval. */
export function logLossDifference(
  reviews: HeldOutReviews,
  baseline: Float64Array,
  challenger: Float64Array,
  random: Random,
  replicates: number,
): MetricInterval {
  const than = lossesOf(reviews, baseline);
  const less = lossesOf(reviews, challenger).map((loss, r) => loss - than[r]);
  return meanByLearner(reviews, less, random, replicates);
}

const lossesOf = ({ correct }: HeldOutReviews, probability: Float64Array): Float64Array =>
  probability.map((p, r) => logLoss(p, correct[r]));

/** Mean over reviews, with the interval over draws of learners: sums per learner make a draw cheap. */
function meanByLearner(
  { learner }: HeldOutReviews,
  values: Float64Array,
  random: Random,
  replicates: number,
): MetricInterval {
  const most = learner.reduce((m, l) => Math.max(m, l), -1) + 1;
  const [sum, count] = [new Float64Array(most), new Float64Array(most)];
  values.forEach((value, r) => {
    sum[learner[r]] += value;
    count[learner[r]]++;
  });
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const draws = drawLearners(learner, random, replicates, (times) => {
    let [total, rows] = [0, 0];
    for (let l = 0; l < most; l++) {
      total += times[l] * sum[l];
      rows += times[l] * count[l];
    }
    return total / rows;
  });
  return { mean, low: quantileOf(draws, 0.025), high: quantileOf(draws, 0.975) };
}

/** The statistic for each draw of as many learners, with replacement, ascending; `times[l]`: how often l was drawn. */
function drawLearners(
  learner: Int32Array,
  random: Random,
  replicates: number,
  statistic: (times: Float64Array) => number,
): readonly number[] {
  const present = [...new Set(learner)];
  const times = new Float64Array(present.reduce((most, l) => Math.max(most, l), -1) + 1);
  return Array.from({ length: replicates }, () => {
    times.fill(0);
    for (let k = 0; k < present.length; k++) times[present[random.integer(present.length)]]++;
    return statistic(times);
  }).sort((a, b) => a - b);
}

const quantileOf = (sorted: readonly number[], share: number): number =>
  sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;

function rmseInBins(
  { learner, correct, bin }: HeldOutReviews,
  probability: Float64Array,
  random: Random,
  replicates: number,
): MetricInterval {
  const bins = bin.reduce((most, b) => Math.max(most, b), -1) + 1;
  const [count, gap] = [new Float64Array(bins), new Float64Array(bins)];
  const rmse = (times: Float64Array | null): number => {
    count.fill(0);
    gap.fill(0);
    let rows = 0;
    for (let r = 0; r < bin.length; r++) {
      const weight = times === null ? 1 : times[learner[r]];
      count[bin[r]] += weight;
      gap[bin[r]] += weight * (probability[r] - correct[r]);
      rows += weight;
    }
    let squares = 0;
    for (let b = 0; b < bins; b++) if (count[b] > 0) squares += gap[b] ** 2 / count[b];
    return Math.sqrt(squares / rows);
  };
  const draws = drawLearners(learner, random, replicates, rmse);
  // Redrawn learners put noise of their own into every bin, which squares do not forgive: the draws lie above the figure
  // itself, and their interval is moved back by that much.
  const mean = rmse(null);
  const above = draws.reduce((sum, draw) => sum + draw, 0) / draws.length - mean;
  const at = (share: number): number => Math.max(0, quantileOf(draws, share) - above);
  return { mean, low: at(0.025), high: at(0.975) };
}
