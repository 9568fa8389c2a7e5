/**
 * The one- and two-qubit gates of OpenQASM 3's standard library (stdgates.inc; Cross et al. 2022, "OpenQASM 3: a broader
 * and deeper quantum assembly language", ACM TQC 3(3)), by their names there, as unitary matrices.
 */

/** Names and how many qubits and angles (radians) each takes. */
export const GATES = {
  id: { qubits: 1, parameters: 0 },
  x: { qubits: 1, parameters: 0 },
  y: { qubits: 1, parameters: 0 },
  z: { qubits: 1, parameters: 0 },
  h: { qubits: 1, parameters: 0 },
  s: { qubits: 1, parameters: 0 },
  sdg: { qubits: 1, parameters: 0 },
  t: { qubits: 1, parameters: 0 },
  tdg: { qubits: 1, parameters: 0 },
  sx: { qubits: 1, parameters: 0 },
  p: { qubits: 1, parameters: 1 },
  rx: { qubits: 1, parameters: 1 },
  ry: { qubits: 1, parameters: 1 },
  rz: { qubits: 1, parameters: 1 },
  cx: { qubits: 2, parameters: 0 },
  cy: { qubits: 2, parameters: 0 },
  cz: { qubits: 2, parameters: 0 },
  ch: { qubits: 2, parameters: 0 },
  cp: { qubits: 2, parameters: 1 },
  crx: { qubits: 2, parameters: 1 },
  cry: { qubits: 2, parameters: 1 },
  crz: { qubits: 2, parameters: 1 },
  swap: { qubits: 2, parameters: 0 },
} as const;

export type GateName = keyof typeof GATES;

/** A square matrix, row after row: 2 x 2 or 4 x 4. Bit k of a row's number is the k-th qubit that the gate is given. */
export interface Unitary {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

type Complex = readonly [re: number, im: number];

const ZERO: Complex = [0, 0];
const ONE: Complex = [1, 0];
const I: Complex = [0, 1];
const MINUS_I: Complex = [0, -1];
const phase = (angle: number): Complex => [Math.cos(angle), Math.sin(angle)];
const real = (value: number): Complex => [value, 0];

/** The matrix of a gate, as the standard library defines it, global phase included. */
export function gateMatrix(gate: GateName, parameters: readonly number[]): Unitary {
  if (gate === 'swap') {
    return unitary([ONE, ZERO, ZERO, ZERO, ZERO, ZERO, ONE, ZERO, ZERO, ONE, ZERO, ZERO, ZERO, ZERO, ZERO, ONE]);
  }
  return GATES[gate].qubits === 1
    ? unitary(oneQubit(gate, parameters[0]))
    : controlled(oneQubit(gate.slice(1) as GateName, parameters[0]));
}

function oneQubit(gate: GateName, angle: number): readonly Complex[] {
  const half = angle / 2;
  switch (gate) {
    case 'x':
      return [ZERO, ONE, ONE, ZERO];
    case 'y':
      return [ZERO, MINUS_I, I, ZERO];
    case 'z':
      return [ONE, ZERO, ZERO, real(-1)];
    case 'h':
      return [real(Math.SQRT1_2), real(Math.SQRT1_2), real(Math.SQRT1_2), real(-Math.SQRT1_2)];
    case 's':
      return [ONE, ZERO, ZERO, I];
    case 'sdg':
      return [ONE, ZERO, ZERO, MINUS_I];
    case 't':
      return [ONE, ZERO, ZERO, phase(Math.PI / 4)];
    case 'tdg':
      return [ONE, ZERO, ZERO, phase(-Math.PI / 4)];
    case 'sx':
      return [
        [0.5, 0.5],
        [0.5, -0.5],
        [0.5, -0.5],
        [0.5, 0.5],
      ];
    case 'p':
      return [ONE, ZERO, ZERO, phase(angle)];
    case 'rx':
      return [real(Math.cos(half)), [0, -Math.sin(half)], [0, -Math.sin(half)], real(Math.cos(half))];
    case 'ry':
      return [real(Math.cos(half)), real(-Math.sin(half)), real(Math.sin(half)), real(Math.cos(half))];
    case 'rz':
      return [phase(-half), ZERO, ZERO, phase(half)];
    default:
      return [ONE, ZERO, ZERO, ONE];
  }
}

/** The first qubit controls: row and column numbers are control + 2 * target. */
function controlled(target: readonly Complex[]): Unitary {
  const entries: Complex[] = Array.from({ length: 16 }, () => ZERO);
  entries[0] = ONE;
  entries[2 * 4 + 2] = ONE;
  for (let row = 0; row < 2; row++) {
    for (let column = 0; column < 2; column++) entries[(1 + 2 * row) * 4 + 1 + 2 * column] = target[row * 2 + column];
  }
  return unitary(entries);
}

function unitary(entries: readonly Complex[]): Unitary {
  return { re: Float64Array.from(entries, ([re]) => re), im: Float64Array.from(entries, ([, im]) => im) };
}
