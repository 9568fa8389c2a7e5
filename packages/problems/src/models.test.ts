import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bqmEnergy, convertValues } from './bqm-operations.ts';
import { contractVariables, flipVariables } from './bqm-substitution.ts';
import { binary, createCqm } from './cqm.ts';
import { constraintReport, cqmEnergy } from './cqm-operations.ts';
import { cqmToBqm } from './cqm-to-bqm.ts';
import { refinePenalties, sampleByPenalties } from './penalties.ts';
import { roofDuality } from './roof-duality.ts';
import { bruteForce, randomBqm, randomPlan } from './testing/sample-problems.ts';

const vartype = fc.constantFrom('SPIN' as const, 'BINARY' as const);
const SIZE = 6;

/** Every assignment of a small model, in its vartype. */
function all(kind: 'SPIN' | 'BINARY', size = SIZE): Int32Array[] {
  return Array.from({ length: 2 ** size }, (_, code) =>
    convertValues(
      Array.from({ length: size }, (_, k) => (code >> k) & 1),
      'BINARY',
      kind,
    ),
  );
}

describe('flipVariables and contractVariables', () => {
  it('keep the energy of every assignment', () => {
    fc.assert(
      fc.property(vartype, fc.nat(), fc.nat(2 ** SIZE - 1), (kind, seed, mask) => {
        const bqm = randomBqm(SIZE, kind, seed);
        const flipped = Array.from({ length: SIZE }, (_, i) => i).filter((i) => (mask >> i) & 1);
        const other = flipVariables(bqm, flipped);
        for (const values of all(kind)) {
          const turned = values.map((v, i) => ((mask >> i) & 1 ? (kind === 'SPIN' ? -v : 1 - v) : v));
          expect(bqmEnergy(other, turned)).toBe(bqmEnergy(bqm, values));
        }
        const [kept, gone] = [mask % SIZE, (mask + 1 + (seed % (SIZE - 1))) % SIZE];
        for (const relation of ['equal', 'opposite'] as const) {
          const less = contractVariables(bqm, kept, gone, relation);
          for (const values of all(kind, SIZE - 1)) {
            const full = less.expand(values);
            expect(bqmEnergy(less.bqm, values)).toBe(bqmEnergy(bqm, full));
            expect(full[kept] === full[gone]).toBe(relation === 'equal');
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('refuse unknown variables', () => {
    expect(() => flipVariables(randomBqm(3, 'SPIN', 1), [3])).toThrow(/from 0 to 2, got 3/);
    expect(() => contractVariables(randomBqm(3, 'SPIN', 1), 1, 1)).toThrow(/got 1 twice/);
  });
});

describe('roofDuality', () => {
  it('bounds the minimum, and every minimiser has the fixed values', () => {
    let fixedOnes = 0;
    fc.assert(
      fc.property(vartype, fc.nat(), fc.constantFrom(0.2, 0.5, 0.9), (kind, seed, density) => {
        const bqm = randomBqm(SIZE, kind, seed, density);
        const { bound, fixed } = roofDuality(bqm);
        const energies = all(kind).map((values) => ({ values, energy: bqmEnergy(bqm, values) }));
        const least = Math.min(...energies.map(({ energy }) => energy));
        expect(bound).toBeLessThanOrEqual(least + 1e-9);
        if (fixed.size === SIZE) expect(bound).toBeCloseTo(least, 9);
        for (const { values, energy } of energies) {
          if (energy > least) continue;
          for (const [i, value] of fixed) expect(values[i]).toBe(value);
        }
        fixedOnes += fixed.size;
      }),
      { numRuns: 200 },
    );
    expect(fixedOnes).toBeGreaterThan(200);
  });
});

describe('penalties', () => {
  const plan = randomPlan(2, 5);

  it('raise what is broken, lower what is slack', () => {
    const cqm = createCqm({
      variables: ['a', 'b'].map(binary),
      constraints: [
        { name: 'a', terms: [['a', 1]], sense: '==', rhs: 1 },
        { name: 'b', terms: [['b', 1]], sense: '==', rhs: 0 },
      ],
    });
    expect(Array.from(refinePenalties(cqm, [1, 1], [[0, 0]]))).toEqual([2, 1]);
    expect(
      Array.from(
        refinePenalties(
          cqm,
          [1, 1],
          [
            [1, 0],
            [0, 0],
          ],
        ),
      ),
    ).toEqual([2, 0.9]);
    expect(constraintReport(cqm, [0, 0])[0]).toEqual({
      name: 'a',
      sense: '==',
      rhs: 1,
      activity: 0,
      broken: 1,
      room: 0,
    });
    expect(() => refinePenalties(cqm, [1, 1], [], { raise: 1 })).toThrow(/raise above 1/);
  });

  it('far too small ones are found by rounds, with an exact sampler', async () => {
    const { values } = await sampleByPenalties(plan, async ({ bqm }) => [bruteForce(bqm)?.values ?? []], {
      penalties: plan.constraints.map(() => 3),
      rounds: 20,
    });
    expect(values && cqmEnergy(plan, values)).toBe(bruteForce(plan)?.energy);
  });

  it('unbalanced inequalities take no slack bits and cost P (h^2 / 2 - h)', () => {
    const cqm = createCqm({
      variables: ['a', 'b', 'c'].map(binary),
      linear: [-1, -2, 5],
      constraints: [
        {
          name: 'r',
          terms: [
            ['a', 2],
            ['b', 3],
            ['c', 4],
          ],
          sense: '<=',
          rhs: 6,
        },
      ],
    });
    const { bqm, invert, embed, exactSlack } = cqmToBqm(cqm, { inequalities: 'unbalanced', penalties: [10] });
    expect(exactSlack).toBe(false);
    expect(bqm.variables).toEqual(['a', 'b', 'c']);
    for (const values of all('BINARY', 3)) {
      const h = 6 - 2 * values[0] - 3 * values[1] - 4 * values[2];
      expect(bqmEnergy(bqm, values)).toBeCloseTo(cqmEnergy(cqm, values) + 10 * (h ** 2 / 2 - h), 9);
      expect(invert(embed(values))).toEqual(values);
    }
  });
});
