/**
 * The network: a gated recurrent unit (Cho et al. 2014) carries what a learner's answers said, and a hidden layer reads it
 * beside the skills and the features of the next question.
 *
 *   a_t = [mean over skills of A(skill, outcome_t), numbers_t]                       40 wide
 *   h_{t+1} = GRU(a_t, h_t)                                                          64 wide
 *   q_t = mean over skills of E(skill), b_t = mean over skills of b(skill)
 *   y_t = relu(h_t W_h + q_t W_q + features_t W_f + c)
 *   logit P(right_t) = y_t . w + h_t . q_t + b_t + b
 *
 * A batch is `steps` rows of `lanes` learners: row t * lanes + lane. The state before a batch is carried in.
 */
import { createMatrices, type Matrices, type MatricesOptions, type Numbers } from '@qurriculum/kernels';
import {
  answerEmbedding,
  answerWidth,
  type NetworkShape,
  padded,
  stateWidth,
  type Weights,
  weightCount,
  weightViews,
} from './shape.ts';

export interface NetworkOptions extends MatricesOptions {
  readonly lanes: number;
  readonly steps: number;
  /** With room for the backward pass; default false. */
  readonly training?: boolean;
}

/** What the caller lays out before `forward`. */
export interface Batch {
  /** Rows x `features`. */
  readonly features: Numbers;
  /** Rows x 40: the last 8 of each row, behind the 32 of the embedding, which `moveStates` writes. */
  readonly answers: Numbers;
  /** 0 or 1. */
  readonly correct: Uint8Array;
  /** 1 where a learner's first row is: the state before it is 0. */
  readonly first: Uint8Array;
  /** 1, or 0 for a row that is not there. */
  readonly present: Uint8Array;
  /** Skills of each row: indices, `skills` for one that was not met. Never empty. */
  readonly skills: (readonly number[])[];
}

const lengthsOf = (shape: NetworkShape, lanes: number, steps: number) => {
  const rows = lanes * steps;
  const wide = rows * stateWidth;
  return {
    weights: weightCount(shape),
    features: rows * shape.features,
    answers: rows * answerWidth,
    ...{ gates: 3 * wide, products: 3 * wide, states: wide + lanes * stateWidth },
    ...{ shown: wide, mask: wide, query: wide, hidden: wide },
    probability: padded(rows),
  };
};

/** Of the backward pass: slopes of what the forward pass keeps, and transposed weights. */
const slopeLengthsOf = (shape: NetworkShape, lanes: number, steps: number) => {
  const rows = lanes * steps;
  return {
    slopes: weightCount(shape),
    gateSlopes: 3 * rows * stateWidth,
    answerSlopes: rows * answerWidth,
    ...{ hiddenSlopes: rows * stateWidth, querySlopes: rows * stateWidth, shownSlopes: rows * stateWidth },
    stateSlopes: lanes * stateWidth,
    outputSlopes: padded(rows),
    turned: 3 * stateWidth * Math.max(stateWidth, answerWidth),
  };
};

type ArrayName = keyof ReturnType<typeof lengthsOf> | keyof ReturnType<typeof slopeLengthsOf>;

export interface Network extends Batch {
  readonly shape: NetworkShape;
  readonly lanes: number;
  readonly steps: number;
  readonly matrices: Matrices<ArrayName>;
  readonly flat: Numbers;
  readonly weights: Weights;
  /** (steps + 1) x lanes x 64: before each row, and behind the last. */
  readonly states: Numbers;
  /** What the hidden layer sees of the states: rows x 64, after the mask. */
  readonly shown: Numbers;
  /** Factors of the states that are shown: 0 drops one. */
  readonly mask: Numbers;
  /** P(right) by row, after `forward`. */
  readonly probability: Numbers;
}

