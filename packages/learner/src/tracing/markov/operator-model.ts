/**
 * Models of one skill in operator form (Jaeger 2000, "Observable operator models for discrete stochastic time series"):
 * a state is a vector x with total . x = 1, each answer a has a matrix A_a, and
 *   P(a | x) = total . A_a x,   next x = A_a x / P(a | x),   with total . (A_wrong + A_right) x = total . x.
 * A hidden Markov model is one with x the probabilities of its states; a hidden quantum Markov model on a qubit is one
 * with x the four Pauli coordinates of its density matrix. So both are fitted and filtered by the same code.
 */
import type { AnswerTree } from '../bkt/answer-tree.ts';

/** Matrices row by row, size x size; indexed by the answer, 0 wrong and 1 right. */
export interface OperatorModel {
  readonly size: number;
  readonly start: ArrayLike<number>;
  readonly operators: readonly [ArrayLike<number>, ArrayLike<number>];
  readonly total: ArrayLike<number>;
}

/** Slopes of a log-likelihood with respect to a model's numbers. */
export interface OperatorSlopes {
  readonly start: Float64Array;
  readonly operators: readonly [Float64Array, Float64Array];
}

// Keeps logarithms and quotients finite where an answer is impossible.
const smallest = 1e-10;

/** P(right) in a state, within (0, 1). */
export function rightInState({ size, operators, total }: OperatorModel, x: ArrayLike<number>): number {
  let right = 0;
  for (let i = 0; i < size; i++) right += total[i] * rowTimes(operators[1], size, i, x);
  return Math.min(1 - smallest, Math.max(smallest, right));
}

/** The state after an answer; the old one is left as it was. */
export function nextState(model: OperatorModel, x: ArrayLike<number>, answer: 0 | 1): number[] {
  const next = Array.from({ length: model.size }, (_, i) => rowTimes(model.operators[answer], model.size, i, x));
  const evidence = next.reduce((sum, value, i) => sum + model.total[i] * value, 0);
  return next.map((value) => value / Math.max(smallest, evidence));
}

function rowTimes(matrix: ArrayLike<number>, size: number, row: number, x: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < size; j++) sum += matrix[size * row + j] * x[j];
  return sum;
}

/** What a forward pass leaves: at each node the state, and per answer its probability and the state after it. */
interface ForwardPass {
  readonly value: number;
  /** State of node v at size * v. */
  readonly states: Float64Array;
  /** P(answer a at node v) at 2 v + a. */
  readonly chance: Float64Array;
}

function forwardPass(tree: AnswerTree, { size, start, operators, total }: OperatorModel): ForwardPass {
  const states = new Float64Array(size * tree.nodes);
  const chance = new Float64Array(2 * tree.nodes);
  states.set(Array.from(start));
  let value = 0;
  for (let node = 0; node < tree.nodes; node++) {
    const own = size * node;
    if (node > 0) {
      const parent = tree.parent[node];
      const matrix = operators[tree.answer[node] as 0 | 1];
      const evidence = Math.max(smallest, chance[2 * parent + tree.answer[node]]);
      for (let i = 0; i < size; i++) {
        let sum = 0;
        for (let j = 0; j < size; j++) sum += matrix[size * i + j] * states[size * parent + j];
        states[own + i] = sum / evidence;
      }
    }
    for (let answer = 0; answer < 2; answer++) {
      const matrix = operators[answer as 0 | 1];
      let p = 0;
      for (let i = 0; i < size; i++) {
        if (total[i] === 0) continue;
        for (let j = 0; j < size; j++) p += total[i] * matrix[size * i + j] * states[own + j];
      }
      chance[2 * node + answer] = p;
      const times = answer === 1 ? tree.right[node] : tree.wrong[node];
      if (times > 0) value += times * Math.log(Math.max(smallest, p));
    }
  }
  return { value, states, chance };
}

/** Log-likelihood of a tree of answers. */
export function operatorLogLikelihood(tree: AnswerTree, model: OperatorModel): number {
  return forwardPass(tree, model).value;
}

/**
 * Log-likelihood and its slopes, by going back over the tree. With n_a answers a at a node with state x, y = A_a x,
 * p = total . y, and g' the slope at the node behind the answer, whose state is x' = y / p:
 *   dL/dy = (n_a - g' . x') / p total + g' / p,   dL/dA_a += dL/dy x',   dL/dx += A_a' dL/dy.
 */
export function operatorLikelihood(
  tree: AnswerTree,
  model: OperatorModel,
): { readonly value: number; readonly slopes: OperatorSlopes } {
  const { size, operators, total } = model;
  const { value, states, chance } = forwardPass(tree, model);
  const slopes: OperatorSlopes = {
    start: new Float64Array(size),
    operators: [new Float64Array(size * size), new Float64Array(size * size)],
  };
  // Slopes at the states behind each answer of each node, filled by the nodes there before their parents are reached.
  const behind = new Float64Array(2 * size * tree.nodes);
  const behindTotal = new Float64Array(2 * tree.nodes);
  const ofX = new Float64Array(size);
  const ofY = new Float64Array(size);
  for (let node = tree.nodes - 1; node >= 0; node--) {
    ofX.fill(0);
    for (let answer = 0; answer < 2; answer++) {
      const edge = 2 * node + answer;
      const times = answer === 1 ? tree.right[node] : tree.wrong[node];
      if (times === 0) continue;
      const p = Math.max(smallest, chance[edge]);
      for (let i = 0; i < size; i++) {
        ofY[i] = ((times - behindTotal[edge]) * total[i] + behind[size * edge + i]) / p;
      }
      const matrix = operators[answer as 0 | 1];
      const ofMatrix = slopes.operators[answer as 0 | 1];
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) {
          ofMatrix[size * i + j] += ofY[i] * states[size * node + j];
          ofX[j] += ofY[i] * matrix[size * i + j];
        }
      }
    }
    if (node === 0) slopes.start.set(ofX);
    else passUp(tree, node, size, ofX, states, behind, behindTotal);
  }
  return { value, slopes };
}

function passUp(
  tree: AnswerTree,
  node: number,
  size: number,
  ofX: Float64Array,
  states: Float64Array,
  behind: Float64Array,
  behindTotal: Float64Array,
): void {
  const edge = 2 * tree.parent[node] + tree.answer[node];
  for (let i = 0; i < size; i++) {
    behind[size * edge + i] += ofX[i];
    behindTotal[edge] += ofX[i] * states[size * node + i];
  }
}

/** The mean of models of one kind: of their starts and of their matrices, which is a model of that kind again. */
export function meanModel(models: readonly OperatorModel[]): OperatorModel {
  const mean = (of: (model: OperatorModel) => ArrayLike<number>) =>
    Array.from(of(models[0]), (_, k) => models.reduce((sum, model) => sum + of(model)[k], 0) / models.length);
  return {
    size: models[0].size,
    total: models[0].total,
    start: mean((model) => model.start),
    operators: [mean((model) => model.operators[0]), mean((model) => model.operators[1])],
  };
}
