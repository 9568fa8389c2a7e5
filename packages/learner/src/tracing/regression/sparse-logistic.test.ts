import { createRandom, type Random } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { evaluate, fitSparseLogistic, type SparseRows } from './sparse-logistic.ts';

const noPause = async () => {};
const ignore = () => {};

/** Dense rows, some cells zero and left out, and answers that follow a random weight. */
function randomRows(random: Random, rows: number, columns: number): { dense: number[][]; sparse: SparseRows } {
  const truth = Array.from({ length: columns }, () => random.normal());
  const dense = Array.from({ length: rows }, () =>
    Array.from({ length: columns }, (_, j) => (j === 0 ? 1 : random.chance(0.5) ? 0 : Math.fround(random.normal()))),
  );
  const start = [0];
  const [index, value, correct]: [number[], number[], number[]] = [[], [], []];
  for (const row of dense) {
    for (const [j, x] of row.entries()) {
      if (x === 0) continue;
      index.push(j);
      value.push(x);
    }
    start.push(index.length);
    const odds = row.reduce((sum, x, j) => sum + x * truth[j], 0);
    correct.push(random.chance(1 / (1 + Math.exp(-odds))) ? 1 : 0);
  }
  return {
    dense,
    sparse: {
      ...{ start: Int32Array.from(start), index: Int32Array.from(index) },
      ...{ value: Float32Array.from(value), correct: Uint8Array.from(correct) },
    },
  };
}

/** Newton's method on dense rows, steps by Gauss-Jordan elimination. */
function denseNewton(rows: number[][], correct: Uint8Array, precision: Float64Array): number[] {
  const n = precision.length;
  const weight = new Array<number>(n).fill(0);
  for (let iteration = 0; iteration < 30; iteration++) {
    const system = weight.map((w, i) => {
      const line = new Array<number>(n + 1).fill(0);
      line[i] = precision[i];
      line[n] = -precision[i] * w;
      return line;
    });
    for (const [r, row] of rows.entries()) {
      const p = 1 / (1 + Math.exp(-row.reduce((sum, x, j) => sum + x * weight[j], 0)));
      for (let i = 0; i < n; i++) {
        system[i][n] -= (p - correct[r]) * row[i];
        for (let j = 0; j < n; j++) system[i][j] += p * (1 - p) * row[i] * row[j];
      }
    }
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < n; k++) {
        if (k === i) continue;
        const factor = system[k][i] / system[i][i];
        for (let j = i; j <= n; j++) system[k][j] -= factor * system[i][j];
      }
    }
    for (let i = 0; i < n; i++) weight[i] += system[i][n] / system[i][i];
  }
  return weight;
}

describe('sparse logistic regression', () => {
  it('has the gradient and the diagonal that finite differences give', async () => {
    const { sparse } = randomRows(createRandom(1), 60, 5);
    const precision = Float64Array.of(0.1, 1, 2, 3, 0.5);
    const at = Float64Array.of(0.3, -0.4, 1.1, 0, -2);
    const found = await evaluate(sparse, at, precision, noPause);
    for (let j = 0; j < at.length; j++) {
      const moved = async (by: number) =>
        evaluate(
          sparse,
          at.map((w, k) => (k === j ? w + by : w)),
          precision,
          noPause,
        );
      const [up, down] = [await moved(1e-4), await moved(-1e-4)];
      expect(found.gradient[j]).toBeCloseTo((up.loss - down.loss) / 2e-4, 5);
      expect(found.diagonal[j]).toBeCloseTo((up.gradient[j] - down.gradient[j]) / 2e-4, 5);
    }
  });

  it('finds the weights of an independent dense Newton solve', async () => {
    const { dense, sparse } = randomRows(createRandom(2), 400, 6);
    const precision = new Float64Array(6).fill(1);
    const { weight, variance } = await fitSparseLogistic(sparse, precision, noPause, ignore, 1e-10);
    const expected = denseNewton(dense, sparse.correct, precision);
    for (let j = 0; j < 6; j++) {
      expect(weight[j]).toBeCloseTo(expected[j], 7);
      const information = dense.reduce((sum, row) => {
        const p = 1 / (1 + Math.exp(-row.reduce((odds, x, k) => odds + x * expected[k], 0)));
        return sum + p * (1 - p) * row[j] ** 2;
      }, 1);
      expect(variance[j]).toBeCloseTo(1 / information, 7);
    }
  });

  it('gives the log-odds of a two-by-two table where the prior says nothing', async () => {
    // 30 of 40 right without the property, 5 of 20 with it.
    const counts = [
      [0, 1, 30],
      [0, 0, 10],
      [1, 1, 5],
      [1, 0, 15],
    ];
    const rows = counts.flatMap(([x, y, n]) => Array.from({ length: n }, () => [x, y] as const));
    const sparse = {
      start: Int32Array.from({ length: rows.length + 1 }, (_, r) => 2 * r),
      index: Int32Array.from({ length: 2 * rows.length }, (_, k) => k % 2),
      value: Float32Array.from(rows.flatMap(([x]) => [1, x])),
      correct: Uint8Array.from(rows, ([, y]) => y),
    };
    const { weight } = await fitSparseLogistic(sparse, new Float64Array(2).fill(1e-9), noPause, ignore, 1e-9);
    expect(weight[0]).toBeCloseTo(Math.log(3), 6);
    expect(weight[1]).toBeCloseTo(Math.log(1 / 3) - Math.log(3), 6);
  });
});
