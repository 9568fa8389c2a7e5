/**
 * The core of a schedule: options that a choice better than the best known could still use, as a constrained model for an
 * exact solver. Reduced-cost fixing: an option is left out when the bound, with its request made to take it, falls below
 * what would be an improvement. So whatever is better than the best known lies in the core.
 */
import {
  binary,
  type ConstrainedQuadraticModel,
  type ConstraintInput,
  type CqmVariable,
  createCqm,
  integer,
  type SampleSet,
  type Solver,
} from '@qurriculum/problems';
import type { ScheduleChoice } from '../model.ts';
import type { SchedulePrices } from './bound.ts';
import type { ScheduleLayout } from './layout.ts';
import { continuityCharges } from './relaxation.ts';

/** Why no proof covers a model, in words; null where one does. */
export function coreRefusal({ model, seats }: ScheduleLayout): string | null {
  const most = model.wanted.reduce((sum, count) => Math.max(sum, count), 0);
  if (seats > 1) return 'sessions one to one only';
  if (model.rooms !== null || model.resourceQuantity.length > 0) return 'no rooms and no resources';
  if (model.near.length > 0 || Math.min(model.mostPerDay, model.mostPerWeek) < most)
    return 'no buffers and no limits per day or week';
  if (model.spread > 0 || model.access > 0) return 'no terms of spread or access';
  return model.load > 0 && model.loadFairness === 'squares' ? 'loads compared by their range' : null;
}

/** Options that a choice worth more than `value` could use, ascending; beside them those of a choice to start from. */
export function coreOptions(
  layout: ScheduleLayout,
  prices: SchedulePrices,
  value: number,
  choice?: ScheduleChoice,
): Int32Array {
  const { optionStart, requestMost } = layout.model;
  const slack = prices.exactBound - (layout.whole ? value + 1 : value) + TOLERANCE * Math.max(1, Math.abs(value));
  const chosen = new Set(choice?.options);
  const charges = continuityCharges(layout);
  const kept: number[] = [];
  for (let r = 0; r < requestMost.length; r++) {
    const forced = createForced(layout, prices, r, charges[r]);
    for (let o = optionStart[r]; o < optionStart[r + 1]; o++) {
      if (prices.request[r] - forced(o) <= slack || chosen.has(o)) kept.push(o);
    }
  }
  return Int32Array.from(kept);
}

const TOLERANCE = 1e-9;

/**
 * At most what a request can have that takes a given option: alone, with others of the same tutor, or with any others.
 * Exact for two sessions; for more, others are counted without regard to their slots.
 */
function createForced(
  { model }: ScheduleLayout,
  { reduced }: SchedulePrices,
  request: number,
  charge: number,
): (option: number) => number {
  const { optionStart, optionTutor, optionSlot, requestMost } = model;
  const others = requestMost[request] - 1;
  const own = Int32Array.from(
    { length: optionStart[request + 1] - optionStart[request] },
    (_, k) => optionStart[request] + k,
  );
  own.sort((a, b) => reduced[b] - reduced[a] || a - b);
  const add = (option: number, suits: (other: number) => boolean): number => {
    let [sum, count] = [0, 0];
    for (const other of own) {
      if (count === others || reduced[other] <= 0) break;
      if (other === option || optionSlot[other] === optionSlot[option] || !suits(other)) continue;
      sum += reduced[other];
      count++;
    }
    return sum;
  };
  return (option) => {
    if (others === 0) return reduced[option] - charge;
    const tutor = optionTutor[option];
    const together = add(option, (other) => optionTutor[other] === tutor) - charge;
    return reduced[option] + Math.max(together, add(option, () => true) - 2 * charge);
  };
}

export interface Core {
  readonly cqm: ConstrainedQuadraticModel;
  /** Values of the model's variables for a choice within the core. */
  encode(choice: ScheduleChoice): Int32Array;
  decode(values: ArrayLike<number>): ScheduleChoice;
}

/** The core as a model to be minimised: its energy is less the objective. */
export function createCore(layout: ScheduleLayout, options: Int32Array): Core {
  const { model, optionLearner } = layout;
  const pairs = learnerTutorPairs(layout, options);
  const ranged = model.load > 0 && layout.ableCount > 0;
  const variables: CqmVariable[] = [
    ...Array.from(options, (o) => binary(`o${o}`)),
    ...[...pairs.keys()].map((key) => binary(`p${key}`)),
    ...(ranged ? [integer('most load', 0, model.slots), integer('least load', 0, model.slots)] : []),
  ];
  const high = options.length + pairs.size;
  const linear = new Float64Array(variables.length);
  options.forEach((o, k) => {
    linear[k] = model.cellCost[model.optionTutor[o]] - model.optionGain[o] - model.optionBonus[o];
  });
  linear.fill(model.continuity, options.length, high);
  if (ranged) {
    linear[high] = model.load;
    linear[high + 1] = -model.load;
  }
  const constraints = [
    ...countRows(layout, options),
    ...tutorRows(layout, options, ranged ? high : -1),
    ...pairRows(layout, options, pairs),
  ];
  return {
    cqm: createCqm({ variables, linear, constraints }),
    encode(choice) {
      const values = new Int32Array(variables.length);
      const chosen = new Set(choice.options);
      const loads = new Map<number, number>();
      options.forEach((o, k) => {
        if (!chosen.has(o)) return;
        values[k] = 1;
        const pair = pairs.get(optionLearner[o] * model.tutors + model.optionTutor[o]);
        if (pair !== undefined) values[pair] = 1;
        loads.set(model.optionTutor[o], (loads.get(model.optionTutor[o]) ?? 0) + 1);
      });
      if (ranged) {
        const all = Array.from(layout.able.keys())
          .filter((t) => layout.able[t] === 1)
          .map((t) => loads.get(t) ?? 0);
        values[high] = Math.max(...all);
        values[high + 1] = Math.min(...all);
      }
      return values;
    },
    decode(values) {
      const chosen = options.filter((_, k) => values[k] > 0.5);
      return { options: chosen, rooms: new Int32Array(chosen.length).fill(-1) };
    },
  };
}

