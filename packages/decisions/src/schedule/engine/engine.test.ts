import { runSteps, type Solver } from '@qurriculum/problems';
import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { priceSchedule } from './bound.ts';
import { chooseCandidates } from './candidates.ts';
import { createChains } from './chain-books.ts';
import { beginChain, runChain } from './chains.ts';
import { coreRefusal } from './core.ts';
import { evaluateChoice } from './evaluate.ts';
import { layOut } from './layout.ts';
import { startProof } from './proof.ts';
import { solveModel } from './solve.ts';
import { choiceOf, createState, undo } from './state.ts';
import { lookAtAll } from './testing/look-at-all.ts';
import { bestOfAll, type RandomModelOptions, randomModel } from './testing/random-model.ts';

const mixes: readonly [name: string, options: Partial<RandomModelOptions>][] = [
  ['one to one', { load: 'range', whole: true }],
  ['squares and access', { load: 'squares', access: true, spread: true }],
  ['groups', { groups: true, load: 'range' }],
  ['rooms and sites', { rooms: true, near: true, groups: true }],
  ['near slots', { near: true, load: 'squares' }],
  ['days and weeks', { limits: true, spread: true, requests: 2 }],
  ['resources', { resources: true, groups: true, near: true, requests: 2 }],
  ['pins and least loads', { pins: true, least: true, load: 'range' }],
  [
    'everything',
    {
      groups: true,
      rooms: true,
      near: true,
      limits: true,
      resources: true,
      pins: true,
      least: true,
      requests: 2,
      load: 'squares',
      access: true,
      spread: true,
    },
  ],
];

/** A model small enough to look at every choice. */
function tiny(seed: string, options: Partial<RandomModelOptions>) {
  const random = createRandom(seed);
  for (;;) {
    const model = randomModel(random, {
      learners: 3,
      tutors: 2,
      slots: 4,
      density: options.requests ? 0.2 : 0.4,
      ...options,
    });
    const { length } = model.optionTutor;
    if (length >= 6 && length <= 10) return model;
  }
}

describe('solveModel against all choices', () => {
  for (const [name, options] of mixes) {
    it(name, async () => {
      for (let seed = 0; seed < 4; seed++) {
        const model = tiny(`${name} ${seed}`, options);
        const expected = bestOfAll(model);
        const { choice, objective, bound } = await solveModel(model, { seed, work: 5000 });
        const { broken } = evaluateChoice(model, choice);
        if (expected === null) {
          expect(broken.length).toBeGreaterThan(0);
          continue;
        }
        expect(broken).toEqual([]);
        expect(objective).toBeCloseTo(expected.objective, 9);
        expect(bound).toBeGreaterThanOrEqual(expected.objective - 1e-9);
      }
    });
  }
});

describe('the state of the search', () => {
  for (const [name, options] of mixes) {
    it(`keeps up with the judge: ${name}`, () => {
      const random = createRandom(name);
      const model = randomModel(random, { learners: 14, tutors: 4, slots: 8, density: 0.3, ...options });
      const layout = layOut(model);
      const state = createState(layout);
      const prices = runSteps(priceSchedule(layout, { iterations: 50 }));
      const chains = createChains(state, chooseCandidates(layout, prices, 8), random);
      let changes = 0;
      for (let k = 0; k < 600; k++) {
        const value = state.value;
        beginChain(chains);
        if (!runChain(chains, random.integer(model.learners)) || random.chance(0.3)) undo(state, value);
        else changes += state.logLength;
        if (k % 20 !== 0) continue;
        const { objective, broken } = evaluateChoice(model, choiceOf(state));
        const missing = broken.reduce(
          (sum, { rule, is = 0, allowed = 0 }) => sum + (rule.endsWith('under') ? allowed - is : 0),
          0,
        );
        expect(broken.filter(({ rule }) => !rule.endsWith('under'))).toEqual([]);
        expect(state.missing).toBe(missing);
        expect(state.value + layout.penalty * missing).toBeCloseTo(objective, 6);
      }
      expect(changes).toBeGreaterThan(300);
    });
  }
});

