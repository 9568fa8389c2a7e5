/**
 * What a learner tries in a chain: each request's best options at the prices, and the draw among them. Scores get noise of
 * Gumbel's distribution, so that the best is a draw with odds exp(score / noise).
 */
import type { SchedulePrices } from './bound.ts';
import type { Chains } from './chains.ts';
import type { ScheduleLayout } from './layout.ts';
import { DEEPEST } from './make-way.ts';
import { fitsIn, hasTime, seatsAt } from './places.ts';
import { personal, type SearchState } from './state.ts';

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

/** Draws of Gumbel's distribution, -log(-log u), in a table: they order scores, their tail does not matter. */
const GUMBEL_BITS = 10;
const GUMBEL = Float64Array.from(
  { length: 2 ** GUMBEL_BITS },
  (_, k) => -Math.log(-Math.log((k + 0.5) / 2 ** GUMBEL_BITS)),
);
const GUMBEL_MASK = 2 ** GUMBEL_BITS - 1;

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

/** The candidate of a learner's unmet requests with the best score, noise included; -1 when none is above the floor. */
export function bestCandidate(c: Chains, learner: number, depth: number, except: number): number {
  const { state, candidates, random, noise } = c;
  const { layout, requestCount } = state;
  if (layout.plain && state.chosenCount[learner] <= 2) return bestPlain(c, learner, depth, except);
  const { model, learnerStart, optionCell } = layout;
  let best = -1;
  let bestScore = c.floor;
  let bits = 0;
  let left = 0;
  for (let r = learnerStart[learner]; r < learnerStart[learner + 1]; r++) {
    if (requestCount[r] >= model.requestMost[r]) continue;
    const must = requestCount[r] < model.requestLeast[r] ? layout.penalty : 0;
    for (let k = candidates.start[r]; k < candidates.start[r + 1]; k++) {
      const option = candidates.option[k];
      if (option === except || !hasTime(state, option)) continue;
      let score = candidates.score[k] + must - personal(state, learner, option);
      const cell = optionCell[option];
      const count = state.cellCount[cell];
      if (count === 0) {
        if (state.load[model.optionTutor[option]] >= model.tutorMost[model.optionTutor[option]]) {
          if (depth >= DEEPEST) continue;
          score -= c.fullCost;
        }
      } else if (count < seatsAt(layout, option) && fitsIn(state, option)) {
        score += joinValue(state, option, cell, count);
      } else {
        if (depth >= DEEPEST) continue;
        score -= candidates.price[k] + c.outCost;
      }
      if (left === 0) {
        bits = random.nextUint32();
        left = 3;
      }
      left--;
      score += noise * GUMBEL[bits & GUMBEL_MASK];
      bits >>>= GUMBEL_BITS;
      if (score > bestScore) {
        bestScore = score;
        best = option;
      }
    }
  }
  return best;
}

/** `bestCandidate` where no rule but the plain ones holds, for a learner with two sessions at most: the loop that time goes into. */
function bestPlain(c: Chains, learner: number, depth: number, except: number): number {
  const { state, candidates, random, noise } = c;
  const { requestCount, cellCount, load } = state;
  const { model, learnerStart } = state.layout;
  const { tutorMost, optionTutor, optionSlot } = model;
  const { start, score: scores, price, place } = candidates;
  const own = state.chosenStart[learner];
  const count = state.chosenCount[learner];
  const one = count > 0 ? state.chosen[own] : -1;
  const two = count > 1 ? state.chosen[own + 1] : one;
  const slotOne = one < 0 ? -1 : optionSlot[one];
  const slotTwo = two < 0 ? -1 : optionSlot[two];
  const tutorOne = one < 0 ? -1 : optionTutor[one];
  const tutorTwo = two < 0 ? -1 : optionTutor[two];
  const newTutor = model.wanted[learner] >= 2 ? model.continuity : 0;
  let best = -1;
  let bestScore = c.floor;
  let bits = 0;
  let left = 0;
  for (let r = learnerStart[learner]; r < learnerStart[learner + 1]; r++) {
    if (requestCount[r] >= model.requestMost[r]) continue;
    for (let k = start[r], end = start[r + 1]; k < end; k++) {
      const at = 4 * k;
      const slot = place[at + 1];
      if (slot === slotOne || slot === slotTwo || place[at] === except) continue;
      const tutor = place[at + 2];
      let score = scores[k];
      if (tutor !== tutorOne && tutor !== tutorTwo) score -= newTutor;
      if (cellCount[place[at + 3]] !== 0) {
        if (depth >= DEEPEST) continue;
        score -= price[k] + c.outCost;
      } else if (load[tutor] >= tutorMost[tutor]) {
        if (depth >= DEEPEST) continue;
        score -= c.fullCost;
      }
      if (left === 0) {
        bits = random.nextUint32();
        left = 3;
      }
      left--;
      score += noise * GUMBEL[bits & GUMBEL_MASK];
      bits >>>= GUMBEL_BITS;
      if (score > bestScore) {
        bestScore = score;
        best = place[at];
      }
    }
  }
  return best;
}

/** What joining a session is worth beside opening one at no price: the shares of all fall, the session is paid for. */
function joinValue(s: SearchState, option: number, cell: number, count: number): number {
  const { share, optionGain, optionTutor, cellCost } = s.layout.model;
  const gain = optionGain[option];
  const together = share[count + 1] * (s.cellGain[cell] + gain) - share[count] * s.cellGain[cell];
  return together - gain + cellCost[optionTutor[option]];
}
