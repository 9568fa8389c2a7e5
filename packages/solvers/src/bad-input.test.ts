/** Inputs at the edge, against every solver that the package lists. Each works, or says in words why it does not. */
import { createBqm, createCqm, type Problem, problemEnergy } from '@qurriculum/problems';
import { tinyProblems } from '@qurriculum/problems/testing';
import { describe, expect, it } from 'vitest';
import { createNodePlatform } from './platform/node.ts';
import { createSolvers } from './portfolio/solvers.ts';

const solvers = createSolvers(createNodePlatform());

/** A chain of alternating couplings. */
function chain(size: number): Problem {
  const first = Int32Array.from({ length: size - 1 }, (_, i) => i);
  const coefficient = first.map((i) => (i % 2 === 0 ? 1 : -2));
  return createBqm({
    vartype: 'SPIN',
    variables: size,
    quadratic: { first, second: first.map((i) => i + 1), coefficient },
  });
}

describe('a million variables', () => {
  const million = chain(1_000_000);

  it('anneal gives an answer in a second', async () => {
    const set = await solvers.get('anneal')!.solve(million, { seconds: 1 });
    expect(set.samples[0].energy).toBe(problemEnergy(million, set.samples[0].values));
    // Half of all couplings are kept by chance alone, which is 0.
    expect(set.samples[0].energy).toBeLessThan(-200_000);
  });

  it.each(['highs', 'exhaustive', 'tabu', 'qaoa', 'recursive-qaoa'])(
    '%s refuses, and says how many it takes',
    (name) => {
      expect(solvers.get(name)!.refuses(million)).toMatch(/^at most \d+ (variables|columns|qubits)/);
    },
  );
});

describe('rows with products', () => {
  const withProducts = tinyProblems().find(({ name }) => name === 'binaries under rows with products')!.problem;

  it('are taken or refused by their own reason, by every solver', () => {
    for (const [name, solver] of solvers) {
      const reason = solver.refuses(withProducts);
      if (reason === null || solver.configuration?.configured === false) continue;
      expect(`${name}: ${reason}`).toMatch(/has products|without constraints/);
    }
    expect(['highs', 'exhaustive', 'anneal'].map((name) => solvers.get(name)!.refuses(withProducts))).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('linear rows of the same model are taken by all that take constraints', () => {
    if (withProducts.type !== 'cqm') throw new TypeError('expected a CQM');
    const linear = createCqm({
      variables: withProducts.variables,
      constraints: [{ name: 'two', terms: [0, 1, 2].map((i) => [i, 1] as const), sense: '<=', rhs: 2 }],
    });
    expect(solvers.get('swap-anneal')!.refuses(linear)).toBeNull();
    expect(solvers.get('hybrid')!.refuses(linear)).toBeNull();
  });
});
