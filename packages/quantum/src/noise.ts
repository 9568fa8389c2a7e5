/**
 * Noisy runs by trajectories (quantum jumps; Nielsen & Chuang 2010, "Quantum Computation and Quantum Information",
 * section 8.3): behind every gate each of its qubits depolarises with probability p, and every bit that is read flips
 * with probability r. Averaged over trajectories this is the channel
 *
 *   rho -> (1 - p) rho + p/3 (X rho X + Y rho Y + Z rho Z).
 */
import type { Random } from '@qurriculum/random';
import { type Circuit, gate } from './circuit.ts';
import { QuantumError } from './errors.ts';
import { gateMatrix } from './gates.ts';
import { type Measurements, measure } from './sampling.ts';
import { applyUnitary, createState, type StateVector } from './state-vector.ts';

export interface Noise {
  /** Probability, from 0 to 1, of X, Y or Z (a third each) behind a gate, for each of its qubits. Default 0. */
  readonly depolarising?: number;
  /** Probability, from 0 to 1, that a measured bit is read as the other one. Default 0. */
  readonly readout?: number;
}

export interface NoisyRun {
  readonly measurements: Measurements;
  /** State vectors that were simulated: one for all shots without an error, one for each shot with some. */
  readonly trajectories: number;
}

const PAULIS = ['x', 'y', 'z'] as const;

interface Jump {
  readonly pauli: (typeof PAULIS)[number];
  readonly qubit: number;
}

/** Runs and measures a circuit `shots` times with noise. @throws QuantumError BAD_SIZE, BAD_VALUE. */
export function measureNoisy(circuit: Circuit, shots: number, noise: Noise, random: Random): NoisyRun {
  const depolarising = requireProbability('measureNoisy', 'depolarising', noise.depolarising ?? 0);
  const readout = requireProbability('measureNoisy', 'readout', noise.readout ?? 0);
  if (!(Number.isInteger(shots) && shots >= 1)) {
    throw new QuantumError('BAD_VALUE', `measureNoisy: expected at least 1 shot, got ${shots}; pass a whole number.`);
  }
  const jumpsOfShots = drawJumps(circuit, shots, depolarising, random.fork('jumps'));
  const clean = shots - jumpsOfShots.length;
  const seen = new Map<number, number>();
  const errors = random.fork('readout');
  const record = ({ states, counts }: Measurements): void => {
    for (const [k, state] of states.entries()) {
      for (let shot = 0; shot < counts[k]; shot++) {
        const read = readBits(state, circuit.qubits, readout, errors);
        seen.set(read, (seen.get(read) ?? 0) + 1);
      }
    }
  };
  const state = createState(circuit.qubits);
  const draws = random.fork('measure');
  if (clean > 0) record(measure(runWithJumps(circuit, state, new Map()), clean, draws));
  for (const jumps of jumpsOfShots) record(measure(runWithJumps(circuit, state, jumps), 1, draws));
  const sorted = [...seen].sort(([a], [b]) => a - b);
  return {
    measurements: {
      states: Uint32Array.from(sorted, ([read]) => read),
      counts: Uint32Array.from(sorted, ([, count]) => count),
    },
    trajectories: jumpsOfShots.length + (clean > 0 ? 1 : 0),
  };
}

/** For each shot with errors: operation to the errors behind it. */
function drawJumps(circuit: Circuit, shots: number, probability: number, random: Random): Map<number, Jump[]>[] {
  if (probability === 0) return [];
  const all: Map<number, Jump[]>[] = [];
  for (let shot = 0; shot < shots; shot++) {
    const jumps = new Map<number, Jump[]>();
    for (const [place, { qubits }] of circuit.operations.entries()) {
      for (const qubit of qubits) {
        if (!random.chance(probability)) continue;
        jumps.set(place, [...(jumps.get(place) ?? []), { pauli: random.pick(PAULIS), qubit }]);
      }
    }
    if (jumps.size > 0) all.push(jumps);
  }
  return all;
}

function runWithJumps(circuit: Circuit, state: StateVector, jumps: ReadonlyMap<number, readonly Jump[]>): StateVector {
  state.re.fill(0);
  state.im.fill(0);
  state.re[0] = 1;
  for (const [place, operation] of circuit.operations.entries()) {
    const errors = (jumps.get(place) ?? []).map(({ pauli, qubit }) => gate(pauli, [qubit]));
    for (const { gate: name, qubits, parameters } of [operation, ...errors]) {
      applyUnitary(state, gateMatrix(name, parameters), qubits);
    }
  }
  return state;
}

/** A basis state as it is read: each bit flips with the given probability. */
export function readBits(state: number, qubits: number, probability: number, random: Random): number {
  if (probability === 0) return state;
  let read = state;
  for (let qubit = 0; qubit < qubits; qubit++) if (random.chance(probability)) read ^= 1 << qubit;
  return read;
}

/** @throws QuantumError BAD_VALUE outside of 0 to 1. */
export function requireProbability(where: string, name: string, value: number): number {
  if (value >= 0 && value <= 1) return value;
  throw new QuantumError('BAD_VALUE', `${where}: expected ${name} from 0 to 1, got ${value}; correct it.`);
}
