/**
 * The features of a question: what a learner's own past says about the answer, and what other learners' answers say
 * about the item and its skills. One function writes them from the desk (features-desk.ts), which the training pass and
 * the online tracker both lay out and move, so that a model sees online what it was fitted on.
 */
import { logistic } from '../../odds.ts';
import { afterLastOutcome, featureContexts } from './features-contexts.ts';
import type { Desk } from './features-desk.ts';
import {
  answersIn,
  logCount,
  longHistoryNames,
  residualIn,
  shortHistoryNames,
  skillSummary,
  skillSummaryNames,
  writeLong,
  writeShort,
} from './features-history.ts';
import { type FeatureOdds, featureOdds, oddsInContext, pairOdds } from './features-odds.ts';
import { pairKey } from './features-pairs.ts';
import type { FeatureStatistics } from './features-statistics.ts';

const contextNames = [
  'same skills as before',
  'same item as before',
  'answers in this block',
  'share right in this block',
  'skills met',
  'residual outside these skills',
  'skills of the item',
];

/** Name of each feature, in order. */
export const featureNames: readonly string[] = [
  ...longHistoryNames('these skills'),
  ...longHistoryNames('everything'),
  ...shortHistoryNames('this item'),
  ...skillSummaryNames.map((name) => `mean ${name}, each skill`),
  ...skillSummaryNames.map((name) => `least ${name}, each skill`),
  ...['log-odds of the item', 'answers known on the item', 'log-odds of the skills', 'lowest log-odds of a skill'],
  ...featureContexts.map(({ name }) => name),
  ...['log-odds of the item after the last item', 'answers known on the item after the last item'],
  ...contextNames,
];

/** Features over one set of statistics. */
export interface FeatureWriter {
  readonly odds: FeatureOdds;
  /** Writes the features of the question that the desk is laid out for to out[to...]. */
  write(desk: Desk, out: Float32Array, to: number): void;
  /** Probability of a right answer by the item's difficulty alone: what residuals are measured against. */
  expected(desk: Desk): number;
}

export function createFeatureWriter(statistics: FeatureStatistics): FeatureWriter {
  const odds = featureOdds(statistics);
  const summary = new Float64Array(skillSummaryNames.length);
  const itemOddsOf = (desk: Desk) => (desk.item < 0 ? setOddsOf(desk, odds) : odds.item[desk.item]);
  return {
    odds,
    write(desk, out, from) {
      const index = answersIn(desk.everything, 0);
      const setOdds = setOddsOf(desk, odds);
      const itemOdds = itemOddsOf(desk);
      const setRate = logistic(setOdds);
      let to = writeLong(desk.setRecords, desk.setAt, setRate, index, desk.time, out, from);
      to = writeLong(desk.everything, 0, logistic(odds.base), index, desk.time, out, to);
      to = writeShort(desk.itemRecords, desk.itemAt, logistic(itemOdds), index, desk.time, out, to);
      to = writeSkills(desk, summary, out, to);
      to = writeOdds(desk, odds, setOdds, itemOdds, out, to);
      to = writePair(desk, statistics, oddsInContext(odds, afterLastOutcome, desk, itemOdds), out, to);
      writeContext(desk, setRate, out, to);
    },
    expected: (desk) => logistic(itemOddsOf(desk)),
  };
}

function setOddsOf(desk: Desk, odds: FeatureOdds): number {
  if (desk.set >= 0) return odds.set[desk.set];
  if (desk.skills === 0) return odds.base;
  let sum = 0;
  for (let k = 0; k < desk.skills; k++) sum += desk.skillOdds[k];
  return sum / desk.skills;
}

/** Mean and least of the summary over the skills of the row. */
function writeSkills(desk: Desk, summary: Float64Array, out: Float32Array, to: number): number {
  const width = summary.length;
  for (let f = 0; f < 2 * width; f++) out[to + f] = 0;
  for (let k = 0; k < desk.skills; k++) {
    skillSummary(desk.skillRecords, desk.skillAt[k], logistic(desk.skillOdds[k]), summary);
    for (let f = 0; f < width; f++) {
      out[to + f] += summary[f] / desk.skills;
      out[to + width + f] = k === 0 ? summary[f] : Math.min(out[to + width + f], summary[f]);
    }
  }
  return to + 2 * width;
}

function writeOdds(
  desk: Desk,
  odds: FeatureOdds,
  setOdds: number,
  itemOdds: number,
  out: Float32Array,
  from: number,
): number {
  let to = from;
  let least = desk.skills === 0 ? odds.base : Number.POSITIVE_INFINITY;
  for (let k = 0; k < desk.skills; k++) least = Math.min(least, desk.skillOdds[k]);
  out[to++] = itemOdds;
  out[to++] = desk.item < 0 ? 0 : logCount(odds.itemAnswers[desk.item]);
  out[to++] = setOdds;
  out[to++] = least;
  for (let c = 0; c < featureContexts.length; c++) {
    out[to++] = oddsInContext(odds, c, desk, featureContexts[c].group === 'item' ? itemOdds : setOdds);
  }
  return to;
}

function writePair(
  desk: Desk,
  { pairs, counts, items }: FeatureStatistics,
  prior: number,
  out: Float32Array,
  to: number,
): number {
  const known = desk.item >= 0 && desk.previousItem >= 0;
  const key = known ? pairKey(desk.previousItem, desk.previousOutcome - 1, desk.item, items.length) : -1;
  const pair = known ? pairs.find(key) : -1;
  out[to] = pairOdds(counts.pair, pair, prior);
  out[to + 1] = pair < 0 || counts.pair.answers[pair] < 2 ? 0 : logCount(counts.pair.answers[pair]);
  return to + 2;
}

function writeContext(desk: Desk, setRate: number, out: Float32Array, from: number): void {
  let to = from;
  const everything = answersIn(desk.everything, 0);
  const here = answersIn(desk.setRecords, desk.setAt);
  const block = desk.sameSet ? desk.blockAnswers : 0;
  out[to++] = desk.sameSet ? 1 : 0;
  out[to++] = desk.sameItem ? 1 : 0;
  out[to++] = logCount(block);
  out[to++] = block === 0 ? 0 : (desk.blockRight - block * setRate) / (block + 1);
  out[to++] = logCount(desk.skillsMet);
  out[to++] = (residualIn(desk.everything, 0) - residualIn(desk.setRecords, desk.setAt)) / (everything - here + 5);
  out[to++] = desk.skills;
}
