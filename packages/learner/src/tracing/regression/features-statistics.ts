/**
 * What the answers of the training learners say about items and skills: counts in contexts (features-contexts.ts) and
 * after other items. For the training learners themselves the counts leave out a fifth of the learners that holds the
 * learner in question, or their own answers would be among their features.
 */
import { createRandom } from '@qurriculum/random';
import type { InteractionTable } from '../../interactions.ts';
import { type FeatureContext, featureContexts } from './features-contexts.ts';
import type { Desk } from './features-desk.ts';
import { createPairIndexBuilder, type PairIndex, pairKey } from './features-pairs.ts';
import { createTableWalk, type WalkIndex } from './features-walk.ts';

/** Right answers among answers, by cell. */
export interface Counts {
  readonly answers: Int32Array;
  readonly right: Int32Array;
}

/** Everything counted. */
export interface FeatureCounts {
  readonly skill: Counts;
  /** By context table: cell = item or set * contexts + context. */
  readonly contexts: readonly Counts[];
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
  /** Item after (item and its outcome). */
  readonly pairs: PairIndex;
  readonly counts: FeatureCounts;
}

/** Statistics of a training table, and what its own rows may know of them. */
export interface FittedFeatureStatistics {
  readonly statistics: FeatureStatistics;
  /** Fold of each learner of the table. */
  readonly fold: Uint8Array;
  /** By fold: the same without the learners of the fold. */
  readonly outside: readonly FeatureStatistics[];
}

const folds = 5;

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
  const { index, labels } = compactIndex(table);
  const fold = dealFolds(table.learners.length, seed);
  const builder = createPairIndexBuilder();
  const pairOfRow = new Int32Array(table.rows);
  const inFold = Array.from({ length: folds }, () => emptyCounts(labels, 0));
  const walk = createTableWalk(table);
  walk.use(index, () => 0);
  for (let learner = 0; learner < table.learners.length; learner++) {
    if ((learner & 7) === 0) await pause();
    const counts = inFold[fold[learner]];
    walk.learner(learner, (row, desk) => {
      countRow(counts, desk, labels.skillSets[desk.set], table.correct[row]);
      pairOfRow[row] =
        desk.previousItem < 0
          ? -1
          : builder.add(pairKey(desk.previousItem, desk.previousOutcome - 1, desk.item, labels.items.length));
    });
  }
  await pause();
  const pairs = builder.build();
  const counted = inFold.map((counts) => ({ ...counts, pair: emptyCell(pairs.size) }));
  for (let row = 0; row < table.rows; row++) {
    if (pairOfRow[row] >= 0) count(counted[fold[table.learner[row]]].pair, pairOfRow[row], table.correct[row]);
  }
  const all = emptyCounts(labels, pairs.size);
  for (const counts of counted) combine(all, counts, (whole, part) => whole + part);
  const of = (counts: FeatureCounts): FeatureStatistics => ({ ...labels, pairs, counts });
  for (const counts of counted) combine(counts, all, (part, whole) => whole - part);
  return { statistics: of(all), fold, outside: counted.map(of) };
}

type Labels = Omit<FeatureStatistics, 'pairs' | 'counts'>;

/** Cells of a context table. */
export function cellsOf({ group, contexts }: FeatureContext, labels: Labels): number {
  return contexts * (group === 'item' ? labels.items.length : labels.skillSets.length);
}

/** Only what has rows gets an index: a label without answers would look like a known one. */
function compactIndex(table: InteractionTable): { readonly index: WalkIndex; readonly labels: Labels } {
  const [item, items] = compact(table.items.length, table.item);
  const [set, sets] = compact(table.skillSets.length, table.skillSet);
  const [skill, skills] = compact(
    table.skills.length,
    sets.flatMap((s) => table.skillSets[s]),
  );
  const itemSet = new Int32Array(items.length).fill(-1);
  for (let r = 0; r < table.rows; r++) {
    const one = item[table.item[r]];
    if (itemSet[one] < 0) itemSet[one] = set[table.skillSet[r]];
  }
  return {
    index: { item, set, skillOdds: new Float64Array(table.skills.length) },
    labels: {
      items: items.map((i) => table.items[i]),
      skills: skills.map((s) => table.skills[s]),
      skillSets: sets.map((s) => table.skillSets[s].map((k) => skill[k]).sort((a, b) => a - b)),
      itemSet,
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

function dealFolds(learners: number, seed: number): Uint8Array {
  const fold = Uint8Array.from({ length: learners }, (_, learner) => learner % folds);
  return createRandom(seed).fork('folds').shuffle(fold);
}

function emptyCell(cells: number): Counts {
  return { answers: new Int32Array(cells), right: new Int32Array(cells) };
}

function emptyCounts(labels: Labels, pairs: number): FeatureCounts {
  return {
    skill: emptyCell(labels.skills.length),
    contexts: featureContexts.map((context) => emptyCell(cellsOf(context, labels))),
    pair: emptyCell(pairs),
  };
}

function countRow(counts: FeatureCounts, desk: Desk, members: readonly number[], correct: number): void {
  for (const skill of members) count(counts.skill, skill, correct);
  for (let c = 0; c < featureContexts.length; c++) {
    const { group, contexts, of } = featureContexts[c];
    count(counts.contexts[c], (group === 'item' ? desk.item : desk.set) * contexts + of(desk), correct);
  }
}

function count(counts: Counts, cell: number, correct: number): void {
  counts.answers[cell]++;
  counts.right[cell] += correct;
}

/** to = rule(to, from), cell by cell. */
function combine(to: FeatureCounts, from: FeatureCounts, rule: (to: number, from: number) => number): void {
  const tables = (counts: FeatureCounts) => [counts.skill, counts.pair, ...counts.contexts];
  for (const [t, target] of tables(to).entries()) {
    const source = tables(from)[t];
    for (let cell = 0; cell < target.answers.length; cell++) {
      target.answers[cell] = rule(target.answers[cell], source.answers[cell]);
      target.right[cell] = rule(target.right[cell], source.right[cell]);
    }
  }
}
