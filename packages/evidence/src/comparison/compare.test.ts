import { createRandom } from '@qurriculum/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noCost } from '../run-record.ts';
import { compare, compareAll } from './compare.ts';
import type { Contender, Question } from './question.ts';

const question: Question = {
  measure: 'sessions',
  countable: true,
  lowerIsBetter: true,
  unit: 'learner',
  seed: 1,
  simulated: true,
};

/** Sessions of `n` learners: a shared factor per learner, and noise of each policy's own. */
function sessions(name: string, factor: number, n = 200, noise = 0.1, seed = 'learners'): Contender {
  const random = createRandom(seed);
  const values = Array.from({ length: n }, (_, learner) => {
    const shared = 50 * Math.exp(0.3 * random.fork('learner', learner).normal());
    return factor * shared * Math.exp(noise * random.fork(name, learner).normal());
  });
  return { name, values };
}

describe('compare', () => {
  it('finds a gain of 17 % and says it plainly', () => {
    const result = compare({
      ...question,
      baseline: sessions('the tuned rule', 1),
      challenger: sessions('planner', 0.83),
    });
    expect(result.verdict).toBe('better');
    expect(result.n).toBe(200);
    expect(result.effect.kind).toBe('ratio');
    expect(result.effect.estimate).toBeCloseTo(result.challengerMean / result.baselineMean, 12);
    expect(result.effect.low).toBeLessThan(0.83);
    expect(result.effect.high).toBeGreaterThan(0.83);
    expect(result.improvement.estimate).toBeCloseTo(1 - result.effect.estimate, 12);
    expect(result.words).toMatch(
      /^In simulation, 1\d % fewer sessions than the tuned rule \(1\d to \d\d %\), 200 learners\.$/,
    );
  });

  it('does not see in unpaired noise what pairs would show', () => {
    const baseline = sessions('a', 1, 40, 0.05);
    const paired = compare({ ...question, baseline, challenger: sessions('b', 0.93, 40, 0.05) });
    const strangers = compare({ ...question, baseline, challenger: sessions('b', 0.93, 40, 0.05, 'other learners') });
    expect(paired.improvement.high - paired.improvement.low).toBeLessThan(
      0.5 * (strangers.improvement.high - strangers.improvement.low),
    );
  });

  it('calls the same policy no difference, and a tiny gain too', () => {
    const baseline = sessions('a', 1);
    expect(compare({ ...question, baseline, challenger: { ...baseline, name: 'b' } })).toMatchObject({
      verdict: 'no difference',
      effect: { estimate: 1, low: 1, high: 1 },
    });
    const tiny = { name: 'b', values: Array.from(baseline.values, (value) => 0.998 * value) };
    expect(compare({ ...question, baseline, challenger: tiny }).verdict).toBe('no difference');
  });

  it('gives no verdict below the minimum of units, however large the effect', () => {
    const result = compare({ ...question, baseline: sessions('a', 1, 12), challenger: sessions('b', 0.3, 12) });
    expect(result.verdict).toBe('not enough evidence');
    expect(result.words).toMatch(/^In simulation, not enough evidence: .* 12 learners of at least 30\.$/);
  });

  it('turns the improvement with the measure, and labels nothing that is not simulated', () => {
    const result = compare({
      ...question,
      measure: 'share of goals met',
      countable: false,
      lowerIsBetter: false,
      simulated: false,
      baseline: sessions('greedy', 1),
      challenger: sessions('planner', 1.4),
    });
    expect(result.verdict).toBe('better');
    expect(result.improvement.estimate).toBeCloseTo(result.effect.estimate - 1, 12);
    expect(result.words).toMatch(/^\d\d % higher share of goals met than greedy \(/);
  });

  it('compares differences where values may be negative', () => {
    const energies = (shift: number) => ({
      name: `shift ${shift}`,
      values: Array.from({ length: 60 }, (_, i) => -100 + Math.sin(i) + shift + 0.01 * Math.cos(7 * i)),
    });
    const base = { ...question, measure: 'energy', countable: false, unit: 'problem', effect: 'difference' as const };
    const result = compare({ ...base, baseline: energies(0), challenger: energies(-3) });
    expect(result).toMatchObject({ verdict: 'better', effect: { kind: 'difference' } });
    expect(result.effect.estimate).toBeCloseTo(-3, 9);
    expect(result.words).toContain('3 lower energy than shift 0, 60 problems');
    expect(() => compare({ ...question, baseline: energies(0), challenger: energies(-3) })).toThrow(
      'compare differences instead',
    );
  });

  it('shows money and time beside the verdict', () => {
    const cost = (wallSeconds: number, amount: number) => ({
      ...noCost,
      wallSeconds,
      money: { amount, currency: 'EUR' },
    });
    const result = compare({
      ...question,
      baseline: { ...sessions('a', 1), cost: cost(2, 0) },
      challenger: { ...sessions('b', 0.8), cost: cost(60, 50) },
    });
    expect(result.cost).toMatchObject({ timeRatio: 30, extraMoney: { amount: 0.25, currency: 'EUR' } });
    expect(result.words).toMatch(
      /It takes 300 ms of computing per learner against 10 ms, and 0\.25 EUR more per learner\.$/,
    );
  });

  it('does not depend on the order of units beyond the noise of resampling, and repeats itself', () => {
    const [a, b] = [sessions('a', 1, 100), sessions('b', 0.9, 100)];
    const result = compare({ ...question, baseline: a, challenger: b });
    expect(compare({ ...question, baseline: a, challenger: b })).toEqual(result);
    const reversed = (side: Contender) => ({ ...side, values: Array.from(side.values).reverse() });
    const other = compare({ ...question, baseline: reversed(a), challenger: reversed(b) });
    expect(other.effect.estimate).toBeCloseTo(result.effect.estimate, 12);
    expect(Math.abs(other.effect.low - result.effect.low)).toBeLessThan(0.005);
  });

  it('holds for any scale of the measure', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (scale) => {
        const [a, b] = [sessions('a', 1, 40), sessions('b', 0.9, 40)];
        const scaled = (side: Contender) => ({ ...side, values: Array.from(side.values, (value) => scale * value) });
        const result = compare({ ...question, baseline: scaled(a), challenger: scaled(b) });
        const original = compare({ ...question, baseline: a, challenger: b });
        expect(result.verdict).toBe(original.verdict);
        expect(result.effect.low).toBeCloseTo(original.effect.low, 9);
      }),
      { numRuns: 15 },
    );
  });

  it('refuses sides that do not pair, and margins below nothing', () => {
    const [a, b] = [sessions('a', 1, 40), sessions('b', 1, 41)];
    expect(() => compare({ ...question, baseline: a, challenger: b })).toThrow('got 40 and 41; pair the same units');
    expect(() => compare({ ...question, practicalMargin: -1, baseline: a, challenger: a })).toThrow(
      'margin of at least 0',
    );
  });
});

