/** The working graph of an annealer, as its own description lists it: whatever the topology is called. */
import type { Fields } from '../response-fields.ts';
import { listField, numbersOf } from '../response-fields.ts';
import { readTopology, type Topology } from './topology.ts';

/** Qubits by position, 0 to n - 1; couplers as symmetric compressed rows. */
export interface TargetGraph {
  /** The vendor's number of each qubit, in the order that the `qp` format uses. */
  readonly qubits: Int32Array;
  /** Positions of both ends of each coupler, in the order that the `qp` format uses. */
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly rowStart: Int32Array;
  readonly neighbour: Int32Array;
  /** By which the numbers tell where qubits lie; null where it is not known. */
  readonly topology: Topology | null;
}

/** From `qubits` and `couplers`, the vendor's numbers. Couplers of qubits that are not listed are left out. */
export function createTargetGraph(
  qubits: readonly number[],
  couplers: readonly (readonly [number, number])[],
  topology: Topology | null = null,
): TargetGraph {
  const position = new Map(qubits.map((qubit, k) => [qubit, k]));
  const ends = couplers.flatMap(([a, b]) => {
    const [i, j] = [position.get(a), position.get(b)];
    return i === undefined || j === undefined ? [] : [[i, j] as const];
  });
  const rowStart = new Int32Array(qubits.length + 1);
  for (const [i, j] of ends) {
    rowStart[i + 1]++;
    rowStart[j + 1]++;
  }
  for (let k = 0; k < qubits.length; k++) rowStart[k + 1] += rowStart[k];
  const fill = rowStart.slice();
  const neighbour = new Int32Array(2 * ends.length);
  for (const [i, j] of ends) {
    neighbour[fill[i]++] = j;
    neighbour[fill[j]++] = i;
  }
  return {
    qubits: Int32Array.from(qubits),
    first: Int32Array.from(ends, ([i]) => i),
    second: Int32Array.from(ends, ([, j]) => j),
    rowStart,
    neighbour,
    topology,
  };
}

/** The graph in a solver's `properties`. @throws RemoteError BAD_RESPONSE */
export function readTargetGraph(properties: Fields): TargetGraph {
  const where = 'D-Wave solver properties';
  const qubits = numbersOf(listField(properties, 'qubits', where), `${where} qubits`);
  const couplers = listField(properties, 'couplers', where).map((pair): [number, number] => {
    const [a, b] = numbersOf(pair, `${where} couplers`);
    return [a, b];
  });
  return createTargetGraph(qubits, couplers, readTopology(properties));
}
