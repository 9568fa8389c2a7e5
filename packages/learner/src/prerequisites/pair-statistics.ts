/**
 * For every ordered pair of skills (a, b): does knowing a go with answering b right, how nearly does knowing b imply
 * knowing a, and whose mastery appears first? Four passes over the table, sums per pair.
 *
 * Dependence is an efficient score test. The residuals of b (answer - what the population answers at this attempt) have
 * mean 0 whatever the learner knows of a, if a does not matter. With m = P(a known) from the learner's answers to a, and
 * x = m - alpha - gamma standing its part that neither an intercept nor the learner's general standing explains (least
 * squares weighted by the variance P (1 - P), over the rows of b where a was met):
 *   u(learner) = sum of residual' x,   z = sum u / sqrt(sum u^2),
 * residual' the residual with its own regression on intercept and standing taken out. Sums of squares are over learners,
 * because the answers of one learner are not independent. Standing is how the learner does on everything else; what it
 * leaves is the same for most pairs, and is taken out by what pairs without a link look like (empirical-null.ts).
 *
 * Implication is Loevinger's coefficient of homogeneity (1947, "A systematic approach to the construction and evaluation
 * of tests of ability"): with e = sum u / sum (1 - slip - guess) x^2 the slope of P(b known) in P(a known), less the
 * typical one,
 *   H = 1 - P(b known | a not known) / P(b known) = e mean P(a known) / mean P(b known);
 * 1 where b is never known without a, 0 where they are independent (estimates scatter beyond).
 */
import type { InteractionTable } from '../interactions.ts';
import type { FittedBkt } from '../tracing/bkt/bkt-model.ts';
import { empiricalNull } from './empirical-null.ts';
import { type MasteryMoment, standingBeside, walkMasteries } from './mastery-walk.ts';

/** Statistics of the ordered pairs that some learner met in this order; columns by pair. */
export interface PairStatistics {
  readonly pairs: number;
  /** Skill a, that may be the prerequisite, and skill b, that may need it: positions in the list of skills given. */
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** Learners who answered b after having met a. */
  readonly learners: Int32Array;
  /** Dependence of b on a beyond that of skills at large, as a score, and its variance: z = score / sqrt(variance). */
  readonly score: Float64Array;
  readonly scoreVariance: Float64Array;
  /** H: how nearly knowing b implies knowing a. */
  readonly implication: Float64Array;
  /**
   * How much earlier, or surer, mastery of a appears than that of b: sums over the learners who met both of
   * d = mean over the learner's rows of P(a known) - P(b known), each 0 before it is met; of d^2; and of |d|.
   */
  readonly lead: Float64Array;
  readonly leadSquares: Float64Array;
  readonly leadSize: Float64Array;
  readonly regression: PairRegressions;
  /** The pair's number, or -1. */
  indexOf(first: number, second: number): number;
}

/** Per pair: m = alpha + gamma standing, residual = intercept + slope standing, and mean P(known) of both skills. */
export interface PairRegressions {
  readonly alpha: Float64Array;
  readonly gamma: Float64Array;
  readonly intercept: Float64Array;
  readonly slope: Float64Array;
  readonly meanFirst: Float64Array;
  readonly meanSecond: Float64Array;
}

/** @param fewestLearners who must have met both skills for a pair to tell what pairs without a link look like. */
export function measurePairs(
  table: InteractionTable,
  model: FittedBkt,
  skills: readonly number[],
  fewestLearners: number,
): PairStatistics {
  const { slotOf, first, second } = numberPairs(table, model, skills);
  const regression = regress(table, model, skills, slotOf, first.length);
  const scores = scorePairs(table, model, skills, slotOf, first.length, regression, fewestLearners);
  const order = measureOrder(table, model, skills, slotOf, first.length);
  return {
    ...{ pairs: first.length, first: Int32Array.from(first), second: Int32Array.from(second) },
    ...{ ...scores, ...order, regression },
    indexOf: (a, b) => slotOf[a * skills.length + b],
  };
}

/** Numbers the pairs that occur: a dense array of all pairs would be gigabytes of sums for a thousand skills. */
function numberPairs(table: InteractionTable, model: FittedBkt, skills: readonly number[]) {
  const slotOf = new Int32Array(skills.length ** 2).fill(-1);
  const first: number[] = [];
  const second: number[] = [];
  walkMasteries(
    ...([table, model, skills] as const),
    () => {},
    ({ met, metCount }) => {
      for (let i = 0; i < metCount; i++) {
        for (let j = 0; j < metCount; j++) {
          const key = met[i] * skills.length + met[j];
          if (i === j || slotOf[key] >= 0) continue;
          slotOf[key] = first.push(met[i]) - 1;
          second.push(met[j]);
        }
      }
    },
  );
  return { slotOf, first, second };
}

/** Calls back with every pair (a, b): b the skill of the moment, a each other skill met before. */
function forEachPair(
  moment: MasteryMoment,
  slotOf: Int32Array,
  skillCount: number,
  visit: (slot: number, mastery: number, standing: number) => void,
): void {
  for (let i = 0; i < moment.metCount; i++) {
    const a = moment.met[i];
    if (a !== moment.skill) visit(slotOf[a * skillCount + moment.skill], moment.known[a], standingBeside(moment, a));
  }
}

