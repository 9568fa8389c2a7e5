import { readFileSync } from 'node:fs';
import { randomPlan } from '@qurriculum/problems/testing';
import { describe, expect, it } from 'vitest';
import { createNodePlatform } from '../platform/node.ts';
import { SOLVERS_VERSION } from '../version.ts';
import { createSolvers, pickSolver } from './solvers.ts';

const platform = createNodePlatform();

describe('createSolvers', () => {
  it('lists every solver under its own name, with the version of the package', () => {
    const solvers = createSolvers(platform);
    expect([...solvers.keys()]).toEqual([
      'auto',
      'highs',
      'exhaustive',
      'anneal',
      'temper',
      'tabu',
      'bifurcate',
      'sqa',
      'swap-anneal',
      'assign',
      'qaoa',
      'recursive-qaoa',
      'hybrid',
      'neighbourhood',
      'dwave-qpu',
      'dwave-hybrid-bqm',
      'dwave-hybrid-cqm',
      'ionq',
      'ibm',
    ]);
    for (const [name, solver] of solvers) {
      expect(solver.name).toBe(name);
      expect(solver.version).toBe(SOLVERS_VERSION);
    }
  });

  it('lists remote solvers as not configured until the environment has credentials', () => {
    const problem = randomPlan(4, 9);
    const bare = createSolvers({ ...platform, environment: () => undefined });
    for (const [name, key] of [
      ['dwave-qpu', 'DWAVE_API_TOKEN'],
      ['dwave-hybrid-cqm', 'DWAVE_API_TOKEN'],
      ['ionq', 'IONQ_API_KEY'],
    ]) {
      expect(pickSolver(bare, name).configuration).toEqual({ configured: false, missing: [key] });
      expect(pickSolver(bare, name).refuses(problem)).toContain(key);
      const ready = createSolvers({ ...platform, environment: (asked) => (asked === key ? 'secret' : undefined) });
      expect(pickSolver(ready, name).configuration).toEqual({ configured: true, missing: [] });
    }
  });

  it('takes in further solvers, but no name twice', () => {
    const solvers = createSolvers(platform);
    const native = { ...pickSolver(solvers, 'swap-anneal'), name: 'path-native' };
    expect(createSolvers(platform, [native]).get('path-native')).toBe(native);
    expect(() => createSolvers(platform, [{ ...native, name: 'highs' }])).toThrow(/"highs" twice/);
  });

  it('names the known solvers when asked for an unknown one', () => {
    expect(() => pickSolver(createSolvers(platform), 'magic')).toThrow(/auto, highs, exhaustive, anneal/);
  });

  it('its solvers agree on a small plan', async () => {
    const plan = randomPlan(4, 9);
    const energies: number[] = [];
    for (const name of ['auto', 'highs', 'exhaustive', 'anneal', 'swap-anneal', 'neighbourhood']) {
      const { samples } = await pickSolver(createSolvers(platform), name).solve(plan);
      energies.push(samples[0].feasible ? samples[0].energy : Number.NaN);
    }
    for (const energy of energies) expect(energy).toBeCloseTo(energies[0], 6);
  });

  it('states the version that the package has', () => {
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    expect((JSON.parse(text) as { version: string }).version).toBe(SOLVERS_VERSION);
  });
});
