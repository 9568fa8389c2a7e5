/**
 * Beliefs brought into line with another model's estimates: where knowledge tracing was fitted on an institution's own
 * records, its mastery is what people see, and plans must start from the same figure. Levels, stability and speeds stay
 * the tracker's; the weights of the hypotheses are tilted so that the expected level at the last practice is the
 * estimate m, with the least change from what was believed (minimum relative entropy; Csiszar 1975):
 *
 *   w'_c ~ w_c exp(t level_c),   t such that sum of w'_c level_c = m.
 */
import { type Beliefs, copyBeliefs } from './beliefs.ts';

/** Tilts beyond this would rule hypotheses out: an estimate from a handful of answers may be wrong. */
const MOST_TILT = 40;
const HALVINGS = 50;

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
  const own = weight.subarray(skill * components, (skill + 1) * components);
  const levels = level.subarray(skill * components, (skill + 1) * components);
  let low = -MOST_TILT;
  let high = MOST_TILT;
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (low + high) / 2;
    if (meanUnder(tilted(own, levels, middle), levels) < mean) low = middle;
    else high = middle;
  }
  own.set(tilted(own, levels, (low + high) / 2));
  // Where weights alone do not reach the estimate, the levels follow.
  const reached = meanUnder(own, levels);
  for (let c = 0; c < components; c++) {
    levels[c] = mean <= reached ? levels[c] * (mean / reached) : 1 - (1 - levels[c]) * ((1 - mean) / (1 - reached));
  }
}

function tilted(weight: Float64Array, level: Float64Array, tilt: number): Float64Array {
  // Against the middle of the scale, so that exp stays in range for either sign.
  const raised = weight.map((w, c) => w * Math.exp(tilt * (level[c] - 0.5)));
  const total = raised.reduce((sum, w) => sum + w, 0);
  return raised.map((w) => w / total);
}

const meanUnder = (weight: Float64Array, level: Float64Array): number =>
  weight.reduce((sum, w, c) => sum + w * level[c], 0);
