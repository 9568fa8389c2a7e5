/**
 * The published logistic regressions on counts of earlier answers, as forms over one shape of state:
 *
 *   log-odds = base + item + sum over skills k of (bias_k + weights_k . counts(record of k)) + totals . counts(everything)
 *
 * pfa: performance factors analysis (Pavlik, Cen and Koedinger 2009, equation 3): raw counts of right and wrong answers
 * per skill, no items. best-lr (Gervet, Koedinger, Schneider and Mitchell 2020, section 3.4): items, and ln(1 + count) of
 * right and wrong answers per skill and in all. das3h (Choffin, Popineau, Bourda and Vie 2019, equation 5): items, and
 * ln(1 + count) of right answers and of attempts per skill within the last hour, day, week, month and ever.
 */

/** [answers, right answers, then time and outcome of those of the last month, where times are known]. */
export type CountRecord = readonly number[];

export interface CountForm {
  readonly name: 'pfa' | 'best-lr' | 'das3h';
  readonly items: boolean;
  /** Names of the counts per skill, and in all. */
  readonly perSkill: readonly string[];
  readonly inAll: readonly string[];
  /** Whether records keep the times of answers. */
  readonly times: boolean;
  /** Writes perSkill.length numbers of a skill's record (undefined: never met); time NaN where unknown. */
  skill(record: CountRecord | undefined, time: number, out: Float64Array, at: number): void;
  /** Writes inAll.length numbers. */
  all(record: CountRecord, out: Float64Array, at: number): void;
}

const hour = 3600;
const day = 24 * hour;
// Choffin et al. 2019, section 4.2: one hour, one day, one week, thirty days, ever.
const windows = [hour, day, 7 * day, 30 * day] as const;
const windowNames = ['the last hour', 'the last day', 'the last week', 'the last month', 'all time'];

export const emptyRecord: CountRecord = [0, 0];

/** The record after one more answer; older times than a month fall out. */
export function nextRecord(record: CountRecord, correct: boolean, time: number, times: boolean): CountRecord {
  const [answers, right] = record;
  const next = [answers + 1, right + (correct ? 1 : 0)];
  if (!times || Number.isNaN(time)) return times ? [...next, ...record.slice(2)] : next;
  for (let k = 2; k < record.length; k += 2) {
    if (record[k] > time - windows[3]) next.push(record[k], record[k + 1]);
  }
  next.push(time, correct ? 1 : 0);
  return next;
}

export const pfaForm: CountForm = {
  ...{ name: 'pfa', items: false, perSkill: ['right answers', 'wrong answers'], inAll: [], times: false },
  skill(record = emptyRecord, _time, out, at) {
    out[at] = record[1];
    out[at + 1] = record[0] - record[1];
  },
  all() {},
};

const logCounts = ['right answers (log)', 'wrong answers (log)'];

export const bestLrForm: CountForm = {
  ...{ name: 'best-lr', items: true, perSkill: logCounts, inAll: logCounts, times: false },
  skill: (record = emptyRecord, _time, out, at) => writeLogCounts(record, out, at),
  all: writeLogCounts,
};

export const das3hForm: CountForm = {
  ...{ name: 'das3h', items: true, inAll: [], times: true },
  perSkill: windowNames.flatMap((name) => [`right answers in ${name} (log)`, `answers in ${name} (log)`]),
  /** Answers at unknown times count for all time alone. */
  skill(record = emptyRecord, time, out, at) {
    out.fill(0, at, at + 2 * windows.length);
    for (let k = 2; k < record.length; k += 2) {
      for (let w = windows.length - 1; w >= 0 && time - record[k] < windows[w]; w--) {
        out[at + 2 * w] += record[k + 1];
        out[at + 2 * w + 1]++;
      }
    }
    for (let f = at; f < at + 2 * windows.length; f++) out[f] = Math.log1p(out[f]);
    out[at + 2 * windows.length] = Math.log1p(record[1]);
    out[at + 2 * windows.length + 1] = Math.log1p(record[0]);
  },
  all() {},
};

function writeLogCounts(record: CountRecord, out: Float64Array, at: number): void {
  out[at] = Math.log1p(record[1]);
  out[at + 1] = Math.log1p(record[0] - record[1]);
}
