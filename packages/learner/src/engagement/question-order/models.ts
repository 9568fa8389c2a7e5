/**
 * Four models of the eight cells, each fitted by maximum likelihood.
 *
 * - `no-order`: one joint distribution, whatever the order (3 parameters).
 * - `projective`: a simulated qubit (Wang and Busemeyer 2013, "A quantum question order model supported by empirical
 *   tests of an a priori and precise prediction", Topics in Cognitive Science 5, sections 2 and 3, in two dimensions).
 *   The belief and the yes of each question are unit vectors; an answer projects the belief onto it:
 *     P(A yes) = a, P(B yes) = b when asked first, P(second answer like the first) = t,
 *   a = cos^2(theta_A / 2), b = cos^2(theta_B / 2), t = (1 + cos theta_AB) / 2, theta the angles on the Bloch sphere;
 *   t lies between cos^2((theta_A + theta_B) / 2) and cos^2((theta_A - theta_B) / 2) (3 parameters).
 * - `anchoring`: its classical twin of as many parameters: the first answer is a or b; the second repeats the first with
 *   probability s, else it is as if asked first (carry-over, as in Tourangeau, Rips and Rasinski 2000, chapter 7):
 *     P(B yes | A yes) = s + (1 - s) b, P(B yes | A no) = (1 - s) b, 0 <= s <= 1; a contrast, s < 0, swaps the answer:
 *     P(B yes | A yes) = (1 - r) b, P(B yes | A no) = r + (1 - r) b with r = -s (3 parameters).
 * - `saturated`: any distribution for each order (6 parameters).
 */
import { type Cells, logLikelihoodOf, sharesOf, total } from './answers.ts';

export type OrderModelName = 'no-order' | 'projective' | 'anchoring' | 'saturated';

export interface OrderFit {
  readonly model: OrderModelName;
  /** Free parameters. */
  readonly parameters: number;
  readonly values: Readonly<Record<string, number>>;
  /** Of the eight cells, each order summing to 1. */
  readonly probabilities: Cells;
  readonly logLikelihood: number;
  /** -2 log L + 2 parameters; -2 log L + parameters log n. */
  readonly aic: number;
  readonly bic: number;
}

export function fitOrderModel(model: OrderModelName, counts: Cells): OrderFit {
  const { values, probabilities } = fitters[model](counts);
  const parameters = model === 'saturated' ? 6 : 3;
  const logLikelihood = logLikelihoodOf(counts, probabilities);
  const n = total(counts, 0) + total(counts, 4);
  return {
    ...{ model, parameters, values, probabilities, logLikelihood },
    ...{ aic: 2 * parameters - 2 * logLikelihood, bic: parameters * Math.log(n) - 2 * logLikelihood },
  };
}

type Fitted = Pick<OrderFit, 'values' | 'probabilities'>;

const fitters: Readonly<Record<OrderModelName, (counts: Cells) => Fitted>> = {
  saturated: (counts) => ({ values: {}, probabilities: sharesOf(counts) }),
  'no-order': (counts) => {
    const n = total(counts, 0) + total(counts, 4);
    const joint = [0, 1, 2, 3].map((k) => (counts[k] + counts[k + 4]) / n);
    const values = { yesYes: joint[0], yesNo: joint[1], noYes: joint[2], noNo: joint[3] };
    return { values, probabilities: [...joint, ...joint] };
  },
  projective: fitProjective,
  anchoring: fitAnchoring,
};

/** The cells of the qubit: a and b from 0 to 1, t within what a and b allow. */
export function projectiveCells(a: number, b: number, t: number): Cells {
  return [a * t, a * (1 - t), (1 - a) * (1 - t), (1 - a) * t, b * t, (1 - b) * (1 - t), b * (1 - t), (1 - b) * t];
}

/** The smallest and largest t that vectors with these a and b can have. */
export function similarityBounds(a: number, b: number): readonly [number, number] {
  const straight = Math.sqrt(a * b);
  const across = Math.sqrt((1 - a) * (1 - b));
  return [(straight - across) ** 2, Math.min(1, (straight + across) ** 2)];
}

/**
 * a, b and t are shares where these are possible together (the likelihood falls into three binomials); else t lies on
 * its bound, where the belief and both questions lie in one plane, and the plane's two angles are searched.
 */
