/**
 * Ejection chains (Glover, "Ejection chains, reference structures and alternating path methods", Discrete Applied
 * Mathematics 65, 1996), guided by prices: a learner gives up a session or two and takes the options that score best,
 * prices and noise counted in; whoever stands in the way is put out and chooses next, a few steps deep.
 */
import { bestCandidate } from './best-candidate.ts';
import { type Chains, DEEPEST, MOST_PUT } from './chain-books.ts';
import { take } from './make-way.ts';
import { areTooNear, hasTime, roomIsFree } from './places.ts';
import { moveRoom, personal, remove, undo } from './state.ts';

/** Gives one of a learner's sessions another room by lot, if that is free: what it is good for shows later. */
export function changeRoom(c: Chains, learner: number): void {
  const { state, random } = c;
  const { rooms } = state.layout.model;
  const count = state.chosenCount[learner];
  if (rooms === null || count === 0) return;
  const cell = state.layout.optionCell[state.chosen[state.chosenStart[learner] + random.integer(count)]];
  const room = random.integer(rooms.count);
  if (roomIsFree(state, room, cell, -1)) moveRoom(state, cell, room);
}

/** To be called before the first part of a chain: empties log and queue. */
export function beginChain(c: Chains): void {
  c.state.logLength = 0;
  c.queueLength = 0;
  c.put = 0;
}

/** One chain from a learner. False: it went too far, and its changes must be undone. */
export function runChain(c: Chains, learner: number): boolean {
  const { state, random } = c;
  const count = state.chosenCount[learner];
  let dropped = -1;
  const draw = random.nextUint32();
  const start = state.chosenStart[learner];
  if (count > 0 && ((draw & 3) === 0 || count === state.chosenStart[learner + 1] - start)) {
    dropped = state.chosen[start + pick(draw >>> 4, count)];
    remove(state, dropped);
    if (count > 1 && (draw & 8) === 0) remove(state, state.chosen[start + pick(draw >>> 20, count - 1)]);
  }
  return fill(c, learner, 0, dropped) && finish(c);
}

/** One chain that begins with an option by lot, whatever it scores: its learner gives up what stands against it. */
export function forceOption(c: Chains, option: number): boolean {
  const { state } = c;
  if (state.chosenPlace[option] >= 0) return true;
  const { optionLearner, optionRequest } = state.layout;
  const learner = optionLearner[option];
  const start = state.chosenStart[learner];
  while (!hasTime(state, option)) {
    const count = state.chosenCount[learner];
    if (count === 0) return false;
    // First the option's own request and slot, then whatever takes the day or the week.
    let other = state.chosen[start + c.random.integer(count)];
    for (let k = 0; k < count; k++) {
      const own = state.chosen[start + k];
      if (optionRequest[own] === optionRequest[option] || areTooNear(state.layout, own, option)) other = own;
    }
    remove(state, other);
  }
  return take(c, option, 0) && finish(c) && fill(c, learner, 0, -1) && finish(c);
}

/** Everybody in the queue chooses again. */
function finish(c: Chains): boolean {
  while (c.queueLength > 0) {
    const next = --c.queueLength;
    if (!fill(c, c.queue[next], c.queueDepth[next], -1)) return false;
  }
  return true;
}

/**
 * Adds an option, in this room if it can be had (-1: in any), where nothing stands in its way; false, and no change, where
 * something does. Clears the log.
 */
export function placeOption(c: Chains, option: number, room: number): boolean {
  const { state } = c;
  const cell = state.layout.optionCell[option];
  const value = state.value;
  beginChain(c);
  if (!hasTime(state, option)) return false;
  if (room >= 0 && state.cellCount[cell] === 0 && roomIsFree(state, room, cell, option)) moveRoom(state, cell, room);
  if (!take(c, option, DEEPEST)) {
    undo(state, value);
    return false;
  }
  state.logLength = 0;
  return true;
}

/** Everybody takes what is worth most to them and free, those who must or have most to gain first. */
export function settle(c: Chains, learners: Int32Array): void {
  const { state, candidates } = c;
  const { learnerStart, model, penalty } = state.layout;
  const must = (r: number): number => (state.requestCount[r] < model.requestLeast[r] ? penalty : 0);
  const hope = (learner: number): number => {
    let best = 0;
    for (let r = learnerStart[learner]; r < learnerStart[learner + 1]; r++) {
      if (candidates.start[r] < candidates.start[r + 1])
        best = Math.max(best, candidates.score[candidates.start[r]] + must(r));
    }
    return best;
  };
  const order = Array.from(learners, (learner) => ({ learner, worth: hope(learner) }));
  order.sort((a, b) => b.worth - a.worth || a.learner - b.learner);
  for (const { learner } of order) {
    for (let r = learnerStart[learner]; r < learnerStart[learner + 1]; r++) {
      for (let k = candidates.start[r]; k < candidates.start[r + 1]; k++) {
        if (state.requestCount[r] >= model.requestMost[r]) break;
        const option = candidates.option[k];
        if (candidates.score[k] + must(r) - personal(state, learner, option) > 0) placeOption(c, option, -1);
      }
    }
  }
}

/** An index below `count` of some random bits (12 suffice for the lists here; the rest differ by less than 1 %). */
function pick(bits: number, count: number): number {
  return ((bits & 0xfff) * count) >>> 12;
}

/** Gives a learner sessions until nothing worth taking is left. */
function fill(c: Chains, learner: number, depth: number, except: number): boolean {
  for (;;) {
    const option = bestCandidate(c, learner, depth, except);
    if (option < 0) return true;
    const before = c.state.logLength;
    if (take(c, option, depth)) continue;
    // Where the option turned out to be out of reach before anybody moved, the learner goes without.
    return c.state.logLength === before && c.put < MOST_PUT;
  }
}
