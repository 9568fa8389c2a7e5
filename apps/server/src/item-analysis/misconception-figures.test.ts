import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { analyseMisconceptions, type PracticeAnswer } from './misconception-figures.ts';

const ITEMS = 20;
const LEARNERS = 400;
const items = Array.from({ length: ITEMS }, (_, j) => ({
  ...{ id: j + 1, skills: [j + 1] },
  misconceptions: [`m${Math.floor(j / 4)}`, 'common slip'],
}));

/** Every learner answers eight exercises once; every fifth holds one of five misconceptions; slips are chance. */
function answers(): { holderOf: (learner: number) => string | null; given: PracticeAnswer[] } {
  const random = createRandom('sparse');
  const holderOf = (learner: number): string | null => (learner % 5 === 0 ? `m${(learner / 5) % 5}` : null);
  const given = Array.from({ length: LEARNERS }, (_, learner) =>
    random
      .shuffle(items)
      .slice(0, 8)
      .map((item): PracticeAnswer => {
        const shows = item.misconceptions[0] === holderOf(learner) && random.chance(0.75);
        const right = !shows && random.chance(0.75);
        const slip = !shows && !right && random.chance(0.3) ? 'common slip' : null;
        return { learner, item: item.id, occasion: 1, right, misconception: shows ? item.misconceptions[0] : slip };
      }),
  ).flat();
  return { holderOf, given };
}

describe('analyseMisconceptions', () => {
  it('counts holders and names them where each met a misconception once or twice, and takes slips for slips', async () => {
    const { holderOf, given } = answers();
    const found = await analyseMisconceptions(items, given, () => ({}));
    const figures = new Map(found?.list.map((one) => [one.id, one]));
    for (let k = 0; k < 5; k++) {
      const met = new Set(given.filter(({ item }) => Math.floor((item - 1) / 4) === k).map(({ learner }) => learner));
      const truth = [...met].filter((learner) => holderOf(learner) === `m${k}`).length;
      const { holders } = figures.get(`m${k}`) ?? { holders: { mean: Number.NaN } };
      expect(Math.abs(holders.mean - truth)).toBeLessThan(7);
    }
    expect(figures.get('common slip')?.holders.mean).toBeLessThan(0.1 * LEARNERS);
    const named = found?.ofLearners.filter(({ probability }) => probability >= 0.5) ?? [];
    const right = named.filter(({ learner, misconception }) => holderOf(learner) === misconception);
    expect(named.length).toBeGreaterThan(30);
    expect(right.length / named.length).toBeGreaterThan(0.85);
  });

  it('says nothing of too few learners, or of exercises that show nothing', async () => {
    const { given } = answers();
    const few = given.filter(({ learner }) => learner < 4);
    expect(await analyseMisconceptions(items, few, () => ({}))).toBeNull();
    expect(await analyseMisconceptions([], given, () => ({}))).toBeNull();
  });
});
