import { runSteps, type Solver } from '@qurriculum/problems';
import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import type { ScheduleChoice, ScheduleModel } from '../model.ts';
import { priceSchedule } from './bound.ts';
import { startEngineClock } from './clock.ts';
import { evaluateChoice } from './evaluate.ts';
import { layOut } from './layout.ts';
import { createMerger, isForMerging } from './merge.ts';
import { lookAtAll } from './testing/look-at-all.ts';
import { randomModel } from './testing/random-model.ts';

const small = (seed: string): ScheduleModel =>
  randomModel(createRandom(seed), { learners: 4, tutors: 2, slots: 3, density: 0.5, load: 'range', whole: true });

const choose = (options: readonly number[]): ScheduleChoice => ({
  options: Int32Array.from([...options].sort((a, b) => a - b)),
  rooms: new Int32Array(options.length).fill(-1),
});

/** Options taken in an order by lot, each where all rules are still kept. */
function planByLot(model: ScheduleModel, seed: string): ScheduleChoice {
  const order = createRandom(seed).shuffle(Array.from(model.optionTutor.keys()));
  let taken: number[] = [];
  for (const option of order.slice(0, 4)) {
    const tried = [...taken, option];
    if (evaluateChoice(model, choose(tried)).broken.length === 0) taken = tried;
  }
  return choose(taken);
}

/** The best value of all subsets of some options that keep the rules. */
function bestWithin(model: ScheduleModel, options: readonly number[]): number {
  let best = Number.NEGATIVE_INFINITY;
  for (let bits = 0; bits < 2 ** options.length; bits++) {
    const { objective, broken } = evaluateChoice(model, choose(options.filter((_, k) => (bits >> k) & 1)));
    if (broken.length === 0) best = Math.max(best, objective);
  }
  return best;
}

describe('merging plans', () => {
  it('gives the best of what they are made of', async () => {
    let bettered = 0;
    for (let seed = 0; seed < 10; seed++) {
      const model = small(`merge ${seed}`);
      const plans = ['a', 'b', 'c'].map((name) => planByLot(model, `${name} ${seed}`));
      const merger = createMerger({
        layout: layOut(model),
        exact: lookAtAll,
        clock: startEngineClock({}),
        report: () => {},
      });
      await merger.take(plans);
      await merger.settle();
      const union = [...new Set(plans.flatMap(({ options }) => [...options]))];
      const values = plans.map((plan) => evaluateChoice(model, plan).objective);
      const { value, choice } = merger.best() ?? { value: Number.NaN, choice: choose([]) };
      expect(value).toBeCloseTo(bestWithin(model, union), 9);
      expect(evaluateChoice(model, choice)).toMatchObject({ objective: value, broken: [] });
      if (value > Math.max(...values)) bettered++;
    }
    expect(bettered).toBeGreaterThan(3);
  });

  it('begins with enough plans, one merge after the other, and is given up with its signal', async () => {
    const model = small('turns');
    const plan = planByLot(model, 'a');
    const begun: AbortSignal[] = [];
    const release: (() => void)[] = [];
    const slow: Solver = {
      ...lookAtAll,
      async solve(problem, options = {}) {
        begun.push(options.signal as AbortSignal);
        await new Promise<void>((resolve) => release.push(resolve));
        return lookAtAll.solve(problem, options);
      },
    };
    let reports = 0;
    const report = (): void => void reports++;
    const merger = createMerger({ layout: layOut(model), exact: slow, clock: startEngineClock({}), report });
    await merger.take([plan, plan]);
    expect(begun).toHaveLength(0);
    await merger.take([plan]);
    expect(begun).toHaveLength(1);
    const second = merger.take([plan, plan, plan]);
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(begun).toHaveLength(1);
    expect(reports).toBeGreaterThan(0);
    release[0]();
    await second;
    expect(begun).toHaveLength(2);
    merger.giveUp();
    expect(begun[1].aborted).toBe(true);
  });

  it('waits no longer than the deadline, and keeps what it had', async () => {
    const model = small('late');
    const plan = planByLot(model, 'a');
    const stuck: Solver = { ...lookAtAll, solve: () => new Promise(() => {}) };
    const clock = startEngineClock({ seconds: 0.2 });
    const merger = createMerger({ layout: layOut(model), exact: stuck, clock, report: () => {} });
    await merger.take([plan, plan, plan]);
    await merger.settle();
    expect(clock.over()).toBe(true);
    expect(merger.best()).toEqual({ value: evaluateChoice(model, plan).objective, choice: plan });
  });

  it('is for models that a proof covers, but whose core is too large for it', () => {
    const forMerging = (model: ScheduleModel): boolean => {
      const layout = layOut(model);
      return isForMerging(layout, runSteps(priceSchedule(layout, { iterations: 20 })));
    };
    const rules = { load: 'range', whole: true } as const;
    const size = { learners: 250, tutors: 25, slots: 30, density: 0.2, requests: 2, ...rules };
    expect(forMerging(randomModel(createRandom('large'), size))).toBe(true);
    expect(forMerging(randomModel(createRandom('large'), { ...size, spread: true }))).toBe(false);
    expect(forMerging(small('small'))).toBe(false);
  });
});
