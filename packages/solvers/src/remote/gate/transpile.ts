/**
 * A circuit in a machine's own instructions: a place for every qubit, swaps where two that meet are not neighbours, and
 * gates out of rz, sx and one of cz and cx. What it does is basic: greedy placing, the shortest way for every swap, runs
 * of one-qubit gates merged; Qiskit's transpiler finds circuits with fewer two-qubit gates.
 */
import { type Circuit, createCircuit, gate, gateMatrix, type Operation, type Unitary } from '@qurriculum/quantum';
import { RemoteError } from '../remote-error.ts';
import { asRzSx, compose, IDENTITY } from './single-qubit.ts';

export interface Machine {
  readonly qubits: number;
  /** Names of the gates it has. */
  readonly basisGates: readonly string[];
  /** Pairs on which the two-qubit gate runs, control first. */
  readonly couplingMap: readonly (readonly [number, number])[];
}

export interface PhysicalCircuit {
  /** On all qubits of the machine. */
  readonly circuit: Circuit;
  /** Where qubit k of the given circuit is at the end. */
  readonly places: readonly number[];
  /** How many swaps were put in. */
  readonly swaps: number;
}

/** @throws RemoteError DOES_NOT_FIT: too many qubits, qubits that no path joins, or a machine without the gates used here. */
export function transpile(circuit: Circuit, machine: Machine): PhysicalCircuit {
  const native = nativeGate(machine);
  const near = neighboursOf(machine);
  const distance = near.map((_, from) => distancesFrom(near, from));
  const place = placeQubits(circuit, near, distance);
  const writer = createWriter(machine, native);
  let swaps = 0;
  for (const { gate: name, qubits, parameters } of circuit.operations) {
    if (qubits.length === 1) {
      writer.single(gateMatrix(name, parameters), place[qubits[0]]);
      continue;
    }
    const [a, b] = qubits;
    while (distance[place[a]][place[b]] > 1) {
      const next = near[place[a]].find((q) => distance[q][place[b]] < distance[place[a]][place[b]]);
      if (next === undefined) throw apart();
      writer.swap(place[a], next);
      const other = place.indexOf(next);
      if (other >= 0) place[other] = place[a];
      place[a] = next;
      swaps++;
    }
    if (name === 'cx') writer.cx(place[a], place[b]);
    else if (name === 'cz') writer.cz(place[a], place[b]);
    else if (name === 'swap') writer.swap(place[a], place[b]);
    else {
      const text = `transpile: expected one-qubit gates, cx, cz or swap, got ${name}; decompose the circuit first.`;
      throw new RemoteError('REJECTED', text);
    }
  }
  return { circuit: createCircuit(machine.qubits, writer.finish()), places: place, swaps };
}

function nativeGate({ basisGates }: Machine): 'cz' | 'cx' {
  const has = (name: string): boolean => basisGates.includes(name);
  if (has('rz') && has('sx')) {
    if (has('cz')) return 'cz';
    if (has('cx')) return 'cx';
  }
  throw new RemoteError(
    'DOES_NOT_FIT',
    `transpile: expected a machine with rz, sx and cz or cx, got one with ${basisGates.join(', ')}; choose another.`,
  );
}

function neighboursOf({ qubits, couplingMap }: Machine): readonly (readonly number[])[] {
  const near = Array.from({ length: qubits }, () => new Set<number>());
  for (const [a, b] of couplingMap) {
    near[a].add(b);
    near[b].add(a);
  }
  return near.map((set) => [...set].sort((a, b) => a - b));
}

/** Couplings between the qubit and every other; infinite where no path leads. */
function distancesFrom(near: readonly (readonly number[])[], from: number): readonly number[] {
  const distance = near.map(() => Number.POSITIVE_INFINITY);
  distance[from] = 0;
  const queue = [from];
  for (const qubit of queue) {
    for (const next of near[qubit]) {
      if (distance[next] !== Number.POSITIVE_INFINITY) continue;
      distance[next] = distance[qubit] + 1;
      queue.push(next);
    }
  }
  return distance;
}

/**
 * Qubit by qubit, the one with most gates to those already placed first, each beside them where the sum of gates times
 * distance is least. The first goes where the machine is densest.
 */
