/**
 * The record of a learner's answers on one thing (a skill, a set of skills, an item, everything): counts, decayed counts,
 * residuals against difficulty, last outcomes, runs, when it was last met; how an answer moves it, and which features it
 * gives. Records are stretches of a Float64Array, so that the training pass keeps all of them in a few buffers.
 */

/** Fields of a record. A short record has the first seven; a long one the decayed sums as well. */
const field = {
  answers: 0,
  right: 1,
  residual: 2,
  outcomes: 3,
  run: 4,
  index: 5,
  time: 6,
  decayedRight: 7,
  decayedResidual: 11,
} as const;

/** Answers, right ones, residual, outcomes, run, index, time. */
export const shortRecord = 7;
/** A short record, and right answers and residuals decayed at each of the four rates. */
export const longRecord = 15;

/** What stands for a time that is not known: JSON has no NaN. */
export const unknownTime = -1e15;

/** Share of a sum that is left after one more answer: what a learner did 1, 3, 7 and 23 answers ago counts half. */
export const decays = [0.5, 0.75, 0.9, 0.97] as const;

const tableSize = 512;
// Of n answers all right the decayed sum is (1 - d^n) / (1 - d).
const decayedAnswersTable = decays.map((decay) =>
  Float64Array.from({ length: tableSize }, (_, n) => (1 - decay ** n) / (1 - decay)),
);
const logTable = Float64Array.from({ length: tableSize }, (_, n) => Math.log1p(n));

/** ln(1 + n) of a count. */
export function logCount(n: number): number {
  return n < tableSize ? logTable[n] : Math.log1p(n);
}

function decayedAnswers(which: number, n: number): number {
  return decayedAnswersTable[which][n < tableSize ? n : tableSize - 1];
}

/**
 * Last outcomes as digits in base 3, the latest last: 0 none, 1 wrong, 2 right.
 * @param how many of them to keep, as a power of three: 9 keeps two.
 */
export function lastOutcomes(records: Float64Array, at: number, keep: number): number {
  return records[at + field.outcomes] % keep;
}

/** Answers in the record. */
export function answersIn(records: Float64Array, at: number): number {
  return records[at + field.answers];
}

/** Right answers in the record. */
export function rightIn(records: Float64Array, at: number): number {
  return records[at + field.right];
}

/** Share of right answers of late (decayed at .9), drawn to `prior` by so many imaginary answers. */
export function shareRight(records: Float64Array, at: number, prior: number, imaginary: number): number {
  const right = records[at + field.decayedRight + 2];
  return (right + prior * imaginary) / (decayedAnswers(2, records[at + field.answers]) + imaginary);
}

/** When the record's last answer was given. */
export function lastTimeIn(record: readonly number[]): number {
  return record[field.time];
}

/** Sum of (outcome - expectation) over the record's answers. */
export function residualIn(records: Float64Array, at: number): number {
  return records[at + field.residual];
}

/**
 * Moves a record by one answer.
 * @param width shortRecord or longRecord.
 * @param correct 0 or 1; `expected`: the probability that the item's difficulty alone gives to a right answer.
 * @param index position of the answer in the learner's sequence; `time` in seconds or unknownTime.
 */
export function advanceRecord(
  records: Float64Array,
  at: number,
  width: number,
  correct: number,
  expected: number,
  index: number,
  time: number,
): void {
  const residual = correct - expected;
  const run = records[at + field.run];
  records[at + field.answers]++;
  records[at + field.right] += correct;
  records[at + field.residual] += residual;
  records[at + field.outcomes] = (records[at + field.outcomes] % 9) * 3 + 1 + correct;
  records[at + field.run] = correct === 1 ? Math.max(0, run) + 1 : Math.min(0, run) - 1;
  records[at + field.index] = index;
  records[at + field.time] = time;
  if (width < longRecord) return;
  for (let d = 0; d < decays.length; d++) {
    const right = at + field.decayedRight + d;
    records[right] = records[right] * decays[d] + correct;
    records[right + decays.length] = records[right + decays.length] * decays[d] + residual;
  }
}