function fitProjective(counts: Cells): Fitted {
  const [n, m] = [total(counts, 0), total(counts, 4)];
  const a = (counts[0] + counts[1]) / n;
  const b = (counts[4] + counts[6]) / m;
  const t = (counts[0] + counts[3] + counts[4] + counts[7]) / (n + m);
  const [low, high] = similarityBounds(a, b);
  if (t >= low && t <= high) return projectiveFit(a, b, t);
  const inPlane = ([x, y]: readonly number[]): [number, number, number] => [
    Math.cos(x) ** 2,
    Math.cos(y) ** 2,
    Math.cos(x - y) ** 2,
  ];
  const best = searchBox([0, 0], [Math.PI, Math.PI], (point) =>
    logLikelihoodOf(counts, projectiveCells(...inPlane(point))),
  );
  return projectiveFit(...inPlane(best));
}

function projectiveFit(a: number, b: number, t: number): Fitted {
  const angle = (share: number) => 2 * Math.acos(Math.sqrt(Math.min(1, Math.max(0, share))));
  const degrees = (radians: number) => (180 / Math.PI) * radians;
  const values = {
    ...{ firstYesA: a, firstYesB: b, similarity: t },
    ...{ angleA: degrees(angle(a)), angleB: degrees(angle(b)), angleBetween: degrees(angle(t)) },
  };
  return { values, probabilities: projectiveCells(a, b, t) };
}

/** The cells of anchoring: a and b from 0 to 1, s from -1 to 1. */
export function anchoringCells(a: number, b: number, s: number): Cells {
  const second = (own: number, first: boolean) => (1 - Math.abs(s)) * own + (first === s > 0 ? Math.abs(s) : 0);
  const [bYes, bNo] = [second(b, true), second(b, false)];
  const [aYes, aNo] = [second(a, true), second(a, false)];
  return [
    ...[a * bYes, a * (1 - bYes), (1 - a) * bNo, (1 - a) * (1 - bNo)],
    ...[b * aYes, (1 - b) * aNo, b * (1 - aYes), (1 - b) * (1 - aNo)],
  ];
}

function fitAnchoring(counts: Cells): Fitted {
  const [a, b, s] = searchBox([0, 0, -1], [1, 1, 1], ([x, y, z]) => logLikelihoodOf(counts, anchoringCells(x, y, z)));
  return { values: { firstYesA: a, firstYesB: b, carryOver: s }, probabilities: anchoringCells(a, b, s) };
}

const gridPoints = 6;
const narrowest = 1e-7;

/** The highest point of a box by a grid, then by steps along each axis and diagonal that halve where none climbs. */
function searchBox(low: readonly number[], high: readonly number[], value: (point: readonly number[]) => number) {
  const axes = low.map((from, i) =>
    // Inside the box: on its edge cells are impossible and the value is minus infinity.
    Array.from({ length: gridPoints }, (_, k) => from + ((k + 0.5) / gridPoints) * (high[i] - from)),
  );
  let best = axes.map((axis) => axis[0]);
  let most = Number.NEGATIVE_INFINITY;
  const visit = (point: number[], axis: number): void => {
    if (axis < axes.length) {
      for (const x of axes[axis]) visit([...point, x], axis + 1);
      return;
    }
    const found = value(point);
    if (found > most) [best, most] = [point, found];
  };
  visit([], 0);
  const directions = directionsOf(low.length);
  for (let step = 0.5 / gridPoints; step > narrowest; ) {
    let climbed = false;
    for (const direction of directions) {
      const point = best.map((x, i) =>
        Math.min(high[i], Math.max(low[i], x + step * direction[i] * (high[i] - low[i]))),
      );
      const found = value(point);
      if (found > most) [best, most, climbed] = [point, found, true];
    }
    if (!climbed) step /= 2;
  }
  return best;
}

/** All moves by -1, 0 or 1 along the axes but the one that stays. */
function directionsOf(dimensions: number): number[][] {
  return Array.from({ length: 3 ** dimensions }, (_, code) =>
    Array.from({ length: dimensions }, (_, i) => (Math.floor(code / 3 ** i) % 3) - 1),
  ).filter((direction) => direction.some((move) => move !== 0));
}