/** A network whose weights are 0. */
export function createNetwork(
  shape: NetworkShape,
  { lanes, steps, training = false, ...options }: NetworkOptions,
): Network {
  const rows = lanes * steps;
  const slopeLengths = slopeLengthsOf(shape, lanes, steps);
  const none = Object.fromEntries(Object.keys(slopeLengths).map((name) => [name, 0])) as typeof slopeLengths;
  const matrices = createMatrices({ ...lengthsOf(shape, lanes, steps), ...(training ? slopeLengths : none) }, options);
  const { weights: flat, features, answers, states, shown, mask, probability } = matrices.arrays;
  mask.fill(1);
  return {
    ...{ shape, lanes, steps, matrices, flat, features, answers, states, shown, mask, probability },
    weights: weightViews(flat, shape),
    ...{ correct: new Uint8Array(rows), first: new Uint8Array(rows), present: new Uint8Array(rows).fill(1) },
    skills: new Array<readonly number[]>(rows).fill([shape.skills]),
  };
}

/** States before and behind every row. */
export function moveStates(network: Network): void {
  const { lanes, steps, weights, states, matrices, first } = network;
  const { gates, products, answers } = matrices.arrays;
  const rows = lanes * steps;
  for (let row = 0; row < rows; row++) {
    const outcome = network.correct[row];
    const at = row * answerWidth;
    meanRows(weights.answerEmbedding, network.skills[row], 2, outcome, answerEmbedding, answers, at);
  }
  repeatRow(weights.answerBias, gates, rows);
  matrices.multiply(answers, weights.answerWeights, gates, rows, answerWidth, 3 * stateWidth);
  repeatRow(weights.stateBias, products, rows);
  const size = lanes * stateWidth;
  for (let step = 0; step < steps; step++) {
    const before = states.subarray(step * size, (step + 1) * size);
    for (let lane = 0; lane < lanes; lane++) {
      if (first[step * lanes + lane] === 1) before.fill(0, lane * stateWidth, (lane + 1) * stateWidth);
    }
    const after = states.subarray((step + 1) * size, (step + 2) * size);
    const product = products.subarray(3 * step * size, 3 * (step + 1) * size);
    matrices.multiply(before, weights.stateWeights, product, lanes, stateWidth, 3 * stateWidth);
    matrices.gruStep(gates.subarray(3 * step * size, 3 * (step + 1) * size), product, before, after, lanes, stateWidth);
  }
}

/** P(right) of every row, from the state before it. */
export function readStates(network: Network): void {
  const { lanes, steps, weights, states, shown, mask, probability, matrices, shape } = network;
  const { query, hidden, features } = matrices.arrays;
  const rows = lanes * steps;
  for (let row = 0; row < rows; row++) {
    const skills = network.skills[row];
    meanRows(weights.skillEmbedding, skills, 1, 0, stateWidth, query, row * stateWidth);
    meanRows(weights.skillBias, skills, 1, 0, 1, probability, row);
    probability[row] += weights.outputBias[0];
  }
  matrices.multiplyElements(states, mask, shown);
  repeatRow(weights.hiddenBias, hidden, rows);
  matrices.multiply(shown, weights.hiddenOfState, hidden, rows, stateWidth, stateWidth);
  matrices.multiply(query, weights.hiddenOfSkill, hidden, rows, stateWidth, stateWidth);
  matrices.multiply(features, weights.hiddenOfFeatures, hidden, rows, shape.features, stateWidth);
  matrices.rectify(hidden);
  matrices.addRowProducts(hidden, weights.outputWeights, probability, rows, stateWidth);
  matrices.addRowProducts(shown, query, probability, rows, stateWidth);
  matrices.logistic(probability);
}

/** The state behind the last row becomes the state before the first. */
export function carryStates({ states, lanes, steps }: Network): void {
  states.copyWithin(0, steps * lanes * stateWidth);
}

/** out[to...] = mean of the rows stride * index + offset. */
function meanRows(
  table: Numbers,
  indices: readonly number[],
  stride: number,
  offset: number,
  width: number,
  out: Numbers,
  to: number,
): void {
  for (let j = 0; j < width; j++) out[to + j] = 0;
  for (const index of indices) {
    const from = (stride * index + offset) * width;
    for (let j = 0; j < width; j++) out[to + j] += table[from + j];
  }
  if (indices.length > 1) for (let j = 0; j < width; j++) out[to + j] /= indices.length;
}

function repeatRow(row: Numbers, out: Numbers, rows: number): void {
  out.set(row, 0);
  // Doubling: each copy is as long as what is there already.
  for (let done = row.length; done < rows * row.length; done *= 2) {
    out.copyWithin(done, 0, Math.min(done, rows * row.length - done));
  }
}
