import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bqmEnergy } from './bqm-operations.ts';
import { binary, type ConstrainedQuadraticModel, createCqm, integer } from './cqm.ts';
import { fixCqmVariables } from './cqm-fixing.ts';
import { constraintReport, cqmEnergy, cqmViolations, linearRowsRefusal, rowActivity } from './cqm-operations.ts';
import { cqmToBqm } from './cqm-to-bqm.ts';
import { sampleByPenalties } from './penalties.ts';
import { problemHash } from './problem-hash.ts';
import { conversionRefusal } from './slack.ts';
import { bruteForce, tinyProblems } from './testing/sample-problems.ts';

function withRow(quadratic: readonly (readonly [string, string, number])[], rhs = 3): ConstrainedQuadraticModel {
  return createCqm({
    variables: [binary('a'), binary('b'), integer('n', -2, 3)],
    constraints: [{ name: 'row', terms: [['a', 1]], quadratic, sense: '<=', rhs }],
  });
}

describe('quadratic rows', () => {
  it('sum repeated pairs, take squares of binaries as linear, and are linear when nothing is left', () => {
    const { constraints } = withRow([
      ['b', 'a', 2],
      ['a', 'b', 3],
      ['a', 'a', 4],
      ['n', 'n', 1],
    ]);
    expect(Array.from(constraints[0].coefficients)).toEqual([5]);
    expect(Array.from(constraints[0].quadratic!.first)).toEqual([0, 2]);
    expect(Array.from(constraints[0].quadratic!.coefficient)).toEqual([5, 1]);
    expect(rowActivity(constraints[0], [1, 1, -2])).toBe(5 + 5 + 4);
    const linear = withRow([
      ['a', 'b', 1],
      ['b', 'a', -1],
    ]);
    expect(linear.constraints[0].quadratic).toBeUndefined();
    expect(linearRowsRefusal(linear)).toBeNull();
    expect(linearRowsRefusal(withRow([['a', 'b', 1]]))).toBe('linear constraints only, "row" has products');
  });

  it('are reported like others', () => {
    const cqm = withRow([['a', 'n', 2]]);
    expect(cqmViolations(cqm, [1, 0, 3])).toEqual([{ name: 'row', amount: 4 }]);
    expect(constraintReport(cqm, [1, 0, 1])[0]).toMatchObject({ activity: 3, broken: 0, room: 0 });
  });

  it('count in the hash', async () => {
    const hashes = await Promise.all(
      [withRow([]), withRow([['a', 'n', 2]]), withRow([['b', 'n', 2]]), withRow([['a', 'n', 1]])].map(problemHash),
    );
    expect(new Set(hashes).size).toBe(4);
    expect(await problemHash(withRow([['n', 'a', 2]]))).toBe(hashes[1]);
  });

  it('name a bad pair', () => {
    expect(() => withRow([['a', 'z', 1]])).toThrow(/quadratic term: expected one of the 3 variables, got "z"/);
    expect(() => withRow([['a', 'b', Number.NaN]])).toThrow(/constraint "row" pair 0: expected a finite number/);
  });

  it('that nothing keeps are refused by name', () => {
    const cqm = withRow([['n', 'n', 1]], -1);
    expect(conversionRefusal(cqm)).toMatch(/"row" whose left side runs from 0 to 10 against <= -1/);
    expect(() => cqmToBqm(cqm)).toThrow(/"row" whose left side runs from 0 to 10/);
  });
});

