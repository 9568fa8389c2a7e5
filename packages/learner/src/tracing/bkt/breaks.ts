/**
 * Breaks in practice: between two answers on a skill lies a break if more than an hour passed or, where times are
 * unknown, if the learner answered something else meanwhile. What is forgotten is forgotten there more than anywhere
 * else (Khajah, Lindsey and Mozer 2016, "How deep is knowledge tracing?", section 3.1, count the answers between).
 */

/** When a skill was last practised. */
export interface Practice {
  /** Number of the answer among the learner's answers on any skill. */
  readonly position: number;
  /** Seconds since 1970; NaN or absent where unknown. */
  readonly time?: number;
}

// A lesson is shorter, a night is longer; 12 hours predict Algebra 2005 as well.
const longestWithoutBreak = 3600;

/** Whether a break lies between the last practice of a skill and this one. */
export function isBreak(last: Practice, now: Practice): boolean {
  const lag = (now.time ?? Number.NaN) - (last.time ?? Number.NaN);
  return Number.isNaN(lag) ? now.position - last.position > 1 : lag > longestWithoutBreak;
}
