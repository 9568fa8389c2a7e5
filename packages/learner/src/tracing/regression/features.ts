/**
 * The features of a question: what a learner's own past says about the answer, and what other learners' answers say
 * about the item and its skills. One function writes them from records of the past, and one moves the records by an
 * answer; the training pass and the online tracker both call these two, so that a model sees online what it was
 * fitted on.
 */
import {
  advanceRecord,
  answersIn,
  lastOutcomes,
  logCount,
  longHistoryNames,
  longRecord,
  residualIn,
  shortHistoryNames,
  shortRecord,
  skillSummary,
  skillSummaryNames,
  writeLong,
  writeShort,
} from './features-history.ts';
import { type ContextOdds, type FeatureOdds, featureOdds, pairOdds } from './features-odds.ts';
import { pairKey } from './features-pairs.ts';
import {
  attemptBin,
  attemptBins,
  type FeatureStatistics,
  logistic,
  outcomePairs,
  outcomeStates,
} from './features-statistics.ts';

/** Records of one learner's past, as the features read them; positions point into the buffers. */
export interface Desk {
  /** A long record. */
  readonly everything: Float64Array;
  /** Long records. */
  skillRecords: Float64Array;
  setRecords: Float64Array;
  /** Short records. */
  itemRecords: Float64Array;
  /** Where the records of the question's set and item are. */
  setAt: number;
  itemAt: number;
  /** Of each skill of the question: where its record is, and its log-odds. */
  readonly skillAt: Int32Array;
  readonly skillOdds: Float64Array;
  skills: number;
  /** By index in the statistics; -1 where unknown. */
  item: number;
  set: number;
  previousItem: number;
  /** 0 none, 1 wrong, 2 right. */
  previousOutcome: number;
  sameItem: boolean;
  sameSet: boolean;
  /** Answers and right answers since the set of skills last changed. */
  blockAnswers: number;
  blockRight: number;
  skillsMet: number;
  /** Seconds, or unknownTime. */
  time: number;
}

/** More skills on one item than this are not told apart. */
export const mostSkills = 32;

export function createDesk(skillRecords: Float64Array, setRecords: Float64Array, itemRecords: Float64Array): Desk {
  return {
    ...{ everything: new Float64Array(longRecord), skillRecords, setRecords, itemRecords, setAt: 0, itemAt: 0 },
    ...{ skillAt: new Int32Array(mostSkills), skillOdds: new Float64Array(mostSkills), skills: 0, item: -1, set: -1 },
    ...{ previousItem: -1, previousOutcome: 0, sameItem: false, sameSet: false, blockAnswers: 0, blockRight: 0 },
    ...{ skillsMet: 0, time: 0 },
  };
}

const oddsNames = [
  'log-odds of the item',
  'answers known on the item',
  'log-odds of the skills',
  'log-odds of the skills at this attempt',
  'log-odds of the skills after these two outcomes',
  'log-odds of the item after the last outcome',
  'log-odds of the item when met before',
  'log-odds of the item after the last item',
  'answers known on the item after the last item',
  'lowest log-odds of a skill',
];

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
  ...oddsNames,
  ...contextNames,
];

/** Features and how a past moves, over one set of statistics. */
export interface FeatureWriter {
  readonly odds: FeatureOdds;
  /** Writes the features of the question that the desk is laid out for to out[to...]. */
  write(desk: Desk, out: Float32Array, to: number): void;
  /** Moves the desk's records by the answer (0 or 1). */
  advance(desk: Desk, correct: number): void;
}

