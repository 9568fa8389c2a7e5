/**
 * The planner's equations of learning and forgetting. Growth has a shape between an exponential and a logistic curve
 * (Richards 1959), recall is FSRS 4.5's curve (power -1/2), readiness a logistic gate.
 */
import type { ForecastParameters } from './parameters.ts';

/** Readiness factor of one prerequisite of the given mastery: hard 1 / (1 + exp(-(m - middle) / width)). */
export function gate(p: ForecastParameters, mastery: number, hard: boolean): number {
  return hard ? 1 / (1 + Math.exp(-(mastery - p.gateMiddle) / p.gateWidth)) : p.softFloor + (1 - p.softFloor) * mastery;
}

/** Mastery after one answer at speed `rate`: m' = m + step rate (1 - m) (.6 + .8 m), never past 1. */
export function grow(p: ForecastParameters, level: number, rate: number): number {
  const share = Math.min(1, p.step * rate * (0.6 + 0.8 * level));
  return level + share * (1 - level);
}

/** Share recalled after `days` at a stability in days: R = (1 + 19/81 t / S)^(-1/2), .9 at t = S. */
export function recall(stability: number, days: number): number {
  return days <= 0 ? 1 : 1 / Math.sqrt(1 + (19 / 81) * (days / stability));
}

/** Stability after an activity with a share `success` of right answers, recalled at `recalled` before it. */
export function strengthen(p: ForecastParameters, stability: number, recalled: number, success: number): number {
  return stability * (1 + success * (p.massed + p.spaced * (1 - recalled)));
}

/** Level of a skill that is taken up again: part of what was forgotten comes back, m (R + savings (1 - R)). */
export function takenUp(p: ForecastParameters, stored: number, recalled: number): number {
  return stored * (recalled + p.savings * (1 - recalled));
}

/** Chance of a right answer at a mastery. */
export function rightAnswer(p: ForecastParameters, mastery: number): number {
  return p.guess + (1 - p.slip - p.guess) * mastery;
}
