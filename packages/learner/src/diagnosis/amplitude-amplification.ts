/**
 * The posterior by amplitude amplification on the state-vector simulator: quantum rejection sampling for Bayesian
 * networks (Low, Yoder & Chuang 2014, Physical Review A 89, 062315, sections III and IV). From
 *
 *   |psi> = sum over states of sqrt(P(state)) |state> (sqrt(1 - r) |0> + sqrt(r) |1>),   r = L(state) / bound,
 *
 * measuring 1 on the last qubit leaves the posterior; that has probability p = sum P r. Grover's operator Q = -A S_0 A* S_1
 * raises it to sin^2((2 m + 1) asin sqrt p) with m of order 1 / sqrt p, where classical rejection needs order 1 / p draws.
 * Simulated: p is read off the state; hardware would have to search for m or use fixed-point amplification.
 */
import { applyUnitary, createState, gateMatrix, measure, type StateVector } from '@qurriculum/quantum';
import type { Random } from '@qurriculum/random';
import { DiagnosisError } from './errors.ts';
import { type PosteriorFactors, stateCost } from './posterior-factors.ts';

export interface AmplifiedPosterior {
  /** P(state | last qubit 1) in the amplified state: the exact posterior but for rounding. */
  readonly probability: Float64Array;
  /** Share of the kept shots in each state. */
  readonly sampled: Float64Array;
  /** Shots with 1 on the last qubit. */
  readonly kept: number;
  readonly iterations: number;
  /** Probability of 1 on the last qubit before and after. */
  readonly before: number;
  readonly after: number;
  /** Uses of the preparation A or its inverse for one kept shot, expected: here and by classical rejection (1 / p). */
  readonly calls: number;
  readonly classicalCalls: number;
}

/** One qubit per attribute and one more: 2^15 amplitudes. */
const MOST_ATTRIBUTES = 14;

/** Amplifies and measures `shots` times. @throws DiagnosisError TOO_LARGE beyond 14 attributes. */
export function amplifyPosterior(
  posterior: PosteriorFactors,
  options: { readonly shots: number; readonly random: Random },
): AmplifiedPosterior {
  const { attributes } = posterior;
  if (attributes > MOST_ATTRIBUTES) {
    throw new DiagnosisError(
      'TOO_LARGE',
      `amplifyPosterior: expected at most ${MOST_ATTRIBUTES} attributes, got ${attributes}; use enumeratePosterior or diagnose.`,
    );
  }
  const prepared = prepare(posterior);
  const before = goodProbability(prepared);
  const angle = Math.asin(Math.sqrt(Math.min(1, before)));
  const iterations = Math.max(0, Math.round(Math.PI / (4 * angle) - 0.5));
  const state: StateVector = { ...prepared, re: prepared.re.slice(), im: prepared.im.slice() };
  for (let m = 0; m < iterations; m++) {
    // S_1: the sign of everything with 1 on the last qubit.
    applyUnitary(state, gateMatrix('z', []), [attributes]);
    reflect(state, prepared);
  }
  const after = goodProbability(state);
  const good = 2 ** attributes;
  const probability = Float64Array.from({ length: good }, (_, x) => state.re[good + x] ** 2 / after);
  const { states, counts } = measure(state, options.shots, options.random);
  const sampled = new Float64Array(good);
  let kept = 0;
  states.forEach((x, k) => {
    if (x < good) return;
    sampled[x - good] += counts[k];
    kept += counts[k];
  });
  if (kept > 0) for (let x = 0; x < good; x++) sampled[x] /= kept;
  const calls = (2 * iterations + 1) / after;
  return { probability, sampled, kept, iterations, before, after, calls, classicalCalls: 1 / before };
}

/** A |0>: prior in the amplitudes, likelihood on the last qubit. */
function prepare({ attributes, factors }: PosteriorFactors): StateVector {
  const state = createState(attributes + 1);
  const good = 2 ** attributes;
  const prior = factors.filter(({ kind }) => kind === 'prior');
  const answers = factors.filter(({ kind }) => kind === 'answer');
  // No state answers better than the best group of each item: a bound without a search.
  const bound = answers.reduce((sum, { cost }) => sum + Math.min(...cost), 0);
  for (let x = 0; x < good; x++) {
    const bit = (k: number): number => (x >> k) & 1;
    const share = Math.exp(-stateCost(prior, bit));
    const ratio = Math.min(1, Math.exp(bound - stateCost(answers, bit)));
    state.re[x] = Math.sqrt(share * (1 - ratio));
    state.re[good + x] = Math.sqrt(share * ratio);
  }
  return state;
}

function goodProbability({ re }: StateVector): number {
  let sum = 0;
  for (let x = re.length / 2; x < re.length; x++) sum += re[x] ** 2;
  return sum;
}

/** -A S_0 A* = 2 |psi><psi| - 1; all amplitudes are real. */
function reflect({ re }: StateVector, { re: axis }: StateVector): void {
  let overlap = 0;
  for (let x = 0; x < re.length; x++) overlap += axis[x] * re[x];
  for (let x = 0; x < re.length; x++) re[x] = 2 * overlap * axis[x] - re[x];
}
