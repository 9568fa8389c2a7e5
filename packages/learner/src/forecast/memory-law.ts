/**
 * Forgetting for planners by a memory model: the curve and the growth of stability of FSRS-6 (`../memory`) in place of the
 * planners' own (`model.ts`), so that a plan and what a learner is shown follow one law.
 */
import {
  curveFactor,
  retrievabilityAt,
  stabilityForgotten,
  stabilityRecalled,
  stabilitySameSitting,
} from '../memory/recurrence.ts';

const GOOD = 3;

/** The law of FSRS weights, as plain data: states of learners travel between threads. */
export interface MemoryLaw {
  readonly weights: readonly number[];
  /** f of the curve, so that it is not computed anew for every look. */
  readonly factor: number;
}

export const memoryLaw = (weights: readonly number[]): MemoryLaw => ({ weights, factor: curveFactor(weights) });

/** R(days) at a stability in days, 0 to 1. */
export const recallByMemory = ({ weights, factor }: MemoryLaw, stability: number, days: number): number =>
  retrievabilityAt(weights, factor, days, stability);

/**
 * Stability expected after an activity of so many answers, from a skill recalled with chance R. The first answer is a look
 * back when anything may have been forgotten (R < 1), and goes right with chance R, as the model itself has it; of both
 * ways it may go, stabilities are averaged on the log scale:
 *
 *   ln S' = R ln S'(good) + (1 - R) ln S'(again).
 *
 * The other answers fall into the same sitting, after what was shown there, and count as right.
 */
export function strengthenByMemory(
  { weights: w }: MemoryLaw,
  stability: number,
  difficulty: number,
  recalled: number,
  answers: number,
): number {
  let s = stability;
  let left = answers;
  if (recalled < 1) {
    const again = stabilityForgotten(w, s, difficulty, recalled);
    s = again * (stabilityRecalled(w, s, difficulty, recalled, GOOD) / again) ** recalled;
    left--;
  }
  for (; left > 0; left--) s = stabilitySameSitting(w, s, GOOD);
  return s;
}
