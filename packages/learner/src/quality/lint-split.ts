/** The linter of a split: learners on both sides, whom a model knows already when it is tested on them. */
import type { InteractionTable } from '../interactions.ts';
import { commonLearners } from '../interactions-select.ts';
import { type DataFinding, showAuc, showCount } from './finding.ts';
import { aucOfScores, itemShares } from './plain-predictor.ts';

// Prior answers that pull a learner's share towards everybody's.
const priorAnswers = 5;

/** What is wrong between the two sides; empty when no learner is in both. */
export function lintSplit(train: InteractionTable, test: InteractionTable): DataFinding[] {
  const common = commonLearners(train, test);
  if (common.length === 0) return [];
  const both = new Set(common);
  const concerned = test.learner.reduce((sum, index) => sum + (both.has(test.learners[index]) ? 1 : 0), 0);
  const auc = aucOfKnownLearners(train, test);
  const some = common.slice(0, 3).join(', ');
  return [
    {
      ...{ code: 'learners-in-both', severity: 'leak', rows: concerned, auc },
      found: `${showCount(common.length)} learners (such as ${some}) have answers on both sides, ${showCount(concerned)} of them in the test.`,
      effect: `What training knows of them takes a plain predictor from AUC ${showAuc(auc.without)} to ${showAuc(auc.with)}.`,
      remedy: 'Split by learner.',
    },
  ];
}

/** Item shares of the training side on the test rows, without and with the learners' own shares in training. */
function aucOfKnownLearners(train: InteractionTable, test: InteractionTable) {
  const shares = itemShares(train, () => true);
  const overall = train.correct.reduce((sum, value) => sum + value, 0) / Math.max(1, train.rows);
  const shareOfItem = new Map(train.items.map((label, index) => [label, shares[index]]));
  const right = new Map<string, number>();
  const answers = new Map<string, number>();
  for (let row = 0; row < train.rows; row++) {
    const label = train.learners[train.learner[row]];
    right.set(label, (right.get(label) ?? 0) + train.correct[row]);
    answers.set(label, (answers.get(label) ?? 0) + 1);
  }
  const logOdds = (share: number) => Math.log(share / (1 - share));
  const clamp = (share: number) => Math.min(0.999, Math.max(0.001, share));
  const plain = Float64Array.from(test.item, (index) => logOdds(clamp(shareOfItem.get(test.items[index]) ?? overall)));
  const known = plain.map((score, row) => {
    const label = test.learners[test.learner[row]];
    const share = ((right.get(label) ?? 0) + priorAnswers * overall) / ((answers.get(label) ?? 0) + priorAnswers);
    return score + logOdds(clamp(share));
  });
  return { without: aucOfScores(plain, test.correct), with: aucOfScores(known, test.correct) };
}
