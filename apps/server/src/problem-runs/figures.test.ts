import { noCost } from '@qurriculum/evidence';
import { describe, expect, it } from 'vitest';
import { type EndedSolve, figuresOfRun } from './figures.ts';

const solve = (
  solver: string,
  steps: readonly (readonly [number, number])[],
  more: Partial<EndedSolve> = {},
): EndedSolve => {
  const trace = steps.map(([seconds, objective]) => ({ seconds, objective }));
  const last = trace.at(-1);
  return {
    ...{ solver, objective: last?.objective ?? null, feasible: last !== undefined, violations: [], bound: null },
    ...{ bestAtSeconds: last?.seconds ?? null, trace, failed: null, cost: { ...noCost, wallSeconds: 2 } },
    ...more,
  };
};

const maximise = { sense: 'maximise', seconds: 2, typedTarget: null } as const;

describe('figures of solves', () => {
  it('measures every solver against the best of all, and the bound that is tightest', () => {
    const solves = [
      solve('anneal', [
        [0.1, 90],
        [1, 100],
      ]),
      solve('anneal', [[0.2, 95]]),
      solve('highs', [[1.5, 50]], { bound: 125 }),
      solve('other', [[1.5, 80]], { bound: 160 }),
    ];
    const { target, bound, solvers } = figuresOfRun(['anneal', 'highs', 'other'], solves, maximise);
    expect(target).toEqual({ objective: 100, from: 'the best of these solves' });
    expect(bound).toEqual({ objective: 125, solver: 'highs' });
    expect(solvers.map(({ best, gap, behindTarget }) => [best, gap, behindTarget])).toEqual([
      [100, 0.2, 0],
      [50, 0.6, 0.5],
      [80, 0.36, 0.2],
    ]);
    expect(solvers[0]).toMatchObject({ ended: 2, bestAtSeconds: 0.6, cost: { wallSeconds: 4 } });
    // One of two solves reached 100, after 1 s: 1 s * log(0.01) / log(0.5).
    expect(solvers[0].timeToSolution?.seconds.mean).toBeCloseTo(Math.log(0.01) / Math.log(0.5), 9);
    expect(solvers[1].timeToSolution).toMatchObject({ successes: 0, seconds: { mean: Number.POSITIVE_INFINITY } });
  });

  it('takes a typed target, which nobody may have reached, and minimises where the file does', () => {
    const { target, solvers } = figuresOfRun(['a'], [solve('a', [[1, 12]])], {
      ...{ sense: 'minimise', seconds: 2, typedTarget: 10 },
    });
    expect(target).toEqual({ objective: 10, from: 'typed in' });
    expect(solvers[0]).toMatchObject({ best: 12, behindTarget: 0.2, timeToSolution: { successes: 0 } });
  });

  it('names what is broken and what failed, and counts neither as an answer', () => {
    const broken = solve('a', [], { objective: 3, violations: [{ name: 'one place', amount: 2 }] });
    const { target, solvers } = figuresOfRun(['a', 'b'], [broken, solve('b', [], { failed: 'no memory' })], maximise);
    expect(target).toBeNull();
    expect(solvers[0]).toMatchObject({ best: null, violations: [{ name: 'one place', amount: 2 }], failure: null });
    expect(solvers[1]).toMatchObject({ failed: 1, failure: 'no memory', timeToSolution: null });
  });

  it('has no figures before anything has ended', () => {
    expect(figuresOfRun(['a'], [], maximise)).toMatchObject({
      ...{ target: null, bound: null, solvers: [{ ended: 0, best: null, gap: null, timeToSolution: null }] },
    });
  });
});
