import { binary, cqmViolations, createCqm } from '@qurriculum/problems';
import { bruteForce, randomPlan, solverConformance } from '@qurriculum/problems/testing';
import { createRandom } from '@qurriculum/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNodePlatform } from '../platform/node.ts';
import { annealCqm } from './cqm-anneal.ts';
import { createCqmState } from './cqm-state.ts';
import { createSwapAnnealSolver } from './swap-anneal.ts';

describe('swap-anneal: the contract', () => {
  const cases = solverConformance({
    create: () => createSwapAnnealSolver(createNodePlatform()),
    work: { reads: 3, sweeps: 100 },
    longWork: { reads: 100_000, sweeps: 1000 },
  });
  for (const { name, run } of cases) it(name, run);
});

describe('the state', () => {
  it('after any flips, running sums are those of a fresh start', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(fc.nat(), { maxLength: 40 }), (seed, flips) => {
        const cqm = randomPlan(5, seed);
        const state = createCqmState(cqm);
        for (const f of flips) state.flip(f % state.values.length);
        const running = [state.energy(), state.brokenRows(), ...state.field, ...state.activity];
        state.refresh();
        const fresh = [state.energy(), state.brokenRows(), ...state.field, ...state.activity];
        for (const [k, value] of running.entries()) expect(value).toBeCloseTo(fresh[k], 9);
        expect(state.brokenRows()).toBe(cqmViolations(cqm, state.values).length);
      }),
    );
  });
});

describe('annealCqm', () => {
  it('finds the optimum of small plans', () => {
    for (let seed = 0; seed < 12; seed++) {
      const cqm = randomPlan(5, seed);
      const result = annealCqm(cqm, { seed, reads: 4, sweeps: 200 });
      expect(result.feasible).toBe(true);
      expect(result.energy).toBe(bruteForce(cqm)?.energy);
    }
  });

  it('keeps equations: an assignment of 12 to 12 comes near the best', () => {
    const n = 12;
    const random = createRandom(4);
    const variables = Array.from({ length: n * n }, (_, k) => binary(`${Math.floor(k / n)} to ${k % n}`));
    // A planted assignment of cost 0 among costs from 1 to 20.
    const linear = variables.map((_, k) => (k % n === (Math.floor(k / n) * 5 + 3) % n ? 0 : 1 + random.integer(20)));
    const each = (name: string, index: (a: number, b: number) => number) =>
      Array.from({ length: n }, (_, a) => ({
        name: `${name} ${a}`,
        terms: Array.from({ length: n }, (_, b) => [index(a, b), 1] as const),
        sense: '==' as const,
        rhs: 1,
      }));
    const constraints = [...each('row', (a, b) => a * n + b), ...each('column', (a, b) => b * n + a)];
    const result = annealCqm(createCqm({ variables, linear, constraints }), { seed: 1, reads: 8, sweeps: 400 });
    expect(result.feasible).toBe(true);
    expect(result.energy).toBe(0);
  });

  it('starts from a given point and never returns a worse one', () => {
    const cqm = randomPlan(12, 3);
    const good = annealCqm(cqm, { seed: 9, reads: 8, sweeps: 300 });
    const again = annealCqm(cqm, { seed: 10, reads: 1, sweeps: 1, initial: [good.values] });
    expect(again.feasible).toBe(true);
    expect(again.energy).toBeLessThanOrEqual(good.energy);
  });

  it('repairs a start that breaks rows', () => {
    const cqm = randomPlan(12, 5);
    const result = annealCqm(cqm, { reads: 1, sweeps: 5, initial: [new Int8Array(36).fill(1)] });
    expect(result.feasible).toBe(true);
  });
});
