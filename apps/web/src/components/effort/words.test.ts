import { expect, it } from 'vitest';
import { sayEffort } from './words.ts';

const view = { mean: 0.45, low: 0.3, high: 0.62, answers: 20, reasons: [], responseTimeEffort: null };

it('says a share with its interval, and nothing where there is not enough to say', () => {
  expect(sayEffort({ ...view, verdict: 'guessing' })).toBe(
    'Given with effort: 45 % (30 to 62 %) of the last 20 answers.',
  );
  expect(sayEffort({ ...view, verdict: 'unknown' })).toBe('Not enough answers to say.');
});
