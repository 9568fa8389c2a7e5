/** Intervals of predicted probabilities from the spread of the weights. */
import { logistic } from '../../odds.ts';
import { estimateOnLogit } from '../estimates.ts';
import type { Estimate } from '../model.ts';

/**
 * Diagonal Laplace approximation (MacKay 1992): the log-odds are normal with the given variance, weights independent of
 * each other. The mean is the probability at the centre.
 */
export function laplaceEstimate(odds: number, variance: number): Estimate {
  return estimateOnLogit(logistic(odds), odds, variance);
}
