/** QAOA with one layer on a triangle: the simulated energy against the closed form, and what is measured. */
import assert from 'node:assert/strict';
import { createBqm } from '@qurriculum/problems';
import {
  bitString,
  costDiagonal,
  createOneHotObjective,
  createQaoaObjective,
  isingCoefficients,
  measure,
  oneHotStart,
  optimiseAnglesFrom,
  qaoaCircuit,
  singleLayerEnergy,
  toOpenQasm,
} from '@qurriculum/quantum';
import { createRandom } from '@qurriculum/random';

// Maximum cut of a triangle: E = s0 s1 + s1 s2 + s0 s2, whose minimum -1 cuts two of the three edges.
const triangle = createBqm({
  vartype: 'SPIN',
  variables: 3,
  quadratic: [
    [0, 1, 1],
    [1, 2, 1],
    [0, 2, 1],
  ],
});

const objective = createQaoaObjective(costDiagonal(triangle));
const ising = isingCoefficients(triangle);
let best = { energy: Number.POSITIVE_INFINITY, gamma: 0, beta: 0 };
for (let g = 1; g < 60; g++) {
  for (let b = 1; b < 60; b++) {
    const [gamma, beta] = [(g * Math.PI) / 120, (b * Math.PI) / 120];
    const energy = objective.energy({ gammas: [gamma], betas: [beta] });
    assert.ok(Math.abs(energy - singleLayerEnergy(ising, gamma, beta)) < 1e-12);
    if (energy < best.energy) best = { energy, gamma, beta };
  }
}
console.log(`p = 1: energy ${best.energy.toFixed(4)} at gamma ${best.gamma.toFixed(3)}, beta ${best.beta.toFixed(3)}`);

const angles = { gammas: [best.gamma], betas: [best.beta] };
objective.energy(angles);
const { states, counts } = measure(objective.state(), 1000, createRandom(3));
const cuts = Array.from(states, (state, k) => `${bitString(state, 3, 'qubit-0-first')} x ${counts[k]}`);
console.log(`1,000 shots: ${cuts.join(', ')}`);
console.log(toOpenQasm(qaoaCircuit(triangle, angles)).split('\n').slice(0, 4).join('\n'));
assert.ok(best.energy < -0.99);

// Three tasks, each on exactly one of four days: 64 choices instead of 2^12 states. Two on one day cost 1, late days a little.
const sizes = [4, 4, 4];
const costs = Float64Array.from({ length: 64 }, (_, x) => {
  const days = [x % 4, Math.floor(x / 4) % 4, Math.floor(x / 16)];
  return (3 - new Set(days).size) * 1 + days.reduce((sum, day) => sum + day, 0) / 10;
});
const choices = createOneHotObjective(sizes, costs);
let expected = Number.POSITIVE_INFINITY;
for (const step of optimiseAnglesFrom(choices, oneHotStart(sizes, costs), { layers: 3, iterations: 30 })) {
  expected = step.energy;
}
const average = costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
console.log(
  `one-hot, p = 3: energy ${expected.toFixed(3)}, any choice ${average.toFixed(3)}, best ${Math.min(...costs)}`,
);
assert.ok(expected < average - 0.2);
