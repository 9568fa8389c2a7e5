/** Intervals of predicted probabilities from the spread of the weights. */
import type { Estimate } from '../model.ts';
import { logistic } from './features-statistics.ts';

// The 95th percentile of the standard normal distribution: a central 90 % interval.
const normal95 = 1.6448536269514722;

/**
 * Diagonal Laplace approximation (MacKay 1992): the log-odds are normal with the given variance, weights independent of
 * each other. The mean is the probability at the centre.
 */
export function laplaceEstimate(odds: number, variance: number): Estimate {
  const half = normal95 * Math.sqrt(variance);
  return { mean: logistic(odds), low: logistic(odds - half), high: logistic(odds + half) };
}
