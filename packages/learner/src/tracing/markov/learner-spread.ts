/**
 * How much learners differ from what their skill's model predicts. With a learner's own deviation d of variance v on the
 * log-odds of every answer, the residual u = sum (y - p) of one history has E[u^2] = I + v I^2, I = sum p (1 - p):
 *   v = sum(u^2 - I) / sum(I^2), at least 0
 * (the moment estimator of DerSimonian and Laird 1986, as in bkt-spread.ts, but of the answers themselves).
 */
import type { AnswerTree } from '../bkt/answer-tree.ts';
import { nextState, type OperatorModel, rightInState } from './operator-model.ts';

// A history rarely says more about a learner's own deviation than this, on the logit.
const largestVariance = 9;

/** The variance over the histories of several skills, each with its model. */
export function learnerSpread(fitted: readonly { readonly tree: AnswerTree; readonly model: OperatorModel }[]): number {
  let excess = 0;
  let squares = 0;
  for (const { tree, model } of fitted) {
    const states: (readonly number[])[] = [];
    const residual = new Float64Array(tree.nodes);
    const information = new Float64Array(tree.nodes);
    for (let node = 0; node < tree.nodes; node++) {
      const parent = tree.parent[node];
      const answer = tree.answer[node] as 0 | 1;
      states.push(node === 0 ? Array.from(model.start) : nextState(model, states[parent], answer));
      const p = rightInState(model, states[node]);
      // Of the answers up to here; the answer at the node itself is added below, or by its children.
      if (node > 0) {
        const before = rightInState(model, states[parent]);
        residual[node] = residual[parent] + answer - before;
        information[node] = information[parent] + before * (1 - before);
      }
      for (let own = 0; own < 2; own++) {
        const known = information[node] + p * (1 - p);
        excess += tree.ends[2 * node + own] * ((residual[node] + own - p) ** 2 - known);
        squares += tree.ends[2 * node + own] * known ** 2;
      }
    }
  }
  return squares > 0 ? Math.min(largestVariance, Math.max(0, excess / squares)) : 0;
}
