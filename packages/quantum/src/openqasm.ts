/** A circuit as OpenQASM 3.0 (https://openqasm.com), measured at the end: bit k of `c` is qubit k. */
import type { Circuit } from './circuit.ts';

export function toOpenQasm(circuit: Circuit): string {
  const lines = [
    'OPENQASM 3.0;',
    'include "stdgates.inc";',
    `qubit[${circuit.qubits}] q;`,
    `bit[${circuit.qubits}] c;`,
    ...circuit.operations.map(({ gate, qubits, parameters }) => {
      const angles = parameters.length > 0 ? `(${parameters.map(formatAngle).join(', ')})` : '';
      return `${gate}${angles} ${qubits.map((qubit) => `q[${qubit}]`).join(', ')};`;
    }),
    'c = measure q;',
  ];
  return `${lines.join('\n')}\n`;
}

/** Shortest decimals that read back as the same float64; OpenQASM wants a point or an exponent in a float. */
function formatAngle(angle: number): string {
  const text = String(angle);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
