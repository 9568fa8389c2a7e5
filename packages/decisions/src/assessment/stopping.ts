/** When an assessment has found out enough: by standard error, by certainty of the classification, by length. */
import { type Belief, beliefAfter } from './belief.ts';
import type { AssessmentState } from './types.ts';

export interface StoppingRules {
  /** Items at least and at most; default 1 and 40. */
  readonly least?: number;
  readonly most?: number;
  /** Stop when the standard error of ability is at most this. */
  readonly standardError?: number;
  /** Stop when every attribute (or being above `cut`, for ability) is this sure one way or the other, .5 to 1. */
  readonly certainty?: number;
  /** The ability that separates two classes, for `certainty`; default 0. */
  readonly cut?: number;
}

export type StopReason = 'standard-error' | 'certainty' | 'length' | 'no-items';

const DEFAULT_MOST = 40;

/** Why to stop now, or null to go on. */
export function stopReason(
  state: AssessmentState,
  rules: StoppingRules,
  belief: Belief = beliefAfter(state.model, state.answers),
): StopReason | null {
  const asked = state.answers.length;
  if (asked < (rules.least ?? 1)) return null;
  if (rules.standardError !== undefined && belief.standardError <= rules.standardError) return 'standard-error';
  if (rules.certainty !== undefined && classificationCertainty(state, belief, rules.cut) >= rules.certainty) {
    return 'certainty';
  }
  return asked >= (rules.most ?? DEFAULT_MOST) ? 'length' : null;
}

/** The probability of the likelier side, of the attribute (or the side of the cut) where it is least sure; .5 to 1. */
export function classificationCertainty({ model }: AssessmentState, belief: Belief, cut = 0): number {
  const { ability } = model;
  const shares =
    ability === null
      ? belief.mastery
      : [belief.probability.reduce((sum, p, h) => (ability[h] >= cut ? sum + p : sum), 0)];
  let least = 1;
  for (const share of shares) least = Math.min(least, Math.max(share, 1 - share));
  return least;
}
