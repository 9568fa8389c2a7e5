/** Posing a decision as a constrained model: which of six activities fit into a session of 30 minutes; and as a file. */
import assert from 'node:assert/strict';
import {
  binary,
  constraintReport,
  cqmToBqm,
  createCqm,
  evaluateSample,
  problemHash,
  readProblemFile,
  writeProblemFile,
} from '@qurriculum/problems';

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
    // A product in a constraint: both are 1 only where both are chosen.
    {
      name: 'one review a session',
      terms: [],
      quadratic: [['review: equations', 'review: graphs', 1]],
      sense: '==',
      rhs: 0,
    },
  ],
});

const everything = evaluateSample(session, [1, 1, 1, 1, 1, 1]);
const modest = evaluateSample(session, [1, 1, 1, 0, 0, 0]);
console.log(`problem ${(await problemHash(session)).slice(0, 12)}, ${activities.length} binary variables`);
console.log(`everything: energy ${everything.energy.toFixed(2)}, breaks: ${everything.violations.join(', ')}`);
console.log(`the first three: energy ${modest.energy.toFixed(2)}, feasible: ${modest.feasible}`);
assert.deepEqual(everything.violations, ['at most 30 minutes', 'one review a session']);
assert.ok(modest.feasible);

for (const { name, activity, room } of constraintReport(session, modest.values)) {
  console.log(`  ${name}: ${activity}, room for ${room}`);
}

// For samplers without constraints: five slack bits for the minutes, none for the pair that the second row forbids.
const { bqm, invert } = cqmToBqm(session);
console.log(`as a binary model: ${bqm.variables.length} variables`);
assert.deepEqual(Array.from(invert(new Int32Array(bqm.variables.length))), [0, 0, 0, 0, 0, 0]);

// As an LP file, which CPLEX, Gurobi, HiGHS and Ocean read; names that the format does not know come back from comments.
const text = writeProblemFile(session, 'lp');
const back = readProblemFile(text, 'session.lp').problem;
console.log(`as an LP file: ${text.split('\n').length} lines, read back as ${(await problemHash(back)).slice(0, 12)}`);
assert.equal(await problemHash(back), await problemHash(session));
assert.throws(() => readProblemFile('Minimize\n 2 x +\nEnd', 'cut.lp'), /cut\.lp:3:1: expected a number, a name or \[/);