/** HiGHS as WebAssembly solves cores of 5,000 options in seconds and died of 8,168. */
export const MOST_OPTIONS = 6000;
/** Seconds where there is no deadline. */
const MOST_SECONDS = 60;

export interface CoreSearch {
  readonly exact: Solver;
  readonly layout: ScheduleLayout;
  readonly options: Int32Array;
  /** Within the options, to start from. */
  readonly choice: ScheduleChoice;
  /** May be infinite. */
  readonly seconds: number;
  readonly signal: AbortSignal;
}

export interface CoreAnswer {
  /** The best that was found, if anything was. */
  readonly choice: ScheduleChoice | null;
  /** Nothing in the core is worth more; null where that is not known. */
  readonly bound: number | null;
}

/**
 * Has an exact solver look through a core; null where it does not take such models. The answer is null where it fails or is
 * cancelled: what is known without it stays as it is.
 */
export function solveCore({ exact, layout, options, ...search }: CoreSearch): Promise<CoreAnswer | null> | null {
  const core = createCore(layout, options);
  if (exact.refuses(core.cqm) !== null) return null;
  const read = ({ samples, lowerBound, status }: SampleSet): CoreAnswer => {
    const best = samples.find(({ feasible }) => feasible);
    return {
      choice: best ? core.decode(best.values) : null,
      bound: lowerBound === null || status === 'infeasible' ? null : -lowerBound,
    };
  };
  const { choice, signal } = search;
  const seconds = Math.min(search.seconds, MOST_SECONDS);
  return exact.solve(core.cqm, { seconds, signal, initial: [core.encode(choice)] }).then(read, () => null);
}

/** The variable of each learner with a tutor, where continuity counts. */
function learnerTutorPairs({ model, optionLearner }: ScheduleLayout, options: Int32Array): Map<number, number> {
  const pairs = new Map<number, number>();
  if (model.continuity === 0) return pairs;
  for (const o of options) {
    const learner = optionLearner[o];
    const key = learner * model.tutors + model.optionTutor[o];
    if (model.wanted[learner] >= 2 && !pairs.has(key)) pairs.set(key, options.length + pairs.size);
  }
  return pairs;
}

type Terms = [number, number][];

function collect(options: Int32Array, key: (option: number) => number): Map<number, Terms> {
  const rows = new Map<number, Terms>();
  options.forEach((o, k) => {
    const row = rows.get(key(o));
    if (row) row.push([k, 1]);
    else rows.set(key(o), [[k, 1]]);
  });
  return rows;
}

/** Sessions of each request; of each cell; of each learner in a slot. */
function countRows(layout: ScheduleLayout, options: Int32Array): ConstraintInput[] {
  const { model, optionRequest, optionLearner, optionCell } = layout;
  const rows: ConstraintInput[] = [];
  for (const [r, terms] of collect(options, (o) => optionRequest[o])) {
    rows.push({ name: `request ${r} at most`, terms, sense: '<=', rhs: model.requestMost[r] });
    if (model.requestLeast[r] > 0)
      rows.push({ name: `request ${r} at least`, terms, sense: '>=', rhs: model.requestLeast[r] });
  }
  for (const [cell, terms] of collect(options, (o) => optionCell[o])) {
    if (terms.length > 1) rows.push({ name: `cell ${cell}`, terms, sense: '<=', rhs: 1 });
  }
  for (const [place, terms] of collect(options, (o) => optionLearner[o] * model.slots + model.optionSlot[o])) {
    if (terms.length > 1 && model.wanted[Math.floor(place / model.slots)] > 1)
      rows.push({ name: `learner and slot ${place}`, terms, sense: '<=', rhs: 1 });
  }
  return rows;
}

/** Sessions of each tutor: at most, at least, and between the least and the most load (`high`: its variable; -1: none). */
function tutorRows({ model, able }: ScheduleLayout, options: Int32Array, high: number): ConstraintInput[] {
  const byTutor = collect(options, (o) => model.optionTutor[o]);
  const rows: ConstraintInput[] = [];
  for (let t = 0; t < model.tutors; t++) {
    if (able[t] === 0) continue;
    const terms = byTutor.get(t) ?? [];
    if (terms.length > model.tutorMost[t])
      rows.push({ name: `tutor ${t} at most`, terms, sense: '<=', rhs: model.tutorMost[t] });
    if (model.tutorLeast[t] > 0)
      rows.push({ name: `tutor ${t} at least`, terms, sense: '>=', rhs: model.tutorLeast[t] });
    if (high < 0) continue;
    rows.push({ name: `load ${t} at most`, terms: [...terms, [high, -1]], sense: '<=', rhs: 0 });
    rows.push({ name: `load ${t} at least`, terms: [...terms, [high + 1, -1]], sense: '>=', rhs: 0 });
  }
  return rows;
}

/** An option needs its learner's pair with its tutor. */
function pairRows(
  { model, optionLearner }: ScheduleLayout,
  options: Int32Array,
  pairs: ReadonlyMap<number, number>,
): ConstraintInput[] {
  return Array.from(options).flatMap((o, k): ConstraintInput[] => {
    const pair = pairs.get(optionLearner[o] * model.tutors + model.optionTutor[o]);
    if (pair === undefined) return [];
    return [
      {
        name: `option ${o} with its tutor`,
        terms: [
          [k, 1],
          [pair, -1],
        ],
        sense: '<=',
        rhs: 0,
      },
    ];
  });
}
