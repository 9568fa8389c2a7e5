/** Answer trees of a table: one per skill, and one of all skills together. */
import type { InteractionTable } from '../../interactions.ts';
import { rowsByLearner } from '../../interactions-select.ts';
import { type AnswerTree, createAnswerTree } from './answer-tree.ts';
import { isBreak, type Practice } from './breaks.ts';

export interface SkillTrees {
  /** By skill index; null where the skill has no rows. */
  readonly ofSkill: readonly (AnswerTree | null)[];
  /**
   * Histories on every skill as if they were one skill: what is usual in the population. Of every learner, or of every
   * k-th where there are more answers than four parameters need.
   */
  readonly pooled: AnswerTree;
}

// The standard errors of four parameters are below .02 on the logit with so many answers.
const enoughAnswers = 40_000;

/** A row with several skills is an answer of each of them; `withBreaks` tells histories apart by their breaks too. */
export function buildSkillTrees(table: InteractionTable, withBreaks = false): SkillTrees {
  const builders = table.skills.map(() => createAnswerTree());
  const pooled = createAnswerTree();
  const { start, rows } = rowsByLearner(table);
  const histories: number[][] = table.skills.map(() => []);
  const breaks: number[][] = table.skills.map(() => []);
  const last: Practice[] = [];
  const met: number[] = [];
  const every = Math.max(1, Math.ceil(table.rows / enoughAnswers));
  for (let learner = 0; learner < table.learners.length; learner++) {
    let position = 0;
    for (let k = start[learner]; k < start[learner + 1]; k++) {
      const practice = { position, time: table.time[rows[k]] };
      if (table.skillSets[table.skillSet[rows[k]]].length > 0) position++;
      for (const skill of table.skillSets[table.skillSet[rows[k]]]) {
        if (histories[skill].length === 0) met.push(skill);
        else if (withBreaks && isBreak(last[skill], practice)) breaks[skill][histories[skill].length] = 1;
        histories[skill].push(rows[k]);
        last[skill] = practice;
      }
    }
    for (const skill of met) {
      builders[skill].add(table.correct, histories[skill], breaks[skill]);
      if (learner % every === 0) pooled.add(table.correct, histories[skill], breaks[skill]);
      histories[skill].length = 0;
      breaks[skill].length = 0;
    }
    met.length = 0;
  }
  const trees = builders.map((builder) => builder.build());
  return { ofSkill: trees.map((tree) => (answersOf(tree) > 0 ? tree : null)), pooled: pooled.build() };
}

/** Number of answers in the tree. */
export function answersOf(tree: AnswerTree): number {
  let answers = 0;
  for (let node = 0; node < tree.nodes; node++) answers += tree.right[node] + tree.wrong[node];
  return answers;
}
