/** One problem under one contract: exact with a proof, annealing, simulated QAOA, and a hybrid of them. */
import assert from 'node:assert/strict';
import { binary, createCqm, type Solver } from '@qurriculum/problems';
import { createRandom } from '@qurriculum/random';
import { createHighsSolver, createHybridSolver, createQaoaSolver, createSwapAnnealSolver } from '@qurriculum/solvers';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';

/** Which of `size` activities fit into a session of 30 minutes; some go well together, some do not. */
function session(size: number) {
  const random = createRandom('session').fork(size);
  const minutes = Array.from({ length: size }, () => 4 + random.integer(9));
  return createCqm({
    variables: minutes.map((_, k) => binary(`activity ${k + 1}`)),
    linear: minutes.map((each) => -each * (0.6 + random.next())),
    quadratic: Array.from(
      { length: 2 * size },
      () => [random.integer(size), random.integer(size), random.normal()] as const,
    ).filter(([first, second]) => first !== second),
    constraints: [
      { name: 'at most 30 minutes', terms: minutes.map((each, k) => [k, each] as const), sense: '<=', rhs: 30 },
    ],
  });
}

const platform = createNodePlatform();
const solvers: Solver[] = [
  createHighsSolver(platform),
  createSwapAnnealSolver(platform),
  createQaoaSolver(platform),
  createHybridSolver(platform),
];
for (const size of [8, 60]) {
  const problem = session(size);
  let bound = Number.NEGATIVE_INFINITY;
  for (const solver of solvers) {
    const refusal = solver.refuses(problem);
    if (refusal !== null) {
      console.log(`${size} activities, ${solver.name}: refuses, ${refusal}`);
      continue;
    }
    const { samples, lowerBound, status, cost } = await solver.solve(problem, { seed: 1 });
    if (lowerBound !== null) bound = Math.max(bound, lowerBound);
    const [best] = samples;
    const time = `${(1000 * cost.wallSeconds).toFixed(0)} ms`;
    console.log(
      `${size} activities, ${solver.name} (${solver.kind}): energy ${best.energy.toFixed(3)}, ${status}, ${time}`,
    );
    assert.ok(best.feasible);
    assert.ok(best.energy >= bound - 1e-6, 'nothing lies below a proved bound');
  }
}
