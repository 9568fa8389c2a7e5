/**
 * The contexts in which right answers are counted: what of a learner's past is looked at beside the item or the set of
 * skills. Every context is a small whole number read off the desk, the same when counting and when predicting.
 */
import type { Desk } from './features-desk.ts';
import { answersIn, lastOutcomes, rightIn, shareRight } from './features-history.ts';

export interface FeatureContext {
  /** Name of the feature: smoothed log-odds of a right answer in the context. */
  readonly name: string;
  readonly group: 'item' | 'set';
  /** How many contexts there are. */
  readonly contexts: number;
  readonly of: (desk: Desk) => number;
}

export const featureContexts: readonly FeatureContext[] = [
  {
    ...{ name: 'log-odds of the skills at this attempt', group: 'set', contexts: 10 },
    of: (desk) => attemptBin(answersIn(desk.setRecords, desk.setAt)),
  },
  {
    ...{ name: 'log-odds of the skills after these two outcomes', group: 'set', contexts: 9 },
    of: (desk) => lastOutcomes(desk.setRecords, desk.setAt, 9),
  },
  {
    ...{ name: 'log-odds of the skills after so many right and wrong', group: 'set', contexts: 36 },
    of(desk) {
      const right = rightIn(desk.setRecords, desk.setAt);
      return 6 * countBin(right) + countBin(answersIn(desk.setRecords, desk.setAt) - right);
    },
  },
  { name: 'log-odds of the skills at this level', group: 'set', contexts: 8, of: level },
  {
    ...{ name: 'log-odds of the item after the last outcome', group: 'item', contexts: 3 },
    of: (desk) => desk.previousOutcome,
  },
  {
    ...{ name: 'log-odds of the item when met before', group: 'item', contexts: 3 },
    of: (desk) => lastOutcomes(desk.itemRecords, desk.itemAt, 3),
  },
  {
    ...{ name: 'log-odds of the item after two outcomes on its skills', group: 'item', contexts: 9 },
    of: (desk) => lastOutcomes(desk.setRecords, desk.setAt, 9),
  },
  { name: 'log-odds of the item at this level', group: 'item', contexts: 8, of: level },
  {
    ...{ name: 'log-odds of the item after two outcomes', group: 'item', contexts: 9 },
    of: (desk) => lastOutcomes(desk.everything, 0, 9),
  },
  {
    ...{ name: 'log-odds of the item at this attempt on its skills', group: 'item', contexts: 10 },
    of: (desk) => attemptBin(answersIn(desk.setRecords, desk.setAt)),
  },
  {
    ...{ name: 'log-odds of the skills after three outcomes', group: 'set', contexts: 54 },
    of: (desk) => 2 * lastOutcomes(desk.setRecords, desk.setAt, 27) + (desk.sameSet ? 1 : 0),
  },
  {
    ...{ name: 'log-odds of the skills at this level after the last outcome', group: 'set', contexts: 24 },
    of: (desk) => 3 * level(desk) + lastOutcomes(desk.setRecords, desk.setAt, 3),
  },
];

/** Where `log-odds of the item after the last outcome` is: what pairs are drawn to. */
export const afterLastOutcome = 4;

/** Attempt numbers 0 to 4 each, then wider and wider. */
function attemptBin(n: number): number {
  return n < 5 ? n : n < 7 ? 5 : n < 10 ? 6 : n < 15 ? 7 : n < 25 ? 8 : 9;
}

/** 0, 1, 2, 3 to 4, 5 to 8, more. */
function countBin(n: number): number {
  return n < 3 ? n : n < 5 ? 3 : n < 9 ? 4 : 5;
}

/** Eighths of the population by share of right answers of late, 0 to 7; about .65 of a usual class's answers are right. */
function level(desk: Desk): number {
  const share = shareRight(desk.everything, 0, 0.65, 2);
  return share < 0.4
    ? 0
    : share < 0.5
      ? 1
      : share < 0.58
        ? 2
        : share < 0.66
          ? 3
          : share < 0.74
            ? 4
            : share < 0.82
              ? 5
              : share < 0.9
                ? 6
                : 7;
}