const shortNames = [
  'answers',
  'right answers',
  'wrong answers',
  'share right',
  'residual',
  'last outcome',
  'run',
  'answers since',
  'time since',
];

/** Names of what `writeShort` writes about `what`. */
export const shortHistoryNames = (what: string): string[] => shortNames.map((name) => `${name}, ${what}`);

/**
 * Features of a short record: logs of the counts; share right and residual, both as (sum - expected sum) / (n + 2);
 * last outcome (-1, 0 none, 1); sign and log of the run; logs of the lags in answers and in seconds (-1 if none).
 * @param rate the share of right answers to expect; `index`, `time` of the coming question.
 * @returns the position behind the last feature.
 */
export function writeShort(
  records: Float64Array,
  at: number,
  rate: number,
  index: number,
  time: number,
  out: Float32Array,
  to: number,
): number {
  const n = records[at + field.answers];
  const right = records[at + field.right];
  const run = records[at + field.run];
  out[to++] = logCount(n);
  out[to++] = logCount(right);
  out[to++] = logCount(n - right);
  out[to++] = (right - n * rate) / (n + 2);
  out[to++] = records[at + field.residual] / (n + 2);
  out[to++] = outcomeAt(records[at + field.outcomes], 1);
  out[to++] = run < 0 ? -logCount(-run) : logCount(run);
  out[to++] = n === 0 ? -1 : logCount(index - records[at + field.index]);
  out[to++] = n === 0 ? -1 : timeLag(records[at + field.time], time);
  return to;
}

/** Names of what `writeLong` writes about `what`. */
export const longHistoryNames = (what: string): string[] => [
  ...shortHistoryNames(what),
  `outcome before the last, ${what}`,
  `outcome two before the last, ${what}`,
  ...decays.map((decay) => `share right decayed at ${decay}, ${what}`),
  ...decays.map((decay) => `residual decayed at ${decay}, ${what}`),
];

/** Features of a long record: those of a short one, two more outcomes, decayed shares and residuals. */
export function writeLong(
  records: Float64Array,
  at: number,
  rate: number,
  index: number,
  time: number,
  out: Float32Array,
  from: number,
): number {
  let to = writeShort(records, at, rate, index, time, out, from);
  const n = records[at + field.answers];
  out[to++] = outcomeAt(records[at + field.outcomes], 3);
  out[to++] = outcomeAt(records[at + field.outcomes], 9);
  for (let d = 0; d < decays.length; d++) {
    const answers = decayedAnswers(d, n);
    out[to++] = (records[at + field.decayedRight + d] - answers * rate) / (answers + 1);
  }
  for (let d = 0; d < decays.length; d++) {
    out[to++] = records[at + field.decayedResidual + d] / (decayedAnswers(d, n) + 1);
  }
  return to;
}

/** Names of what `skillSummary` gives. */
export const skillSummaryNames: readonly string[] = [
  'answers',
  'share right',
  'residual',
  'share right decayed at 0.75',
  'residual decayed at 0.9',
];

/** The few features of one of several skills, to be averaged over the skills of a row. */
export function skillSummary(records: Float64Array, at: number, rate: number, out: Float64Array): void {
  const n = records[at + field.answers];
  out[0] = logCount(n);
  out[1] = (records[at + field.right] - n * rate) / (n + 2);
  out[2] = records[at + field.residual] / (n + 2);
  const answers = decayedAnswers(1, n);
  out[3] = (records[at + field.decayedRight + 1] - answers * rate) / (answers + 1);
  out[4] = records[at + field.decayedResidual + 2] / (decayedAnswers(2, n) + 1);
}

/** -1 wrong, 0 none, 1 right. */
function outcomeAt(outcomes: number, place: number): number {
  const digit = Math.floor(outcomes / place) % 3;
  return digit === 0 ? 0 : 2 * digit - 3;
}

function timeLag(last: number, now: number): number {
  return last === unknownTime || now === unknownTime ? -1 : Math.log1p(Math.max(0, now - last));
}
