import type { Platform, Problem, Solver } from '@qurriculum/problems';
import { randomBqm, randomPlan } from '@qurriculum/problems/testing';
import { describe, expect, it } from 'vitest';
import { createNeighbourhoodSolver } from '../hybrid/neighbourhood-solver.ts';
import { createUniformSolver } from '../hybrid/uniform.ts';
import { createNodePlatform } from '../platform/node.ts';
import { createSolvers } from './solvers.ts';

/** A platform whose clock moves by 20 ms whenever somebody looks at it, so that deadlines cut work, not time. */
function countingPlatform(): Platform {
  let looks = 0;
  return { ...createNodePlatform(), now: () => ++looks / 50, cpuSeconds: () => looks / 50 };
}

/** HiGHS keeps the machine's time in its worker, remote solvers their vendor's. */
const ELSEWHERE = ['highs', 'neighbourhood', 'dwave-qpu', 'ionq'];

const local: readonly (readonly [string, (platform: Platform) => Solver])[] = [
  ...[...createSolvers(countingPlatform()).keys()]
    .filter((name) => !ELSEWHERE.includes(name))
    .map((name) => [name, (platform: Platform) => createSolvers(platform).get(name)!] as const),
  ['neighbourhood', (platform) => createNeighbourhoodSolver(platform, { certify: false })],
  ['uniform', createUniformSolver],
];

const problems: readonly Problem[] = [randomBqm(24, 'SPIN', 3), randomPlan(8, 5), randomBqm(9, 'BINARY', 4)];

describe('more time', () => {
  it.each(local)('never makes %s worse', async (_name, create) => {
    const problem = problems.find((candidate) => create(countingPlatform()).refuses(candidate) === null);
    if (!problem) return;
    let best = Number.POSITIVE_INFINITY;
    for (const seconds of [0.1, 0.2, 0.4, 0.8, 1.6]) {
      const { samples } = await create(countingPlatform()).solve(problem, { seconds, seed: 3 });
      const energy = samples.at(0)?.feasible ? samples[0].energy : Number.POSITIVE_INFINITY;
      expect(energy).toBeLessThanOrEqual(best);
      best = energy;
    }
    expect(best).toBeLessThan(Number.POSITIVE_INFINITY);
  });
});
