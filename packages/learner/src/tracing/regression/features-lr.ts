/**
 * Logistic regression on binned features of the past and on crosses of them. Fitted in seconds, explained cell by cell:
 * the model for an institution that does not yet have the records for a recurrent network.
 */
import { createRandom } from '@qurriculum/random';
import type { InteractionTable } from '../../interactions.ts';
import { logistic } from '../../odds.ts';
import { createPause } from '../../pause.ts';
import type { FittedTracingModel, TracingModel } from '../model.ts';
import { modelJsonReader } from '../model-json.ts';
import type { SkillNeighbours } from '../neighbours.ts';
import { type BinnedDesign, binRow, cellsOfRow, createBinnedDesign, designOf } from './binned-design.ts';
import { type BinnedRows, type BinnedWeights, fitBinned, oddsOfCells } from './binned-fit.ts';
import { featureNames } from './features.ts';
import { featureStatisticsFromJson, featureStatisticsToJson } from './features-json.ts';
import { type Pause, visitTrainingFeatures } from './features-matrix.ts';
import { type FeatureStatistics, type FittedFeatureStatistics, fitFeatureStatistics } from './features-statistics.ts';
import { createFeatureTracker, type FeatureState, lastTime } from './features-tracker.ts';
import { laplaceEstimate } from './laplace.ts';

export interface FeaturesLrOptions {
  /** Passes over the rows; default 3. */
  readonly passes?: number;
  /** Adagrad's step at the start; default .012. */
  readonly step?: number;
  /** Skills near a skill: a skill without answers starts from theirs. */
  readonly neighbours?: SkillNeighbours;
}

export const featuresLrName = 'features-lr';
const version = '1';

/** Rows of the sample that the bins are cut on. */
const sampleRows = 40_000;

export function featuresRegression({
  passes = 3,
  step = 0.012,
  neighbours,
}: FeaturesLrOptions = {}): TracingModel<FeatureState> {
  if (!(Number.isInteger(passes) && passes > 0 && step > 0)) {
    throw new RangeError(
      `featuresRegression: expected passes and a step above 0, got ${passes} and ${step}; pass e.g. 3 and .012.`,
    );
  }
  return {
    name: featuresLrName,
    version,
    fromJSON: (json) => fromJson(json, neighbours),
    async fit(table, { seed = 0, signal, onProgress = () => {} } = {}) {
      const pause = createPause(signal);
      await pause();
      const fitted = await fitFeatureStatistics(table, seed, pause);
      onProgress(0.1);
      const design = createBinnedDesign(await sampleFeatures(fitted, table, pause));
      onProgress(0.2);
      const rows = await binTable(fitted, table, design, pause);
      const weights = await fitBinned(design, rows, {
        ...{ random: createRandom(seed).fork(featuresLrName), passes, step, pause },
        onProgress: (fraction) => onProgress(0.35 + 0.65 * fraction),
      });
      onProgress(1);
      return createFitted({ statistics: fitted.statistics, design, weights, neighbours });
    },
  };
}

/** Features of every k-th learner. */
async function sampleFeatures(
  fitted: FittedFeatureStatistics,
  table: InteractionTable,
  pause: Pause,
): Promise<Float32Array> {
  const every = Math.max(1, Math.floor(table.rows / sampleRows));
  const width = featureNames.length;
  let rows = 0;
  for (let row = 0; row < table.rows; row++) if (table.learner[row] % every === 0) rows++;
  // Where those few learners have no rows, everybody is the sample.
  const keep = (learner: number) => rows === 0 || learner % every === 0;
  const sample = new Float32Array((rows || table.rows) * width);
  let to = 0;
  const put = (_row: number, features: Float32Array) => {
    sample.set(features, to);
    to += width;
  };
  await visitTrainingFeatures(fitted, table, put, pause, keep);
  return sample;
}

async function binTable(
  fitted: FittedFeatureStatistics,
  table: InteractionTable,
  design: BinnedDesign,
  pause: Pause,
): Promise<BinnedRows> {
  const width = design.features.length;
  const bins = new Uint8Array(table.rows * width);
  await visitTrainingFeatures(fitted, table, (row, features) => binRow(design, features, bins, row * width), pause);
  return { rows: table.rows, bins, correct: table.correct };
}

interface Content {
  readonly statistics: FeatureStatistics;
  readonly design: BinnedDesign;
  readonly weights: BinnedWeights;
  readonly neighbours: SkillNeighbours | undefined;
}

// No label of an institution's holds this character.
const itemNeverSeen = '\u0000';

function createFitted({ statistics, design, weights, neighbours }: Content): FittedTracingModel<FeatureState> {
  const tracker = createFeatureTracker(statistics, { neighbours });
  const features = new Float32Array(featureNames.length);
  const bins = new Uint8Array(design.features.length);
  const cells = new Int32Array(design.start.length - 1);
  const oddsOf = (state: FeatureState, question: Parameters<typeof tracker.features>[1]): number => {
    tracker.features(state, question, features, 0);
    binRow(design, features, bins, 0);
    cellsOfRow(design, bins, 0, cells);
    return oddsOfCells(weights.weight, cells);
  };
  return {
    ...{ name: featuresLrName, version, masteryMeans: 'answered', degenerateSkills: null },
    initial: tracker.initial,
    update: tracker.update,
    predict: (state, question) => logistic(oddsOf(state, question)),
    mastery(state, skill) {
      const odds = oddsOf(state, { item: itemNeverSeen, skills: [skill], time: lastTime(state) });
      let variance = 0;
      for (const cell of cells) variance += weights.variance[cell];
      return laplaceEstimate(odds, variance);
    },
    toJSON: () => ({
      ...{ model: featuresLrName, version, statistics: featureStatisticsToJson(statistics) },
      features: design.features.map((feature, k) => ({
        name: featureNames[feature],
        ...{ edges: [...design.edges[k]], middles: [...design.middles[k]], coarse: [...design.coarse[k]] },
      })),
      ...{ weight: [...weights.weight], variance: [...weights.variance] },
    }),
  };
}

const reader = modelJsonReader(featuresLrName, version);

function fromJson(json: unknown, neighbours: SkillNeighbours | undefined): FittedTracingModel<FeatureState> {
  const { statistics, features, weight, variance } = reader.head(json);
  const columns = reader.list(features, 'features').map((entry, k) => {
    const { name, edges, middles, coarse } = reader.record(entry, `features[${k}]`);
    const feature = featureNames.indexOf(reader.text(name, `the name of features[${k}]`));
    if (feature < 0) reader.fail('a known feature', String(name));
    const cuts = Float32Array.from(reader.numbers(edges, `edges of ${name}`));
    return {
      ...{ feature, cuts },
      middles: Float64Array.from(reader.numbers(middles, `middles of ${name}`, cuts.length + 1)),
      coarse: Uint8Array.from(reader.numbers(coarse, `coarse bins of ${name}`, cuts.length + 1)),
    };
  });
  const design = designOf({
    features: columns.map(({ feature }) => feature),
    edges: columns.map(({ cuts }) => cuts),
    middles: columns.map((column) => column.middles),
    coarse: columns.map((column) => column.coarse),
  });
  const size = design.start[design.start.length - 1];
  return createFitted({
    statistics: featureStatisticsFromJson(statistics, reader),
    ...{ design, neighbours },
    weights: {
      weight: Float64Array.from(reader.numbers(weight, 'weights', size)),
      variance: Float64Array.from(reader.numbers(variance, 'variances', size)),
    },
  });
}
