/**
 * What runs cost, and how two of them compare: a better answer that takes ten times the time or the money is shown
 * with both.
 */
import { EvidenceError } from './errors.ts';
import { noCost, type RunCost } from './run-record.ts';

/** A clock, as a platform gives it: monotonic seconds, and CPU seconds of the process where they are known. */
export interface Clock {
  now(): number;
  cpuSeconds(): number | null;
}

/** Starts measuring; the function returned gives the cost so far. CPU is 0 where the platform does not tell. */
export function startStopwatch(clock: Clock): () => RunCost {
  const wall = clock.now();
  const cpu = clock.cpuSeconds();
  return () => {
    const cpuNow = clock.cpuSeconds();
    return {
      ...noCost,
      wallSeconds: Math.max(0, clock.now() - wall),
      cpuSeconds: cpu === null || cpuNow === null ? 0 : Math.max(0, cpuNow - cpu),
    };
  };
}

/**
 * The sum of costs, part by part.
 * @throws EvidenceError `invalid-values` when two of them are in different currencies: there is no exchange rate here.
 */
export function addCosts(costs: readonly RunCost[]): RunCost {
  return costs.reduce(
    (sum, cost) => ({
      wallSeconds: sum.wallSeconds + cost.wallSeconds,
      cpuSeconds: sum.cpuSeconds + cost.cpuSeconds,
      queueSeconds: sum.queueSeconds + cost.queueSeconds,
      qpuSeconds: sum.qpuSeconds + cost.qpuSeconds,
      money: addMoney(sum.money, cost.money),
    }),
    noCost,
  );
}

function addMoney(first: RunCost['money'], second: RunCost['money']): RunCost['money'] {
  if (first === null || second === null) return first ?? second;
  requireSameCurrency('addCosts', first.currency, second.currency);
  return { amount: first.amount + second.amount, currency: first.currency };
}

function requireSameCurrency(caller: string, first: string, second: string): void {
  if (first !== second) {
    throw new EvidenceError(
      'invalid-values',
      `${caller}: expected one currency, got ${first} and ${second}; convert one of them first.`,
    );
  }
}

/** Money and time of a challenger beside its baseline, each per unit (learner, problem, ...). */
export interface CostComparison {
  readonly baseline: RunCost;
  readonly challenger: RunCost;
  /** Challenger over baseline, wall time without the queue; null when the baseline took none. */
  readonly timeRatio: number | null;
  /** Challenger less baseline, in `currency`; null when neither costs money. */
  readonly extraMoney: { readonly amount: number; readonly currency: string } | null;
}

/** Compares what two contenders spent in total on `units` units. */
export function compareCosts(baseline: RunCost, challenger: RunCost, units: number): CostComparison {
  if (!(units > 0)) {
    throw new EvidenceError(
      'invalid-values',
      `compareCosts: expected at least one unit, got ${units}; pass the count.`,
    );
  }
  const currency = challenger.money?.currency ?? baseline.money?.currency;
  if (baseline.money && challenger.money) {
    requireSameCurrency('compareCosts', baseline.money.currency, challenger.money.currency);
  }
  const extra = (challenger.money?.amount ?? 0) - (baseline.money?.amount ?? 0);
  return {
    baseline: perUnit(baseline, units),
    challenger: perUnit(challenger, units),
    timeRatio: baseline.wallSeconds > 0 ? challenger.wallSeconds / baseline.wallSeconds : null,
    extraMoney: currency === undefined ? null : { amount: extra / units, currency },
  };
}

function perUnit(cost: RunCost, units: number): RunCost {
  return {
    wallSeconds: cost.wallSeconds / units,
    cpuSeconds: cost.cpuSeconds / units,
    queueSeconds: cost.queueSeconds / units,
    qpuSeconds: cost.qpuSeconds / units,
    money: cost.money && { amount: cost.money.amount / units, currency: cost.money.currency },
  };
}
