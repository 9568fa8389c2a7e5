import { binary, createCqm } from '@qurriculum/problems';
import { createRandom } from '@qurriculum/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AssignmentModel, assignmentOf } from './cqm-assignment.ts';
import { createAssignmentKnapsacks } from './cqm-assignment-knapsacks.ts';
import { priceCapacity } from './cqm-assignment-prices.ts';
import { createAssignmentTree } from './cqm-assignment-tree.ts';

/** Random jobs with up to 5 options in 3 places (two options of one place, and options without a place, included). */
function randomModel(seed: number, jobs: number, unit: number): AssignmentModel {
  const random = createRandom(seed);
  const names: string[] = [];
  const linear: number[] = [];
  const choices: [string, number][][] = [];
  const capacities: [string, number][][] = [[], [], []];
  for (let j = 0; j < jobs; j++) {
    choices.push([]);
    const options = 1 + random.integer(5);
    for (let k = 0; k < options; k++) {
      const name = `${j} by ${k}`;
      names.push(name);
      linear.push(random.integer(30) - 5);
      choices[j].push([name, 1]);
      const place = random.integer(4);
      if (place < 3) capacities[place].push([name, (2 + random.integer(12)) * unit]);
    }
  }
  const row = (name: string, terms: [string, number][], sense: '==' | '<=', rhs: number) => ({
    name,
    terms: terms.map(([variable, c]) => [variable, c] as const),
    sense,
    rhs,
  });
  const model = assignmentOf(
    createCqm({
      variables: names.map(binary),
      linear,
      constraints: [
        ...choices.map((terms, j) => row(`job ${j}`, terms, '==', 1)),
        // Capacities that are no choice rows: 18.5 units.
        ...capacities
          .map((terms, p) => row(`place ${p}`, terms, '<=', 18.5 * unit))
          .filter(({ terms }) => terms.length),
      ],
    }),
  );
  if (typeof model === 'string') throw new Error(model);
  return model;
}

/** The least cost of all assignments that fit and differ from `current`, by going through all. */
function cheapest(model: AssignmentModel, current: Int32Array | null): number | null {
  const left = model.capacity.slice();
  const taken = new Int32Array(model.jobs);
  let best: number | null = null;
  const visit = (j: number, sum: number): void => {
    if (j === model.jobs) {
      const same = current !== null && taken.every((o, k) => o === current[k]);
      if (!same && (best === null || sum < best)) best = sum;
      return;
    }
    for (let o = model.optionStart[j]; o < model.optionStart[j + 1]; o++) {
      const p = model.place[o];
      if (model.weight[o] > left[p]) continue;
      left[p] -= model.weight[o];
      taken[j] = o;
      visit(j + 1, sum + model.cost[o]);
      left[p] += model.weight[o];
    }
  };
  visit(0, 0);
  return best;
}

const everyJob = (model: AssignmentModel): Int32Array => Int32Array.from({ length: model.jobs }, (_, j) => j);

// 1 keeps weights whole; a seventh makes them fractions; 300 makes rooms larger than a table has columns.
describe.each([1, 1 / 7, 300])('weights in units of %d', (unit) => {
  it('the tree finds the best of all assignments that fit, and nothing below it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 6 }), async (seed, jobs) => {
        const model = randomModel(seed, jobs, unit);
        const prices = await priceCapacity(model, async () => false);
        const tree = createAssignmentTree(model, prices, jobs);
        const open = new Uint8Array(model.places).fill(1);
        const none = new Int32Array(jobs).fill(-1);
        const search = (current: Int32Array, limit: number): number | null =>
          tree.search(everyJob(model), jobs, open, model.capacity, current, limit, 1e6);
        const best = cheapest(model, null);
        expect(search(none, 1000)).toBe(best);
        if (best === null) return;
        const found = tree.found.slice(0, jobs);
        expect(found.reduce((sum, o) => sum + model.cost[o], 0)).toBe(best);
        expect(search(none, best)).toBe(best);
        expect(search(none, best - 1)).toBeNull();
        expect(search(found, 1000)).toBe(cheapest(model, found));
      }),
      { numRuns: 60 },
    );
  });

  it('bounds lie below every assignment, and never below what priced capacities prove', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 2, max: 6 }), async (seed, jobs) => {
        const model = randomModel(seed, jobs, unit);
        const best = cheapest(model, null);
        if (best === null) return;
        const prices = await priceCapacity(model, async () => false);
        const knapsacks = createAssignmentKnapsacks(model, prices, jobs);
        const open = new Uint8Array(model.places).fill(1);
        expect(knapsacks.load(everyJob(model), jobs, open, model.capacity)).toBe(true);
        const bound = knapsacks.raise(best);
        expect(bound).toBeLessThanOrEqual(best + 1e-6);
        // Weights that a coarse table rounds down may lose a little of it.
        if (unit === 1) expect(bound).toBeGreaterThanOrEqual(prices.bound - 1e-6);
      }),
      { numRuns: 60 },
    );
  });
});
