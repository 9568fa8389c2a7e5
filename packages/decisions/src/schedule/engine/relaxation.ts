/**
 * The Lagrangian relaxation of a schedule at given prices: its value (an upper bound at any prices), and how far cells,
 * tutors, slots and loads are over or under what they have. The formula stands in `bound.ts`.
 */
import type { ScheduleLayout } from './layout.ts';
import { createSubproblem, type RequestSubproblem } from './subproblem.ts';

/** Prices and tangents, by part: cells; most, highest and lowest load of tutors; rooms of slots; tangents of squares. */
export interface RelaxationPrices {
  readonly cell: Float64Array;
  readonly most: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly room: Float64Array;
  readonly loadTangent: Float64Array;
  readonly accessTangent: Float64Array;
}

export interface Relaxation {
  readonly prices: RelaxationPrices;
  /** Sessions of each cell and tutor and slot in the answer of the last `evaluate`, shared ones as parts. */
  readonly cellUse: Float64Array;
  readonly load: Float64Array;
  readonly slotUse: Float64Array;
  /** Sessions that each group got, and everybody. */
  readonly metBy: Float64Array;
  metAll(): number;
  /** Value of each option and each request at these prices. */
  readonly reduced: Float64Array;
  readonly request: Float64Array;
  /** All that one more session of a tutor costs, cells and slots apart. */
  readonly tutorPrice: Float64Array;
  /** Rooms that each slot has; null where none are needed. */
  readonly roomsIn: Float64Array | null;
  /** Cells that an option has. */
  readonly cells: Int32Array;
  /** The relaxation's value: no choice is worth more. */
  evaluate(): number;
}

