/** What people know from D-Wave's Ocean and from Qiskit, said here: `docs/from-ocean-and-qiskit.md` walks through it. */
import assert from 'node:assert/strict';
import { binary, createBqm, createCqm, integer, readOceanJson, toVartype, writeOceanJson } from '@qurriculum/problems';
import {
  bitString,
  createCircuit,
  gate,
  measure,
  parseOpenQasm,
  pauliExpectation,
  runCircuit,
  toOpenQasm,
} from '@qurriculum/quantum';
import { createRandom } from '@qurriculum/random';
import { createSolvers, pickSolver } from '@qurriculum/solvers';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';

const solvers = createSolvers(createNodePlatform());

// bqm = dimod.BinaryQuadraticModel({'a': -1}, {('a', 'b'): 1, ('b', 'c'): 1, ('a', 'c'): 1}, 0.0, 'SPIN')
const bqm = createBqm({
  vartype: 'SPIN',
  variables: ['a', 'b', 'c'],
  linear: [-1, 0, 0],
  quadratic: [
    [0, 1, 1],
    [1, 2, 1],
    [0, 2, 1],
  ],
});

// SimulatedAnnealingSampler().sample(bqm, num_reads=100, num_sweeps=1000, seed=42).first
const sampled = await pickSolver(solvers, 'anneal').solve(bqm, { work: { reads: 100, sweeps: 1000 }, seed: 42 });
const { values, energy, occurrences } = sampled.samples[0];
console.log(
  `anneal: ${bqm.variables.map((name, i) => `${name}=${values[i]}`)}, energy ${energy}, ${occurrences} reads`,
);
assert.equal(energy, -2);

// ExactSolver().sample(bqm).first; bqm.change_vartype('BINARY')
const exact = await pickSolver(solvers, 'exhaustive').solve(toVartype(bqm, 'BINARY'));
assert.equal(exact.samples[0].energy, -2);
assert.equal(exact.status, 'optimal');

// BQM.from_serializable(bqm.to_serializable()), the JSON of both sides
assert.deepEqual(readOceanJson(writeOceanJson(bqm), 'a.json').problem, bqm);

// cqm = ConstrainedQuadraticModel(); cqm.set_objective(-3*x - 2*y); cqm.add_constraint(x + 2*y <= 5, label='hours')
const cqm = createCqm({
  variables: [binary('x'), integer('y', 0, 4)],
  linear: [
    ['x', -3],
    ['y', -2],
  ],
  constraints: [
    {
      name: 'hours',
      terms: [
        ['x', 1],
        ['y', 2],
      ],
      sense: '<=',
      rhs: 5,
    },
  ],
});

// LeapHybridCQMSampler().sample_cqm(cqm).filter(lambda d: d.is_feasible).first: here, and with a proof
const best = await pickSolver(solvers, 'highs').solve(cqm);
console.log(`highs: x, y = ${best.samples[0].values}, objective ${best.samples[0].energy}, ${best.status}`);
assert.deepEqual([...best.samples[0].values], [1, 2]);

// qc = QuantumCircuit(2); qc.h(0); qc.cx(0, 1); qc.ry(0.3, 1)
const circuit = createCircuit(2, [gate('h', [0]), gate('cx', [0, 1]), gate('ry', [1], 0.3)]);
// Statevector(qc); Statevector.expectation_value(SparsePauliOp('ZZ')); the order of bits is Qiskit's
const state = runCircuit(circuit);
const zz = pauliExpectation(state, [{ pauli: 'ZZ', coefficient: 1 }], 'highest-qubit-first');
assert.ok(Math.abs(zz - Math.cos(0.3)) < 1e-12);
// StatevectorSampler(seed=7).run([qc], shots=1000)
const { states, counts } = measure(state, 1000, createRandom(7));
console.log(Array.from(states, (each, k) => `${bitString(each, 2, 'highest-qubit-first')}: ${counts[k]}`).join(', '));
// qiskit.qasm3.dumps(qc), qiskit.qasm3.loads(text)
assert.deepEqual(parseOpenQasm(toOpenQasm(circuit)).circuit.operations, circuit.operations);
