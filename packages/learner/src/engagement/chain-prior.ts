/**
 * What is believed of the chain before the data has spoken, as imaginary counts: it names the states (which of them is
 * guessing), keeps the fit from degenerating, and gives way to some hundred answers.
 */
import type { Chain, ChainTimes } from './chain.ts';
import { hintBins, pauseBins, reportBins } from './signals.ts';

/** Imaginary answers behind each distribution. */
export const priorStrength = 20;

const startPrior = [0.9, 0.05, 0.05];
// Whoever is engaged mostly stays so; guessing comes in runs of about four answers (Wise and Kong 2005 report runs).
const movePrior = [...[0.95, 0.03, 0.02], ...[0.25, 0.7, 0.05], ...[0.4, 0.05, 0.55]];

// With nothing known of the answer's own seconds a short pause is a quick answer.
const gapGuessing = [0.5, 0.3, 0.12, 0.04, 0.04];
const gapAway = [0.04, 0.06, 0.12, 0.28, 0.5];
const idleAway = [0.1, 0.1, 0.15, 0.25, 0.4];
// Asking for every hint there is goes with guessing (Baker, Corbett and Koedinger 2004, "Detecting student misuse").
const hintsGuessing = [0.4, 0.15, 0.45];
const reportOf = [...[0.12, 0.33, 0.55], ...[0.55, 0.3, 0.15], ...[0.5, 0.3, 0.2]];

/** Of guessing: between two options and more. */
export const chancePrior = 0.25;
export const largestChance = 0.6;

/** What the data shows on the whole: shares of bins over all answers, and the usual threshold of a rapid answer. */
export interface Overall {
  readonly pause: readonly [readonly number[], readonly number[]];
  readonly hints: readonly number[];
  /** Mean log-seconds of the rapid threshold. */
  readonly logThreshold: number;
}

/** Bounds that keep each state what its name says. */
export const timeBounds = {
  deviation: [0.3, 1.1],
  guessDeviation: [0.4, 0.8],
  /** Over the mean log-threshold: at most twice the threshold. */
  guessAbove: 0.7,
  delay: [1.4, 3],
  awayDeviation: [0.4, 1],
} as const;

/** The prior's means: where the fit begins. */
export function priorChain({ pause, hints, logThreshold }: Overall): Chain {
  const time: ChainTimes = {
    ...{ deviation: 0.6, guessCentre: logThreshold - 0.5, guessDeviation: 0.5 },
    ...{ delay: 1.8, awayDeviation: 0.6 },
  };
  return {
    start: startPrior,
    move: movePrior,
    time,
    pause: [
      [...pause[0], ...gapGuessing, ...gapAway],
      // Pauses say nothing of guessing where the seconds of the answer are known apart from them.
      [...pause[1], ...pause[1], ...idleAway],
    ],
    hints: [...hints, ...hintsGuessing, ...hints],
    selfReport: reportOf,
    chance: chancePrior,
  };
}

/** Numbers in each list of a chain, for reading one. */
export const chainLengths = {
  ...{ start: 3, move: 9, pause: 3 * pauseBins, hints: 3 * hintBins, selfReport: 3 * reportBins },
} as const;

/** Shares of the bins, as if each had been seen once. */
export function sharesOf(counts: readonly number[]): number[] {
  const total = counts.reduce((a, b) => a + b, 0) + counts.length;
  return counts.map((count) => (count + 1) / total);
}
