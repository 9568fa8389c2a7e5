/**
 * Whether a model predicts equally well for groups of learners: discrimination and calibration by group (equal
 * calibration: Kleinberg, Mullainathan and Raghavan 2017; AUC by group in education: Gardner, Brooks and Baker 2019).
 */
import { bootstrapOfMeans } from '@qurriculum/evidence';
import type { Random } from '@qurriculum/random';
import {
  type MetricInterval,
  type MetricName,
  measureWithIntervals,
  type Predictions,
  selectPredictions,
} from './metrics.ts';

export interface GroupFigures extends Readonly<Record<MetricName, MetricInterval>> {
  readonly group: string;
  readonly rows: number;
  readonly learners: number;
  /** Mean prediction less share right: above 0 the model expects too much of the group. 95 %, bootstrap over learners. */
  readonly bias: MetricInterval;
}

/**
 * Figures of every group, in the order of their names; learners without one are left out.
 *
 * @param groupOf name of the group of a learner, by the index in `predictions.learner`; null where unknown.
 */
export function measureGroups(
  predictions: Predictions,
  groupOf: (learner: number) => string | null,
  random: Random,
  replicates = 200,
): GroupFigures[] {
  const names = [...new Set(Array.from(new Set(predictions.learner), groupOf))].filter((name) => name !== null);
  return names.sort().map((group) => {
    const own = selectPredictions(predictions, (row) => groupOf(predictions.learner[row]) === group);
    return {
      ...{ group, rows: own.correct.length, learners: new Set(own.learner).size },
      ...measureWithIntervals(own, random.fork(group), replicates),
      bias: biasWithInterval(own, random.fork(group, 'bias'), replicates),
    };
  });
}

function biasWithInterval(
  { probability, correct, learner }: Predictions,
  random: Random,
  replicates: number,
): MetricInterval {
  const sums = new Map<number, { excess: number; rows: number }>();
  for (let row = 0; row < correct.length; row++) {
    const own = sums.get(learner[row]) ?? { excess: 0, rows: 0 };
    own.excess += probability[row] - correct[row];
    own.rows++;
    sums.set(learner[row], own);
  }
  const learners = [...sums.values()];
  const columns = [learners.map(({ excess }) => excess), learners.map(({ rows }) => rows)];
  const ratio = ([excess, rows]: Float64Array): number => excess / rows;
  const found = bootstrapOfMeans(columns, ratio, random, { resamples: replicates });
  return { mean: found.estimate, ...found.interval() };
}
