/**
 * Prices of rows at an assignment, as Lagrange multipliers: reduced cost_i = field_i + sum_r price_r a_ri. Where it is
 * near zero the value of variable i is in doubt: the core of a knapsack problem (Balas & Zemel 1980, "An algorithm for
 * large zero-one knapsack problems"). A row's price is set between what its most wanted zero would pay for its place and
 * what its least wanted one pays, a few times in turn over all rows.
 */
import type { CqmState } from '../classical/cqm-state.ts';

export interface RowPrices {
  /** One reduced cost per variable for the state as it is now; overwritten by the next call. */
  reducedCosts(): Float64Array;
}

/** Rows act on each other through shared variables; after four rounds prices move little. */
const ROUNDS = 4;

export function createRowPrices(state: CqmState): RowPrices {
  const { rowStart, rowColumn, rowValue, field } = state;
  const price = new Float64Array(state.activity.length);
  const reduced = new Float64Array(field.length);
  return {
    reducedCosts() {
      price.fill(0);
      reduced.set(field);
      for (let round = 0; round < ROUNDS; round++) {
        for (let r = 0; r < price.length; r++) {
          const change = rowPrice(state, r, price[r], reduced) - price[r];
          if (change === 0) continue;
          for (let k = rowStart[r]; k < rowStart[r + 1]; k++) reduced[rowColumn[k]] += change * rowValue[k];
          price[r] += change;
        }
      }
      return reduced;
    },
  };
}

/** The price of one row, given the others': at least 0 for <=, at most 0 for >=, 0 for a row that holds nobody back. */
function rowPrice(state: CqmState, r: number, old: number, reduced: Float64Array): number {
  const { values, activity, low, high, rowStart, rowColumn, rowValue } = state;
  // A >= row is the <= row of the opposite signs.
  const sign = high[r] < Number.POSITIVE_INFINITY ? 1 : -1;
  const isEquation = high[r] < Number.POSITIVE_INFINITY && low[r] > Number.NEGATIVE_INFINITY;
  const room = sign > 0 ? high[r] - activity[r] : activity[r] - low[r];
  let wanted = isEquation ? Number.NEGATIVE_INFINITY : 0;
  let paid = Number.POSITIVE_INFINITY;
  for (let k = rowStart[r]; k < rowStart[r + 1]; k++) {
    const coefficient = sign * rowValue[k];
    if (coefficient <= 0) continue;
    const worth = (sign * old * coefficient - reduced[rowColumn[k]]) / coefficient;
    if (values[rowColumn[k]] === 1) paid = Math.min(paid, worth);
    else if (coefficient > room) wanted = Math.max(wanted, worth);
  }
  if (wanted === Number.NEGATIVE_INFINITY || (wanted === 0 && !isEquation)) return 0;
  const between = paid === Number.POSITIVE_INFINITY ? wanted : (wanted + paid) / 2;
  return sign * (isEquation ? between : Math.max(0, between));
}
