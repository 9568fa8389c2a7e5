/**
 * Answers as histories for the memory model: per learner and skill, in time order, with days since the answer before.
 *
 * An answer on several skills belongs to the history of each, with its grade: which of them was forgotten when it is
 * wrong is not known, and a look back at each is the safer error. It weighs 1 / (number of skills) in each, so that one
 * answer counts once.
 */
import type { InteractionTable } from '../interactions.ts';

/** Answers closer than this to the one before are the same sitting: nothing was forgotten in between (hours). */
export const SAME_SITTING_HOURS = 4;
export const DAY_SECONDS = 86_400;

/** Days for the model since the answer before: 0 in the same sitting, or when time seems to go back. */
export function daysBetween(before: number, now: number): number {
  const seconds = now - before;
  return seconds < SAME_SITTING_HOURS * 3600 ? 0 : seconds / DAY_SECONDS;
}

export interface Histories {
  /** History h: entries start[h] to start[h + 1] - 1; each begins with the learner's first answer on the skill. */
  readonly start: Int32Array;
  /** Learner and skill of each history, as numbered in the table. */
  readonly learner: Int32Array;
  readonly skill: Int32Array;
  /** Per entry: days since the one before (0: same sitting, or first). */
  readonly days: Float64Array;
  /** Per entry: 1 to 4. */
  readonly grade: Uint8Array;
  /** Per entry: 1 / (skills of the answer). */
  readonly weight: Float64Array;
  /** Per entry: the row of the table. */
  readonly row: Int32Array;
  /** Per entry: seconds since 1970. */
  readonly time: Float64Array;
  /** Entries with days > 0: what is predicted. */
  readonly reviews: number;
}

/**
 * The histories of a table. Answers without a time are left out.
 *
 * @param grades per row 1 to 4; default: wrong 1, right 3.
 * @throws RangeError for grades of another length or value.
 */
export function memoryHistories(table: InteractionTable, grades?: Uint8Array): Histories {
  checkGrades(table, grades);
  const { learner, skillSet, skillSets, time, correct } = table;
  const skills = table.skills.length;
  const numbers = new Map<number, number>();
  const counts: number[] = [];
  const timed = (row: number): boolean => !Number.isNaN(time[row]);
  for (let row = 0; row < table.rows; row++) {
    if (!timed(row)) continue;
    for (const skill of skillSets[skillSet[row]]) {
      const key = learner[row] * skills + skill;
      const number = numbers.get(key) ?? counts.push(0) - 1;
      numbers.set(key, number);
      counts[number]++;
    }
  }
  const histories = allocate(counts);
  for (const [key, h] of numbers) {
    histories.learner[h] = Math.floor(key / skills);
    histories.skill[h] = key % skills;
  }
  const next = histories.start.slice(0, counts.length);
  for (let row = 0; row < table.rows; row++) {
    if (!timed(row)) continue;
    const own = skillSets[skillSet[row]];
    for (const skill of own) {
      const at = next[numbers.get(learner[row] * skills + skill) ?? 0]++;
      histories.grade[at] = grades === undefined ? (correct[row] === 1 ? 3 : 1) : grades[row];
      histories.weight[at] = 1 / own.length;
      histories.row[at] = row;
      histories.time[at] = time[row];
    }
  }
  return { ...histories, reviews: fillDays(histories) };
}

function allocate(counts: readonly number[]): Omit<Histories, 'reviews'> {
  const start = new Int32Array(counts.length + 1);
  for (let h = 0; h < counts.length; h++) start[h + 1] = start[h] + counts[h];
  const entries = start[counts.length];
  return {
    start,
    learner: new Int32Array(counts.length),
    skill: new Int32Array(counts.length),
    days: new Float64Array(entries),
    grade: new Uint8Array(entries),
    weight: new Float64Array(entries),
    row: new Int32Array(entries),
    time: new Float64Array(entries),
  };
}

/** Sets the days; gives the number of reviews. */
function fillDays({ start, days, time }: Omit<Histories, 'reviews'>): number {
  let reviews = 0;
  for (let h = 0; h + 1 < start.length; h++) {
    for (let at = start[h] + 1; at < start[h + 1]; at++) {
      days[at] = daysBetween(time[at - 1], time[at]);
      if (days[at] > 0) reviews++;
    }
  }
  return reviews;
}

function checkGrades(table: InteractionTable, grades: Uint8Array | undefined): void {
  if (grades === undefined) return;
  if (grades.length === table.rows && grades.every((grade) => grade >= 1 && grade <= 4)) return;
  throw new RangeError(
    `memory: expected ${table.rows} grades of 1 to 4, one per row, got ${grades.length} or others; use gradeAnswer.`,
  );
}