const sums = 8;

function regress(
  table: InteractionTable,
  model: FittedBkt,
  skills: readonly number[],
  slotOf: Int32Array,
  pairs: number,
): PairRegressions {
  // w, w g, w g g, w m, w m g, r, r g, w usual: weight, standing, mastery of a, residual and usual mastery of b.
  const total = new Float64Array(sums * pairs);
  walkMasteries(
    ...([table, model, skills] as const),
    (moment) => {
      const { variance: w, residual: r } = moment;
      forEachPair(moment, slotOf, skills.length, (slot, m, g) => {
        const at = sums * slot;
        total[at] += w;
        total[at + 1] += w * g;
        total[at + 2] += w * g * g;
        total[at + 3] += w * m;
        total[at + 4] += w * m * g;
        total[at + 5] += r;
        total[at + 6] += r * g;
        total[at + 7] += w * moment.usual;
      });
    },
    () => {},
  );
  const [alpha, gamma, intercept, slope, meanFirst, meanSecond] = Array.from(
    { length: 6 },
    () => new Float64Array(pairs),
  );
  for (let slot = 0; slot < pairs; slot++) {
    const [w, wg, wgg, wm, wmg, r, rg, wUsual] = total.subarray(sums * slot, sums * slot + sums);
    if (w === 0) continue;
    const determinant = w * wgg - wg * wg;
    const steep = determinant > 1e-9 * w * w;
    gamma[slot] = steep ? (w * wmg - wg * wm) / determinant : 0;
    alpha[slot] = (wm - gamma[slot] * wg) / w;
    slope[slot] = steep ? (w * rg - wg * r) / determinant : 0;
    intercept[slot] = (r - slope[slot] * wg) / w;
    meanFirst[slot] = wm / w;
    meanSecond[slot] = wUsual / w;
  }
  return { alpha, gamma, intercept, slope, meanFirst, meanSecond };
}

function scorePairs(
  table: InteractionTable,
  model: FittedBkt,
  skills: readonly number[],
  slotOf: Int32Array,
  pairs: number,
  { alpha, gamma, intercept, slope, meanFirst, meanSecond }: PairRegressions,
  fewestLearners: number,
) {
  const own = new Float64Array(pairs);
  const isOpen = new Uint8Array(pairs);
  const open: number[] = [];
  const [score, squares, information] = [0, 1, 2].map(() => new Float64Array(pairs));
  const learners = new Int32Array(pairs);
  walkMasteries(
    ...([table, model, skills] as const),
    (moment) => {
      const { variance: w, residual: r } = moment;
      forEachPair(moment, slotOf, skills.length, (slot, m, g) => {
        const x = m - alpha[slot] - gamma[slot] * g;
        own[slot] += (r - w * (intercept[slot] + slope[slot] * g)) * x;
        information[slot] += x * x * moment.contrast;
        if (isOpen[slot] === 0) open.push(slot);
        isOpen[slot] = 1;
      });
    },
    () => {
      for (const slot of open) {
        score[slot] += own[slot];
        squares[slot] += own[slot] ** 2;
        learners[slot]++;
        own[slot] = 0;
        isOpen[slot] = 0;
      }
      open.length = 0;
    },
  );
  const tested = [...learners.keys()].filter((slot) => learners[slot] >= fewestLearners);
  const none = empiricalNull(
    tested.map((slot) => ({ score: score[slot], information: information[slot], variance: squares[slot] })),
  );
  for (let slot = 0; slot < pairs; slot++) score[slot] -= none.slope * information[slot];
  return {
    learners,
    score,
    scoreVariance: squares.map((value) => value * none.spread ** 2),
    implication: score.map((value, slot) =>
      information[slot] > 0 ? (value * meanFirst[slot]) / (information[slot] * meanSecond[slot]) : 0,
    ),
  };
}

/** Every learner's mean P(known) of each skill over the rows, and from these the leads of pairs. */
function measureOrder(
  table: InteractionTable,
  model: FittedBkt,
  skills: readonly number[],
  slotOf: Int32Array,
  pairs: number,
) {
  const [lead, leadSquares, leadSize] = [0, 1, 2].map(() => new Float64Array(pairs));
  const area = new Float64Array(skills.length);
  const look = ({ met, metCount, known }: MasteryMoment) => {
    for (let i = 0; i < metCount; i++) area[met[i]] += known[met[i]];
  };
  walkMasteries(...([table, model, skills] as const), look, (moment) => {
    const { met, metCount, position } = moment;
    // P(known) is seen before each row; this one is after the last.
    look(moment);
    for (let i = 0; i < metCount; i++) {
      for (let j = 0; j < metCount; j++) {
        if (i === j) continue;
        const slot = slotOf[met[i] * skills.length + met[j]];
        const d = (area[met[i]] - area[met[j]]) / (position + 2);
        lead[slot] += d;
        leadSquares[slot] += d * d;
        leadSize[slot] += Math.abs(d);
      }
    }
    for (let i = 0; i < metCount; i++) area[met[i]] = 0;
  });
  return { lead, leadSquares, leadSize };
}
