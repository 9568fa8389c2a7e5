/** A quantum circuit as data: a list of named gates on numbered qubits. */
import { QuantumError } from './errors.ts';
import { GATES, type GateName } from './gates.ts';

/** One gate. For controlled gates the control comes first, as in OpenQASM. */
export interface Operation {
  readonly gate: GateName;
  readonly qubits: readonly number[];
  /** Angles in radians. */
  readonly parameters: readonly number[];
}

export interface Circuit {
  /** How many qubits; they are numbered from 0. */
  readonly qubits: number;
  readonly operations: readonly Operation[];
}

/** One gate, written shortly: `gate('rx', [0], 0.3)`. */
export function gate(name: GateName, qubits: readonly number[], ...parameters: number[]): Operation {
  return { gate: name, qubits, parameters };
}

/** A checked circuit. @throws QuantumError BAD_SIZE, BAD_GATE, BAD_QUBIT, BAD_VALUE, each naming the operation. */
export function createCircuit(qubits: number, operations: readonly Operation[]): Circuit {
  if (!(Number.isInteger(qubits) && qubits >= 1)) {
    throw new QuantumError('BAD_SIZE', `createCircuit: expected at least 1 qubit, got ${qubits}; pass a whole number.`);
  }
  for (const [k, operation] of operations.entries())
    requireOperation(operation, qubits, `createCircuit operation ${k}`);
  return { qubits, operations };
}

function requireOperation({ gate: name, qubits, parameters }: Operation, size: number, where: string): void {
  const known = Object.hasOwn(GATES, name) ? GATES[name] : undefined;
  if (!known) {
    const names = Object.keys(GATES).join(', ');
    throw new QuantumError('BAD_GATE', `${where}: expected one of ${names}, got "${name}"; use one of them.`);
  }
  if (qubits.length !== known.qubits || parameters.length !== known.parameters) {
    throw new QuantumError(
      'BAD_GATE',
      `${where}: expected ${known.qubits} qubits and ${known.parameters} angles for ${name}, got ${qubits.length} and ` +
        `${parameters.length}; correct it.`,
    );
  }
  const valid = qubits.every((qubit) => Number.isInteger(qubit) && qubit >= 0 && qubit < size);
  if (!valid || new Set(qubits).size !== qubits.length) {
    throw new QuantumError(
      'BAD_QUBIT',
      `${where}: expected different qubits from 0 to ${size - 1}, got ${qubits.join(', ')}; correct them.`,
    );
  }
  if (!parameters.every(Number.isFinite)) {
    throw new QuantumError(
      'BAD_VALUE',
      `${where}: expected finite angles, got ${parameters.join(', ')}; correct them.`,
    );
  }
}

/** Layers of gates that can run at the same time, each qubit in at most one gate per layer. */
export function circuitDepth(circuit: Circuit): number {
  const busy = new Int32Array(circuit.qubits);
  let depth = 0;
  for (const { qubits } of circuit.operations) {
    const layer = 1 + Math.max(...qubits.map((qubit) => busy[qubit]));
    for (const qubit of qubits) busy[qubit] = layer;
    depth = Math.max(depth, layer);
  }
  return depth;
}
