/**
 * How much learners differ from their skill's parameters. BKT gives every learner of a skill the same prior and the
 * same rate of learning; where learners differ by a normal deviation of variance v on the logit, the score u of one
 * history at the common value has E[u^2] = I + v I^2 (I: its information), to first order. Summed over histories:
 *   v = sum(u^2 - I) / sum(I^2), at least 0.
 * (The moment estimator of DerSimonian and Laird 1986, "Meta-analysis in clinical trials", with histories as studies;
 * prior and learning rate one at a time.) It makes the interval of mastery honest: a learner of whom nothing is known
 * may be anywhere in the population.
 */
import type { AnswerTree } from './answer-tree.ts';
import { forward } from './bkt-likelihood.ts';
import { type BktParameters, parameterSlopes } from './bkt-parameters.ts';

/** Sums of u^2 - I and of I^2 over histories, for prior (0) and learn (1). */
export interface SpreadSums {
  readonly excess: Float64Array;
  readonly squares: Float64Array;
}

export function createSpreadSums(): SpreadSums {
  return { excess: new Float64Array(2), squares: new Float64Array(2) };
}

/** Adds the histories of one skill. */
export function addSpread(sums: SpreadSums, tree: AnswerTree, parameters: BktParameters): void {
  const scale = parameterSlopes(parameters);
  const { right, slope, size } = forward(tree, parameters);
  for (let j = 0; j < 2; j++) {
    // Score and information of the answers before each node.
    const score = new Float64Array(tree.nodes);
    const information = new Float64Array(tree.nodes);
    const scoreOf = (node: number, answer: number) =>
      (answer === 1 ? 1 / right[node] : -1 / (1 - right[node])) * slope[size * node + j] * scale[j];
    const informationOf = (node: number) =>
      (slope[size * node + j] * scale[j]) ** 2 / (right[node] * (1 - right[node]));
    for (let node = 0; node < tree.nodes; node++) {
      if (node > 0) {
        const parent = tree.parent[node];
        score[node] = score[parent] + scoreOf(parent, tree.answer[node]);
        information[node] = information[parent] + informationOf(parent);
      }
      for (let answer = 0; answer < 2; answer++) {
        const u = score[node] + scoreOf(node, answer);
        const known = information[node] + informationOf(node);
        sums.excess[j] += tree.ends[2 * node + answer] * (u ** 2 - known);
        sums.squares[j] += tree.ends[2 * node + answer] * known ** 2;
      }
    }
  }
}

// A history rarely says more about a learner's own deviation than this, on the logit: beyond, the interval is (0, 1).
const largestVariance = 9;

/** The variances of prior and learn between learners, on the logit. */
export function spreadVariances({ excess, squares }: SpreadSums): readonly [number, number] {
  const of = (j: number) => (squares[j] > 0 ? Math.min(largestVariance, Math.max(0, excess[j] / squares[j])) : 0);
  return [of(0), of(1)];
}