export function createRelaxation(layout: ScheduleLayout): Relaxation {
  const { model } = layout;
  const { tutors, slots, groups } = model;
  const prices: RelaxationPrices = {
    cell: new Float64Array(tutors * slots),
    most: new Float64Array(tutors),
    // The weight of the range is shared out evenly at first.
    high: Float64Array.from(layout.able, (able) => (able * rangeWeight(layout)) / layout.ableCount),
    low: Float64Array.from(layout.able, (able) => (able * rangeWeight(layout)) / layout.ableCount),
    room: new Float64Array(slots),
    loadTangent: new Float64Array(tutors),
    accessTangent: new Float64Array(groups),
  };
  const options = layout.optionCell.length;
  const reduced = new Float64Array(options);
  const request = new Float64Array(model.requestLearner.length);
  const mode = new Uint8Array(options).fill(1);
  const cellUse = new Float64Array(tutors * slots);
  const load = new Float64Array(tutors);
  const slotUse = new Float64Array(slots);
  const metBy = new Float64Array(groups);
  const tutorPrice = new Float64Array(tutors);
  const roomsIn = roomCounts(layout);
  const cells = Int32Array.from(new Set(layout.optionCell));
  const charge = continuityCharges(layout);
  const longest = model.requestMost.reduce((most, count) => Math.max(most, count), 1);
  const subproblem = createSubproblem(reduced, model.optionTutor, model.optionSlot, slots, longest);
  const { optionGain, optionBonus, optionTutor, optionSlot, optionStart, requestMost, requestLeast } = model;
  const { optionCell, optionSeats } = layout;
  /** Value of each option by itself, without prices; and what a session in each cell pays in prices. */
  const alone = optionGain.map((gain, o) => gain + optionBonus[o] - model.cellCost[optionTutor[o]]);
  const sessionPrice = new Float64Array(tutors * slots);
  let metAll = 0;

  function valueOptions(from: number, to: number, personal: number): void {
    if (layout.seats === 1) {
      for (let o = from; o < to; o++) reduced[o] = alone[o] + personal - sessionPrice[optionCell[o]];
      return;
    }
    for (let o = from; o < to; o++) {
      const costs = model.cellCost[optionTutor[o]] + sessionPrice[optionCell[o]];
      let best = optionGain[o] - costs;
      mode[o] = 1;
      for (let k = 2; k <= optionSeats[o]; k++) {
        const shared = model.share[k] * optionGain[o] - costs / k;
        if (shared > best) {
          best = shared;
          mode[o] = k;
        }
      }
      reduced[o] = best + optionBonus[o] + personal;
    }
  }

  function use(sub: RequestSubproblem, group: number): void {
    for (let k = 0; k < sub.count(); k++) {
      const o = sub.taken[k];
      const part = 1 / mode[o];
      cellUse[optionCell[o]] += part;
      load[optionTutor[o]] += part;
      slotUse[optionSlot[o]] += part;
    }
    metAll += sub.count();
    if (group >= 0) metBy[group] += sub.count();
  }

  function fixedPart(): number {
    let sum = 0;
    for (const cell of cells) sum += prices.cell[cell];
    for (let t = 0; t < tutors; t++) {
      sum += prices.most[t] * model.tutorMost[t] + squaresWeight(layout) * prices.loadTangent[t] ** 2;
    }
    if (roomsIn !== null) for (let s = 0; s < slots; s++) sum += prices.room[s] * roomsIn[s];
    for (let g = 0; g < groups; g++) sum += model.access * layout.wantedBy[g] * prices.accessTangent[g] ** 2;
    return sum;
  }

  function evaluate(): number {
    for (const part of [cellUse, load, slotUse, metBy]) part.fill(0);
    metAll = 0;
    for (let t = 0; t < tutors; t++) {
      tutorPrice[t] =
        prices.most[t] + prices.high[t] - prices.low[t] + 2 * squaresWeight(layout) * prices.loadTangent[t];
    }
    for (const cell of cells) {
      const tutor = Math.floor(cell / slots);
      sessionPrice[cell] = tutorPrice[tutor] + prices.cell[cell] + prices.room[cell - tutor * slots];
    }
    const everybody = accessOfEverybody(layout, prices);
    let value = fixedPart();
    for (let r = 0; r < requestMost.length; r++) {
      const group = model.learnerGroup[model.requestLearner[r]];
      const own = group < 0 ? 0 : prices.accessTangent[group];
      valueOptions(optionStart[r], optionStart[r + 1], -2 * model.access * (own - everybody));
      request[r] = subproblem.solve(optionStart[r], optionStart[r + 1], requestMost[r], charge[r], requestLeast[r] > 0);
      value += request[r];
      use(subproblem, group);
    }
    return value;
  }

  return {
    prices,
    cellUse,
    load,
    slotUse,
    metBy,
    metAll: () => metAll,
    reduced,
    request,
    tutorPrice,
    roomsIn,
    cells,
    evaluate,
  };
}

/** Weight of most minus least load; 0 where loads are compared by squares. */
export function rangeWeight({ model, ableCount }: ScheduleLayout): number {
  return model.loadFairness === 'range' && ableCount > 0 ? model.load : 0;
}

export function squaresWeight({ model }: ScheduleLayout): number {
  return model.loadFairness === 'squares' ? model.load : 0;
}

/** Continuity charged to each request per tutor: an equal part of its learner's. */
export function continuityCharges({ model, learnerStart }: ScheduleLayout): Float64Array {
  return Float64Array.from(model.requestLearner, (l) =>
    model.wanted[l] >= 2 ? model.continuity / (learnerStart[l + 1] - learnerStart[l]) : 0,
  );
}

/** Sum of W_h y_h / W: what one session more of anybody changes in everybody's share. */
function accessOfEverybody({ model, wantedBy, wantedAll }: ScheduleLayout, prices: RelaxationPrices): number {
  if (wantedAll === 0) return 0;
  let sum = 0;
  for (let g = 0; g < model.groups; g++) sum += wantedBy[g] * prices.accessTangent[g];
  return sum / wantedAll;
}

function roomCounts({ model }: ScheduleLayout): Float64Array | null {
  const { rooms, slots } = model;
  if (rooms === null) return null;
  return Float64Array.from({ length: slots }, (_, s) => {
    let count = 0;
    for (let room = 0; room < rooms.count; room++) count += rooms.available[room * slots + s];
    return count;
  });
}
