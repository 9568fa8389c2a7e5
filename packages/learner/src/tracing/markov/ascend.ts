/**
 * Gradient ascent with Barzilai and Borwein's step lengths and a non-monotone line search (Wen and Yin 2013, "A feasible
 * method for optimization with orthogonality constraints", algorithm 2), on any manifold that can say how to move along
 * a tangent direction. The same for every family of models, so that a comparison of families has one optimiser.
 */

export interface Evaluated {
  readonly value: number;
  /** Of the manifold, at the point. */
  readonly gradient: Float64Array;
}

export interface AscentProblem {
  evaluate(point: Float64Array): Evaluated;
  /** The point that lies `step` along the tangent direction. */
  move(point: Float64Array, direction: Float64Array, step: number): Float64Array;
}

export interface Ascended {
  readonly point: Float64Array;
  readonly value: number;
  /** Evaluations used. */
  readonly evaluations: number;
}

// Wen and Yin 2013, section 4: sufficient increase, how far a step is cut, memory of the reference value.
const sufficient = 1e-4;
const cut = 0.2;
const memory = 0.85;
// So many evaluations without this much gained, in nats, end the ascent.
const patience = 12;
const leastGain = 0.01;

/** The best point within the budget of evaluations (at least 1). */
export function ascend(problem: AscentProblem, from: Float64Array, budget: number): Ascended {
  let point = from;
  let now = problem.evaluate(point);
  let best = { point, value: now.value };
  let reference = now.value;
  let weight = 1;
  let step = 0.1 / Math.max(1e-12, norm(now.gradient));
  let used = 1;
  let lastGain = { at: 1, value: now.value };
  while (used < budget && used - lastGain.at < patience) {
    const square = dot(now.gradient, now.gradient);
    if (square < 1e-12) break;
    const next = problem.move(point, now.gradient, step);
    const found = problem.evaluate(next);
    used++;
    if (!(found.value >= reference + sufficient * step * square)) {
      step *= cut;
      continue;
    }
    const moved = next.map((x, i) => x - point[i]);
    const turned = now.gradient.map((g, i) => g - found.gradient[i]);
    step = barzilaiBorwein(moved, turned, used % 2 === 0, step);
    [point, now] = [next, found];
    reference = (memory * weight * reference + now.value) / (memory * weight + 1);
    weight = memory * weight + 1;
    if (now.value > best.value) best = { point, value: now.value };
    if (now.value > lastGain.value + leastGain) lastGain = { at: used, value: now.value };
  }
  return { ...best, evaluations: used };
}

/** s.s / s.y or s.y / y.y in turns; twice the last step where the curvature is of the wrong sign. */
function barzilaiBorwein(moved: Float64Array, turned: Float64Array, long: boolean, last: number): number {
  const curvature = dot(moved, turned);
  if (curvature <= 0) return 2 * last;
  const step = long ? dot(moved, moved) / curvature : curvature / dot(turned, turned);
  return Math.min(1e6, Math.max(1e-12, step));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}
