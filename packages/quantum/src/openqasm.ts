/**
 * A circuit as OpenQASM 3.0 (https://openqasm.com), measured at the end: bit k of `c` is qubit k.
 *
 * OpenQASM's type `angle` lives modulo 2 pi. Readers that take gate parameters for it (Microsoft's does) turn a controlled
 * rotation by theta + 2 pi, which is -1 times the one by theta where the control is 1, into the latter; readers that take
 * them for floats do not. So these three gates are written with angles in [0, 2 pi), and a Z on the control for the sign:
 * both then read the same circuit.
 */
import type { Circuit, Operation } from './circuit.ts';

export function toOpenQasm(circuit: Circuit): string {
  const lines = [
    'OPENQASM 3.0;',
    'include "stdgates.inc";',
    `qubit[${circuit.qubits}] q;`,
    `bit[${circuit.qubits}] c;`,
    ...circuit.operations.flatMap(withinOneTurn).map(({ gate, qubits, parameters }) => {
      const angles = parameters.length > 0 ? `(${parameters.map(formatAngle).join(', ')})` : '';
      return `${gate}${angles} ${qubits.map((qubit) => `q[${qubit}]`).join(', ')};`;
    }),
    'c = measure q;',
  ];
  return `${lines.join('\n')}\n`;
}

const FULL_TURN = 2 * Math.PI;

/** Where rz(theta + 2 pi) = -rz(theta) is no global phase: theta in [0, 2 pi), and Z on the control for odd turns. */
function withinOneTurn(operation: Operation): Operation[] {
  const { gate, qubits, parameters } = operation;
  if (gate !== 'crx' && gate !== 'cry' && gate !== 'crz') return [operation];
  const turns = Math.floor(parameters[0] / FULL_TURN);
  if (turns === 0) return [operation];
  // Rounding may end exactly on a full turn or just below zero.
  const rest = Math.max(0, parameters[0] - turns * FULL_TURN);
  const reduced: Operation = { gate, qubits, parameters: [rest] };
  return turns % 2 === 0 ? [reduced] : [reduced, { gate: 'z', qubits: [qubits[0]], parameters: [] }];
}

/** Shortest decimals that read back as the same float64; OpenQASM wants a point or an exponent in a float. */
function formatAngle(angle: number): string {
  const text = String(angle);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
