import { binary, createCqm, integer } from '@qurriculum/problems';
import { randomPlan } from '@qurriculum/problems/testing';
import { describe, expect, it } from 'vitest';
import { createNodePlatform } from '../platform/node.ts';
import { findConflict } from './conflicts.ts';
import { createHighsSolver } from './highs.ts';

const highs = createHighsSolver(createNodePlatform());

describe('findConflict', () => {
  it('names the rows that clash and no others', async () => {
    const cqm = createCqm({
      variables: [...['a', 'b', 'c', 'd'].map(binary), integer('n', 0, 9)],
      constraints: [
        {
          name: 'a or b',
          terms: [
            ['a', 1],
            ['b', 1],
          ],
          sense: '>=',
          rhs: 1,
        },
        {
          name: 'c needs n',
          terms: [
            ['n', 1],
            ['c', -3],
          ],
          sense: '>=',
          rhs: 0,
        },
        {
          name: 'at most one of a, b, c',
          terms: [
            ['a', 1],
            ['b', 1],
            ['c', 1],
          ],
          sense: '<=',
          rhs: 1,
        },
        { name: 'd free', terms: [['d', 1]], sense: '<=', rhs: 1 },
        { name: 'c', terms: [['c', 1]], sense: '>=', rhs: 1 },
      ],
    });
    expect(await findConflict(highs, cqm)).toEqual(['a or b', 'at most one of a, b, c', 'c']);
  });

  it('names one row that nothing can keep, and null where all can be kept', async () => {
    const alone = createCqm({
      variables: [binary('x')],
      constraints: [{ name: 'three', terms: [['x', 1]], sense: '>=', rhs: 3 }],
    });
    expect(await findConflict(highs, alone)).toEqual(['three']);
    expect(await findConflict(highs, randomPlan(4, 2))).toBeNull();
  });

  it('names rows with products', async () => {
    const cqm = createCqm({
      variables: ['a', 'b', 'c'].map(binary),
      constraints: [
        { name: 'not both', terms: [], quadratic: [['a', 'b', 1]], sense: '==', rhs: 0 },
        { name: 'c free', terms: [['c', 1]], sense: '<=', rhs: 1 },
        {
          name: 'all but one',
          terms: [
            ['a', 1],
            ['b', 1],
          ],
          sense: '>=',
          rhs: 2,
        },
      ],
    });
    expect(await findConflict(highs, cqm)).toEqual(['not both', 'all but one']);
  });

  it('answers for models without variables', async () => {
    const none = createCqm({ variables: [], constraints: [{ name: 'one', terms: [], sense: '>=', rhs: 1 }] });
    expect(await findConflict(highs, none)).toEqual(['one']);
    expect((await highs.solve(createCqm({ variables: [], offset: 4 }))).lowerBound).toBe(4);
  });
});
