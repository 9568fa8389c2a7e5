/**
 * Beliefs brought into line with another model's estimates: where knowledge tracing was fitted on an institution's own
 * records, its mastery is what people see, and plans must start from the same figure. Levels, stability and speeds stay
 * the tracker's; the weight between "known" and "not known" moves so that the expected level at the last practice is the
 * estimate m:
 *
 *   w L_known + (1 - w) L_not = m,   L_not the mean level of the hypotheses other than "known".
 */
import { type Beliefs, copyBeliefs } from './beliefs.ts';

/** Neither hypothesis is ever ruled out: an estimate from a handful of answers may be wrong. */
const LEAST_WEIGHT = 0.01;

/**
 * @param mastery expected mastery per skill at its last practice, 0 to 1; NaN keeps what the tracker believes.
 * @returns new beliefs; those given stay as they are.
 */
export function beliefsFromMastery(beliefs: Beliefs, mastery: Float64Array): Beliefs {
  if (mastery.length !== beliefs.last.length) {
    throw new RangeError(
      `beliefsFromMastery: expected ${beliefs.last.length} estimates, one per skill, got ${mastery.length}; fill in NaN.`,
    );
  }
  const anchored = copyBeliefs(beliefs);
  mastery.forEach((mean, skill) => {
    if (!Number.isNaN(mean)) anchor(anchored, skill, Math.min(1, Math.max(0, mean)));
  });
  return anchored;
}

function anchor({ components, weight, level }: Beliefs, skill: number, mean: number): void {
  const known = skill * components;
  let others = 0;
  let othersLevel = 0;
  for (let c = known + 1; c < known + components; c++) {
    others += weight[c];
    othersLevel += weight[c] * level[c];
  }
  if (others <= 0) return;
  othersLevel /= others;
  const wanted = level[known] > othersLevel ? (mean - othersLevel) / (level[known] - othersLevel) : 0;
  const share = Math.min(1 - LEAST_WEIGHT, Math.max(LEAST_WEIGHT, wanted));
  for (let c = known + 1; c < known + components; c++) weight[c] *= (1 - share) / others;
  weight[known] = share;
  // Where weights alone do not reach the estimate, the levels follow.
  const reached = share * level[known] + (1 - share) * othersLevel;
  for (let c = known; c < known + components; c++) {
    level[c] = mean <= reached ? level[c] * (mean / reached) : 1 - (1 - level[c]) * ((1 - mean) / (1 - reached));
  }
}
