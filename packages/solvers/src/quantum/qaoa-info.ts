/** What `qaoa` says about the state that it measured last. A simulator sees all of it. */
import type { Problem, Sample } from '@qurriculum/problems';
import { circuitDepth, type QaoaAngles } from '@qurriculum/quantum';
import type { QaoaEncoding } from './qaoa-encoding.ts';

/** What the last measured state says about itself. Energies are those of the model on qubits, penalties included. */
export interface QaoaInfo {
  readonly qubits: number;
  /** Layers p of the last measured state. */
  readonly layers: number;
  readonly gammas: readonly number[];
  readonly betas: readonly number[];
  /** <C>. */
  readonly expectation: number;
  /** Probability to measure the best sample's values (for a BQM: its energy) with one shot. */
  readonly probabilityOfBest: number;
  /** The least cost of all states, by looking at them all, and the probability to measure it with one shot. */
  readonly leastCost: number;
  readonly probabilityOfOptimum: number;
  /** (greatest cost - <C>) / (greatest - least): 1 at the optimum. 1 when all costs are equal. */
  readonly approximationRatio: number;
  /** 'xy' where one-hot rows were kept by the mixer, 'warm' where it starts from `initial`, 'x' else. */
  readonly mixer: 'x' | 'xy' | 'warm';
  /** Depth of the circuit in one- and two-qubit gates, and how many of the latter; null for 'xy', which is not compiled. */
  readonly depth: number | null;
  readonly twoQubitGates: number | null;
  /** What was minimised, <C> or its CVaR, at the angles measured at every depth that was finished, from p = 1. */
  readonly expectationByDepth: readonly number[];
}

/** Costs that differ by rounding only count as equal. */
const COST_TOLERANCE = 1e-9;

export function describeState(
  problem: Problem,
  encoding: QaoaEncoding,
  angles: QaoaAngles,
  best: Sample,
  expectationByDepth: readonly number[],
): QaoaInfo {
  const { costs, objective } = encoding;
  const expectation = objective.energy(angles);
  const { re, im } = objective.state();
  const [least, greatest] = range(costs);
  const tolerance = COST_TOLERANCE * Math.max(1, Math.abs(least), Math.abs(greatest));
  const isBest = recogniseBest(problem, encoding, best, tolerance);
  let probabilityOfBest = 0;
  let probabilityOfOptimum = 0;
  for (let x = 0; x < costs.length; x++) {
    const probability = re[x] * re[x] + im[x] * im[x];
    if (isBest(x)) probabilityOfBest += probability;
    if (costs[x] <= least + tolerance) probabilityOfOptimum += probability;
  }
  const circuit = encoding.circuit(angles);
  return {
    qubits: encoding.qubits,
    mixer: encoding.mixer,
    layers: angles.gammas.length,
    gammas: angles.gammas,
    betas: angles.betas,
    expectation,
    probabilityOfBest,
    leastCost: least,
    probabilityOfOptimum,
    approximationRatio: greatest - least > tolerance ? (greatest - expectation) / (greatest - least) : 1,
    depth: circuit && circuitDepth(circuit),
    twoQubitGates: circuit ? circuit.operations.filter((operation) => operation.qubits.length === 2).length : null,
    expectationByDepth,
  };
}

/** Whether a basis state is as good as the best sample (BQM), or has its values whatever the slack (CQM). */
function recogniseBest(
  problem: Problem,
  { costs, ownStates, values, stateOf }: QaoaEncoding,
  best: Sample,
  tolerance: number,
): (state: number) => boolean {
  if (problem.type === 'bqm') return (x) => costs[x] <= best.energy + tolerance;
  if (stateOf) {
    const own = stateOf(best.values);
    return (x) => x === own;
  }
  const equal = new Uint8Array(ownStates);
  for (let x = 0; x < ownStates; x++) if (sameValues(values(x), best.values)) equal[x] = 1;
  return (x) => equal[x % ownStates] === 1;
}

function sameValues(a: Int32Array, b: Int32Array): boolean {
  return a.every((value, i) => value === b[i]);
}

function range(values: Float64Array): [least: number, greatest: number] {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return [least, greatest];
}
