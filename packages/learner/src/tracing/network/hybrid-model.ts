/**
 * The fitted hybrid: features of a learner's past beside a recurrent state, one or more networks whose probabilities are
 * averaged, and the state machine of one learner.
 *
 * Rows with several skills enter with the mean of the skills' embeddings. A skill that was not in the training data has an
 * embedding of its own, trained on rows whose skills were hidden; with `neighbours` it is averaged with theirs.
 *
 * Interval of mastery, on the logit: of a learner (answer-spread.ts), and of training (last-layer.ts).
 */

import { logit } from '../../odds.ts';
import { estimateOnLogit } from '../estimates.ts';
import type { FittedTracingModel, TracedInteraction, TracedQuestion } from '../model.ts';
import { type ModelJsonReader, modelJsonReader } from '../model-json.ts';
import type { SkillNeighbours } from '../neighbours.ts';
import { featureStatisticsFromJson, featureStatisticsToJson } from '../regression/features-json.ts';
import type { FeatureStatistics } from '../regression/features-statistics.ts';
import { createFeatureTracker, type FeatureState } from '../regression/features-tracker.ts';
import { answerSpread } from './answer-spread.ts';
import { lastLayerVariance, outputWidth } from './last-layer.ts';
import { createNetwork, moveStates, type Network, readStates } from './network.ts';
import { numbersFromText, numbersToText } from './number-text.ts';
import { featureCount, featureWidth, type Standard, standardise, writeAnswerNumbers } from './rows.ts';
import { type NetworkShape, stateWidth, weightCount } from './shape.ts';

export const hybridName = 'hybrid';
export const hybridVersion = '1';

/** Plain data: JSON in and out. */
export interface HybridState {
  readonly features: FeatureState;
  /** 64 numbers of each network. */
  readonly hidden: readonly number[];
}

export interface HybridMember {
  readonly weights: Float32Array;
  /** Of the output layer, 65 x 65. */
  readonly covariance: Float32Array;
}

export interface HybridContent {
  readonly statistics: FeatureStatistics;
  readonly standard: Standard;
  /** At least one. */
  readonly members: readonly HybridMember[];
}

export type FittedHybrid = FittedTracingModel<HybridState>;

export function shapeOf({ skills }: FeatureStatistics): NetworkShape {
  return { skills: skills.length, features: featureWidth };
}

export function createFittedHybrid(
  content: HybridContent,
  { neighbours }: { readonly neighbours?: SkillNeighbours } = {},
): FittedHybrid {
  const { initial, predict, update, lastVariance } = createWalk(content, neighbours);
  return {
    name: hybridName,
    version: hybridVersion,
    masteryMeans: 'answered',
    degenerateSkills: null,
    ...{ initial, predict, update },
    mastery(state, skill) {
      const [first, second] = unseenItems.map((item) => ({ item, skills: [skill] }));
      const mean = predict(state, first);
      const ofTraining = lastVariance();
      const [wrong, right] = [false, true].map((correct) => predict(update(state, { ...first, correct }), second));
      return estimateOnLogit(mean, logit(mean), answerSpread(mean, right - wrong) + ofTraining);
    },
    toJSON: () => hybridToJson(content),
  };
}

