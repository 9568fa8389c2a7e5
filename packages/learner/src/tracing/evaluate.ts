/**
 * Evaluation of tracing models the way they are used: answer by answer, each predicted from what came before it, on
 * learners the model has never seen.
 */
import type { Random } from '@qurriculum/random';
import type { InteractionTable } from '../interactions.ts';
import { rowsByLearner } from '../interactions-select.ts';
import { createPause } from '../pause.ts';
import {
  type MetricInterval,
  type MetricName,
  type Metrics,
  measure,
  measureWithIntervals,
  type Predictions,
  type ReliabilityBin,
  reliability,
  selectPredictions,
} from './metrics.ts';
import type { FittedTracingModel, TracedInteraction } from './model.ts';

export interface EvaluationOptions {
  /** Draws the learners of the bootstrap. */
  readonly random: Random;
  /** Bootstrap replicates; default 200. */
  readonly replicates?: number;
  readonly signal?: AbortSignal;
  /** 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

export interface TracingEvaluation extends Readonly<Record<MetricName, MetricInterval>> {
  readonly model: string;
  readonly rows: number;
  readonly learners: number;
  readonly reliability: readonly ReliabilityBin[];
  /** The same on each learner's first answer to each item, where no memory of that item can help. */
  readonly firstAttempts: Metrics & { readonly rows: number };
}

/** Predicts every answer of the table before it is seen, and measures the predictions. */
export async function evaluateTracing<State>(
  model: FittedTracingModel<State>,
  test: InteractionTable,
  { random, replicates, signal, onProgress }: EvaluationOptions,
): Promise<TracingEvaluation> {
  const predictions = await predictTable(model, test, { signal, onProgress });
  return { model: model.name, ...evaluatePredictions(predictions, test, random, replicates) };
}

/** Measures predictions of a table's rows, in its row order, by whatever means they came. */
export function evaluatePredictions(
  predictions: Predictions,
  test: InteractionTable,
  random: Random,
  replicates?: number,
): Omit<TracingEvaluation, 'model'> {
  const first = firstAttempts(test);
  const firsts = selectPredictions(predictions, (row) => first[row] === 1);
  return {
    rows: test.rows,
    learners: new Set(test.learner).size,
    ...measureWithIntervals(predictions, random, replicates),
    reliability: reliability(predictions),
    firstAttempts: { ...measure(firsts), rows: firsts.correct.length },
  };
}

/** 1 where a row is the learner's first on its item. */
function firstAttempts(table: InteractionTable): Uint8Array {
  const met = new Set<number>();
  return Uint8Array.from({ length: table.rows }, (_, row) => {
    const pair = table.learner[row] * table.items.length + table.item[row];
    return met.size === met.add(pair).size ? 0 : 1;
  });
}

/** One prediction per row of the table, in its row order, each from the learner's earlier rows only. */
export async function predictTable<State>(
  model: FittedTracingModel<State>,
  table: InteractionTable,
  { signal, onProgress }: Pick<EvaluationOptions, 'signal' | 'onProgress'> = {},
): Promise<Predictions> {
  const pause = createPause(signal);
  const probability = new Float64Array(table.rows);
  const answer = answersOfTable(table);
  const { start, rows } = rowsByLearner(table);
  for (let learner = 0; learner < table.learners.length; learner++) {
    await pause();
    let state = model.initial();
    for (let k = start[learner]; k < start[learner + 1]; k++) {
      const interaction = answer(rows[k]);
      probability[rows[k]] = model.predict(state, {
        ...{ item: interaction.item, skills: interaction.skills, time: interaction.time },
      });
      state = model.update(state, interaction);
    }
    onProgress?.((learner + 1) / table.learners.length);
  }
  return { probability, correct: table.correct, learner: table.learner };
}

/** Rows of a table as the models see them. */
export function answersOfTable(table: InteractionTable): (row: number) => TracedInteraction {
  const labels = table.skillSets.map((set) => set.map((skill) => table.skills[skill]));
  return (row) => ({
    item: table.items[table.item[row]],
    skills: labels[table.skillSet[row]],
    correct: table.correct[row] === 1,
    time: table.time[row],
    ...(table.duration && { duration: table.duration[row] }),
    ...(table.hints && { hints: table.hints[row] }),
    ...(table.selfReport && { selfReport: table.selfReport[row] }),
  });
}
