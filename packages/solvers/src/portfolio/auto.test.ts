import { binary, createCqm } from '@qurriculum/problems';
import { randomBqm, randomPlan, solverConformance } from '@qurriculum/problems/testing';
import { describe, expect, it } from 'vitest';
import { createExhaustiveSolver } from '../exact/exhaustive.ts';
import { createNodePlatform } from '../platform/node.ts';
import { type AutoInfo, createAutoSolver } from './auto.ts';
import { shareThread } from './share-thread.ts';
import { structureOf } from './structure.ts';

const platform = createNodePlatform();
const infoOf = (set: { info: unknown }) => set.info as AutoInfo;

describe('auto: the contract', () => {
  const cases = solverConformance({
    create: () => createAutoSolver(platform),
    work: { effort: 1 },
    longWork: { effort: 100_000 },
    large: randomPlan(9, 12),
    endless: randomBqm(60, 'BINARY', 11),
  });
  for (const { name, run } of cases) it(name, run);
});

describe('auto', () => {
  it('tells structures apart', () => {
    expect(structureOf(randomBqm(10, 'SPIN', 1))).toBe('tiny');
    expect(structureOf(randomBqm(60, 'SPIN', 1))).toBe('dense');
    expect(structureOf(randomBqm(300, 'SPIN', 1, 0.1))).toBe('medium');
    expect(structureOf(randomBqm(100, 'SPIN', 1, 0.04))).toBe('sparse');
    expect(structureOf(randomBqm(1200, 'SPIN', 1, 0.002))).toBe('large sparse');
    expect(structureOf(randomPlan(9, 1))).toBe('binary rows');
  });

  it.each([
    ['tiny', randomBqm(12, 'SPIN', 3)],
    ['binary rows', randomPlan(9, 2)],
  ] as const)('proves what it can, %s, and ends there', async (structure, problem) => {
    const optimum = (await createExhaustiveSolver(platform).solve(problem)).samples[0].energy;
    const set = await createAutoSolver(platform).solve(problem, { seconds: 20, seed: 1 });
    expect(set).toMatchObject({ status: 'optimal', stoppedEarly: false, lowerBound: optimum });
    expect(set.cost.wallSeconds).toBeLessThan(20);
    expect(infoOf(set)).toMatchObject({ structure });
  });

  it('says who ran how long, and who found the best', async () => {
    const set = await createAutoSolver(platform).solve(randomBqm(120, 'SPIN', 3, 0.2), { seconds: 0.5, seed: 1 });
    const { solvers, foundBy, bestAtSeconds } = infoOf(set);
    expect(solvers.map(({ name }) => name)).toEqual(['tabu', 'anneal']);
    expect(Math.min(...solvers.map(({ energy }) => energy ?? Number.POSITIVE_INFINITY))).toBe(set.samples[0].energy);
    expect(solvers.find(({ name }) => name === foundBy)?.energy).toBe(set.samples[0].energy);
    expect(bestAtSeconds).toBeLessThanOrEqual(set.cost.wallSeconds);
    const together = solvers.reduce((sum, { seconds }) => sum + seconds, 0);
    expect(together).toBeGreaterThan(0);
    expect(together).toBeLessThanOrEqual(set.cost.wallSeconds);
  });

  it('answers the same with more threads to a work budget', async () => {
    const problem = randomBqm(80, 'BINARY', 6, 0.4);
    const [one, two] = await Promise.all(
      [1, 2].map((threads) => createAutoSolver(platform).solve(problem, { work: { effort: 1 }, threads })),
    );
    expect(two.samples).toEqual(one.samples);
    expect(two.workDone).toEqual(one.workDone);
  });

  it('proves that nothing is feasible', async () => {
    const names = Array.from({ length: 20 }, (_, i) => `x${i}`);
    const terms = names.map((name) => [name, 1] as const);
    const problem = createCqm({
      variables: names.map(binary),
      constraints: [
        { name: 'at least 5', terms, sense: '>=', rhs: 5 },
        { name: 'at most 4', terms, sense: '<=', rhs: 4 },
      ],
    });
    const set = await createAutoSolver(platform).solve(problem, { seconds: 20 });
    expect(set).toMatchObject({ status: 'infeasible', samples: [] });
  });
});

describe('a shared thread', () => {
  it('gives time by weight', async () => {
    let time = 0;
    const thread = shareThread({ now: () => time });
    const order: string[] = [];
    const job = (name: string, slices: number) => async (onSlice: () => Promise<void>) => {
      for (let k = 0; k < slices; k++) {
        order.push(name);
        time += 1;
        await onSlice();
      }
    };
    await Promise.all([thread.run(3, job('a', 9)), thread.run(1, job('b', 3))]);
    const [a, b] = thread.seconds();
    expect([a, b]).toEqual([9, 3]);
    // After every four slices the shares are right to one slice.
    for (let k = 4; k <= 12; k += 4) expect(order.slice(0, k).filter((name) => name === 'a')).toHaveLength((3 * k) / 4);
  });

  it('goes on when one fails', async () => {
    const thread = shareThread(platform);
    const failing = thread.run(1, async () => {
      throw new Error('no');
    });
    const other = thread.run(1, async (onSlice) => {
      await onSlice();
      return 'done';
    });
    await expect(failing).rejects.toThrow('no');
    await expect(other).resolves.toBe('done');
  });
});
