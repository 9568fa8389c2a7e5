/**
 * The draw among a learner's candidates. Scores get noise of Gumbel's distribution, so that the best is a draw with odds
 * exp(score / noise).
 */
import { type Chains, DEEPEST } from './chain-books.ts';
import { fitsIn, hasTime, seatsAt } from './places.ts';
import { personal, type SearchState } from './state.ts';

/** Draws of Gumbel's distribution, -log(-log u), in a table: they order scores, their tail does not matter. */
const GUMBEL_BITS = 10;
const GUMBEL = Float64Array.from(
  { length: 2 ** GUMBEL_BITS },
  (_, k) => -Math.log(-Math.log((k + 0.5) / 2 ** GUMBEL_BITS)),
);
const GUMBEL_MASK = 2 ** GUMBEL_BITS - 1;

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
