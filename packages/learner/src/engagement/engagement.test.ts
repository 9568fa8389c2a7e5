import { createRandom } from '@qurriculum/random';
import { beforeAll, describe, expect, it } from 'vitest';
import { type InteractionRow, tableFromRows } from '../interactions-builder.ts';
import { rowsByLearner } from '../interactions-select.ts';
import { bayesianKnowledgeTracing } from '../tracing/bkt/bkt.ts';
import { answersOfTable, predictTable } from '../tracing/evaluate.ts';
import { compareWithIntervals } from '../tracing/metrics.ts';
import type { TracedInteraction } from '../tracing/model.ts';
import { describeTracingModel } from '../tracing/testing/conformance.ts';
import { engagementTracing } from './engagement.ts';
import type { FittedEngagement } from './engagement-model.ts';
import { type EffortOptions, simulateEffort, truth } from './testing/simulate-effort.ts';

describeTracingModel(engagementTracing);

const draw = (label: string, options: Partial<EffortOptions> = {}) =>
  simulateEffort(createRandom('engagement').fork(label), { learners: 100, answers: 50, disengaged: 0.4, ...options });

/** P(the first outranks the second) over all pairs of a row with the mark and one without, ties half. */
function areaUnderCurve(scores: readonly number[], marks: readonly boolean[]): number {
  const [on, off] = [true, false].map((mark) => scores.filter((_, k) => marks[k] === mark).sort((a, b) => a - b));
  let below = 0;
  let wins = 0;
  for (const score of on) {
    while (below < off.length && off[below] < score) below++;
    wins += below;
  }
  return wins / (on.length * off.length);
}

/** Every learner's states after each answer, by row. */
function walk(fitted: FittedEngagement, { table }: ReturnType<typeof draw>) {
  const answer = answersOfTable(table);
  const { start, rows } = rowsByLearner(table);
  const filters: (readonly number[])[] = [];
  const last = table.learners.map((_, learner) => {
    let state = fitted.initial();
    for (const row of rows.subarray(start[learner], start[learner + 1])) {
      state = fitted.update(state, answer(row));
      filters[row] = state.filter;
    }
    return fitted.engagement(state);
  });
  return { filters, last };
}

describe('engagement on simulated learners of whom two in five guess or drift off at times', () => {
  const test = draw('test');
  let fitted: FittedEngagement;
  beforeAll(async () => {
    fitted = await engagementTracing().fit(draw('train').table);
  });

  it('finds the parameters they were simulated with', () => {
    const { time, chance, move } = fitted.chain;
    expect(Math.exp(time.guessCentre)).toBeCloseTo(truth.guessSeconds, 0);
    expect(time.deviation).toBeCloseTo(truth.engagedDeviation, 1);
    expect(Math.abs(chance - truth.chance)).toBeLessThan(0.06);
    expect(Math.abs(move[4] - truth.stayGuessing)).toBeLessThan(0.06);
    expect(Math.abs(time.delay - 1.8)).toBeLessThan(0.25);
  });

  it('tells who was trying at which answer', () => {
    const { filters } = walk(fitted, test);
    const strays = test.states.map((state) => state !== 0);
    expect(
      areaUnderCurve(
        filters.map((filter) => 1 - filter[0]),
        strays,
      ),
    ).toBeGreaterThan(0.97);
    const guesses = test.states.map((state) => state === 1);
    expect(
      areaUnderCurve(
        filters.map((filter) => filter[1]),
        guesses,
      ),
    ).toBeGreaterThan(0.97);
  });

  it('calls guessing who guessed much, nobody who always tried, and says by which signs', () => {
    const { last } = walk(fitted, test);
    const { start } = rowsByLearner(test.table);
    const straysOf = (learner: number) =>
      test.states.slice(start[learner + 1] - 20, start[learner + 1]).filter((state) => state !== 0).length;
    const verdicts = last.map((estimate, learner) => ({ ...estimate, strays: straysOf(learner) }));
    expect(verdicts.filter(({ strays }) => strays === 0).map(({ verdict }) => verdict)).not.toContain('guessing');
    const much = verdicts.filter(({ strays }) => strays >= 6);
    expect(much.length).toBeGreaterThan(5);
    for (const { verdict } of much) expect(['guessing', 'away']).toContain(verdict);
    for (const { verdict, reasons } of verdicts.filter((one) => one.verdict === 'guessing')) {
      expect([verdict, reasons.join(' ')]).toEqual(['guessing', expect.stringMatching(/faster than most people read/)]);
    }
  });

  it('predicts better than nothing but right and wrong, beyond the interval', async () => {
    const plain = await bayesianKnowledgeTracing().fit(draw('train').table);
    const [own, other] = [await predictTable(fitted, test.table), await predictTable(plain, test.table)];
    const gain = compareWithIntervals(other, own, createRandom(1), 200);
    expect(fitted.moderates).toBe(true);
    expect(gain.auc.low).toBeGreaterThan(0.01);
    expect(gain.nll.high).toBeLessThan(-0.01);
  });

  it('says the same after a round trip through JSON, and refuses what is none of its own', () => {
    const json = JSON.parse(JSON.stringify(fitted.toJSON()));
    const revived = engagementTracing().fromJSON(json);
    expect(walk(revived, test)).toEqual(walk(fitted, test));
    json.chain.hints[0] = 2;
    expect(() => engagementTracing().fromJSON(json)).toThrow(/expected probabilities above 0 as hints/);
  });

  it('counts a quick guess for little where mastery is concerned', () => {
    const wrong: TracedInteraction = { item: 'item 0', skills: ['skill 0'], correct: false };
    const start = fitted.initial();
    const fall = (duration: number) =>
      fitted.mastery(start, 'skill 0').mean -
      fitted.mastery(fitted.update(start, { ...wrong, duration }), 'skill 0').mean;
    expect(fall(1)).toBeLessThan(0.25 * fall(30));
  });
});

