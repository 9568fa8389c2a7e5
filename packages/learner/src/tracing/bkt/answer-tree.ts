/**
 * Answer histories of many learners as one prefix tree: learners who answered alike so far share a node, so that what a
 * model of one skill computes per history is computed once. On real records a tree has a fraction of the rows as nodes.
 */
export interface AnswerTree {
  readonly nodes: number;
  /** Parents come before their children; the root (no answer yet) is node 0 with parent -1. */
  readonly parent: Int32Array;
  /** The answer that led from the parent to the node, 0 or 1; 0 at the root. */
  readonly answer: Uint8Array;
  /** Whether a break lay between that answer and the question at the node, 0 or 1. */
  readonly afterBreak: Uint8Array;
  /** How many histories go on from here with a right answer, and with a wrong one. */
  readonly right: Float64Array;
  readonly wrong: Float64Array;
  /** How many histories end with a right or wrong answer given at this node; [2 * node + answer]. */
  readonly ends: Float64Array;
}

/** Grows a tree history by history. */
export interface AnswerTreeBuilder {
  /**
   * The answers of one learner, values[rows[0]], values[rows[1]], ..., each 0 or 1, in time order; breaks[k] is 1 where
   * a break lies before answer k, and absent where breaks do not matter.
   */
  add(values: ArrayLike<number>, rows: ArrayLike<number>, breaks?: ArrayLike<number>): void;
  build(): AnswerTree;
}

export function createAnswerTree(): AnswerTreeBuilder {
  const parent = [-1];
  const answer = [0];
  const afterBreak = [0];
  const right = [0];
  const wrong = [0];
  const child = [-1, -1, -1, -1];
  const ends = [0, 0];

  function childOf(node: number, value: number, pause: number): number {
    const edge = 4 * node + 2 * pause + value;
    if (child[edge] < 0) {
      child[edge] = parent.push(node) - 1;
      answer.push(value);
      afterBreak.push(pause);
      right.push(0);
      wrong.push(0);
      child.push(-1, -1, -1, -1);
      ends.push(0, 0);
    }
    return child[edge];
  }

  return {
    add(values, rows, breaks) {
      let node = 0;
      for (let k = 0; k < rows.length; k++) {
        const value = values[rows[k]];
        if (value === 1) right[node]++;
        else wrong[node]++;
        // A node that nobody answers at would never be asked for a prediction.
        if (k + 1 < rows.length) node = childOf(node, value, breaks?.[k + 1] ?? 0);
        else ends[2 * node + value]++;
      }
    },
    build: () => ({
      nodes: parent.length,
      parent: Int32Array.from(parent),
      answer: Uint8Array.from(answer),
      afterBreak: Uint8Array.from(afterBreak),
      right: Float64Array.from(right),
      wrong: Float64Array.from(wrong),
      ends: Float64Array.from(ends),
    }),
  };
}
