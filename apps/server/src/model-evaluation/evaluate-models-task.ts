/**
 * The thread's half of evaluating tracing models: every learner is predicted by models fitted on others (k-fold by
 * learner), so that all of a small institution's records count as evidence.
 */
import { type InteractionTable, type Predictions, predictTable, selectRows, tracingModel } from '@qurriculum/learner';
import { createRandom } from '@qurriculum/random';
import type { TaskContext } from '../compute/tasks.ts';
import { type InteractionText, parseInteractionText } from '../estimates/interaction-text.ts';
import { type EvaluationSummary, type MeasuredModel, summarise } from './model-figures.ts';
import type { ModelEvaluationOptions } from './options.ts';

export interface EvaluateModelsInput extends ModelEvaluationOptions {
  readonly text: InteractionText;
  /** Learner id to group, for those who are in one. */
  readonly groups: readonly (readonly [number, string])[];
  /** True when any of the course's records are. */
  readonly simulated: boolean;
}

export type EvaluateModelsOutput = EvaluationSummary & {
  readonly folds: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly cpuSeconds: number;
};

/** Up to so many answers every learner takes a turn as the one to predict; above, one fifth of them is. */
const ROWS_FOR_ALL_FOLDS = 200_000;
const FOLDS = 5;
/** Share of the progress bar for fitting and predicting; the rest is redrawing for intervals. */
const FIT_SHARE = 0.9;

export async function run(
  input: EvaluateModelsInput,
  { signal, progress }: TaskContext,
): Promise<EvaluateModelsOutput> {
  progress(0, 'Reading answers');
  const table = parseInteractionText(input.text);
  const cpu = process.cpuUsage();
  const folds = splitIntoFolds(table, input.seed);
  const versions: Record<string, string> = {};
  const measured: MeasuredModel[] = [];
  for (const [at, name] of input.models.entries()) {
    const report = (done: number, label: string): void =>
      progress((FIT_SHARE * (at + done)) / input.models.length, `${name}: ${label}`);
    measured.push(await predictAll(name, folds, input.seed, signal, report));
    versions[name] = tracingModel(name).version;
  }
  progress(FIT_SHARE, 'Drawing intervals');
  const tested = selectRows(table, Int32Array.from(folds.flatMap(({ rows }) => [...rows])));
  const summary = { folds: folds.length, ...summarise(input, tested, measured) };
  const used = process.cpuUsage(cpu);
  return { ...summary, versions, cpuSeconds: (used.user + used.system) / 1e6 };
}

/** One fold: what to fit on, what to predict, and which rows of the whole that is. */
interface Fold {
  readonly train: InteractionTable;
  readonly test: InteractionTable;
  readonly rows: Int32Array;
}

function splitIntoFolds(table: InteractionTable, seed: number): readonly Fold[] {
  const order = createRandom(seed).fork('folds').shuffle(Array.from(table.learners.keys()));
  const foldOf = new Int32Array(order.length);
  order.forEach((learner, place) => {
    foldOf[learner] = place % FOLDS;
  });
  const folds = table.rows <= ROWS_FOR_ALL_FOLDS ? FOLDS : 1;
  return Array.from({ length: folds }, (_, fold) => {
    const select = (inFold: boolean) =>
      Int32Array.from(table.learner.keys()).filter((row) => (foldOf[table.learner[row]] === fold) === inFold);
    const rows = select(true);
    return { rows, test: selectRows(table, rows), train: selectRows(table, select(false)) };
  });
}

/** Predictions of the rows of all folds, one after another. */
async function predictAll(
  name: string,
  folds: readonly Fold[],
  seed: number,
  signal: AbortSignal,
  report: (done: number, label: string) => void,
): Promise<MeasuredModel> {
  const parts: Predictions[] = [];
  let fitSeconds = 0;
  let masteryMeans: MeasuredModel['masteryMeans'] = 'known';
  for (const [fold, { train, test }] of folds.entries()) {
    const started = performance.now();
    const fitted = await tracingModel(name).fit(train, {
      ...{ seed, signal },
      onProgress: (fraction) => report((fold + 0.7 * fraction) / folds.length, 'fitting'),
    });
    fitSeconds += (performance.now() - started) / 1000 / folds.length;
    masteryMeans = fitted.masteryMeans;
    const predicted = await predictTable(fitted, test, {
      signal,
      onProgress: (fraction) => report((fold + 0.7 + 0.3 * fraction) / folds.length, 'predicting'),
    });
    parts.push(predicted);
  }
  return { name, predictions: joined(parts), fitSeconds, masteryMeans };
}

function joined(parts: readonly Predictions[]): Predictions {
  return {
    probability: Float64Array.from(parts.flatMap(({ probability }) => [...probability])),
    correct: Uint8Array.from(parts.flatMap(({ correct }) => [...correct])),
    learner: Int32Array.from(parts.flatMap(({ learner }) => [...learner])),
  };
}
