/** LP files against HiGHS's own reader: what we write it must solve to the same optimum, what it reads we must read alike. */
import { binary, createCqm, integer, type Problem, readLp, writeLp } from '@qurriculum/problems';
import { bruteForce } from '@qurriculum/problems/testing';
import fc from 'fast-check';
import highsPackage from 'highs';
import { describe, expect, it } from 'vitest';

const highs = await (highsPackage as unknown as typeof highsPackage.default)();

/** The optimum by HiGHS; null when infeasible. */
function optimumByHighs(text: string): number | null {
  const solution = highs.solve(text, { output_flag: false, mip_rel_gap: 0 });
  if (solution.Status === 'Infeasible') return null;
  expect(solution.Status).toBe('Optimal');
  return solution.ObjectiveValue;
}

function optimumHere(problem: Problem): number | null {
  return bruteForce(problem)?.energy ?? null;
}

function expectAlike(here: number | null, there: number | null): void {
  if (here === null || there === null) expect(here).toBe(there);
  else expect(here).toBeCloseTo(there, 6);
}

const size = 4;
const models = fc
  .record({
    linear: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: size, maxLength: size }),
    offset: fc.integer({ min: -3, max: 3 }),
    rows: fc.array(
      fc.record({
        terms: fc.array(fc.tuple(fc.nat(size - 1), fc.integer({ min: -4, max: 4 })), { minLength: 1, maxLength: 4 }),
        sense: fc.constantFrom('<=' as const, '>=' as const, '==' as const),
        rhs: fc.integer({ min: -4, max: 8 }),
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ linear, offset, rows }) =>
    createCqm({
      ...{ linear, offset },
      variables: [binary('a'), binary('needs a name'), integer('n', -2, 3), integer('m', 1, 4)],
      constraints: rows.map((row, r) => ({ ...row, name: `row ${r}` })),
    }),
  );

describe('LP files and HiGHS', () => {
  it('what we write, HiGHS reads as the same model', () => {
    fc.assert(
      fc.property(models, (cqm) => expectAlike(optimumHere(cqm), optimumByHighs(writeLp(cqm)))),
      { numRuns: 100 },
    );
  });

  it.each([
    'Minimize\n obj: -3 x - 2 y + 4\nSubject To\n c1: x + y <= 1\nBinary\n x y\nEnd\n',
    'max profit: 3 n + 2 m - 7\nst\n c1: 2 n + m <= 7\n c2: n - m >= -2\nbounds\n 0 <= n <= 5\n m <= 4\n m >= -1\ngen\n n m\nend\n',
    'maximum\n obj: x + 2 y + 3 z\nsubject to\n r: x + y + z <= 2\n s: x - y = 0\nbinaries\n x\n y\n z\nend\n',
    'minimize\n n + m\nsuch that\n n + m >= 2.5\n \\ nothing\n n >= 1\nbounds\n n <= 3\n -2 <= m <= 2\ngenerals\n n m\nend',
    'min\n x\nst\n c: x + y >= 3\nbin\n x y\nend\n',
  ])('what HiGHS reads, we read alike: %j', (text) => {
    const file = readLp(text);
    const here = optimumHere(file.problem);
    expectAlike(here === null ? null : file.objectiveOf(here), optimumByHighs(text));
  });

  it('products are halved alike', () => {
    const text = (end: string): string =>
      `min x + [ 2 x ^ 2 + 2 x * y + 6 y ^ 2 ] / 2\nst\n c: x + y >= 0\nbounds\n x = 3\n y = -2\n${end}`;
    const { problem } = readLp(text('gen\n x y\nend'));
    expectAlike(optimumHere(problem), optimumByHighs(text('end')));
    expect(optimumHere(problem)).toBe(3 + 9 - 6 + 12);
  });
});