describe('solveModel', () => {
  const model = randomModel(createRandom(5), {
    learners: 30,
    tutors: 5,
    slots: 10,
    density: 0.3,
    groups: true,
    rooms: true,
    near: true,
    load: 'range',
  });

  it('repeats itself to the bit for a seed and a budget, and more work is never worse', async () => {
    const short = await solveModel(model, { seed: 3, work: 1000 });
    expect(await solveModel(model, { seed: 3, work: 1000 })).toEqual(short);
    const long = await solveModel(model, { seed: 3, work: 3000 });
    expect(long.objective).toBeGreaterThanOrEqual(short.objective);
    expect(long.work).toBe(3000);
  });

  it('stops at the deadline and when cancelled, with an answer', async () => {
    const timed = await solveModel(model, { seconds: 0.1 });
    expect(timed.stoppedEarly).toBe(true);
    expect(evaluateChoice(model, timed.choice).broken).toEqual([]);
    const running = new AbortController();
    const cancelled = await solveModel(model, {
      work: 1e9,
      signal: running.signal,
      onProgress: () => running.abort(),
    });
    expect(cancelled.stoppedEarly).toBe(true);
    expect(cancelled.objective).toBeGreaterThan(0);
    await expect(solveModel(model, { signal: running.signal })).rejects.toThrow('aborted');
  });

  it('is no worse than what it starts from, and refuses an empty budget', async () => {
    const { choice, objective } = await solveModel(model, { work: 3000 });
    expect((await solveModel(model, { work: 1, initial: choice })).objective).toBeGreaterThanOrEqual(objective - 1e-9);
    await expect(solveModel(model, { seconds: 0 })).rejects.toThrow('expected seconds above 0, got 0');
  });

  it('answers for a model without options, and names a pin that nothing meets', async () => {
    const empty = randomModel(createRandom(1), { learners: 2, tutors: 1, slots: 2, density: 0 });
    expect(await solveModel(empty)).toMatchObject({ objective: 0, bound: 0, optimal: true });
    const pinned = { ...empty, requestLeast: Int32Array.of(1, 0) };
    const { choice, optimal } = await solveModel(pinned);
    expect(optimal).toBe(false);
    expect(evaluateChoice(pinned, choice).broken).toEqual([
      { rule: 'request-under', request: 0, learner: 0, is: 0, allowed: 1 },
    ]);
  });
});

describe('priceSchedule', () => {
  it('comes down to what can be had where many want the same', () => {
    for (let seed = 0; seed < 4; seed++) {
      const model = randomModel(createRandom(seed), { learners: 7, tutors: 1, slots: 2, density: 1 });
      const best = bestOfAll(model)?.objective ?? Number.NaN;
      const { bound } = runSteps(priceSchedule(layOut(model)));
      expect(bound).toBeGreaterThanOrEqual(best - 1e-9);
      expect(bound).toBeLessThan(1.05 * best);
    }
  });
});

describe('proof', () => {
  it('finds the optimum on the core and proves it', async () => {
    let begun = 0;
    for (let seed = 0; seed < 12; seed++) {
      const random = createRandom(`proof ${seed}`);
      const model = randomModel(random, { learners: 3, tutors: 2, slots: 2, density: 0.6, load: 'range', whole: true });
      const expected = bestOfAll(model);
      const layout = layOut(model);
      const prices = runSteps(priceSchedule(layout, { iterations: 10 }));
      const nothing = { options: new Int32Array(0), rooms: new Int32Array(0) };
      const level = (expected?.objective ?? 0) - 1;
      const proof = startProof({ layout, prices, level, choice: nothing, exact: lookAtAll, seconds: 10 });
      if (proof === null || expected === null) continue;
      begun++;
      await proof.settled;
      const { bound, choice } = proof.answer() ?? { bound: Number.NaN, choice: null };
      expect(bound).toBe(expected.objective);
      expect(evaluateChoice(model, choice ?? nothing)).toMatchObject({ objective: expected.objective, broken: [] });
      const rough = { ...model, continuity: 0 };
      expect((await solveModel(rough, { exact: lookAtAll, work: 1000 })).optimal).toBe(true);
    }
    expect(begun).toBeGreaterThan(6);
  });

  it('says what it does not cover', () => {
    const spread = randomModel(createRandom(1), { learners: 2, tutors: 1, slots: 3, density: 1, spread: true });
    expect(coreRefusal(layOut(spread))).toBe('no terms of spread or access');
  });

  it('leaves the answer as it is when the exact solver fails', async () => {
    // One of those in which prices alone leave a gap.
    const model = randomModel(createRandom(24), { learners: 6, tutors: 2, slots: 4, density: 0.5, load: 'range' });
    const broken: Solver = { ...lookAtAll, solve: () => Promise.reject(new Error('out of memory')) };
    const { choice, optimal, bound } = await solveModel(model, { exact: broken, work: 2000 });
    expect(choice).toEqual((await solveModel(model, { work: 2000 })).choice);
    expect(optimal).toBe(false);
    expect(bound).toBeGreaterThan(0);
  });
});