describe('compareAll', () => {
  it('widens intervals as Holm asks, the most decided least forgiving', () => {
    const champion = sessions('champion', 1);
    const [clear, plain, none] = compareAll(question, champion, [
      sessions('clear', 0.6),
      sessions('plain', 0.9),
      sessions('none', 1),
    ]);
    expect(clear).toMatchObject({ verdict: 'better', level: 1 - 0.05 / 3 });
    expect(plain).toMatchObject({ verdict: 'better', level: 1 - 0.05 / 2 });
    expect(none.verdict).not.toBe('better');
    expect(none.level).toBeCloseTo(0.95, 12);
    expect(clear.words).toContain(', 98.3 % interval)');
  });

  it('is right about all challengers together in 95 of 100 families (300 families of 4 equals, four standard errors)', () => {
    // No challenger differs, so every "better" or "worse" is a false alarm; margin 0 makes them as likely as can be.
    let alarms = 0;
    for (let family = 0; family < 300; family++) {
      const seed = `family ${family}`;
      const equals = ['b', 'c', 'd', 'e'].map((name) => sessions(name, 1, 40, 0.1, seed));
      const results = compareAll(
        { ...question, practicalMargin: 0, resamples: 1_000, seed: family },
        sessions('a', 1, 40, 0.1, seed),
        equals,
      );
      if (results.some(({ verdict }) => verdict === 'better' || verdict === 'worse')) alarms++;
    }
    expect(alarms / 300).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / 300));
    expect(alarms).toBeGreaterThan(0);
  });
});
