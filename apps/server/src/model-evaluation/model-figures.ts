/** Predictions of several models on the same answers, as figures, verdicts and a conclusion in words. */
import { type Comparison, type Contender, judge, type Question } from '@qurriculum/evidence';
import {
  compareWithIntervals,
  describeTracingModel,
  evaluatePredictions,
  type InteractionTable,
  logLoss,
  type MetricInterval,
  measureGroups,
  type Predictions,
} from '@qurriculum/learner';
import { createRandom } from '@qurriculum/random';
import type { EvaluationView } from '../resources/models/schema.ts';

export interface MeasuredModel {
  readonly name: string;
  /** Of the rows of one table, the same for all models. */
  readonly predictions: Predictions;
  readonly fitSeconds: number;
  readonly masteryMeans: 'known' | 'answered';
}

export interface FiguresOptions {
  readonly champion: string;
  /** Learner id to group, for those who are in one. */
  readonly groups: readonly (readonly [number, string])[];
  readonly seed: number;
  /** True when any of the records are. */
  readonly simulated: boolean;
}

export type EvaluationSummary = Omit<
  EvaluationView,
  'id' | 'courseId' | 'status' | 'jobId' | 'createdAt' | 'runId' | 'folds'
>;

const REPLICATES = 400;

/** Sums up what the models predicted of the rows of `tested`. */
export function summarise(
  options: FiguresOptions,
  tested: InteractionTable,
  measured: readonly MeasuredModel[],
): EvaluationSummary {
  const { champion, seed, simulated } = options;
  const question: Question = { measure: 'log loss', lowerIsBetter: true, unit: 'learner', seed, simulated };
  const sides = measured.map(contenderOf);
  const home = sides.find(({ name }) => name === champion) ?? sides[0];
  const judged = (baseline: Contender, challengers: readonly Contender[]) => judge(baseline, challengers, question);
  const judgement = judged(
    home,
    sides.filter((side) => side !== home),
  );
  const sayAll = (comparisons: readonly Comparison[]) =>
    comparisons.map((comparison) => verdictOf(measured, comparison, seed));
  return {
    ...{ champion, rows: tested.rows, learners: new Set(tested.learner).size },
    models: measured.map((model) => figuresOf(model, tested, options)),
    verdicts: sayAll(judgement.comparisons),
    twins: sides.flatMap((side) => {
      const twin = sides.find(({ name }) => name === describeTracingModel(side.name).twin);
      return twin === undefined ? [] : sayAll(judged(twin, [side]).comparisons);
    }),
    candidate: judgement.candidate,
    conclusion: simulated ? `${judgement.words} The records behind it are simulated.` : judgement.words,
  };
}

function figuresOf(
  { name, predictions, fitSeconds, masteryMeans }: MeasuredModel,
  tested: InteractionTable,
  { groups, seed }: FiguresOptions,
): EvaluationView['models'][number] {
  const random = createRandom(seed);
  const found = evaluatePredictions(predictions, tested, random.fork('intervals'), REPLICATES);
  const { kind, description } = describeTracingModel(name);
  const groupOf = new Map(groups);
  const nameOfGroup = (learner: number) => groupOf.get(Number(tested.learners[learner])) ?? null;
  const first = found.firstAttempts;
  return {
    ...{ name, kind, description, masteryMeans, fitSeconds },
    ...{ auc: defined(found.auc), nll: found.nll, ece: found.ece, rmse: found.rmse },
    firstAttempts: { rows: first.rows, auc: finite(first.auc), nll: finite(first.nll) },
    reliability: found.reliability
      .filter((bin) => bin.rows > 0)
      .map((bin) => ({ rows: bin.rows, predicted: bin.meanProbability, right: bin.shareRight })),
    groups: measureGroups(predictions, nameOfGroup, random.fork('groups')).map((own) => ({
      ...{ group: own.group, rows: own.rows, learners: own.learners },
      ...{ auc: defined(own.auc), nll: own.nll, bias: own.bias },
    })),
  };
}

/** JSON has no NaN: where all answers are right, or all wrong, there is no AUC. */
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
const defined = ({ mean, low, high }: MetricInterval): MetricInterval | null =>
  [mean, low, high].every(Number.isFinite) ? { mean, low, high } : null;

/** Log loss of each learner's own answers: what verdicts rest on, a learner a unit. */
function contenderOf({ name, predictions: { probability, correct, learner } }: MeasuredModel): Contender {
  const sums = new Map<number, { loss: number; rows: number }>();
  for (let row = 0; row < correct.length; row++) {
    const own = sums.get(learner[row]) ?? { loss: 0, rows: 0 };
    own.loss += logLoss(probability[row], correct[row]);
    own.rows++;
    sums.set(learner[row], own);
  }
  return { name, values: Float64Array.from(sums.values(), ({ loss, rows }) => loss / rows) };
}

function verdictOf(
  measured: readonly MeasuredModel[],
  { baseline, challenger, verdict, words, n, simulated }: Comparison,
  seed: number,
): EvaluationView['verdicts'][number] {
  const of = (name: string) => (measured.find((one) => one.name === name) as MeasuredModel).predictions;
  const difference = compareWithIntervals(of(baseline), of(challenger), createRandom(seed), REPLICATES);
  return {
    ...{ champion: baseline, challenger, verdict, simulated, units: n, measure: 'log loss' },
    ...{ sentence: `${challenger}: ${words}`, difference: difference.nll, auc: defined(difference.auc) },
  };
}
