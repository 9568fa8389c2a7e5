/**
 * Angles for p layers by L-BFGS on the adjoint gradient, from shallow to deep: either every depth is optimised and starts
 * from the one before by INTERP (p = 1 from its closed form), or each depth has fixed angles and only the last is
 * optimised. A generator: one step per evaluation, so that the caller keeps the time.
 */
import type { Steps } from '@qurriculum/kernels';
import type { AngleObjective, QaoaAngles } from './adjoint.ts';
import { gammaUnit, interpolateAngles, linearRamp, singleLayerStart } from './angles.ts';
import { fixedAngles } from './fixed-angles.ts';
import type { IsingCoefficients } from './ising.ts';
import { type Evaluated, minimiseInSteps } from './minimise.ts';

export interface AngleSearchOptions {
  /** p, at least 1. */
  readonly layers: number;
  /** Evaluations of energy and gradient for each depth: at most `layers * iterations` in all. */
  readonly iterations: number;
  /** Gammas of the closed-form grid. Default 16. */
  readonly gridPoints?: number;
  /** Default: 'fixed' where the start has a table of them, else 'interpolation'. */
  readonly start?: AngleSearchStart;
}

/**
 * Where depths start. 'interpolation': INTERP of the optimum of the depth before, `iterations` evaluations at each.
 * 'fixed': angles of a table (`fixedAngles`), 'ramp': a linear ramp; both need no shallower optimum, so that depths before
 * the last are evaluated once and the last has all other evaluations.
 */
export type AngleSearchStart = 'fixed' | 'interpolation' | 'ramp';

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
  /** A linear ramp for any p. */
  ramp(layers: number): QaoaAngles;
  /** Angles of a table for any p, where there is one for such states; 'fixed' is 'ramp' without. */
  fixed?(layers: number): QaoaAngles;
}

/** Angles for the state vector of an Ising model. */
export function optimiseAngles(
  objective: AngleObjective,
  ising: IsingCoefficients,
  options: AngleSearchOptions,
): Generator<AngleSearchStep, void> {
  const unit = gammaUnit(ising);
  const first = singleLayerStart(ising, options.gridPoints);
  const start = {
    unit,
    first,
    ramp: (layers: number) => linearRamp(layers, unit),
    fixed: (layers: number) => fixedAngles(ising, layers),
  };
  return optimiseAnglesFrom(objective, start, options);
}

/** The same from a start that the caller names. */
export function* optimiseAnglesFrom(
  objective: AngleObjective,
  begin: AngleStart,
  options: AngleSearchOptions,
): Generator<AngleSearchStep, void> {
  for (const step of optimiseAnglesInSteps(objective, begin, options)) if (step) yield step;
}

/** The same where an evaluation may take several steps (`gradientSteps`): undefined after each. */
export function* optimiseAnglesInSteps(
  objective: AngleObjective,
  begin: AngleStart,
  options: AngleSearchOptions,
): Generator<AngleSearchStep | undefined, void> {
  const { unit } = begin;
  const start = options.start ?? (begin.fixed ? 'fixed' : 'interpolation');
  let angles = begin.first;
  let done = 0;
  for (let layers = 1; layers <= options.layers; layers++) {
    if (start !== 'interpolation') angles = (start === 'fixed' && begin.fixed ? begin.fixed : begin.ramp)(layers);
    else if (layers > 1) angles = interpolateAngles(angles);
    let last: AngleSearchStep | undefined;
    for (const step of minimiseInSteps((x) => evaluate(objective, x, unit), toPoint(angles, unit), {
      evaluations: evaluationsAt(layers, start, options),
      tolerance: RELATIVE_TOLERANCE / unit,
      firstStep: FIRST_STEP,
    })) {
      if (step === undefined) {
        yield;
        continue;
      }
      const { point, value, evaluations } = step;
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

function evaluationsAt(depth: number, start: AngleSearchStart, { layers, iterations }: AngleSearchOptions): number {
  if (start === 'interpolation') return iterations;
  return depth < layers ? 1 : Math.max(1, layers * iterations - (layers - 1));
}

/** Gammas in units first, betas behind: the optimiser's variables are all of the order of one. */
function toPoint({ gammas, betas }: QaoaAngles, unit: number): Float64Array {
  return Float64Array.from([...gammas.map((gamma) => gamma / unit), ...betas]);
}

function fromPoint(point: Float64Array, unit: number): QaoaAngles {
  const layers = point.length / 2;
  return { gammas: Array.from(point.subarray(0, layers), (g) => g * unit), betas: Array.from(point.subarray(layers)) };
}

function* evaluate(objective: AngleObjective, point: Float64Array, unit: number): Steps<Evaluated> {
  const at = fromPoint(point, unit);
  const { energy, gammas, betas } = objective.gradientSteps
    ? yield* objective.gradientSteps(at)
    : objective.gradient(at);
  const gradient = new Float64Array(point.length);
  for (let l = 0; l < gammas.length; l++) {
    gradient[l] = gammas[l] * unit;
    gradient[gammas.length + l] = betas[l];
  }
  return { value: energy, gradient };
}
