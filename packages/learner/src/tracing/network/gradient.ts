/**
 * Slopes of the mean log loss of a batch in all weights, in the order of network.ts backwards. Backpropagation through time
 * ends at the first row of the batch.
 */
import type { Numbers } from '@qurriculum/kernels';
import type { Network } from './network.ts';
import { answerEmbedding, answerWidth, stateWidth, type Weights, weightViews } from './shape.ts';

const gateWidth = 3 * stateWidth;

/** Fills `matrices.arrays.slopes` of a training network just run forwards, whose products it uses up; see `weightViews`. */
export function backward(network: Network): void {
  const slopes = weightViews(network.matrices.arrays.slopes, network.shape);
  network.matrices.arrays.slopes.fill(0);
  lossSlopes(network);
  hiddenSlopes(network, slopes);
  shownSlopes(network, slopes);
  throughTime(network);
  answerSlopes(network, slopes);
}

/** Mean of -ln P(what happened) over the rows that are there, nats. */
export function meanLoss({ probability, correct, present }: Network): number {
  let sum = 0;
  let rows = 0;
  for (let row = 0; row < present.length; row++) {
    if (present[row] === 0) continue;
    sum -= Math.log(correct[row] === 1 ? probability[row] : 1 - probability[row]);
    rows++;
  }
  return sum / rows;
}

/** d loss / d logit = (P(right) - right) / rows. */
function lossSlopes({ probability, correct, present, matrices }: Network): void {
  const { outputSlopes } = matrices.arrays;
  let rows = 0;
  for (let row = 0; row < present.length; row++) rows += present[row];
  for (let row = 0; row < present.length; row++) {
    outputSlopes[row] = present[row] === 0 ? 0 : (probability[row] - correct[row]) / rows;
  }
}

/** Output and hidden layer. */
function hiddenSlopes({ lanes, steps, matrices, weights, shape, skills }: Network, slopes: Weights): void {
  const rows = lanes * steps;
  const { outputSlopes, hidden, hiddenSlopes, shown, query, features } = matrices.arrays;
  matrices.multiply(outputSlopes, hidden, slopes.outputWeights, 1, rows, stateWidth);
  for (let row = 0; row < rows; row++) {
    slopes.outputBias[0] += outputSlopes[row];
    spreadRow(outputSlopes, row, slopes.skillBias, skills[row], 1, 0, 1);
  }
  hiddenSlopes.fill(0);
  matrices.addScaledRows(outputSlopes, weights.outputWeights, hiddenSlopes, rows, stateWidth);
  matrices.rectifySlopes(hidden, hiddenSlopes);
  matrices.multiplyTransposed(shown, hiddenSlopes, slopes.hiddenOfState, rows, stateWidth, stateWidth);
  matrices.multiplyTransposed(query, hiddenSlopes, slopes.hiddenOfSkill, rows, stateWidth, stateWidth);
  matrices.multiplyTransposed(features, hiddenSlopes, slopes.hiddenOfFeatures, rows, shape.features, stateWidth);
  matrices.addColumnSums(hiddenSlopes, slopes.hiddenBias, rows, stateWidth);
}

/** What the output layer says of states and skills. */
function shownSlopes({ lanes, steps, matrices, weights, mask, skills }: Network, slopes: Weights): void {
  const rows = lanes * steps;
  const { outputSlopes, hiddenSlopes, shownSlopes, querySlopes, shown, query, turned } = matrices.arrays;
  shownSlopes.fill(0);
  turn(weights.hiddenOfState, stateWidth, stateWidth, turned);
  matrices.multiply(hiddenSlopes, turned, shownSlopes, rows, stateWidth, stateWidth);
  matrices.addScaledRows(outputSlopes, query, shownSlopes, rows, stateWidth);
  matrices.multiplyElements(shownSlopes, mask, shownSlopes);
  querySlopes.fill(0);
  turn(weights.hiddenOfSkill, stateWidth, stateWidth, turned);
  matrices.multiply(hiddenSlopes, turned, querySlopes, rows, stateWidth, stateWidth);
  matrices.addScaledRows(outputSlopes, shown, querySlopes, rows, stateWidth);
  for (let row = 0; row < rows; row++) {
    spreadRow(querySlopes, row * stateWidth, slopes.skillEmbedding, skills[row], 1, 0, stateWidth);
  }
}

/** From the last step to the first: leaves the slopes of x in `gateSlopes` and those of u in `products`. */
function throughTime({ lanes, steps, matrices, weights, states, first }: Network): void {
  const { gates, products, gateSlopes, stateSlopes, shownSlopes, turned } = matrices.arrays;
  turn(weights.stateWeights, stateWidth, gateWidth, turned);
  const size = lanes * stateWidth;
  const part = (array: Numbers, step: number, width: number) => array.subarray(step * width, (step + 1) * width);
  stateSlopes.fill(0);
  for (let step = steps - 1; step >= 0; step--) {
    const product = part(products, step, 3 * size);
    const gateSlope = part(gateSlopes, step, 3 * size);
    const before = part(states, step, size);
    matrices.gruSlopes(part(gates, step, 3 * size), product, before, stateSlopes, gateSlope, lanes, stateWidth);
    matrices.multiply(product, turned, stateSlopes, lanes, gateWidth, stateWidth);
    const shown = part(shownSlopes, step, size);
    for (let k = 0; k < size; k++) stateSlopes[k] += shown[k];
    for (let lane = 0; lane < lanes; lane++) {
      // The state before a learner's first row is 0 whatever the weights are.
      if (first[step * lanes + lane] === 1) stateSlopes.fill(0, lane * stateWidth, (lane + 1) * stateWidth);
    }
  }
}

/** Weights of the recurrent unit, and the embeddings of answers. */
function answerSlopes({ lanes, steps, matrices, weights, states, skills, correct }: Network, slopes: Weights): void {
  const rows = lanes * steps;
  const { answers, answerSlopes, gateSlopes, products, turned } = matrices.arrays;
  matrices.multiplyTransposed(states, products, slopes.stateWeights, rows, stateWidth, gateWidth);
  matrices.addColumnSums(products, slopes.stateBias, rows, gateWidth);
  matrices.multiplyTransposed(answers, gateSlopes, slopes.answerWeights, rows, answerWidth, gateWidth);
  matrices.addColumnSums(gateSlopes, slopes.answerBias, rows, gateWidth);
  turn(weights.answerWeights, answerWidth, gateWidth, turned);
  answerSlopes.fill(0);
  matrices.multiply(gateSlopes, turned, answerSlopes, rows, gateWidth, answerWidth);
  for (let row = 0; row < rows; row++) {
    spreadRow(answerSlopes, row * answerWidth, slopes.answerEmbedding, skills[row], 2, correct[row], answerEmbedding);
  }
}

/** The slope of a mean of rows stride * index + offset, to each of them. */
function spreadRow(
  from: Numbers,
  at: number,
  table: Numbers,
  indices: readonly number[],
  stride: number,
  offset: number,
  width: number,
): void {
  for (const index of indices) {
    const to = (stride * index + offset) * width;
    for (let j = 0; j < width; j++) table[to + j] += from[at + j] / indices.length;
  }
}

/** out = the transpose of x. */
function turn(x: Numbers, rows: number, columns: number, out: Numbers): void {
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = x[i * columns + j];
}