/** One learner's walk, on networks of one lane and one step; `lastVariance` is that of the last prediction's logit. */
function createWalk({ statistics, standard, members }: HybridContent, neighbours: SkillNeighbours | undefined) {
  const tracker = createFeatureTracker(statistics, { neighbours });
  const skillsOf = skillIndices(statistics, neighbours);
  const networks = members.map(({ weights }) => {
    const network = createNetwork(shapeOf(statistics), { lanes: 1, steps: 1 });
    network.flat.set(weights);
    return network;
  });
  const features = new Float32Array(featureWidth);
  const lay = (state: HybridState, question: TracedQuestion): readonly number[] => {
    tracker.features(state.features, question, features, 0);
    standardise(standard, features, 0);
    return skillsOf(question.skills);
  };
  const layNetwork = (network: Network, state: HybridState, index: number, skills: readonly number[]): void => {
    for (let k = 0; k < stateWidth; k++) network.states[k] = state.hidden[index * stateWidth + k];
    network.skills[0] = skills;
  };
  const predict = (state: HybridState, question: TracedQuestion): number => {
    const skills = lay(state, question);
    let sum = 0;
    for (const [index, network] of networks.entries()) {
      layNetwork(network, state, index, skills);
      network.features.set(features);
      readStates(network);
      sum += network.probability[0];
    }
    // In float32 a probability near 1 may be 1.
    return Math.min(mostCertain, Math.max(1 - mostCertain, sum / networks.length));
  };
  const update = (state: HybridState, interaction: TracedInteraction): HybridState => {
    const skills = lay(state, interaction);
    const hidden: number[] = [];
    const correct = interaction.correct ? 1 : 0;
    for (const [index, network] of networks.entries()) {
      layNetwork(network, state, index, skills);
      network.correct[0] = correct;
      writeAnswerNumbers(features, 0, correct, network.answers, 0);
      moveStates(network);
      for (let k = 0; k < stateWidth; k++) hidden.push(network.states[stateWidth + k]);
    }
    return { features: tracker.update(state.features, interaction), hidden };
  };
  return {
    predict,
    update,
    initial: (): HybridState => ({
      features: tracker.initial(),
      hidden: new Array<number>(networks.length * stateWidth).fill(0),
    }),
    lastVariance: () => lastLayerVariance(networks[networks.length - 1], members[members.length - 1].covariance),
  };
}

const mostCertain = 1 - 1e-7;

// Two labels that no item has.
const unseenItems = ['\u0000an item', '\u0000another item'];

/** Indices of embeddings: of a skill never met, those of its neighbours and the one for unknown skills. */
function skillIndices({ skills }: FeatureStatistics, neighbours: SkillNeighbours = () => []) {
  const indexOf = new Map(skills.map((label, index) => [label, index]));
  const unknown = skills.length;
  return (labels: readonly string[]): readonly number[] => {
    if (labels.length === 0) return [unknown];
    return [...new Set(labels)].flatMap((label) => {
      const index = indexOf.get(label);
      if (index !== undefined) return [index];
      const near = neighbours(label).map((other) => indexOf.get(other));
      return [...near.filter((other) => other !== undefined), unknown];
    });
  };
}

function hybridToJson({ statistics, standard, members }: HybridContent) {
  return {
    ...{ model: hybridName, version: hybridVersion },
    statistics: featureStatisticsToJson(statistics),
    standard: { mean: numbersToText(standard.mean), scale: numbersToText(standard.scale) },
    members: members.map(({ weights, covariance }) => ({
      weights: numbersToText(weights),
      covariance: numbersToText(covariance),
    })),
  };
}

const reader = modelJsonReader(hybridName, hybridVersion);

/** Reads what `toJSON` wrote. */
export function hybridFromJson(json: unknown, options: { readonly neighbours?: SkillNeighbours } = {}): FittedHybrid {
  const fields = reader.head(json);
  const statistics = featureStatisticsFromJson(fields['statistics'], reader);
  const standard = reader.record(fields['standard'], 'standard');
  const members = reader.list(fields['members'], 'members').map((entry) => {
    const member = reader.record(entry, 'a member');
    return {
      weights: numbersIn(member['weights'], 'weights', weightCount(shapeOf(statistics)), reader),
      covariance: numbersIn(member['covariance'], 'covariance', outputWidth ** 2, reader),
    };
  });
  if (members.length === 0) reader.fail('at least one member', 'none');
  const mean = numbersIn(standard['mean'], 'means of features', featureCount, reader);
  const scale = numbersIn(standard['scale'], 'scales of features', featureCount, reader);
  return createFittedHybrid({ statistics, standard: { mean, scale }, members }, options);
}

function numbersIn(json: unknown, place: string, length: number, { text, fail }: ModelJsonReader): Float32Array {
  const numbers = numbersFromText(text(json, place));
  if (numbers === null) return fail(`finite float32 numbers in base64 as ${place}`, 'other text');
  if (numbers.length !== length) fail(`${length} numbers as ${place}`, `${numbers.length}`);
  return numbers;
}
