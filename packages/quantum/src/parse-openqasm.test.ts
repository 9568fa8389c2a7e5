import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCircuit, gate } from './circuit.ts';
import { GATES, type GateName } from './gates.ts';
import { toOpenQasm } from './openqasm.ts';
import { parseOpenQasm } from './parse-openqasm.ts';
import { runCircuit } from './state-vector.ts';

const operation = fc
  .record({
    name: fc.constantFrom(...(Object.keys(GATES) as GateName[])),
    qubits: fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 2, maxLength: 2 }),
    angle: fc.double({ noNaN: true, noDefaultInfinity: true }),
  })
  .map(({ name, qubits, angle }) => {
    const { qubits: count, parameters } = GATES[name];
    // Controlled rotations by other angles are written as two gates (openqasm.ts).
    const written = /^cr[xyz]$/.test(name) ? Math.abs(angle) % 6.28 : angle;
    return gate(name, qubits.slice(0, count), ...(parameters > 0 ? [written] : []));
  });

describe('parseOpenQasm', () => {
  it('reads back every circuit that toOpenQasm writes', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 20 }), (operations) => {
        const circuit = createCircuit(5, operations);
        const read = parseOpenQasm(toOpenQasm(circuit));
        expect(read.measured).toBe(true);
        // -0 is written as 0.
        expect(read.circuit).toEqual(JSON.parse(JSON.stringify(circuit)));
      }),
    );
  });

  it.each([-0.5, 7, -2 * Math.PI, 6 * Math.PI, -13, 4 * Math.PI + 1, -1e-17])(
    'keeps what a controlled rotation by %d does',
    (angle) => {
      for (const name of ['crx', 'cry', 'crz'] as const) {
        const operations = [gate('h', [0]), gate('ry', [1], 0.4), gate(name, [0, 1], angle)];
        const written = runCircuit(createCircuit(2, operations));
        const read = parseOpenQasm(toOpenQasm(createCircuit(2, operations))).circuit;
        for (const { gate: wrapped, parameters } of read.operations) {
          if (wrapped === name) expect(parameters[0] >= 0 && parameters[0] <= 2 * Math.PI).toBe(true);
        }
        const again = runCircuit(read);
        for (let x = 0; x < 4; x++) {
          expect(Math.hypot(written.re[x] - again.re[x], written.im[x] - again.im[x])).toBeLessThan(1e-14);
        }
      }
    },
  );

  it('reads comments, expressions, names of your own and files that measure nothing', () => {
    const { circuit, measured } = parseOpenQasm(`// a comment
OPENQASM 3;
/* another,
   longer */ include "stdgates.inc"; qubit[2] data;
rx(-pi/2 + 2*(1 - .5)) data[1]; cx data[1],data[0];`);
    expect(measured).toBe(false);
    expect(circuit).toEqual({
      qubits: 2,
      operations: [gate('rx', [1], -Math.PI / 2 + 1), gate('cx', [1, 0])],
    });
  });

  it.each([
    ['OPENQASM 2.0;', /^f\.qasm:1:10: expected version 3\.0, got "2\.0"; convert/],
    ['', /^f\.qasm:1:1: expected "OPENQASM", got the end of the file/],
    ['include "qelib1.inc";', /^f\.qasm:2:9: expected "stdgates\.inc", got "qelib1\.inc"/],
    ['qubit[0] q;', /^f\.qasm:2:7: expected at least 1 qubit/],
    ['qubit[99] q;', /^f\.qasm:2:7: expected how many qubits, a whole number of at most 26, got "99"/],
    ['qubit[2] q;\nqubit r;', /^f\.qasm:3:1: expected one qubit register/],
    ['qubit[2] q;\n  ccx q[0], q[1];', /^f\.qasm:3:3: expected one of id, x, .*got "ccx"/],
    ['qubit[2] q;\nh q[2];', /^f\.qasm:3:5: expected a qubit, a whole number of at most 1, got "2"/],
    ['qubit[2] q;\ncx q[1], q[1];', /^f\.qasm:3:12: expected different qubits/],
    ['qubit[2] q;\nrx q[1];', /^f\.qasm:3:4: expected "\(", got "q"/],
    ['qubit[2] q;\nrx(1/0) q[1];', /^f\.qasm:3:4: expected a finite angle/],
    ['qubit[2] q;\nrx(two) q[1];', /^f\.qasm:3:4: expected an angle: a number, pi or \(, got "two"/],
    ['qubit[2] q;\nh q[0]', /^f\.qasm:3:7: expected ";", got the end of the file/],
    ['qubit[2] q;\nh q[0]; @', /^f\.qasm:3:9: expected a word, .* got "@"/],
    ['h q[0];', /^f\.qasm:2:1: expected qubit\[n\] q; before the first gate/],
    ['qubit[2] q; bit[1] c;\nc = measure q;', /^f\.qasm:3:13: expected "q", with as many bits as qubits/],
    ['qubit q; bit c; c = measure q;\nh q[0];', /^f\.qasm:3:1: expected nothing behind the measurement/],
    ['bit[2] c;', /^f\.qasm:2:10: expected qubit\[n\] q;, got the end/],
  ])('says where %j is wrong', (source, message) => {
    const text = source === '' || source.startsWith('OPENQASM') ? source : `OPENQASM 3.0;\n${source}`;
    expect(() => parseOpenQasm(text, 'f.qasm')).toThrow(message);
  });
});
