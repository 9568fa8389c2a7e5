import { describe, expect, it } from 'vitest';
import { simulateAssessments } from './compare.ts';

describe('simulateAssessments', () => {
  it('an adaptive test reaches the standard error of a random form of 40 items with half of them or fewer', async () => {
    const { rules, reference } = await simulateAssessments({
      ...{ rules: ['information', 'mutual-information'], items: 25, learners: 150, bank: 300, seed: 7 },
    });
    expect(reference.items).toBe(40);
    for (const { shareToMatch, rmse, uncertainty, trace } of rules) {
      expect(shareToMatch).toBeLessThanOrEqual(0.5);
      // The stated standard error is the error that is made.
      expect(Math.abs((rmse as number) / uncertainty - 1)).toBeLessThan(0.2);
      expect(trace.every((value, n) => n === 0 || value < trace[n - 1] + 0.01)).toBe(true);
    }
  });

  it.each(['cap', 'randomesque', 'sympson-hetter'] as const)(
    '%s: no item goes to more than a quarter of the learners',
    async (exposure) => {
      const run = (control: typeof exposure | 'none') =>
        simulateAssessments({
          rules: ['information'],
          items: 10,
          learners: 120,
          bank: 120,
          exposure: control,
          seed: 3,
        });
      const [controlled, free] = [(await run(exposure)).rules[0], (await run('none')).rules[0]];
      expect(controlled.mostExposed).toBeLessThanOrEqual(0.25);
      expect(free.mostExposed).toBeGreaterThan(0.5);
      expect(controlled.overlap).toBeLessThan(free.overlap);
      expect(controlled.unused).toBeLessThan(free.unused);
    },
  );

  it('finds states sooner by divergence than at random, and stops when sure', async () => {
    const { rules } = await simulateAssessments({
      ...{ kind: 'diagnosis', rules: ['jensen-shannon', 'pwkl', 'random'], items: 20, learners: 120, bank: 150 },
      ...{ stop: { certainty: 0.9 }, seed: 5 },
    });
    const [divergence, weighted, random] = rules;
    expect(divergence.items).toBeLessThan(0.7 * random.items);
    expect(weighted.items).toBeLessThan(0.7 * random.items);
    expect(divergence.accuracy).toBeGreaterThan(0.9);
  });

  it('gives the same figures for the same seed, and refuses a bank that is too small', async () => {
    const options = { rules: ['pwkl', 'random'], items: 6, learners: 30, bank: 60, reference: 10, seed: 11 } as const;
    expect(await simulateAssessments(options)).toEqual(await simulateAssessments(options));
    await expect(simulateAssessments({ ...options, items: 61 })).rejects.toThrow(/expected 1 to 60 items/);
    const cancelled = AbortSignal.abort(new Error('stopped'));
    await expect(simulateAssessments({ ...options, signal: cancelled })).rejects.toThrow('stopped');
  });
});
