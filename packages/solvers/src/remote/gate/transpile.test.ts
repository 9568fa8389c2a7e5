import { createCircuit, type GateName, gate, gateMatrix, type Operation, runCircuit } from '@qurriculum/quantum';
import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { asRzSx, compose, IDENTITY } from './single-qubit.ts';
import { type Machine, transpile } from './transpile.ts';

/** An H of 7 qubits, as on IBM's smallest machines; each pair both ways. */
const EDGES = [
  [0, 1],
  [1, 2],
  [1, 3],
  [3, 5],
  [4, 5],
  [5, 6],
] as const;
const HERON: Machine = {
  qubits: 7,
  basisGates: ['cz', 'id', 'rz', 'sx', 'x'],
  couplingMap: EDGES.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]),
};
/** The same with cx, one way only. */
const DIRECTED: Machine = { qubits: 7, basisGates: ['cx', 'rz', 'sx', 'x'], couplingMap: EDGES };

const SINGLE: readonly GateName[] = ['h', 'x', 'y', 'z', 's', 'sdg', 't', 'tdg', 'sx', 'rx', 'ry', 'rz', 'p', 'id'];

function randomCircuit(qubits: number, gates: number, seed: number) {
  const random = createRandom(seed);
  const operations = Array.from({ length: gates }, (): Operation => {
    const [a, b] = random.shuffle(Array.from({ length: qubits }, (_, q) => q));
    if (random.chance(0.5)) return gate((['cx', 'cz', 'swap'] as const)[random.integer(3)], [a, b]);
    const name = SINGLE[random.integer(SINGLE.length)];
    const angles = ['rx', 'ry', 'rz', 'p'].includes(name) ? [7 * random.nextDouble() - 3] : [];
    return gate(name, [a], ...angles);
  });
  return createCircuit(qubits, operations);
}

const probabilities = ({ re, im }: { re: ArrayLike<number>; im: ArrayLike<number> }): number[] =>
  Array.from(re, (value, x) => value * value + im[x] * im[x]);

describe('asRzSx', () => {
  it('is the same unitary up to a phase, in at most five gates', () => {
    const random = createRandom(3);
    const angle = () => 7 * random.nextDouble() - 3;
    const matrices = [
      ...SINGLE.map((name) => gateMatrix(name, [angle()])),
      gateMatrix('rx', [Math.PI]),
      gateMatrix('ry', [Math.PI / 2]),
      ...Array.from({ length: 50 }, () =>
        compose(compose(gateMatrix('rz', [angle()]), gateMatrix('ry', [angle()])), gateMatrix('rz', [angle()])),
      ),
    ];
    for (const matrix of matrices) {
      const gates = asRzSx(matrix, 0);
      expect(gates.length).toBeLessThanOrEqual(5);
      const product = gates.reduce(
        (sum, { gate: name, parameters }) => compose(gateMatrix(name, parameters), sum),
        IDENTITY,
      );
      // |tr(A^dagger B)| = 2 for 2 x 2 unitaries that differ by a phase.
      let [re, im] = [0, 0];
      for (let k = 0; k < 4; k++) {
        re += matrix.re[k] * product.re[k] + matrix.im[k] * product.im[k];
        im += matrix.re[k] * product.im[k] - matrix.im[k] * product.re[k];
      }
      expect(Math.hypot(re, im)).toBeCloseTo(2, 9);
    }
  });
});

describe('transpile', () => {
  it.each([
    ['cz both ways', HERON],
    ['cx one way', DIRECTED],
  ])('keeps what is measured, in the instructions of a machine with %s', (_, machine) => {
    const pairs = new Set(machine.couplingMap.map(([a, b]) => `${a} ${b}`));
    for (let seed = 0; seed < 12; seed++) {
      const circuit = randomCircuit(2 + (seed % 5), 30, seed);
      const { circuit: physical, places } = transpile(circuit, machine);
      for (const { gate: name, qubits } of physical.operations) {
        expect(machine.basisGates).toContain(name);
        if (qubits.length === 2) expect(pairs).toContain(qubits.join(' '));
      }
      const expected = probabilities(runCircuit(circuit));
      const got = new Array<number>(expected.length).fill(0);
      for (const [x, probability] of probabilities(runCircuit(physical)).entries()) {
        got[places.reduce((sum, place, k) => sum + (((x >> place) & 1) << k), 0)] += probability;
      }
      for (const [x, probability] of expected.entries()) expect(got[x]).toBeCloseTo(probability, 9);
    }
  });

  it('needs no swap where the circuit follows the machine', () => {
    const line = createCircuit(4, [gate('cx', [0, 1]), gate('cx', [1, 2]), gate('cx', [2, 3])]);
    expect(transpile(line, HERON).swaps).toBe(0);
  });

  it('refuses machines without its gates, too few qubits, and qubits that no path joins', () => {
    const pair = createCircuit(2, [gate('cx', [0, 1])]);
    expect(() => transpile(pair, { ...HERON, basisGates: ['ecr', 'rz', 'sx'] })).toThrow(/cz or cx/);
    expect(() => transpile(createCircuit(8, [gate('cx', [0, 7])]), HERON)).toThrow(/enough qubits/);
    expect(() => transpile(pair, { ...HERON, couplingMap: [] })).toThrow(/enough qubits/);
    expect(() => transpile(createCircuit(2, [gate('ch', [0, 1])]), HERON)).toThrow(/decompose/);
  });
});