export function createFeatureWriter(statistics: FeatureStatistics): FeatureWriter {
  const odds = featureOdds(statistics);
  const summary = new Float64Array(skillSummaryNames.length);
  return {
    odds,
    write(desk, out, from) {
      const index = answersIn(desk.everything, 0);
      const setOdds = setOddsOf(desk, odds);
      const itemOdds = desk.item < 0 ? setOdds : odds.item[desk.item];
      const setRate = logistic(setOdds);
      let to = writeLong(desk.setRecords, desk.setAt, setRate, index, desk.time, out, from);
      to = writeLong(desk.everything, 0, logistic(odds.base), index, desk.time, out, to);
      to = writeShort(desk.itemRecords, desk.itemAt, logistic(itemOdds), index, desk.time, out, to);
      to = writeSkills(desk, summary, out, to);
      to = writeOdds(desk, statistics, odds, setOdds, itemOdds, out, to);
      writeContext(desk, setRate, out, to);
    },
    advance(desk, correct) {
      const itemOdds = desk.item < 0 ? setOddsOf(desk, odds) : odds.item[desk.item];
      const expected = logistic(itemOdds);
      const index = answersIn(desk.everything, 0);
      const { time } = desk;
      for (let k = 0; k < desk.skills; k++) {
        if (answersIn(desk.skillRecords, desk.skillAt[k]) === 0) desk.skillsMet++;
        advanceRecord(desk.skillRecords, desk.skillAt[k], longRecord, correct, expected, index, time);
      }
      // A set of one skill has that skill's record.
      if (desk.skills !== 1) {
        advanceRecord(desk.setRecords, desk.setAt, longRecord, correct, expected, index, time);
      }
      advanceRecord(desk.itemRecords, desk.itemAt, shortRecord, correct, expected, index, time);
      advanceRecord(desk.everything, 0, longRecord, correct, expected, index, time);
      desk.blockAnswers = desk.sameSet ? desk.blockAnswers + 1 : 1;
      desk.blockRight = desk.sameSet ? desk.blockRight + correct : correct;
      desk.previousItem = desk.item;
      desk.previousOutcome = 1 + correct;
    },
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
  { pairs, counts, items }: FeatureStatistics,
  odds: FeatureOdds,
  setOdds: number,
  itemOdds: number,
  out: Float32Array,
  from: number,
): number {
  let to = from;
  const attempt = attemptBin(answersIn(desk.setRecords, desk.setAt));
  const afterPrevious = inContext(odds.itemByPrevious, desk.item, desk.previousOutcome, outcomeStates, itemOdds);
  const known = desk.item >= 0 && desk.previousItem >= 0;
  const pair = known ? pairs.find(pairKey(desk.previousItem, desk.previousOutcome - 1, desk.item, items.length)) : -1;
  let least = desk.skills === 0 ? odds.base : Number.POSITIVE_INFINITY;
  for (let k = 0; k < desk.skills; k++) least = Math.min(least, desk.skillOdds[k]);
  out[to++] = itemOdds;
  out[to++] = desk.item < 0 ? 0 : logCount(odds.itemAnswers[desk.item]);
  out[to++] = setOdds;
  out[to++] = inContext(odds.setByAttempt, desk.set, attempt, attemptBins, setOdds);
  out[to++] = inContext(
    odds.setByOutcomes,
    desk.set,
    lastOutcomes(desk.setRecords, desk.setAt, outcomePairs),
    outcomePairs,
    setOdds,
  );
  out[to++] = afterPrevious;
  out[to++] = inContext(
    odds.itemBySeen,
    desk.item,
    lastOutcomes(desk.itemRecords, desk.itemAt, outcomeStates),
    outcomeStates,
    itemOdds,
  );
  out[to++] = pairOdds(counts.pair, pair, afterPrevious);
  out[to++] = pair < 0 || counts.pair.answers[pair] < 2 ? 0 : logCount(counts.pair.answers[pair]);
  out[to++] = least;
  return to;
}

/** Log-odds of a group in a context; of a group never met, what the context shifts. */
function inContext(odds: ContextOdds, group: number, context: number, contexts: number, prior: number): number {
  return group < 0 ? prior + odds.shift[context] : odds.cell[group * contexts + context];
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
