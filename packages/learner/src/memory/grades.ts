/**
 * Grades of answers for the memory model: 1 again, 2 hard, 3 good, 4 easy (FSRS's own). FSRS was made for cards that
 * people grade themselves; an answer to an exercise says less, and so the rule is cautious.
 */

/** 1 again (not recalled), 2 hard, 3 good, 4 easy; from 2 on the skill counts as recalled. */
export type Grade = 1 | 2 | 3 | 4;

/** Right in less than this share of the usual time is easy. Half: twice as fast as usual is rarely chance. */
export const EASY_SHARE = 0.5;

export interface GradedAnswer {
  readonly correct: boolean;
  /** Hints asked for before the answer; absent where unknown. */
  readonly hints?: number | null;
  /** Seconds taken, and the usual ones (median of right answers to the item); absent where unknown. */
  readonly seconds?: number | null;
  readonly usualSeconds?: number | null;
}

/**
 * Wrong: again, whatever the hints. Right after a hint: hard, because part of the way was shown. Right: good. Right
 * without hints in under half the usual time: easy. Speed alone never makes an answer hard: slow may mean careful.
 */
export function gradeAnswer({ correct, hints, seconds, usualSeconds }: GradedAnswer): Grade {
  if (!correct) return 1;
  if ((hints ?? 0) > 0) return 2;
  const timed = seconds != null && usualSeconds != null && seconds > 0 && usualSeconds > 0;
  return timed && seconds < EASY_SHARE * usualSeconds ? 4 : 3;
}