describe('engagement where there is nothing to find', () => {
  it('is BKT, to the bit, where everybody tries', async () => {
    const { table } = draw('diligent', { disengaged: 0, learners: 60 });
    const fitted = await engagementTracing().fit(table);
    expect(fitted.moderates).toBe(false);
    expect(fitted.note).toMatch(/does not predict better here: predictions are those of bkt/);
    const plain = await bayesianKnowledgeTracing().fit(table);
    const [own, other] = [await predictTable(fitted, table), await predictTable(plain, table)];
    expect([...own.probability]).toEqual([...other.probability]);
    const { last } = walk(fitted, { table, states: [] });
    expect(new Set(last.map(({ verdict }) => verdict))).toEqual(new Set(['engaged']));
  });

  it('says nothing of engagement from right and wrong alone', async () => {
    const plain = draw('bare', { learners: 40, without: ['duration', 'hints', 'selfReport', 'time'] });
    const fitted = await engagementTracing().fit(plain.table);
    expect(fitted.note).toMatch(/^No response times, pauses, hints or self-reports: nothing is said/);
    const { last } = walk(fitted, plain);
    expect(new Set(last.map(({ verdict, low, high }) => `${verdict} ${low} ${high}`))).toEqual(
      new Set(['unknown 0 1']),
    );
  });

  it('rests on the signals there are, and names those that are missing', async () => {
    const some = draw('some', { learners: 60, without: ['duration'] });
    const fitted = await engagementTracing().fit(some.table);
    expect(fitted.note).toMatch(/^Rests on pauses between answers .* hints .*; no response times\./);
    const { filters } = walk(fitted, some);
    const scores = filters.map((filter) => 1 - filter[0]);
    expect(
      areaUnderCurve(
        scores,
        some.states.map((state) => state !== 0),
      ),
    ).toBeGreaterThan(0.9);
  });
});

describe('engagement from pauses alone', () => {
  const steps = (quickRight: number) => {
    const random = createRandom('pauses');
    return tableFromRows(
      Array.from({ length: 40 }, (_, learner) => {
        let time = 1e9;
        let quick = false;
        return Array.from({ length: 40 }, (): InteractionRow => {
          if (random.chance(0.15)) quick = !quick;
          time += quick ? 1 + 2 * random.next() : 20 + 40 * random.next();
          const correct = random.chance(quick ? quickRight : 0.75);
          return { learner: `${learner}`, item: 'i', skills: ['s'], correct, time };
        });
      }).flat(),
    );
  };

  it('is not made out where quick answers are right as often as others', async () => {
    const fitted = await engagementTracing().fit(steps(0.75));
    expect(fitted.note).toMatch(/quick answers here are right as often as others: nothing is said/);
    const { last } = walk(fitted, { table: steps(0.75), states: [] });
    expect(new Set(last.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']));
  });

  it('is made out where quick answers are right by chance', async () => {
    const fitted = await engagementTracing().fit(steps(0.25));
    expect(fitted.moderates).toBe(true);
    const { last } = walk(fitted, { table: steps(0.25), states: [] });
    expect(last.flatMap(({ reasons }) => reasons).join(' ')).toMatch(/within three seconds of the one before/);
  });
});

describe('engagement on bad input', () => {
  const row = (k: number, more: Partial<InteractionRow>): InteractionRow => ({
    ...{ learner: `${k % 20}`, item: 'i', skills: ['s'], correct: k % 3 === 0, time: 1e9 + 40 * k },
    ...more,
  });

  it('fits one answer, and answers without skills', async () => {
    const fitted = await engagementTracing().fit(tableFromRows([row(0, { duration: 3, skills: [] })]));
    expect(fitted.predict(fitted.initial(), { item: 'i', skills: [] })).toBeGreaterThan(0);
  });

  it.each([
    ['all of the same seconds', { duration: 7 }],
    ['no seconds at all', { duration: 0 }],
    ['days of seconds', { duration: 1e6 }],
    ['negative seconds and hints, self-reports beyond 1', { duration: -3, hints: -1 }],
  ])('stays within its bounds with %s', async (_, more) => {
    const table = tableFromRows(Array.from({ length: 200 }, (_, k) => row(k, more)));
    const fitted = await engagementTracing().fit(table);
    const numbers = JSON.stringify(fitted.toJSON());
    expect(numbers).not.toContain('null');
    let state = fitted.initial();
    for (let k = 0; k < 30; k++) state = fitted.update(state, row(k, { ...more, selfReport: 7 }));
    const { low, mean, high } = fitted.engagement(state);
    expect(low).toBeLessThanOrEqual(mean);
    expect(mean).toBeLessThanOrEqual(high);
    expect(high).toBeLessThanOrEqual(1);
  });
});
