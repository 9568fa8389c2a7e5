import { bruteForce, randomBqm, randomPlan, solverConformance } from '@qurriculum/problems/testing';
import { describe, expect, it } from 'vitest';
import { createNodePlatform } from '../platform/node.ts';
import { createExhaustiveSolver } from './exhaustive.ts';

const solver = createExhaustiveSolver(createNodePlatform());

describe('exhaustive: the contract', () => {
  const cases = solverConformance({
    create: () => solver,
    work: {},
    longWork: {},
    large: randomBqm(20, 'SPIN', 5),
    endless: randomBqm(26, 'SPIN', 5),
  });
  for (const { name, run } of cases) it(name, run);
});

describe('exhaustive', () => {
  it('agrees with plain enumeration', async () => {
    for (let seed = 0; seed < 8; seed++) {
      for (const problem of [randomBqm(10, 'SPIN', seed), randomBqm(11, 'BINARY', seed), randomPlan(3, seed)]) {
        const { samples, status, lowerBound } = await solver.solve(problem);
        expect(status).toBe('optimal');
        expect(samples[0].energy).toBe(bruteForce(problem)?.energy);
        expect(lowerBound).toBe(samples[0].energy);
      }
    }
  });

  it('says how large a problem may be', () => {
    expect(solver.refuses(randomBqm(27, 'SPIN', 0))).toBe('at most 26 variables, this has 27');
  });
});
