import { assignmentModel } from '@qurriculum/problems';
import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { assignmentOf } from './cqm-assignment.ts';
import { priceCapacity } from './cqm-assignment-prices.ts';
import { createAssignmentRace } from './cqm-assignment-race.ts';
import { createAssignmentSearch } from './cqm-assignment-search.ts';
import { findStart } from './cqm-assignment-start.ts';

const never = async () => false;

async function setUp() {
  const random = createRandom(5);
  const table = (low: number, span: number) =>
    Array.from({ length: 3 }, () => Array.from({ length: 8 }, () => low + random.integer(span)));
  const weights = table(5, 21);
  const model = assignmentOf(
    assignmentModel(
      table(10, 41),
      weights,
      weights.map(() => 50),
    ),
  );
  if (typeof model === 'string') throw new Error(model);
  const prices = await priceCapacity(model, never);
  const { options, feasible } = await findStart(model, prices, createRandom(1), 400, never);
  expect(feasible).toBe(true);
  return { model, prices, options };
}

describe('a race of assignment searches', () => {
  it('is its first search alone for 5,000 steps, then takes in three more, each after its heat', async () => {
    const { model, prices, options } = await setUp();
    const race = createAssignmentRace(model, prices, options, createRandom(2));
    const alone = createAssignmentSearch(model, prices, options, createRandom(2));
    const entered: number[] = [];
    let before = race.bestCost();
    for (let step = 0; step < 20_000; step++) {
      if (race.wantsStart()) {
        entered.push(step);
        race.enter(options);
      }
      race.step();
      if (step < 5000) alone.step();
      if (step === 4999) expect([race.bestCost(), ...race.best]).toEqual([alone.bestCost(), ...alone.best]);
      expect(race.bestCost()).toBeLessThanOrEqual(before);
      before = race.bestCost();
    }
    expect(entered).toEqual([5000, 7500, 10_000]);
    expect(race.bestCost()).toBeLessThanOrEqual(alone.bestCost());
    const paid = race.best.reduce((sum, option) => sum + model.cost[option], 0);
    expect(paid).toBeCloseTo(race.bestCost(), 9);
  });
});
