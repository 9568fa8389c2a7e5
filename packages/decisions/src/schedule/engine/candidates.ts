/** What a learner tries in a chain: each request's best options at the prices. */
import type { SchedulePrices } from './bound.ts';
import type { ScheduleLayout } from './layout.ts';

/** Options that a request tries, best first, with what they score. */
export interface Candidates {
  readonly start: Int32Array;
  readonly option: Int32Array;
  /** Gain + bonus - cost - prices of tutor and slot; and the price of the cell, for one who takes it from others. */
  readonly score: Float64Array;
  readonly price: Float64Array;
  /** The same once more, side by side for the inner loop: option, slot, tutor and cell of candidate k from 4 k on. */
  readonly place: Int32Array;
}

/** The `most` options of each request with the best values at the prices. */
export function chooseCandidates(layout: ScheduleLayout, prices: SchedulePrices, most: number): Candidates {
  const { optionStart, optionTutor, optionSlot, optionGain, optionBonus, cellCost, requestMost } = layout.model;
  const start = new Int32Array(requestMost.length + 1);
  const kept: number[] = [];
  for (let r = 0; r < requestMost.length; r++) {
    const own = Array.from({ length: optionStart[r + 1] - optionStart[r] }, (_, k) => optionStart[r] + k);
    own.sort((a, b) => prices.reduced[b] - prices.reduced[a] || a - b);
    kept.push(...own.slice(0, most + requestMost[r] - 1));
    start[r + 1] = kept.length;
  }
  const option = Int32Array.from(kept);
  const score = Float64Array.from(option, (o) => {
    const tutor = optionTutor[o];
    return optionGain[o] + optionBonus[o] - cellCost[tutor] - prices.tutor[tutor] - prices.slot[optionSlot[o]];
  });
  const place = new Int32Array(4 * option.length);
  option.forEach((o, k) => {
    place.set([o, optionSlot[o], optionTutor[o], layout.optionCell[o]], 4 * k);
  });
  const price = Float64Array.from(option, (o) => prices.cell[layout.optionCell[o]]);
  return { start, option, score, price, place };
}
