import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import type { Question } from './question.ts';

const question: Question = {
  measure: 'sessions',
  countable: true,
  lowerIsBetter: true,
  unit: 'learner',
  seed: 4,
  simulated: true,
};
const contender = (name: string, factor: number, n = 60, noise = 0.02) => ({
  name,
  values: Array.from({ length: n }, (_, i) => factor * (40 + (i % 7)) * (1 + noise * Math.sin(i * factor * 13))),
});

describe('judge', () => {
  it('names the best of those that are better as candidate, and leaves promotion to a person', () => {
    const judgement = judge(
      contender('greedy', 1),
      [contender('qaoa', 1.2), contender('planner', 0.8), contender('anneal', 0.9)],
      question,
    );
    expect(judgement.comparisons.map(({ challenger, verdict }) => [challenger, verdict])).toEqual([
      ['qaoa', 'worse'],
      ['planner', 'better'],
      ['anneal', 'better'],
    ]);
    expect(judgement).toMatchObject({ champion: 'greedy', candidate: 'planner' });
    expect(judgement.words).toMatch(
      /^planner may replace greedy if a person decides so\. In simulation, 20\.0 % fewer/,
    );
  });

  it('keeps the champion when nobody is better, and says whether the evidence sufficed', () => {
    expect(judge(contender('greedy', 1), [contender('qaoa', 1.2)], question)).toMatchObject({
      candidate: null,
      words: 'greedy stays champion: no challenger is better.',
    });
    expect(judge(contender('greedy', 1, 10), [contender('qaoa', 0.5, 10)], question)).toMatchObject({
      candidate: null,
      words: 'greedy stays champion: there is not enough evidence on qaoa.',
    });
    expect(judge(contender('greedy', 1), [], question)).toMatchObject({
      candidate: null,
      words: 'greedy stays champion: nothing challenged it.',
    });
  });

  it('refuses two contenders of one name', () => {
    expect(() => judge(contender('greedy', 1), [contender('greedy', 2)], question)).toThrow('got "greedy" twice');
  });
});
