/**
 * Some exports write one answer once per skill (the first release of ASSISTments 2009 did: Xiong, Zhao, Van Inwegen and
 * Beck 2016, "Going deeper with deep knowledge tracing", section 3.1). A model that has seen the first of those rows
 * knows the outcome of the others.
 */
import type { InteractionTable } from '../interactions.ts';
import { takeRows } from '../interactions-builder.ts';
import { rowsByLearner } from '../interactions-select.ts';

export interface RowsOfOneAnswer {
  /** For each row, the first row of the answer that it belongs to: itself for most. */
  readonly first: Int32Array;
  /** Rows that repeat an answer. */
  readonly repeats: number;
}

/**
 * Rows that follow one another in a learner's history, with the same item, time (or none) and outcome, and skills that
 * the rows before them did not name.
 */
export function rowsOfOneAnswer(table: InteractionTable): RowsOfOneAnswer {
  const { item, correct, time, skillSet, skillSets } = table;
  const first = Int32Array.from({ length: table.rows }, (_, row) => row);
  const { start, rows } = rowsByLearner(table);
  let repeats = 0;
  const named = new Set<number>();
  for (let learner = 0; learner < table.learners.length; learner++) {
    for (let k = start[learner]; k < start[learner + 1]; k++) {
      const row = rows[k];
      const before = k > start[learner] ? rows[k - 1] : -1;
      const sameAnswer =
        before >= 0 &&
        item[before] === item[row] &&
        correct[before] === correct[row] &&
        Object.is(time[before], time[row]) &&
        skillSets[skillSet[row]].length > 0 &&
        !skillSets[skillSet[row]].some((skill) => named.has(skill));
      if (sameAnswer) {
        first[row] = first[before];
        repeats++;
      } else {
        named.clear();
      }
      for (const skill of skillSets[skillSet[row]]) named.add(skill);
    }
  }
  return { first, repeats };
}

/** What is left when rows of one answer become one row. */
export interface JoinedRows {
  /** The table's skill sets, and those that joining made. */
  readonly skillSets: readonly (readonly number[])[];
  /** For each row of the table; it counts for the rows that are kept. */
  readonly skillSet: Int32Array;
  /** The rows to keep, ascending. */
  readonly kept: Int32Array;
}

/** Which rows to keep and the skills they then name; null when every row is an answer of its own. */
export function joinRowsOfOneAnswer(table: InteractionTable): JoinedRows | null {
  const { first, repeats } = rowsOfOneAnswer(table);
  if (repeats === 0) return null;
  const members = new Map<number, Set<number>>();
  for (let row = 0; row < table.rows; row++) {
    if (first[row] === row) continue;
    const skills = members.get(first[row]) ?? new Set(table.skillSets[table.skillSet[first[row]]]);
    for (const skill of table.skillSets[table.skillSet[row]]) skills.add(skill);
    members.set(first[row], skills);
  }
  const skillSets = table.skillSets.map((set) => [...set]);
  const setOfKey = new Map(skillSets.map((set, index) => [set.join(','), index]));
  const skillSet = table.skillSet.slice();
  for (const [row, skills] of members) {
    const list = [...skills].sort((a, b) => a - b);
    const known = setOfKey.get(list.join(','));
    skillSet[row] = known ?? skillSets.push(list) - 1;
    if (known === undefined) setOfKey.set(list.join(','), skillSet[row]);
  }
  return { skillSets, skillSet, kept: Int32Array.from(first.keys()).filter((row) => first[row] === row) };
}

/** The table with one row per answer, which names all its skills; the same table when there is nothing to join. */
export function mergeRowsOfOneAnswer(table: InteractionTable): InteractionTable {
  const joined = joinRowsOfOneAnswer(table);
  if (joined === null) return table;
  const { skillSets, skillSet, kept } = joined;
  return { ...table, skillSets, rows: kept.length, ...takeRows({ ...table, skillSet }, kept) };
}
