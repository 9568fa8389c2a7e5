/**
 * Limited-memory BFGS (Nocedal & Wright, "Numerical Optimization", 2nd ed., algorithm 7.4) with backtracking by Armijo's
 * condition, for a handful of smooth variables. A generator: one step per evaluation, so that the caller keeps the time.
 */

import type { Steps } from '@qurriculum/kernels';

export interface Evaluated {
  readonly value: number;
  /** One derivative per variable. */
  readonly gradient: Float64Array;
}

export interface MinimiseStep {
  /** The best point so far and its value. */
  readonly point: Float64Array;
  readonly value: number;
  readonly evaluations: number;
}

export interface MinimiseOptions {
  /** Most evaluations of the function and its gradient. */
  readonly evaluations: number;
  /** Stops when no derivative is larger than this. */
  readonly tolerance: number;
  /** Length of the first step, in units of the variables. */
  readonly firstStep: number;
}

/** Pairs of steps and changes of the gradient that are remembered; 3 to 20 is usual (Nocedal & Wright, section 7.2). */
const MEMORY = 8;
/** Armijo's constant, Nocedal & Wright, section 3.1. */
const SUFFICIENT_DECREASE = 1e-4;

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
}

/** Minimises from a start; the last step yielded is the result. */
export function* minimise(
  evaluate: (point: Float64Array) => Evaluated,
  start: Float64Array,
  options: MinimiseOptions,
): Generator<MinimiseStep, void> {
  // biome-ignore lint/correctness/useYield: an evaluation of one step
  const atOnce = function* (point: Float64Array): Steps<Evaluated> {
    return evaluate(point);
  };
  for (const step of minimiseInSteps(atOnce, start, options)) if (step) yield step;
}

/** The same where an evaluation takes several steps: undefined after each. */
export function* minimiseInSteps(
  evaluate: (point: Float64Array) => Steps<Evaluated>,
  start: Float64Array,
  options: MinimiseOptions,
): Generator<MinimiseStep | undefined, void> {
  let point = start;
  let { value, gradient } = yield* evaluate(point);
  let evaluations = 1;
  yield { point, value, evaluations };
  const pairs: Pair[] = [];
  while (evaluations < options.evaluations && largest(gradient) > options.tolerance) {
    let direction = descent(gradient, pairs);
    let slope = dot(direction, gradient);
    if (!(slope < 0)) {
      pairs.length = 0;
      direction = gradient.map((g) => -g);
      slope = -dot(gradient, gradient);
    }
    let length = pairs.length > 0 ? 1 : options.firstStep / Math.sqrt(-slope);
    let accepted = false;
    while (!accepted && evaluations < options.evaluations) {
      const next = point.map((x, i) => x + length * direction[i]);
      const result = yield* evaluate(next);
      evaluations++;
      if (result.value <= value + SUFFICIENT_DECREASE * length * slope) {
        remember(pairs, point, next, gradient, result.gradient);
        point = next;
        ({ value, gradient } = result);
        accepted = true;
      } else {
        // The minimum of the parabola through both values and the slope, kept within a tenth and a half.
        const parabola = (-slope * length * length) / (2 * (result.value - value - slope * length));
        length = Math.min(0.5 * length, Math.max(0.1 * length, parabola));
      }
      yield { point, value, evaluations };
      if (length * largest(direction) < 1e-12) return;
    }
  }
}

function remember(
  pairs: Pair[],
  from: Float64Array,
  to: Float64Array,
  before: Float64Array,
  after: Float64Array,
): void {
  const step = to.map((x, i) => x - from[i]);
  const change = after.map((g, i) => g - before[i]);
  // Armijo alone does not promise positive curvature; a pair without it would spoil the metric.
  if (dot(step, change) <= 1e-12 * Math.sqrt(dot(step, step) * dot(change, change))) return;
  pairs.push({ step, change });
  if (pairs.length > MEMORY) pairs.shift();
}

/** - H g by the two-loop recursion. */
function descent(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const direction = gradient.map((g) => -g);
  const factors = new Float64Array(pairs.length);
  for (let k = pairs.length - 1; k >= 0; k--) {
    const { step, change } = pairs[k];
    factors[k] = dot(step, direction) / dot(step, change);
    for (let i = 0; i < direction.length; i++) direction[i] -= factors[k] * change[i];
  }
  const last = pairs.at(-1);
  if (last) {
    const scale = dot(last.step, last.change) / dot(last.change, last.change);
    for (let i = 0; i < direction.length; i++) direction[i] *= scale;
  }
  for (const [k, { step, change }] of pairs.entries()) {
    const factor = factors[k] - dot(change, direction) / dot(step, change);
    for (let i = 0; i < direction.length; i++) direction[i] += factor * step[i];
  }
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}
