/**
 * What jobs on quantum hardware cost: a dated table, estimates from it, and the caller's limits on both. The figures are
 * copies of what was published, each with its source and the date for which it is known to hold; nobody may rely on an
 * old price by accident, so a price of unknown age counts as too old, and where no price is public there is none.
 */
import type { CostEstimate, ExpectedUse } from './job.ts';
import { RemoteError } from './remote-error.ts';

/** Prices of one offer, in one currency. What is left out is not charged. */
export interface UnitPrices {
  readonly currency: string;
  readonly perTask?: number;
  readonly perShot?: number;
  readonly perQpuSecond?: number;
  /** Of a hybrid solver's own running time. */
  readonly perSolverSecond?: number;
  /** ISO day for which the source is known to hold; null when the source is undated. */
  readonly date: string | null;
  readonly source: string;
}

/** Offers by name: `VENDOR/DEVICE`. */
export type PriceTable = Readonly<Record<string, UnitPrices>>;

// Listed with devices of 2024-25 on it but undated: it holds at the beginning of 2024 at the earliest.
const BRAKET = { currency: 'USD', perTask: 0.3, date: '2024-01-01' } as const;
const BRAKET_SOURCE = 'AWS Braket pricing page, stored copy, undated, devices of 2024-25; oldest date assumed';

export const PRICES: PriceTable = {
  'braket/ionq-forte': { ...BRAKET, perShot: 0.08, source: BRAKET_SOURCE },
  'braket/ionq-aria': { ...BRAKET, perShot: 0.03, source: BRAKET_SOURCE },
  'braket/iqm-garnet': { ...BRAKET, perShot: 0.00145, source: BRAKET_SOURCE },
  'braket/rigetti-ankaa': { ...BRAKET, perShot: 0.0009, source: BRAKET_SOURCE },
  'ibm/pay-as-you-go': {
    currency: 'USD',
    perQpuSecond: 1.6,
    date: null,
    source: 'secondary: a comment in a public cost library; the price page of IBM was not seen',
  },
};

/** The caller's limits. */
export interface SpendingLimits {
  /** Most that one job may cost. Default 0: nothing that costs is sent unasked. */
  readonly amount?: number;
  /** Of `amount`. Default USD. */
  readonly currency?: string;
  /** Oldest acceptable price, in days. Default 90. */
  readonly priceAgeDays?: number;
}

const DEFAULT_PRICE_AGE_DAYS = 90;
const SECONDS_PER_DAY = 86_400;

/** cost = tasks * perTask + shots * perShot + qpuSeconds * perQpuSecond + solverSeconds * perSolverSecond. */
export function priceOf(
  { perTask = 0, perShot = 0, perQpuSecond = 0, perSolverSecond = 0 }: UnitPrices,
  { tasks, shots, qpuSeconds, solverSeconds = 0 }: ExpectedUse,
): number {
  return tasks * perTask + shots * perShot + qpuSeconds * perQpuSecond + solverSeconds * perSolverSecond;
}

/**
 * The estimate of a job, when its price and age are within the limits.
 * @throws RemoteError PRICE_UNKNOWN, PRICE_STALE or COST_LIMIT
 */
export function admitCost(
  offer: string,
  use: ExpectedUse,
  prices: PriceTable,
  limits: SpendingLimits,
  wallTime: number,
): CostEstimate {
  const unit = Object.hasOwn(prices, offer) ? prices[offer] : undefined;
  if (!unit) {
    throw new RemoteError(
      'PRICE_UNKNOWN',
      `admitCost: expected a price for ${offer}, got none (none is public); pass the price of your contract, with its date.`,
    );
  }
  requireFresh(offer, unit, limits.priceAgeDays ?? DEFAULT_PRICE_AGE_DAYS, wallTime);
  const amount = priceOf(unit, use);
  const currency = limits.currency ?? 'USD';
  const most = limits.amount ?? 0;
  if (unit.currency !== currency || !(amount <= most)) {
    throw new RemoteError(
      'COST_LIMIT',
      `admitCost: expected at most ${most} ${currency} for a job, got an estimate of ${amount.toFixed(2)} ` +
        `${unit.currency} for ${offer}; raise the limit or ask for fewer shots.`,
    );
  }
  return { offer, use, amount, currency, priceDate: unit.date, priceSource: unit.source };
}

function requireFresh(offer: string, { date }: UnitPrices, mostDays: number, wallTime: number): void {
  const age = date === null ? Number.POSITIVE_INFINITY : (wallTime - Date.parse(date) / 1000) / SECONDS_PER_DAY;
  // Not a number (a malformed date) is refused too; a day of grace for time zones.
  if (age <= mostDays && age >= -1) return;
  const got = date === null ? 'one of unknown age' : `one of ${date}`;
  throw new RemoteError(
    'PRICE_STALE',
    `admitCost: expected a price for ${offer} of at most ${mostDays} days, got ${got}; look it up and pass it with its date.`,
  );
}
