/**
 * Parts and unions of interaction tables: some rows, some learners, a split by learner for honest evaluation, and the
 * concatenation of tables whose labels differ.
 */
import type { Random } from '@qurriculum/random';
import type { InteractionTable } from './interactions.ts';
import { createInteractionTableBuilder, groupByLearner, type RowsByLearner, takeRows } from './interactions-builder.ts';

/** Row numbers of each learner in time order. */
export function rowsByLearner(table: InteractionTable): RowsByLearner {
  return groupByLearner(table.learner, table.learners.length);
}

/** The given rows in the given order, which must keep time order inside each learner; labels stay as they are. */
export function selectRows(table: InteractionTable, rows: ArrayLike<number>): InteractionTable {
  return { ...table, rows: rows.length, ...takeRows(table, rows) };
}

/** All rows of the learners for whom `keep` holds; labels stay as they are. */
export function selectLearners(
  table: InteractionTable,
  keep: (learner: string, index: number) => boolean,
): InteractionTable {
  const kept = Uint8Array.from(table.learners, (learner, index) => (keep(learner, index) ? 1 : 0));
  const rows: number[] = [];
  for (let r = 0; r < table.rows; r++) if (kept[table.learner[r]] === 1) rows.push(r);
  return selectRows(table, rows);
}

/**
 * Two tables without a common learner; `testShare` (0 to 1, exclusive) of the learners, drawn by `random`, go to `test`.
 */
export function splitByLearner(
  table: InteractionTable,
  testShare: number,
  random: Random,
): { readonly train: InteractionTable; readonly test: InteractionTable } {
  if (!(testShare > 0 && testShare < 1)) {
    throw new RangeError(`splitByLearner: expected a test share between 0 and 1, got ${testShare}; pass e.g. 0.2.`);
  }
  const order = random.shuffle(Array.from(table.learners.keys()));
  const test = new Set(order.slice(0, Math.round(testShare * order.length)));
  return {
    train: selectLearners(table, (_, index) => !test.has(index)),
    test: selectLearners(table, (_, index) => test.has(index)),
  };
}

/**
 * One table of all rows. Labels are matched by name, so a learner who occurs in several tables becomes one learner,
 * with rows merged by time (tables in the order given where times are equal or unknown).
 */
export function concatTables(tables: readonly InteractionTable[]): InteractionTable {
  const builder = createInteractionTableBuilder(tables.reduce((sum, table) => sum + table.rows, 0));
  for (const table of tables) {
    const skillsOfSet = table.skillSets.map((set) => set.map((skill) => table.skills[skill]));
    builder.appendColumns({
      rows: table.rows,
      learner: Array.from(table.learner, (index) => table.learners[index]),
      item: Array.from(table.item, (index) => table.items[index]),
      skills: Array.from(table.skillSet, (index) => skillsOfSet[index]),
      correct: table.correct,
      time: table.time,
      ...{ duration: table.duration, hints: table.hints, selfReport: table.selfReport },
    });
  }
  return builder.build();
}

/** Names of the learners who have rows in both tables. */
export function commonLearners(a: InteractionTable, b: InteractionTable): string[] {
  const inA = new Set(learnersWithRows(a));
  return learnersWithRows(b).filter((learner) => inA.has(learner));
}

function learnersWithRows(table: InteractionTable): string[] {
  const present = new Uint8Array(table.learners.length);
  for (let r = 0; r < table.rows; r++) present[table.learner[r]] = 1;
  return table.learners.filter((_, index) => present[index] === 1);
}
