import { describe, expect, it } from 'vitest';
import { circuitDepth, createCircuit, gate, type Operation } from './circuit.ts';
import { GATES, type GateName, gateMatrix } from './gates.ts';
import { applyUnitary, createState, diagonalExpectation, runCircuit, squaredNorm } from './state-vector.ts';
import { randomOperations } from './testing/random-circuit.ts';

type Complex = readonly [number, number];
type Matrix = readonly (readonly Complex[])[];

const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];
const plus = ([a, b]: Complex, [c, d]: Complex): Complex => [a + c, b + d];
const multiply = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => b[0].map((_, j) => row.reduce<Complex>((sum, x, k) => plus(sum, times(x, b[k][j])), [0, 0])));
/** The left factor is the more significant one. */
const kronecker = (a: Matrix, b: Matrix): Matrix =>
  a.flatMap((rowA) => b.map((rowB) => rowA.flatMap((x) => rowB.map((y) => times(x, y)))));
const add = (a: Matrix, b: Matrix): Matrix => a.map((row, i) => row.map((x, j) => plus(x, b[i][j])));
const scale = (factor: Complex, a: Matrix): Matrix => a.map((row) => row.map((x) => times(factor, x)));

const ID: Matrix = [
  [
    [1, 0],
    [0, 0],
  ],
  [
    [0, 0],
    [1, 0],
  ],
];
const X: Matrix = [
  [
    [0, 0],
    [1, 0],
  ],
  [
    [1, 0],
    [0, 0],
  ],
];
const Y: Matrix = [
  [
    [0, 0],
    [0, -1],
  ],
  [
    [0, 1],
    [0, 0],
  ],
];
const Z: Matrix = [
  [
    [1, 0],
    [0, 0],
  ],
  [
    [0, 0],
    [-1, 0],
  ],
];

/** exp(-i t A) for A with A^2 = 1. */
const exponential = (t: number, a: Matrix): Matrix => add(scale([Math.cos(t), 0], ID), scale([0, -Math.sin(t)], a));
const phase = (t: number): Complex => [Math.cos(t), Math.sin(t)];
const half = (matrix: Matrix, angle: number): Matrix => add(ID, scale(phase(angle), scale([1, 0], matrix)));
/** diag(1, e^(it)) = e^(it/2) exp(-i t/2 Z). */
const phaseGate = (t: number): Matrix => scale(phase(t / 2), exponential(t / 2, Z));

/** One-qubit gates from Paulis: another way than the table of the product. */
const reference: Readonly<Record<string, (angle: number) => Matrix>> = {
  id: () => ID,
  x: () => X,
  y: () => Y,
  z: () => Z,
  h: () => scale([Math.SQRT1_2, 0], add(X, Z)),
  s: () => phaseGate(Math.PI / 2),
  sdg: () => phaseGate(-Math.PI / 2),
  t: () => phaseGate(Math.PI / 4),
  tdg: () => phaseGate(-Math.PI / 4),
  // The root of X with eigenvalues 1 and i: (1 + i)/2 + (1 - i)/2 X.
  sx: () => scale([0.5, 0.5], half(X, -Math.PI / 2)),
  p: phaseGate,
  rx: (angle) => exponential(angle / 2, X),
  ry: (angle) => exponential(angle / 2, Y),
  rz: (angle) => exponential(angle / 2, Z),
};

/** A one-qubit matrix on qubit q of n: the leftmost factor is the highest qubit. */
function embed(matrix: Matrix, q: number, n: number): Matrix {
  let full: Matrix = [[[1, 0]]];
  for (let k = n - 1; k >= 0; k--) full = kronecker(full, k === q ? matrix : ID);
  return full;
}

/** What an operation does to a column, by full matrices. */
function apply({ gate: name, qubits, parameters }: Operation, n: number, column: Matrix): Matrix {
  if (name === 'swap') {
    // (1 + XX + YY + ZZ) / 2.
    const pairs = [X, Y, Z].map((pauli) =>
      multiply(embed(pauli, qubits[0], n), multiply(embed(pauli, qubits[1], n), column)),
    );
    return scale([0.5, 0], pairs.reduce(add, column));
  }
  if (qubits.length === 1) return multiply(embed(reference[name](parameters[0]), qubits[0], n), column);
  // |0><0| on the control and 1, |1><1| and the gate.
  const zero = scale([0.5, 0], add(ID, Z));
  const one = scale([0.5, 0], add(ID, scale([-1, 0], Z)));
  const target = multiply(embed(reference[name.slice(1)](parameters[0]), qubits[1], n), column);
  return add(multiply(embed(zero, qubits[0], n), column), multiply(embed(one, qubits[0], n), target));
}

