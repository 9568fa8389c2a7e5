import { binary, createCqm } from '@qurriculum/problems';
import { bruteForce, randomBqm, randomPlan, solverConformance } from '@qurriculum/problems/testing';
import { describe, expect, it } from 'vitest';
import { createNodePlatform } from '../platform/node.ts';
import { createExhaustiveSolver } from './exhaustive.ts';

const solver = createExhaustiveSolver(createNodePlatform());

/** Neighbours along a line. */
function chain(names: readonly string[], coefficient: number): (readonly [string, string, number])[] {
  return names.slice(1).map((name, i) => [names[i], name, coefficient] as const);
}

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

  it('keeps rows with products, also past a refresh of its sums', async () => {
    const names = Array.from({ length: 17 }, (_, i) => `v${i}`);
    const cqm = createCqm({
      variables: names.map(binary),
      linear: names.map((_, i) => -1 - (i % 5)),
      constraints: [
        { name: 'few pairs', terms: [['v0', 1]], quadratic: chain(names, 1), sense: '<=', rhs: 3 },
        { name: 'many', terms: names.map((name) => [name, 1] as const), sense: '<=', rhs: 11 },
      ],
    });
    const { samples, status } = await solver.solve(cqm);
    expect(status).toBe('optimal');
    expect(samples[0].energy).toBe(bruteForce(cqm)?.energy);
  });

  it('says how large a problem may be', () => {
    expect(solver.refuses(randomBqm(27, 'SPIN', 0))).toBe('at most 26 variables, this has 27');
  });
});
