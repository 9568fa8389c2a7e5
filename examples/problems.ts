/** Posing a decision as a constrained model: which of six activities fit into a session of 30 minutes. */
import assert from 'node:assert/strict';
import { binary, createCqm, evaluateSample, problemHash } from '@qurriculum/problems';

const activities = [
  { name: 'fractions', minutes: 12, gain: 0.3 },
  { name: 'decimals', minutes: 8, gain: 0.22 },
  { name: 'percentages', minutes: 10, gain: 0.25 },
  { name: 'ratio', minutes: 9, gain: 0.2 },
  { name: 'review: equations', minutes: 5, gain: 0.12 },
  { name: 'review: graphs', minutes: 6, gain: 0.1 },
];

const session = createCqm({
  variables: activities.map(({ name }) => binary(name)),
  // Solvers minimise: gains stand with a minus.
  linear: activities.map(({ gain }) => -gain),
  // Percentages build on decimals (more together), and ratio disturbs fractions in one session (less together).
  quadratic: [
    ['decimals', 'percentages', -0.08],
    ['fractions', 'ratio', 0.15],
  ],
  constraints: [
    {
      name: 'at most 30 minutes',
      terms: activities.map(({ name, minutes }) => [name, minutes] as const),
      sense: '<=',
      rhs: 30,
    },
  ],
});

const everything = evaluateSample(session, [1, 1, 1, 1, 1, 1]);
const modest = evaluateSample(session, [1, 1, 1, 0, 0, 0]);
console.log(`problem ${(await problemHash(session)).slice(0, 12)}, ${activities.length} binary variables`);
console.log(`everything: energy ${everything.energy.toFixed(2)}, breaks: ${everything.violations.join(', ')}`);
console.log(`the first three: energy ${modest.energy.toFixed(2)}, feasible: ${modest.feasible}`);
assert.deepEqual(everything.violations, ['at most 30 minutes']);
assert.ok(modest.feasible);
