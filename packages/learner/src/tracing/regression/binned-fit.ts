/**
 * Logistic regression on cells by Adagrad (Duchi, Hazan and Singer 2011, section 1.1), a few passes over the rows in random
 * order with a step that falls to nearly nothing.
 *
 *   log-odds = sum over the row's cells of (weight of the cell + slope of its group x trend of the cell)
 */
import type { Random } from '@qurriculum/random';
import { logistic } from '../../odds.ts';
import { type BinnedDesign, cellsOfRow, cellTrends } from './binned-design.ts';

export interface BinnedRows {
  readonly rows: number;
  /** Rows x features in use. */
  readonly bins: Uint8Array;
  /** 0 or 1. */
  readonly correct: Uint8Array;
}

export interface BinnedWeights {
  /** By cell, slopes included. */
  readonly weight: Float64Array;
  /** By cell: the inverse of its diagonal entry of the information, p (1 - p) summed over its rows, plus 1. */
  readonly variance: Float64Array;
}

export interface BinnedFitOptions {
  readonly random: Random;
  readonly passes: number;
  readonly step: number;
  readonly pause: () => Promise<void>;
  /** 0 to 1. */
  readonly onProgress: (fraction: number) => void;
}

// The sum of squared gradients that a weight starts from: without it the first row of a rare cell would move it a full step.
const firstSquares = 30;
const rowsPerTurn = 2048;

export async function fitBinned(
  design: BinnedDesign,
  rows: BinnedRows,
  { random, passes, step, pause, onProgress }: BinnedFitOptions,
): Promise<BinnedWeights> {
  const trends = cellTrends(design);
  const model = createModel(design, trends);
  const order = new Int32Array(rows.rows).map((_, row) => row);
  const total = passes * rows.rows;
  for (let pass = 0; pass < passes; pass++) {
    random.shuffle(order);
    for (let from = 0; from < rows.rows; from += rowsPerTurn) {
      await pause();
      const done = (pass * rows.rows + from) / total;
      onProgress(done);
      model.learn(rows, order.subarray(from, from + rowsPerTurn), step * (1 - 0.95 * done));
    }
  }
  const weight = model.weights();
  const variance = await diagonalVariance(design, rows, weight, pause);
  return { weight, variance };
}

function createModel(design: BinnedDesign, trends: Float64Array) {
  const groups = design.start.length - 1;
  const size = design.start[groups];
  const weight = new Float64Array(size);
  const squares = new Float64Array(size).fill(firstSquares);
  const slope = new Float64Array(groups);
  const slopeSquares = new Float64Array(groups).fill(firstSquares);
  const cells = new Int32Array(groups);
  const width = design.features.length;
  const slopeRate = new Float64Array(groups);

  return {
    learn({ bins, correct }: BinnedRows, order: Int32Array, step: number): void {
      // Every row moves every slope, so that their rates hardly change within a turn.
      for (let g = 0; g < groups; g++) slopeRate[g] = step / Math.sqrt(slopeSquares[g]);
      for (let o = 0; o < order.length; o++) {
        const row = order[o];
        cellsOfRow(design, bins, row * width, cells);
        let odds = 0;
        for (let g = 0; g < groups; g++) odds += weight[cells[g]] + slope[g] * trends[cells[g]];
        const error = logistic(odds) - correct[row];
        const square = error * error;
        for (let g = 0; g < groups; g++) {
          const cell = cells[g];
          const trend = trends[cell];
          squares[cell] += square;
          weight[cell] -= (step * error) / Math.sqrt(squares[cell]);
          slopeSquares[g] += square * trend * trend;
          slope[g] -= slopeRate[g] * error * trend;
        }
      }
    },
    weights(): Float64Array {
      const whole = weight.slice();
      for (let g = 0; g < groups; g++) {
        for (let cell = design.start[g]; cell < design.start[g + 1]; cell++) whole[cell] += slope[g] * trends[cell];
      }
      return whole;
    },
  };
}

/** Laplace's approximation with the off-diagonal left out, and a standard normal prior on every weight. */
async function diagonalVariance(
  design: BinnedDesign,
  { rows, bins }: BinnedRows,
  weight: Float64Array,
  pause: () => Promise<void>,
): Promise<Float64Array> {
  const information = new Float64Array(weight.length).fill(1);
  const cells = new Int32Array(design.start.length - 1);
  for (let row = 0; row < rows; row++) {
    if (row % rowsPerTurn === 0) await pause();
    cellsOfRow(design, bins, row * design.features.length, cells);
    const p = logistic(oddsOfCells(weight, cells));
    for (const cell of cells) information[cell] += p * (1 - p);
  }
  return information.map((value) => 1 / value);
}

export function oddsOfCells(weight: Float64Array, cells: Int32Array): number {
  let odds = 0;
  for (let g = 0; g < cells.length; g++) odds += weight[cells[g]];
  return odds;
}
