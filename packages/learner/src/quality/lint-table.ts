/**
 * The linter of a table of answers: one answer on several rows, copies, items met again, order that gives outcomes away,
 * columns that say nothing. Linear in the rows, but for sorting by the plain predictor.
 */
import type { InteractionTable } from '../interactions.ts';
import { rowsByLearner } from '../interactions-select.ts';
import { type DataFinding, showAuc, showCount } from './finding.ts';
import { aucWhenTold } from './plain-predictor.ts';
import { rowsOfOneAnswer } from './rows-of-one-answer.ts';

/** Everything found; empty when nothing is wrong. The rows of a learner must be in the order of time or of the file. */
export function lintTable(table: InteractionTable): DataFinding[] {
  if (table.rows === 0) return [];
  const before = previousRowOfItem(table);
  return [
    ...rowsPerSkill(table),
    ...copiedRows(table, before),
    ...repeatedItems(table, before),
    ...sortedByOutcome(table),
    ...constantColumns(table),
  ];
}

function rowsPerSkill(table: InteractionTable): DataFinding[] {
  const { first } = rowsOfOneAnswer(table);
  return toldFinding(table, (row) => (first[row] === row ? -1 : table.correct[row]), {
    ...{ code: 'rows-per-skill', severity: 'leak' },
    found: (rows) => `${rows} repeat the answer before them for another skill.`,
    remedy: 'Keep one row per answer with all its skills (what import and the trace commands do).',
  });
}

function copiedRows(table: InteractionTable, before: Int32Array): DataFinding[] {
  const { skillSet, correct, time } = table;
  const copies = (row: number): boolean => {
    const earlier = before[row];
    // Without times two equal rows may be two answers.
    return earlier >= 0 && time[earlier] === time[row] && skillSet[earlier] === skillSet[row];
  };
  return toldFinding(table, (row) => (copies(row) && correct[before[row]] === correct[row] ? correct[row] : -1), {
    ...{ code: 'copied-rows', severity: 'leak' },
    found: (rows) => `${rows} have the learner, item, skills, time and outcome of an earlier row.`,
    remedy: 'Remove the copies, and look how they came about: an export that was joined twice?',
  });
}

// An item answered again is usual practice. It is worth telling once it moves the plain predictor by this much.
const noticeableAuc = 0.005;

function repeatedItems(table: InteractionTable, before: Int32Array): DataFinding[] {
  let same = 0;
  let repeats = 0;
  for (let row = 0; row < table.rows; row++) {
    if (before[row] < 0) continue;
    repeats++;
    if (table.correct[before[row]] === table.correct[row]) same++;
  }
  const [finding] = toldFinding(table, (row) => (before[row] < 0 ? -1 : table.correct[before[row]]), {
    ...{ code: 'repeated-items', severity: 'warning' },
    found: (rows) =>
      `${rows} meet an item again; ${Math.round((100 * same) / repeats)} % of them have the outcome of the time before.`,
    remedy: 'Figures on first attempts are reported apart: compare models by those too.',
  });
  return finding?.auc != null && finding.auc.with - finding.auc.without > noticeableAuc ? [finding] : [];
}

/** The learner's row before on the same item, or -1. */
function previousRowOfItem(table: InteractionTable): Int32Array {
  const previous = new Int32Array(table.rows).fill(-1);
  const { start, rows } = rowsByLearner(table);
  const last = new Map<number, number>();
  for (let learner = 0; learner < table.learners.length; learner++) {
    last.clear();
    for (let k = start[learner]; k < start[learner + 1]; k++) {
      const row = rows[k];
      previous[row] = last.get(table.item[row]) ?? -1;
      last.set(table.item[row], row);
    }
  }
  return previous;
}

// With ten mixed answers in chance order at most one learner in fifty has all rights on one side.
const fewestAnswers = 10;

function sortedByOutcome(table: InteractionTable): DataFinding[] {
  const { start, rows } = rowsByLearner(table);
  const told = new Int8Array(table.rows).fill(-1);
  let sorted = 0;
  let mixed = 0;
  for (let learner = 0; learner < table.learners.length; learner++) {
    const own = rows.subarray(start[learner], start[learner + 1]);
    let changes = 0;
    for (let k = 1; k < own.length; k++) if (table.correct[own[k]] !== table.correct[own[k - 1]]) changes++;
    if (own.length < fewestAnswers || changes === 0) continue;
    mixed++;
    if (changes > 1) continue;
    sorted++;
    for (let k = 1; k < own.length; k++) told[own[k]] = table.correct[own[k - 1]];
  }
  if (2 * sorted <= mixed || sorted < 2) return [];
  return toldFinding(table, (row) => told[row], {
    ...{ code: 'sorted-by-outcome', severity: 'leak' },
    found: () =>
      `${showCount(sorted)} of ${showCount(mixed)} learners have all their right answers on one side: the rows are sorted by outcome.`,
    remedy: 'Bring the rows into the order of time, or give the column of times.',
  });
}

function constantColumns(table: InteractionTable): DataFinding[] {
  const { time, rows } = table;
  const constant = (name: string, effect: string, remedy: string): DataFinding => ({
    ...{ code: 'constant-column', severity: 'warning', rows, auc: null, effect, remedy },
    found: `All ${showCount(rows)} rows have the same ${name}.`,
  });
  const same = (column: ArrayLike<number>) => Array.prototype.every.call(column, (value) => value === column[0]);
  if (rows < 2) return [];
  const found: DataFinding[] = [];
  if (same(table.correct)) {
    found.push(constant('outcome', 'AUC is not defined.', 'Check which column holds the outcome (--map correct=...).'));
  }
  if (table.items.length > 1 && same(table.item)) {
    found.push(constant('item', 'No effect on AUC; it carries no information.', 'Check the column of items.'));
  }
  if (same(time)) {
    const remedy = 'The order of the file is used; models of forgetting need real times.';
    found.push(constant('time', 'No effect on AUC; it carries no information.', remedy));
  }
  return found;
}

interface ToldWords extends Pick<DataFinding, 'code' | 'severity' | 'remedy'> {
  found(rows: string): string;
}

/** A finding about rows of which something gives the outcome away; none when there are no such rows. */
function toldFinding(
  table: InteractionTable,
  outcomeTold: (row: number) => number,
  { code, severity, remedy, found }: ToldWords,
): DataFinding[] {
  const told = Int8Array.from({ length: table.rows }, (_, row) => outcomeTold(row));
  const rows = told.reduce((sum, value) => sum + (value < 0 ? 0 : 1), 0);
  if (rows === 0) return [];
  const auc = aucWhenTold(table, told);
  const share = ((100 * rows) / table.rows).toFixed(1);
  return [
    {
      ...{ code, severity, remedy, rows, auc },
      found: found(`${showCount(rows)} rows (${share} %)`),
      effect: `Knowing this takes a plain predictor from AUC ${showAuc(auc.without)} to ${showAuc(auc.with)}.`,
    },
  ];
}
