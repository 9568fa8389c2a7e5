/**
 * Reads of a constrained model with wide integers, from a feasible start: annealing by moves along lines
 * (`integer-moves.ts`), and a descent at the end. Where digits flip, a step of one in a range of 1,000 changes up to ten
 * of them at once; 20 integers to 1,000 under two knapsacks and an equation ended 3 to 10 % off the optimum that way.
 */
import type { Steps } from '@qurriculum/kernels';
import type { ConstrainedQuadraticModel } from '@qurriculum/problems';
import type { Random } from '@qurriculum/random';
import { createIntegerMoves } from './integer-moves.ts';
import { createIntegerState, type IntegerState } from './integer-state.ts';

export interface IntegerAnnealer {
  /** Starts a read from a feasible assignment. */
  begin(random: Random, values: ArrayLike<number>): void;
  /** So many lines at `progress` from 0 (hot) to 1 (cold), geometric in between. */
  sweepSteps(progress: number, proposals: number): Steps<void>;
  /** The best energy of this read so far. */
  bestEnergy(): number;
  /** Descends from the best by lines drawn at random, so many at a time while that helps. */
  finishSteps(proposals: number): Steps<void>;
  bestValues(): Int32Array;
}

/** Hot and cold temperature over the mean change from one end of a variable's range to the other, and over a unit step. */
const HOT = 0.2;
const COLD = 0.05;
const REFRESH_SWEEPS = 64;
/** Lines of the descent without a gain, over those of a sweep, after which it ends; and at most. */
const PATIENCE = 4;
const MOST_ROUNDS = 64;
/** Lines between two steps: some 10 ms. */
const LINES_A_STEP = 8192;

/** Prepares a model. @throws ProblemError REFUSED for products in rows */
export function createIntegerAnnealer(cqm: ConstrainedQuadraticModel): IntegerAnnealer {
  const state = createIntegerState(cqm);
  const bestValues = new Int32Array(state.values.length);
  const { hot, cold } = temperatures(cqm, state);
  let best = Number.POSITIVE_INFINITY;
  let random: Random;
  let sweeps = 0;
  const moves = createIntegerMoves(state, () => best);

  function remember(): void {
    best = state.energy();
    bestValues.set(state.values);
  }

  return {
    begin(draws, values) {
      random = draws;
      sweeps = 0;
      state.load(values);
      remember();
    },
    *sweepSteps(progress, proposals) {
      if (++sweeps % REFRESH_SWEEPS === 0) state.refresh();
      const temperature = hot * (cold / hot) ** progress;
      for (const part of partsOf(proposals)) {
        moves.sweep(random, part, temperature, remember);
        if (proposals > LINES_A_STEP) yield;
      }
    },
    bestEnergy: () => best,
    *finishSteps(proposals) {
      state.load(bestValues);
      for (let round = 0, stale = 0; round < MOST_ROUNDS && stale < PATIENCE; round++) {
        for (const part of partsOf(proposals)) {
          moves.descend(random, part);
          yield;
        }
        stale = state.energy() < best ? 0 : stale + 1;
        if (stale === 0) remember();
      }
    },
    bestValues: () => bestValues.slice(),
  };
}

/** Parts of at most `LINES_A_STEP` that sum to the whole. */
function* partsOf(proposals: number): Generator<number> {
  for (let left = proposals; left > 0; left -= LINES_A_STEP) yield Math.min(left, LINES_A_STEP);
}

function temperatures(cqm: ConstrainedQuadraticModel, state: IntegerState): { hot: number; cold: number } {
  let far = 0;
  let near = 0;
  let counted = 0;
  const { gradient, lower, upper, pairStart, pairValue } = state;
  for (let i = 0; i < gradient.length; i++) {
    const own = [cqm.linear[i], ...pairValue.subarray(pairStart[i], pairStart[i + 1])].map(Math.abs);
    const least = own.reduce((min, value) => (value > 0 && value < min ? value : min), Number.POSITIVE_INFINITY);
    if (least === Number.POSITIVE_INFINITY) continue;
    counted++;
    near += least;
    far += Math.abs(gradient[i]) * (upper[i] - lower[i]);
  }
  const cold = counted > 0 ? (COLD * near) / counted : 1;
  return { hot: Math.max(cold, counted > 0 ? (HOT * far) / counted : 1), cold };
}
