/**
 * A model on its chains, and back: biases and couplings spread evenly over the qubits and couplers that carry them,
 * chains held together by ferromagnetic couplings, broken chains repaired in what is read.
 */
import { type BinaryQuadraticModel, ProblemError } from '@qurriculum/problems';
import type { Embedding } from './embedding.ts';
import type { TargetGraph } from './graph.ts';

/** What the device takes: fields and couplings must lie inside. */
export interface BiasRanges {
  readonly field: readonly [number, number];
  readonly coupling: readonly [number, number];
}

export interface EmbeddedModel {
  /** Per position in the graph; NaN where no chain lies. */
  readonly fields: Float64Array;
  /** Per coupler of the graph. */
  readonly couplings: Float64Array;
  readonly chainStrength: number;
  /** What the model's own biases were multiplied by, to fit the ranges. */
  readonly scale: number;
}

/** Raymond et al. 2020, section V: sqrt(2) for problems that are neither easy nor hard. */
const TORQUE_PREFACTOR = Math.SQRT2;

/**
 * Uniform torque compensation (Raymond, Stevanovic, Bernoudy, Boothby, McGeoch, Berkley, Farre, Pasvolsky & King 2020,
 * "Improving performance of a D-Wave machine by chain strength", D-Wave technical report 14-1041):
 *
 *   strength = sqrt(2) * rms(J) * sqrt(mean degree)
 */
export function torqueCompensation({ rowStart, bias, linear }: BinaryQuadraticModel): number {
  const entries = rowStart[linear.length];
  if (entries === 0) return 1;
  let squares = 0;
  for (let k = 0; k < entries; k++) squares += bias[k] * bias[k];
  return TORQUE_PREFACTOR * Math.sqrt(squares / entries) * Math.sqrt(entries / linear.length);
}

/** A SPIN model on the device. @throws ProblemError BAD_VARIABLE for a BINARY one. */
export function embedModel(
  model: BinaryQuadraticModel,
  target: TargetGraph,
  chains: Embedding,
  ranges: BiasRanges,
  chainStrength = torqueCompensation(model),
): EmbeddedModel {
  if (model.vartype !== 'SPIN') {
    throw new ProblemError('BAD_VARIABLE', 'embedModel: expected a SPIN model, got a BINARY one; use toVartype first.');
  }
  const owner = ownersOf(target, chains);
  const fields = new Float64Array(target.qubits.length).fill(Number.NaN);
  for (const [v, chain] of chains.entries()) for (const qubit of chain) fields[qubit] = model.linear[v] / chain.length;
  const carriers = countCarriers(target, owner, chains.length);
  const couplings = new Float64Array(target.first.length);
  for (const [k, i] of target.first.entries()) {
    const [v, w] = [owner[i], owner[target.second[k]]];
    if (v < 0 || w < 0) continue;
    if (v === w) couplings[k] = -chainStrength;
    else couplings[k] = coupling(model, v, w) / carriers.get(pairKey(v, w, chains.length))!;
  }
  const scale = scaleInto(fields, couplings, ranges);
  return { fields: fields.map((h) => h * scale), couplings: couplings.map((J) => J * scale), chainStrength, scale };
}

function ownersOf({ qubits }: TargetGraph, chains: Embedding): Int32Array {
  const owner = new Int32Array(qubits.length).fill(-1);
  for (const [v, chain] of chains.entries()) for (const qubit of chain) owner[qubit] = v;
  return owner;
}

const pairKey = (v: number, w: number, size: number): number => Math.min(v, w) * size + Math.max(v, w);

/** How many couplers join each two chains. */
function countCarriers({ first, second }: TargetGraph, owner: Int32Array, size: number): Map<number, number> {
  const count = new Map<number, number>();
  for (const [k, i] of first.entries()) {
    const [v, w] = [owner[i], owner[second[k]]];
    if (v < 0 || w < 0 || v === w) continue;
    const key = pairKey(v, w, size);
    count.set(key, (count.get(key) ?? 0) + 1);
  }
  return count;
}

function coupling({ rowStart, neighbour, bias }: BinaryQuadraticModel, v: number, w: number): number {
  for (let k = rowStart[v]; k < rowStart[v + 1]; k++) if (neighbour[k] === w) return bias[k];
  return 0;
}

/** The greatest factor, at most 1, that brings all biases into the ranges. */
function scaleInto(fields: Float64Array, couplings: Float64Array, ranges: BiasRanges): number {
  let scale = 1;
  const fit = (value: number, [low, high]: readonly [number, number]): void => {
    if (value > high) scale = Math.min(scale, high / value);
    if (value < low) scale = Math.min(scale, low / value);
  };
  for (const h of fields) fit(h, ranges.field);
  for (const J of couplings) fit(J, ranges.coupling);
  return scale;
}

/** How a chain whose qubits disagree is read. */
export type ChainRepair = 'majority' | 'minimise-energy';

export interface Unembedded {
  /** -1/+1 per variable. */
  readonly spins: Int32Array;
  /** How many chains were broken. */
  readonly broken: number;
}

/**
 * Spins of the model from spins of the qubits (by position in the graph). 'majority': the sign of the chain's sum, +1 when
 * even. 'minimise-energy': broken variables one after the other, the one with the strongest field of those already
 * decided first, each against its field.
 */
export function unembed(
  model: BinaryQuadraticModel,
  chains: Embedding,
  qubits: ArrayLike<number>,
  repair: ChainRepair,
): Unembedded {
  const spins = new Int32Array(chains.length);
  const open: number[] = [];
  for (const [v, chain] of chains.entries()) {
    let sum = 0;
    for (const qubit of chain) sum += qubits[qubit];
    const whole = Math.abs(sum) === chain.length;
    if (!whole) open.push(v);
    if (whole || repair === 'majority') spins[v] = sum >= 0 ? 1 : -1;
  }
  const broken = open.length;
  while (repair === 'minimise-energy' && open.length > 0) {
    let strongest = 0;
    const fields = open.map((v) => fieldOf(model, spins, v));
    for (let k = 1; k < open.length; k++) if (Math.abs(fields[k]) > Math.abs(fields[strongest])) strongest = k;
    spins[open[strongest]] = fields[strongest] > 0 ? -1 : 1;
    open.splice(strongest, 1);
  }
  return { spins, broken };
}

/** Undecided spins are 0 and add nothing. */
function fieldOf({ linear, rowStart, neighbour, bias }: BinaryQuadraticModel, spins: Int32Array, v: number): number {
  let field = linear[v];
  for (let k = rowStart[v]; k < rowStart[v + 1]; k++) field += bias[k] * spins[neighbour[k]];
  return field;
}
