/** Central 90 % intervals of estimates, as every model states them. */
import { logistic } from '../odds.ts';
import type { Estimate } from './model.ts';

/** The 95th percentile of the standard normal distribution. */
export const normal95 = 1.6448536269514722;

/** A mean with the interval of log-odds that are normal around `centre` with this variance. */
export function estimateOnLogit(mean: number, centre: number, variance: number): Estimate {
  const half = normal95 * Math.sqrt(Math.max(0, variance));
  return {
    mean,
    low: Math.min(mean, logistic(centre - half)),
    high: Math.max(mean, logistic(centre + half)),
  };
}
