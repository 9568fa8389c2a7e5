/**
 * What the answers of the training learners say about items and skills: counts in contexts (how often met before, last
 * outcomes, what came before), as smoothed log-odds. For the training learners themselves the counts leave out a fifth of
 * the learners that holds the learner in question, or their own answers would be among their features.
 */
import { createRandom } from '@qurriculum/random';
import type { InteractionTable } from '../../interactions.ts';
import { rowsByLearner } from '../../interactions-select.ts';
import { createPairIndexBuilder, type PairIndex, pairKey } from './features-pairs.ts';

/** Attempt numbers on a set of skills: 0 to 4 each, then wider and wider. */
export const attemptBins = 10;
/** Last two outcomes in base 3. */
export const outcomePairs = 9;
/** No earlier answer, wrong, right. */
export const outcomeStates = 3;

/** Right answers among answers, by cell. */
export interface Counts {
  readonly answers: Float64Array;
  readonly right: Float64Array;
}

/** Everything counted; cell = group * contexts + context. */
export interface FeatureCounts {
  readonly skill: Counts;
  /** Set of skills by attempt number on it; by the last two outcomes on it. */
  readonly setByAttempt: Counts;
  readonly setByOutcomes: Counts;
  /** Item by the outcome of the answer before; by the outcome when the item was last met. */
  readonly itemByPrevious: Counts;
  readonly itemBySeen: Counts;
  /** By position in `pairs`. */
  readonly pair: Counts;
}

/** Counts and the labels they are about: enough to predict with. */
export interface FeatureStatistics {
  readonly items: readonly string[];
  readonly skills: readonly string[];
  /** Skills by index, ascending. */
  readonly skillSets: readonly (readonly number[])[];
  /** The set of skills each item was first met with. */
  readonly itemSet: Int32Array;
  readonly pairs: PairIndex;
  readonly counts: FeatureCounts;
}

/** Statistics of a training table, and what its own rows may know of them. */
export interface FittedFeatureStatistics {
  readonly statistics: FeatureStatistics;
  /** Fold of each learner of the table, 0 to folds - 1. */
  readonly fold: Uint8Array;
  /** By fold: the same without the learners of the fold. */
  readonly outside: readonly FeatureStatistics[];
  /** Indices of the table to indices of the statistics. */
  readonly index: TableIndex;
}

export interface TableIndex {
  readonly item: Int32Array;
  readonly skill: Int32Array;
  readonly set: Int32Array;
}

const folds = 5;

export function attemptBin(n: number): number {
  return n < 5 ? n : n < 7 ? 5 : n < 10 ? 6 : n < 15 ? 7 : n < 25 ? 8 : 9;
}

/**
 * Counts the table's answers, in all and without each of five folds of its learners.
 * @param seed deals the learners to the folds.
 * @param pause awaited between learners: throws to cancel.
 */
export async function fitFeatureStatistics(
  table: InteractionTable,
  seed: number,
  pause: () => Promise<void> = async () => {},
): Promise<FittedFeatureStatistics> {
  const index = compactIndex(table);
  const itemSet = firstSets(table, index);
  const fold = dealFolds(table.learners.length, seed);
  const { pairs, pairOfRow } = indexPairs(table, index);
  const sizes = { ...sizesOf(index), pairs: pairs.size };
  const inFold = Array.from({ length: folds }, () => emptyCounts(sizes));
  const counter = createCounter(table, index, pairOfRow);
  const { start, rows } = rowsByLearner(table);
  for (let learner = 0; learner < table.learners.length; learner++) {
    if ((learner & 63) === 0) await pause();
    counter(rows.subarray(start[learner], start[learner + 1]), learner, inFold[fold[learner]]);
  }
  const all = emptyCounts(sizes);
  for (const counts of inFold) addCounts(all, counts);
  const of = (counts: FeatureCounts): FeatureStatistics => ({ ...index.labels, itemSet, pairs, counts });
  for (const counts of inFold) subtractFrom(all, counts);
  return { statistics: of(all), fold, outside: inFold.map(of), index };
}

/** Log-odds of a probability. */
export function logit(p: number): number {
  return Math.log(p / (1 - p));
}

export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

interface CompactIndex extends TableIndex {
  readonly labels: Pick<FeatureStatistics, 'items' | 'skills' | 'skillSets'>;
}

/** Only what has rows gets an index: a label without answers would look like a known one. */
function compactIndex(table: InteractionTable): CompactIndex {
  const [item, items] = compact(table.items.length, table.item);
  const [set, sets] = compact(table.skillSets.length, table.skillSet);
  const used = sets.flatMap((s) => table.skillSets[s]);
  const [skill, skills] = compact(table.skills.length, used);
  return {
    ...{ item, set, skill },
    labels: {
      items: items.map((i) => table.items[i]),
      skills: skills.map((s) => table.skills[s]),
      skillSets: sets.map((s) => table.skillSets[s].map((k) => skill[k]).sort((a, b) => a - b)),
    },
  };
}