describe('state vector', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('runs circuits of every gate like dense unitaries, %i qubits', (n) => {
    // A dense unitary on 8 qubits has 65,536 entries: every gate once there, twice where they are small.
    const operations = randomOperations(n, (n > 5 ? 1 : 2) * Object.keys(GATES).length, n);
    let expected: Matrix = Array.from({ length: 2 ** n }, (_, x) => [[x === 0 ? 1 : 0, 0]]);
    for (const operation of operations) expected = apply(operation, n, expected);
    const { re, im } = runCircuit(createCircuit(n, operations));
    for (const [x, [[a, b]]] of expected.entries()) {
      expect(Math.abs(re[x] - a) + Math.abs(im[x] - b)).toBeLessThan(1e-13);
    }
  });

  it('stays within rounding of float64 in float32', () => {
    const circuit = createCircuit(5, randomOperations(5, 60, 4));
    const [single, double] = [runCircuit(circuit, 'float32'), runCircuit(circuit)];
    expect(single.re).toBeInstanceOf(Float32Array);
    for (let x = 0; x < 32; x++) {
      expect(Math.abs(single.re[x] - double.re[x]) + Math.abs(single.im[x] - double.im[x])).toBeLessThan(5e-6);
    }
  });

  it('does so on 8 qubits, gate after gate', () => {
    const state = createState(8);
    let expected: Matrix = Array.from({ length: 256 }, (_, x) => [[x === 0 ? 1 : 0, 0]]);
    for (const operation of [gate('h', [7]), gate('cx', [7, 2]), gate('ry', [5], 0.7), gate('crz', [2, 0], 1.1)]) {
      expected = apply(operation, 8, expected);
      applyUnitary(state, gateMatrix(operation.gate, operation.parameters), operation.qubits);
    }
    for (const [x, [[a, b]]] of expected.entries()) {
      expect(Math.abs(state.re[x] - a) + Math.abs(state.im[x] - b)).toBeLessThan(1e-14);
    }
  });

  it('keeps the norm of a long random circuit', () => {
    expect(Math.abs(squaredNorm(runCircuit(createCircuit(6, randomOperations(6, 2000, 9)))) - 1)).toBeLessThan(1e-11);
  });

  it('counts qubit 0 as the least significant bit', () => {
    const { re } = runCircuit(createCircuit(3, [gate('x', [0])]));
    expect(re[1]).toBe(1);
  });

  it('takes expectations of diagonal observables', () => {
    const bell = runCircuit(createCircuit(2, [gate('h', [0]), gate('cx', [0, 1])]));
    expect(diagonalExpectation(bell, [3, 100, 100, 5])).toBeCloseTo(4, 14);
    expect(() => diagonalExpectation(bell, [1, 2])).toThrow(/expected 4 entries, got 2/);
  });

  it('refuses what is too large, with the reason', () => {
    expect(() => createState(27)).toThrow(/expected 1 to 26 qubits, got 27/);
    expect(() => createState(0)).toThrow(/expected 1 to 26 qubits/);
  });
});

describe('createCircuit', () => {
  it('names the operation that is wrong', () => {
    expect(() => createCircuit(2, [gate('x', [2])])).toThrow(
      /operation 0: expected different qubits from 0 to 1, got 2/,
    );
    expect(() => createCircuit(2, [gate('cx', [1, 1])])).toThrow(/expected different qubits/);
    expect(() => createCircuit(2, [gate('rx', [0])])).toThrow(/expected 1 qubits and 1 angles for rx/);
    expect(() => createCircuit(1, [gate('rx', [0], Number.NaN)])).toThrow(/finite angles/);
    expect(() => createCircuit(1, [gate('toffoli' as GateName, [0])])).toThrow(/got "toffoli"/);
    expect(() => createCircuit(0, [])).toThrow(/at least 1 qubit/);
  });

  it('knows its depth', () => {
    const operations = [gate('h', [0]), gate('h', [1]), gate('cx', [0, 1]), gate('x', [2])];
    expect(circuitDepth(createCircuit(3, operations))).toBe(2);
  });
});
