import { binary, createBqm, createCqm } from '@qurriculum/problems';
import { bruteForce, randomBqm, randomPlan, solverConformance } from '@qurriculum/problems/testing';
import { describe, expect, it } from 'vitest';
import { createNodePlatform } from '../platform/node.ts';
import { createExhaustiveSolver } from './exhaustive.ts';

const solver = createExhaustiveSolver(createNodePlatform());

/** Even weights never sum to an odd number, which no range of a block tells: every state must be looked at. */
const evenToOdd = createCqm({
  variables: Array.from({ length: 30 }, (_, i) => binary(`x${i}`)),
  constraints: [1, 3, 5].map((odd) => ({
    name: `row ${odd}`,
    terms: Array.from({ length: 30 }, (_, i) => [i, 2 * (50 + ((i * 37 * odd) % 41))] as const),
    sense: '==',
    rhs: 2001,
  })),
});

describe('exhaustive: the contract', () => {
  const cases = solverConformance({
    create: () => solver,
    work: {},
    longWork: {},
    large: randomBqm(22, 'SPIN', 5),
    endless: evenToOdd,
  });
  for (const { name, run } of cases) it(name, run);
});

describe('exhaustive', () => {
  it('agrees with plain enumeration', async () => {
    for (let seed = 0; seed < 8; seed++) {
      for (const problem of [randomBqm(10, 'SPIN', seed), randomBqm(14, 'BINARY', seed), randomPlan(3, seed)]) {
        const { samples, status, lowerBound } = await solver.solve(problem);
        expect(status).toBe('optimal');
        expect(samples[0].energy).toBe(bruteForce(problem)?.energy);
        expect(lowerBound).toBe(samples[0].energy);
      }
    }
  });

  it('agrees with plain enumeration where rows have products, over several blocks', async () => {
    for (let seed = 0; seed < 6; seed++) {
      const { linear, quadratic } = pairsOf(randomBqm(15, 'BINARY', seed));
      const left = pairsOf(randomBqm(15, 'BINARY', seed + 100));
      const problem = createCqm({
        variables: Array.from({ length: 15 }, (_, i) => binary(`x${i}`)),
        linear,
        quadratic,
        constraints: [
          { name: 'five of them', terms: Array.from({ length: 15 }, (_, i) => [i, 1] as const), sense: '==', rhs: 5 },
          { name: 'products', terms: [], quadratic: left.quadratic, sense: '<=', rhs: 0 },
        ],
      });
      const { samples, status } = await solver.solve(problem);
      const expected = bruteForce(problem);
      expect(samples.at(0)?.energy).toBe(expected?.energy);
      expect(status).toBe(expected ? 'optimal' : 'infeasible');
    }
  });

  it('proves the minimum of a ring of 28 spins that all want to differ from their neighbours', async () => {
    const quadratic = Array.from({ length: 28 }, (_, i) => [i, (i + 1) % 28, 1] as const);
    const { samples, status, workDone } = await solver.solve(createBqm({ vartype: 'SPIN', variables: 28, quadratic }));
    expect(samples[0].energy).toBe(-28);
    expect(status).toBe('optimal');
    expect(workDone.states).toBe(2 ** 28);
  });

  it('says how large a problem may be', () => {
    expect(solver.refuses(randomBqm(31, 'SPIN', 0))).toBe('at most 30 variables, this has 31');
  });
});

function pairsOf({ linear, rowStart, neighbour, bias }: ReturnType<typeof randomBqm>) {
  const quadratic: [number, number, number][] = [];
  for (let i = 0; i < linear.length; i++) {
    for (let k = rowStart[i]; k < rowStart[i + 1]; k++) {
      if (neighbour[k] > i) quadratic.push([i, neighbour[k], bias[k]]);
    }
  }
  return { linear, quadratic };
}