/** New index of each old one (-1 if unused), and the old ones in order of their new index. */
function compact(size: number, used: ArrayLike<number>): readonly [Int32Array, number[]] {
  const index = new Int32Array(size).fill(-1);
  const old: number[] = [];
  for (let r = 0; r < used.length; r++) if (index[used[r]] < 0) index[used[r]] = old.push(used[r]) - 1;
  return [index, old];
}

function firstSets(table: InteractionTable, index: CompactIndex): Int32Array {
  const first = new Int32Array(index.labels.items.length).fill(-1);
  for (let r = 0; r < table.rows; r++) {
    const item = index.item[table.item[r]];
    if (first[item] < 0) first[item] = index.set[table.skillSet[r]];
  }
  return first;
}

function dealFolds(learners: number, seed: number): Uint8Array {
  const fold = Uint8Array.from({ length: learners }, (_, learner) => learner % folds);
  return createRandom(seed).fork('folds').shuffle(fold);
}

/** The pair of each row (-1 at a learner's first). */
function indexPairs(table: InteractionTable, index: CompactIndex) {
  const builder = createPairIndexBuilder();
  const items = index.labels.items.length;
  const pairOfRow = new Int32Array(table.rows).fill(-1);
  const { start, rows } = rowsByLearner(table);
  for (let learner = 0; learner < table.learners.length; learner++) {
    for (let k = start[learner] + 1; k < start[learner + 1]; k++) {
      const [before, row] = [rows[k - 1], rows[k]];
      const previous = index.item[table.item[before]];
      pairOfRow[row] = builder.add(pairKey(previous, table.correct[before], index.item[table.item[row]], items));
    }
  }
  return { pairs: builder.build(), pairOfRow };
}

interface Sizes {
  readonly items: number;
  readonly skills: number;
  readonly sets: number;
  readonly pairs: number;
}

function sizesOf({ labels }: CompactIndex) {
  return { items: labels.items.length, skills: labels.skills.length, sets: labels.skillSets.length };
}

export function emptyCounts({ items, skills, sets, pairs }: Sizes): FeatureCounts {
  const of = (cells: number): Counts => ({ answers: new Float64Array(cells), right: new Float64Array(cells) });
  return {
    skill: of(skills),
    setByAttempt: of(sets * attemptBins),
    setByOutcomes: of(sets * outcomePairs),
    itemByPrevious: of(items * outcomeStates),
    itemBySeen: of(items * outcomeStates),
    pair: of(pairs),
  };
}

const countNames = ['skill', 'setByAttempt', 'setByOutcomes', 'itemByPrevious', 'itemBySeen', 'pair'] as const;

function addCounts(to: FeatureCounts, from: FeatureCounts): void {
  for (const name of countNames) {
    for (let cell = 0; cell < to[name].answers.length; cell++) {
      to[name].answers[cell] += from[name].answers[cell];
      to[name].right[cell] += from[name].right[cell];
    }
  }
}

/** part = all - part, in place. */
function subtractFrom(all: FeatureCounts, part: FeatureCounts): void {
  for (const name of countNames) {
    for (let cell = 0; cell < part[name].answers.length; cell++) {
      part[name].answers[cell] = all[name].answers[cell] - part[name].answers[cell];
      part[name].right[cell] = all[name].right[cell] - part[name].right[cell];
    }
  }
}

/** Counts one learner's rows; what it remembers of a learner is void as soon as another's rows come. */
function createCounter(table: InteractionTable, index: CompactIndex, pairOfRow: Int32Array) {
  const { items, skillSets } = index.labels;
  const attempts = new Int32Array(skillSets.length);
  const outcomes = new Uint8Array(skillSets.length);
  const setOwner = new Int32Array(skillSets.length).fill(-1);
  const seen = new Uint8Array(items.length);
  const itemOwner = new Int32Array(items.length).fill(-1);
  return (rows: Int32Array, learner: number, counts: FeatureCounts): void => {
    let previous = 0;
    for (const row of rows) {
      const [item, set, correct] = [index.item[table.item[row]], index.set[table.skillSet[row]], table.correct[row]];
      if (setOwner[set] !== learner) {
        setOwner[set] = learner;
        attempts[set] = outcomes[set] = 0;
      }
      if (itemOwner[item] !== learner) {
        itemOwner[item] = learner;
        seen[item] = 0;
      }
      for (const skill of skillSets[set]) count(counts.skill, skill, correct);
      count(counts.setByAttempt, set * attemptBins + attemptBin(attempts[set]), correct);
      count(counts.setByOutcomes, set * outcomePairs + outcomes[set], correct);
      count(counts.itemByPrevious, item * outcomeStates + previous, correct);
      count(counts.itemBySeen, item * outcomeStates + seen[item], correct);
      if (pairOfRow[row] >= 0) count(counts.pair, pairOfRow[row], correct);
      attempts[set]++;
      outcomes[set] = (outcomes[set] % 3) * 3 + 1 + correct;
      previous = seen[item] = 1 + correct;
    }
  };
}

function count(counts: Counts, cell: number, correct: number): void {
  counts.answers[cell]++;
  counts.right[cell] += correct;
}