function placeQubits(
  circuit: Circuit,
  near: readonly (readonly number[])[],
  distance: readonly (readonly number[])[],
): number[] {
  const size = circuit.qubits;
  const gates = Array.from({ length: size }, () => new Float64Array(size));
  for (const { qubits } of circuit.operations) {
    if (qubits.length < 2) continue;
    gates[qubits[0]][qubits[1]]++;
    gates[qubits[1]][qubits[0]]++;
  }
  const place = new Array<number>(size).fill(-1);
  const placed: number[] = [];
  const taken = new Set<number>();
  while (placed.length < size) {
    const open = place.flatMap((at, q) => (at < 0 ? [q] : []));
    const total = (q: number): number => gates[q].reduce((sum, count) => sum + count, 0);
    const ties = (q: number): number => placed.reduce((sum, other) => sum + gates[q][other], 0);
    const qubit = best(open, (q) => -ties(q) - 1e-6 * total(q));
    const reachable = near.flatMap((others, p) =>
      !taken.has(p) && (placed.length === 0 || others.some((other) => taken.has(other))) ? [p] : [],
    );
    if (reachable.length === 0) throw apart();
    const cost = (p: number): number =>
      placed.reduce((sum, other) => sum + gates[qubit][other] * distance[p][place[other]], 0);
    // Of equals the one nearest to all that is placed, so that the patch stays round, and with room beside it; at first
    // the one in the middle.
    const spread = (p: number): number =>
      placed.length === 0 ? nearest(distance[p], size) : placed.reduce((sum, q) => sum + distance[p][place[q]], 0);
    const free = (p: number): number => near[p].filter((other) => !taken.has(other)).length;
    const chosen = best(reachable, (p) => cost(p) + 1e-6 * (spread(p) - free(p) / 2));
    place[qubit] = chosen;
    placed.push(qubit);
    taken.add(chosen);
  }
  return place;
}

/** Sum of the distances to the nearest `size` qubits: infinite where the machine's part is too small. */
function nearest(distance: readonly number[], size: number): number {
  const near = [...distance].sort((a, b) => a - b).slice(0, size);
  return near.length < size ? Number.POSITIVE_INFINITY : near.reduce((sum, d) => sum + d, 0);
}

function best(options: readonly number[], cost: (option: number) => number): number {
  let chosen = options[0];
  let least = Number.POSITIVE_INFINITY;
  for (const option of options) {
    const value = cost(option);
    if (value >= least) continue;
    least = value;
    chosen = option;
  }
  return chosen;
}

function apart(): RemoteError {
  const text =
    'transpile: expected enough qubits that are joined, got too few; take a smaller problem or another machine.';
  return new RemoteError('DOES_NOT_FIT', text);
}

interface Writer {
  single(matrix: Unitary, qubit: number): void;
  cx(control: number, target: number): void;
  cz(a: number, b: number): void;
  swap(a: number, b: number): void;
  finish(): readonly Operation[];
}

/** Gathers one-qubit gates and writes them out, merged, where a two-qubit gate or the end needs them. */
function createWriter({ qubits, couplingMap }: Machine, native: 'cz' | 'cx'): Writer {
  const operations: Operation[] = [];
  const pending: Unitary[] = Array.from({ length: qubits }, () => IDENTITY);
  const directions = new Set(couplingMap.map(([a, b]) => a * qubits + b));
  const h = gateMatrix('h', []);
  const flush = (qubit: number): void => {
    operations.push(...asRzSx(pending[qubit], qubit));
    pending[qubit] = IDENTITY;
  };
  const single = (matrix: Unitary, qubit: number): void => {
    pending[qubit] = compose(matrix, pending[qubit]);
  };
  /** The native gate the way round that the machine has it; cx is turned by an h on each side. */
  const pair = (a: number, b: number): void => {
    const known = directions.has(a * qubits + b);
    if (!known && native === 'cx') for (const qubit of [a, b]) single(h, qubit);
    flush(a);
    flush(b);
    operations.push(gate(native, known ? [a, b] : [b, a]));
    if (!known && native === 'cx') for (const qubit of [a, b]) single(h, qubit);
  };
  /** cx = h(target) cz h(target) and the other way round. */
  const turned = (a: number, b: number): void => {
    single(h, b);
    pair(a, b);
    single(h, b);
  };
  const cx = native === 'cx' ? pair : turned;
  return {
    single,
    cx,
    cz: native === 'cz' ? pair : turned,
    swap(a, b) {
      cx(a, b);
      cx(b, a);
      cx(a, b);
    },
    finish() {
      for (let qubit = 0; qubit < qubits; qubit++) flush(qubit);
      return operations;
    },
  };
}
