/**
 * How long an answer usually takes, and which answers came too fast to have been thought about.
 *
 * Seconds of an answer with effort are lognormal around what is usual for its item (van der Linden 2006, "A lognormal
 * model for response times on test items", section 2): log t ~ N(usual + the learner's own pace, deviation^2). What is
 * usual for an item is shrunken to its skills, a skill to all answers, as if each had `borrowed` answers of them.
 *
 * Rapid answers: below 10 % of the item's mean time and below 10 s (the normative threshold NT10 of Wise and Ma 2012,
 * "Setting response time thresholds for a CAT item pool"). Response-time effort is the share of answers that are not
 * (Wise and Kong 2005, "Response time effort: a new measure of examinee motivation", equations 1 and 2).
 */

import { proportionInterval } from '@qurriculum/evidence';
import type { InteractionTable } from '../interactions.ts';

/** Usual log-seconds of answers with effort. */
export interface UsualTimes {
  readonly overall: number;
  readonly skills: ReadonlyMap<string, number>;
  /** Items with answers enough to differ from their skills. */
  readonly items: ReadonlyMap<string, number>;
}

const borrowed = 5;
const fewestOfItem = 3;

/** Faster than this nobody has answered: clicks are counted in tenths of a second at best. */
const shortestSeconds = 0.1;

/** Natural logarithm of the seconds an answer took; NaN where unknown or negative. */
export const logSeconds = (seconds: number | undefined): number =>
  seconds === undefined || !(seconds >= 0) ? Number.NaN : Math.log(Math.max(shortestSeconds, seconds));

/** Usual times from the rows with a known time, each with a weight: how probably it was answered with effort. */
export function usualTimes(table: InteractionTable, logs: Float64Array, weight: (row: number) => number): UsualTimes {
  const ofSkill = createSums(table.skills.length);
  const ofItem = createSums(table.items.length);
  const all = createSums(1);
  for (let row = 0; row < table.rows; row++) {
    if (Number.isNaN(logs[row])) continue;
    const w = weight(row);
    all.add(0, logs[row], w);
    for (const skill of table.skillSets[table.skillSet[row]]) ofSkill.add(skill, logs[row], w);
  }
  const overall = all.weight[0] > 0 ? all.sum[0] / all.weight[0] : 0;
  const skillMeans = table.skills.map((_, skill) => ofSkill.shrunken(skill, overall));
  // What an item borrows from is the mean of its skills, over its own rows.
  const parent = createSums(table.items.length);
  for (let row = 0; row < table.rows; row++) {
    if (Number.isNaN(logs[row])) continue;
    ofItem.add(table.item[row], logs[row], weight(row));
    parent.add(table.item[row], meanOf(table.skillSets[table.skillSet[row]], skillMeans, overall), 1);
  }
  const items = new Map<string, number>();
  for (const [item, label] of table.items.entries()) {
    if (ofItem.weight[item] < fewestOfItem) continue;
    items.set(label, ofItem.shrunken(item, parent.sum[item] / parent.weight[item]));
  }
  const skills = new Map(
    table.skills.flatMap((label, skill) => (ofSkill.weight[skill] > 0 ? [[label, skillMeans[skill]] as const] : [])),
  );
  return { overall, skills, items };
}

/** Usual log-seconds of an item on these skills; of its skills, or of everything, where it was never timed. */
export function usualLogSeconds(usual: UsualTimes, item: string, skills: readonly string[]): number {
  const own = usual.items.get(item);
  if (own !== undefined) return own;
  const known = skills.flatMap((skill) => usual.skills.get(skill) ?? []);
  return known.length === 0 ? usual.overall : known.reduce((a, b) => a + b, 0) / known.length;
}

const rapidShare = 0.1;
const longestRapid = 10;

/** Seconds below which an answer is rapid: min(10, .1 exp(usual + deviation^2 / 2)), a tenth of the lognormal's mean. */
export function rapidThreshold(usual: number, deviation: number): number {
  return Math.min(longestRapid, rapidShare * Math.exp(usual + deviation ** 2 / 2));
}

/** Response-time effort of one learner, with its Wilson 90 % interval. */
export interface ResponseTimeEffort {
  /** Share of the timed answers that were not rapid, 0 to 1. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
  readonly timed: number;
  readonly rapid: number;
}

/** Level of the intervals of shares. */
export const engagementLevel = 0.9;

/** Null where no answer has a time. */
export function responseTimeEffort(timed: number, rapid: number): ResponseTimeEffort | null {
  if (timed === 0) return null;
  const { mean: share, low, high } = proportionInterval(timed - rapid, timed, engagementLevel);
  return { share, low, high, timed, rapid };
}

function meanOf(members: readonly number[], values: readonly number[], otherwise: number): number {
  return members.length === 0 ? otherwise : members.reduce((sum, member) => sum + values[member], 0) / members.length;
}

interface Sums {
  readonly sum: Float64Array;
  readonly weight: Float64Array;
  add(index: number, value: number, weight: number): void;
  /** The mean, as if there were `borrowed` more values of `towards`. */
  shrunken(index: number, towards: number): number;
}

/** Weighted sums by index. */
function createSums(size: number): Sums {
  const sum = new Float64Array(size);
  const weight = new Float64Array(size);
  return {
    ...{ sum, weight },
    add(index, value, by) {
      sum[index] += by * value;
      weight[index] += by;
    },
    shrunken: (index, towards) => (sum[index] + borrowed * towards) / (weight[index] + borrowed),
  };
}