/** Small models with rows of products, over binaries and small integers. */
const models = fc
  .record({
    kinds: fc.array(fc.constantFrom('b', 'b', 'i'), { minLength: 2, maxLength: 3 }),
    linear: fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 3, maxLength: 3 }),
    rows: fc.array(
      fc.record({
        terms: fc.array(fc.tuple(fc.nat(1), fc.integer({ min: -2, max: 2 })), { maxLength: 2 }),
        quadratic: fc.array(fc.tuple(fc.nat(2), fc.nat(2), fc.integer({ min: -2, max: 2 })), { maxLength: 2 }),
        sense: fc.constantFrom('<=' as const, '>=' as const, '==' as const),
        rhs: fc.integer({ min: -2, max: 4 }),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  })
  .map(({ kinds, linear, rows }) => {
    const size = kinds.length;
    return createCqm({
      variables: kinds.map((kind, i) => (kind === 'b' ? binary(`v${i}`) : integer(`v${i}`, -1, 1))),
      linear: linear.slice(0, size),
      constraints: rows.map((row, r) => ({
        ...row,
        name: `row ${r}`,
        quadratic: row.quadratic.filter(([i, j]) => i < size && j < size),
      })),
    });
  });

describe('cqmToBqm with quadratic rows', () => {
  it('has the energy of every feasible assignment, the best of each, and its minimum', () => {
    fc.assert(
      fc.property(models, (cqm) => {
        if (conversionRefusal(cqm) !== null) return;
        const { bqm, invert, embed } = cqmToBqm(cqm, { penalties: cqm.constraints.map(() => 40) });
        fc.pre(bqm.variables.length <= 14);
        const best = bruteForce(cqm);
        const found = bruteForce(bqm)!;
        if (best === null) return;
        expect(found.energy).toBeCloseTo(best.energy, 6);
        expect(cqmEnergy(cqm, invert(found.values))).toBeCloseTo(best.energy, 6);
        expect(cqmViolations(cqm, invert(found.values))).toEqual([]);
        expect(bqmEnergy(bqm, embed(best.values))).toBeCloseTo(best.energy, 6);
      }),
      { numRuns: 150 },
    );
  });

  it('needs no further bits where a row forbids a pair', () => {
    const cqm = createCqm({
      variables: ['a', 'b'].map(binary),
      linear: [-3, -2],
      constraints: [{ name: 'not both', terms: [], quadratic: [['a', 'b', 1]], sense: '==', rhs: 0 }],
    });
    const { bqm } = cqmToBqm(cqm);
    expect(bqm.variables).toEqual(['a', 'b']);
    expect(bruteForce(bqm)).toMatchObject({ energy: -3 });
  });

  it('finds penalties by itself', async () => {
    const { problem } = tinyProblems().find(({ name }) => name === 'binaries under rows with products')!;
    if (problem.type !== 'cqm') throw new TypeError('expected a CQM');
    const { values } = await sampleByPenalties(problem, async ({ bqm }) => [bruteForce(bqm)?.values ?? []]);
    expect(values && cqmEnergy(problem, values)).toBe(bruteForce(problem)?.energy);
  });
});

describe('fixCqmVariables', () => {
  it('folds fixed values into objective and rows', () => {
    fc.assert(
      fc.property(models, fc.nat(2), fc.nat(1), (cqm, which, value) => {
        const i = which % cqm.variables.length;
        const { cqm: fixed, expand } = fixCqmVariables(cqm, new Map([[i, value]]));
        expect(fixed.variables).toHaveLength(cqm.variables.length - 1);
        const lower = fixed.variables.map((variable) => variable.lower);
        const upper = fixed.variables.map((variable) => variable.upper);
        for (const rest of [lower, upper]) {
          const full = expand(rest);
          expect(full[i]).toBe(value);
          expect(cqmEnergy(fixed, rest)).toBeCloseTo(cqmEnergy(cqm, full), 9);
          expect(cqmViolations(fixed, rest)).toEqual(cqmViolations(cqm, full));
        }
      }),
    );
  });

  it('refuses what is not there and what is out of bounds', () => {
    const cqm = withRow([['a', 'n', 1]]);
    expect(() => fixCqmVariables(cqm, new Map([[9, 0]]))).toThrow(/indices from 0 to 2, got 9/);
    expect(() => fixCqmVariables(cqm, new Map([[2, 4]]))).toThrow(/"n": expected a whole number from -2 to 3, got 4/);
  });
});
