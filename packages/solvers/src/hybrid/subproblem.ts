/**
 * What is left of a binary constrained model when all but a few variables are clamped to an assignment: as a CQM with
 * its rows, or as a BQM without slack whose rows became parabolas; and the measure by which answers are judged, always
 * by the true rows.
 */
import {
  type BinaryQuadraticModel,
  binary,
  type ConstrainedQuadraticModel,
  type ConstraintInput,
  createBqm,
  createCqm,
  type PairEntry,
} from '@qurriculum/problems';
import type { CqmState } from '../classical/cqm-state.ts';
import { fitRowPenalty } from './row-penalty.ts';

/** How far an assignment breaks its rows (0: feasible), and the energy; the first decides. */
export interface Merit {
  readonly excess: number;
  readonly energy: number;
}

export interface Subproblem {
  /** Indices of the free variables in the full model, in the order of the sub-models' variables. */
  readonly variables: Int32Array;
  /** Mean over the free variables of |linear| + 1/2 sum |pairs|: what a flip is worth. */
  readonly reach: number;
  /** Whether some assignment of the free variables breaks a row. */
  readonly hasRows: boolean;
  /** The merit of an assignment of the free variables, changes against the clamped assignment. */
  merit(values: ArrayLike<number>): Merit;
  constrained(): ConstrainedQuadraticModel;
  /** Energies and, times `strength`, the penalties of the rows. */
  penalised(strength: number): BinaryQuadraticModel;
}

/** A row on the free variables that some assignment of them breaks. */
interface FreeRow {
  readonly places: readonly number[];
  readonly coefficients: readonly number[];
  readonly low: number;
  readonly high: number;
  /** Excesses are counted in the row's largest coefficient. */
  readonly scale: number;
}

/** Frees some variables of the state's assignment. The state may change afterwards; the subproblem keeps its own. */
export function createSubproblem(state: CqmState, variables: Int32Array): Subproblem {
  const size = variables.length;
  const place = new Map(Array.from(variables, (i, k) => [i, k]));
  const current = Int8Array.from(variables, (i) => state.values[i]);
  const linear = Float64Array.from(variables, (i) => state.field[i]);
  const pairs: PairEntry[] = [];
  for (let k = 0; k < size; k++) {
    const i = variables[k];
    for (let e = state.pairStart[i]; e < state.pairStart[i + 1]; e++) {
      const l = place.get(state.pairColumn[e]);
      if (l === undefined) continue;
      linear[k] -= state.pairValue[e] * current[l];
      if (l > k) pairs.push([k, l, state.pairValue[e]]);
    }
  }
  const rows = freeRows(state, variables, place);
  const energyOf = (values: ArrayLike<number>): number => {
    let energy = 0;
    for (let k = 0; k < size; k++) energy += linear[k] * values[k];
    for (const [k, l, value] of pairs) energy += value * values[k] * values[l];
    return energy;
  };
  const clamped = { energy: energyOf(current), excess: rowsExcess(rows, current) };
  const reach = meanReach(linear, pairs);
  return {
    variables,
    reach,
    hasRows: rows.length > 0,
    merit: (values) => ({
      excess: rowsExcess(rows, values) - clamped.excess,
      energy: energyOf(values) - clamped.energy,
    }),
    constrained: () =>
      createCqm({
        variables: Array.from(variables, (i) => binary(`${i}`)),
        linear,
        quadratic: pairs,
        constraints: rows.map(rowInput),
      }),
    penalised: (strength) => penalisedModel(linear, pairs, rows, strength * reach),
  };
}

function freeRows(state: CqmState, variables: Int32Array, place: ReadonlyMap<number, number>): FreeRow[] {
  const touched = new Set<number>();
  for (const i of variables) {
    for (let e = state.columnStart[i]; e < state.columnStart[i + 1]; e++) touched.add(state.columnRow[e]);
  }
  const rows: FreeRow[] = [];
  for (const r of touched) {
    const places: number[] = [];
    const coefficients: number[] = [];
    let [clamped, least, most, largest] = [state.activity[r], 0, 0, 0];
    for (let e = state.rowStart[r]; e < state.rowStart[r + 1]; e++) {
      const k = place.get(state.rowColumn[e]);
      largest = Math.max(largest, Math.abs(state.rowValue[e]));
      if (k === undefined) continue;
      const coefficient = state.rowValue[e];
      places.push(k);
      coefficients.push(coefficient);
      clamped -= coefficient * state.values[state.rowColumn[e]];
      if (coefficient < 0) least += coefficient;
      else most += coefficient;
    }
    const low = state.low[r] - clamped;
    const high = state.high[r] - clamped;
    if (least < low || most > high) rows.push({ places, coefficients, low, high, scale: 1 / largest });
  }
  return rows;
}

function rowsExcess(rows: readonly FreeRow[], values: ArrayLike<number>): number {
  let sum = 0;
  for (const { places, coefficients, low, high, scale } of rows) {
    let activity = 0;
    for (let k = 0; k < places.length; k++) activity += coefficients[k] * values[places[k]];
    sum += scale * Math.max(activity - high, low - activity, 0);
  }
  return sum;
}

function meanReach(linear: Float64Array, pairs: readonly PairEntry[]): number {
  let sum = 0;
  for (const value of linear) sum += Math.abs(value);
  for (const [, , value] of pairs) sum += Math.abs(value);
  return sum > 0 ? sum / linear.length : 1;
}

/** Rows of a CQM are bounded on one side, or equations. */
function rowInput({ places, coefficients, low, high }: FreeRow, r: number): ConstraintInput {
  const terms = places.map((k, t) => [k, coefficients[t]] as const);
  if (low === Number.NEGATIVE_INFINITY) return { name: `row ${r}`, terms, sense: '<=', rhs: high };
  if (high === Number.POSITIVE_INFINITY) return { name: `row ${r}`, terms, sense: '>=', rhs: low };
  return { name: `row ${r}`, terms, sense: '==', rhs: (low + high) / 2 };
}

/** weight (slope u + curvature u^2) with y^2 = y; constants change no sample. */
function penalisedModel(
  objective: Float64Array,
  pairs: readonly PairEntry[],
  rows: readonly FreeRow[],
  weight: number,
): BinaryQuadraticModel {
  const linear = objective.slice();
  const quadratic = [...pairs];
  for (const { places, coefficients, low, high } of rows) {
    const { slope, curvature } = fitRowPenalty(coefficients, low, high);
    for (let a = 0; a < places.length; a++) {
      linear[places[a]] += weight * (slope * coefficients[a] + curvature * coefficients[a] ** 2);
      for (let b = 0; b < a; b++) {
        quadratic.push([places[a], places[b], weight * 2 * curvature * coefficients[a] * coefficients[b]]);
      }
    }
  }
  return createBqm({ vartype: 'BINARY', variables: linear.length, linear, quadratic });
}
