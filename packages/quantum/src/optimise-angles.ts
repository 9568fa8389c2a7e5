/**
 * Angles for p layers, from shallow to deep: p = 1 from its closed form, each further layer by INTERP, and L-BFGS on the
 * adjoint gradient at every depth. A generator: one step per evaluation, so that the caller keeps the time.
 */
import type { AngleObjective, QaoaAngles } from './adjoint.ts';
import { gammaUnit, interpolateAngles, linearRamp, singleLayerStart } from './angles.ts';
import type { IsingCoefficients } from './ising.ts';
import { minimise } from './minimise.ts';

export interface AngleSearchOptions {
  /** p, at least 1. */
  readonly layers: number;
  /** Most evaluations of energy and gradient at each depth. */
  readonly iterations: number;
  /** Gammas of the closed-form grid. Default 16. */
  readonly gridPoints?: number;
  /**
   * Where each further depth starts: 'interpolation' (INTERP, default) or 'ramp', the fixed angles of a linear ramp in the
   * model's unit, which need no shallower optimum.
   */
  readonly start?: 'interpolation' | 'ramp';
}

export interface AngleSearchStep {
  /** The depth that is being optimised. */
  readonly layers: number;
  /** The best angles at this depth so far, and their <C>. */
  readonly angles: QaoaAngles;
  readonly energy: number;
  /** Over all depths. */
  readonly evaluations: number;
  /** True at the last step of a depth. */
  readonly finished: boolean;
}

/** An energy's derivatives are called zero below this share of the spread of the costs. */
const RELATIVE_TOLERANCE = 1e-4;
/** Radians of the first step at a depth: a tenth of the angles themselves. */
const FIRST_STEP = 0.1;

/** Where a search begins, and in what unit of gamma it walks. */
export interface AngleStart {
  /** The size of a good gamma. */
  readonly unit: number;
  /** Angles for p = 1. */
  readonly first: QaoaAngles;
  /** Fixed angles for any p. */
  ramp(layers: number): QaoaAngles;
}

/** Angles for the state vector of an Ising model. */
export function optimiseAngles(
  objective: AngleObjective,
  ising: IsingCoefficients,
  options: AngleSearchOptions,
): Generator<AngleSearchStep, void> {
  const unit = gammaUnit(ising);
  const first = singleLayerStart(ising, options.gridPoints);
  return optimiseAnglesFrom(objective, { unit, first, ramp: (layers) => linearRamp(layers, unit) }, options);
}

/** The same from a start that the caller names. */
export function* optimiseAnglesFrom(
  objective: AngleObjective,
  { unit, first, ramp }: AngleStart,
  options: AngleSearchOptions,
): Generator<AngleSearchStep, void> {
  let angles = first;
  let done = 0;
  for (let layers = 1; layers <= options.layers; layers++) {
    if (layers > 1) angles = options.start === 'ramp' ? ramp(layers) : interpolateAngles(angles);
    let last: AngleSearchStep | undefined;
    for (const { point, value, evaluations } of minimise((x) => evaluate(objective, x, unit), toPoint(angles, unit), {
      evaluations: options.iterations,
      tolerance: RELATIVE_TOLERANCE / unit,
      firstStep: FIRST_STEP,
    })) {
      if (last) yield last;
      const evaluated = done + evaluations;
      last = { layers, angles: fromPoint(point, unit), energy: value, evaluations: evaluated, finished: false };
    }
    if (!last) return;
    angles = last.angles;
    done = last.evaluations;
    yield { ...last, finished: true };
  }
}

/** Gammas in units first, betas behind: the optimiser's variables are all of the order of one. */
function toPoint({ gammas, betas }: QaoaAngles, unit: number): Float64Array {
  return Float64Array.from([...gammas.map((gamma) => gamma / unit), ...betas]);
}

function fromPoint(point: Float64Array, unit: number): QaoaAngles {
  const layers = point.length / 2;
  return { gammas: Array.from(point.subarray(0, layers), (g) => g * unit), betas: Array.from(point.subarray(layers)) };
}

function evaluate(objective: AngleObjective, point: Float64Array, unit: number) {
  const { energy, gammas, betas } = objective.gradient(fromPoint(point, unit));
  const gradient = new Float64Array(point.length);
  for (let l = 0; l < gammas.length; l++) {
    gradient[l] = gammas[l] * unit;
    gradient[gammas.length + l] = betas[l];
  }
  return { value: energy, gradient };
}
