import { describe, expect, it } from 'vitest';
import type { Comparison } from './question.ts';
import type { Improvement, Verdict } from './verdict.ts';
import { sayVerdict, type Wording } from './words.ts';

const sessions: Wording & { measure: string } = {
  ...{ measure: 'sessions', countable: true, lowerIsBetter: true, unit: 'learner', units: 'learners' },
};
const worth: Wording & { measure: string } = {
  ...{ measure: 'worth', countable: false, lowerIsBetter: false, unit: 'problem', units: 'problems' },
};

/** Shares for ratios, the measure's own units for differences. */
function words(
  verdict: Verdict,
  [low, estimate, high]: readonly [number, number, number],
  about: Wording & { measure: string } = sessions,
  facts: Partial<Comparison> = {},
): string {
  const improvement: Improvement = { estimate, low, high };
  const whole: Omit<Comparison, 'words'> = {
    ...{ verdict, baseline: 'fringe', challenger: 'planner', measure: about.measure, unit: about.unit, n: 200 },
    ...{ baselineMean: 50, challengerMean: 50, effect: { kind: 'ratio', ...improvement }, improvement, level: 0.95 },
    ...{ practicalMargin: 0.01, minimumUnits: 30, simulated: false, cost: null },
    ...facts,
  };
  return sayVerdict(whole, about);
}

const asDifference = { effect: { kind: 'difference', estimate: 0, low: 0, high: 0 } } as const;

describe('sayVerdict', () => {
  it.each([
    // What there is to see, with as many digits as the interval supports.
    ['better', [0.15, 0.17, 0.19], '17 % fewer sessions than fringe (15 to 19 %), 200 learners.'],
    ['better', [0.171, 0.173, 0.175], '17.3 % fewer sessions than fringe (17.1 to 17.5 %), 200 learners.'],
    ['worse', [-0.19, -0.17, -0.15], '17 % more sessions than fringe (15 to 19 %), 200 learners.'],
    ['better', [0.0112, 0.0115, 0.0118], '1.15 % fewer sessions than fringe (1.12 to 1.18 %), 200 learners.'],
    // One direction, and both.
    [
      'no difference',
      [0.002, 0.005, 0.008],
      'No difference that matters in sessions from fringe (0.2 to 0.8 % fewer), 200 learners.',
    ],
    [
      'no difference',
      [-0.003, 0.001, 0.002],
      'No difference that matters in sessions from fringe (from 0.2 % fewer to 0.3 % more), 200 learners.',
    ],
    [
      'not enough evidence',
      [-0.0001, 0.02, 0.05],
      'Not enough evidence: 2 % fewer sessions than fringe (from 5 % fewer to 0 % more), 200 learners; more learners would narrow it.',
    ],
    [
      'not enough evidence',
      [0, 0.02, 0.05],
      'Not enough evidence: 2 % fewer sessions than fringe (0 to 5 % fewer), 200 learners; more learners would narrow it.',
    ],
    // Nothing to see.
    ['no difference', [0, 0, 0], 'No difference to be seen in sessions from fringe, 200 learners.'],
    ['no difference', [-1e-8, 2e-9, 3e-8], 'No difference to be seen in sessions from fringe, 200 learners.'],
    ['no difference', [1e-8, 2e-8, 3e-8], 'No difference to be seen in sessions from fringe, 200 learners.'],
    [
      'no difference',
      [-0.004, 0.00001, 0.004],
      'No difference to be seen in sessions from fringe (from 0.4 % fewer to 0.4 % more), 200 learners.',
    ],
    [
      'not enough evidence',
      [-0.05, 0.0003, 0.04],
      'Not enough evidence: no difference to be seen in sessions from fringe (from 4 % fewer to 5 % more), 200 learners; more learners would narrow it.',
    ],
    ['better', [1e-8, 2e-8, 3e-8], 'Less than 0.01 % fewer sessions than fringe, 200 learners.'],
    ['better', [0.0002, 0.0003, 0.0004], '0.03 % fewer sessions than fringe (0.02 to 0.04 %), 200 learners.'],
  ] as const)('%s of %j', (verdict, interval, sentence) => {
    const told = words(verdict, interval);
    expect(told[0].toUpperCase() + told.slice(1)).toBe(sentence);
  });

  it('says higher and lower of what cannot be counted, lower first', () => {
    expect(words('no difference', [-0.002, 0.001, 0.003], worth)).toContain('(from 0.2 % lower to 0.3 % higher)');
    expect(words('better', [0.2, 0.3, 0.4], worth)).toBe('30 % higher worth than fringe (20 to 40 %), 200 problems.');
  });

  it.each([
    [[2.9, 3, 3.1], -100, '3.0 higher worth than fringe (2.9 to 3.1), 200 problems.'],
    [[3, 3, 3], -100, '3 higher worth than fringe, 200 problems.'],
    [[0.00029, 0.0003, 0.00031], 0.05, '0.00030 higher worth than fringe (0.00029 to 0.00031), 200 problems.'],
    [[1e-7, 2e-7, 3e-7], 12, 'Less than 0.001 higher worth than fringe, 200 problems.'],
    [[12_000, 12_345, 12_700], 80_000, '12345 higher worth than fringe (12000 to 12700), 200 problems.'],
  ] as const)('a difference of %j beside a mean of %d', (interval, mean, sentence) => {
    const told = words('better', interval, worth, { ...asDifference, baselineMean: mean, challengerMean: mean });
    expect(told).toBe(sentence);
  });

  it('says how many are missing, and the level where it is not the usual one', () => {
    expect(words('not enough evidence', [0.1, 0.2, 0.3], sessions, { n: 12 })).toMatch(
      /\(10 to 30 % fewer\), 12 learners of at least 30\.$/,
    );
    expect(words('better', [0.1, 0.2, 0.3], sessions, { level: 1 - 0.05 / 3 })).toContain(
      '(10 to 30 %, 98.3 % interval)',
    );
  });
});
