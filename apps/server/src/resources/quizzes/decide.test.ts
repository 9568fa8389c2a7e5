import { describe, expect, it } from 'vitest';
import { believed, decideNext, type Exposure, type QuizAnswer, settledAt } from './decide.ts';
import type { QuizSetup } from './setup.ts';

const nobodyAsked: Exposure = { quizzes: 0, asked: new Map() };

/** One template a skill unless items are named. */
function setupOf(known: readonly number[], changes: Partial<QuizSetup> = {}): QuizSetup {
  return {
    skills: known.map((p, k) => {
      return { id: k + 1, key: `${k + 1}`, name: `Skill ${k + 1}`, known: p, guess: 0.2, slip: 0.1, before: null };
    }),
    bank: known.map((_, k) => ({ itemId: 100 + k, skills: [k], template: true })),
    ...{ most: 10, seed: 5, model: null },
    ...changes,
  };
}

/** Asks on until the quiz ends; `right` says how each question is answered. */
function play(setup: QuizSetup, right: (skill: number, asked: number) => boolean, exposure = nobodyAsked) {
  const answers: QuizAnswer[] = [];
  const skills: number[] = [];
  for (;;) {
    const next = decideNext(setup, answers, exposure);
    if ('stop' in next) return { answers, skills, stop: next.stop };
    const skill = setup.bank[next.bank].skills[0];
    answers.push({ bank: next.bank, right: right(skill, answers.length) });
    skills.push(skill);
  }
}

const entropy = (p: number): number => -p * Math.log2(p) - (1 - p) * Math.log2(1 - p);

/** What one answer tells about one skill, bits, from the definition: H(answer) - H(answer | known or not). */
const bitsOf = (p: number, guess: number, slip: number): number =>
  entropy(p * (1 - slip) + (1 - p) * guess) - p * entropy(slip) - (1 - p) * entropy(guess);

describe('decideNext', () => {
  it('asks about every skill once, the least sure first, and says what it is expected to tell', () => {
    const setup = setupOf([0.9, 0.5, 0.3]);
    const next = decideNext(setup, [], nobodyAsked);
    expect(next).toMatchObject({ bank: 1, why: { text: expect.stringContaining('least sure about “Skill 2”') } });
    if ('stop' in next) return;
    expect(next.why.bits).toBeCloseTo(bitsOf(0.5, 0.2, 0.1), 9);
    expect(next.why.chanceRight).toBeCloseTo(0.5 * 0.9 + 0.5 * 0.2, 9);
    expect(play(setup, () => true).skills.slice(0, 3)).toEqual([1, 2, 0]);
  });

  it('then asks where an answer tells most, by Bayes worked out by hand', () => {
    const setup = setupOf([0.5, 0.5]);
    const answers = [
      { bank: 0, right: true },
      { bank: 1, right: false },
    ];
    const up = (0.5 * 0.9) / (0.5 * 0.9 + 0.5 * 0.2);
    const down = (0.5 * 0.1) / (0.5 * 0.1 + 0.5 * 0.8);
    const [first, second] = believed(setup, answers);
    expect(first).toBeCloseTo(up, 9);
    expect(second).toBeCloseTo(down, 9);
    const expected = bitsOf(up, 0.2, 0.1) > bitsOf(down, 0.2, 0.1) ? 0 : 1;
    expect(decideNext(setup, answers, nobodyAsked)).toMatchObject({ bank: expected });
  });

  it('ends when every skill is settled, at the limit, or with nothing left to ask', () => {
    expect(play(setupOf([0.6, 0.4]), (skill) => skill === 0)).toMatchObject({ stop: 'certainty' });
    const undecided = play(setupOf([0.5, 0.5, 0.5], { most: 6 }), (_, k) => Math.floor(k / 3) % 2 === 0);
    expect(undecided).toMatchObject({ stop: 'length' });
    expect(undecided.answers).toHaveLength(6);
    const one = setupOf([0.5], { bank: [{ itemId: 1, skills: [0], template: false }] });
    expect(play(one, () => true)).toMatchObject({ stop: 'no-items', skills: [0] });
  });

  it('asks about an open skill that lags two questions behind before any other', () => {
    let turns = 0;
    for (let seed = 0; seed < 15; seed++) {
      const setup = setupOf([0.5, 0.55, 0.6, 0.45], { seed, most: 12 });
      const { skills, answers } = play(setup, (_, k) => (k * 7 + seed) % 3 > 0);
      for (let n = 4; n < skills.length; n++) {
        const counts = [0, 1, 2, 3].map((skill) => skills.slice(0, n).filter((each) => each === skill).length);
        expect(Math.min(...counts)).toBeGreaterThan(0);
        const known = believed(setup, answers.slice(0, n));
        const lagging = counts.flatMap((count, k) =>
          Math.max(...counts) - count >= 2 && Math.max(known[k], 1 - known[k]) < settledAt ? [k] : [],
        );
        if (lagging.length === 0) continue;
        expect(lagging).toContain(skills[n]);
        turns++;
      }
    }
    expect(turns).toBeGreaterThan(10);
  });

  it('asks an imported item once, and spreads them: none in over a quarter of the quizzes where there are enough', () => {
    const bank = Array.from({ length: 24 }, (_, k) => ({ itemId: k, skills: [k % 2], template: false }));
    const counts = new Map<number, number>();
    const quizzes = 200;
    for (let seed = 0; seed < quizzes; seed++) {
      // A bank in the same order each time: only the control keeps the first ones from coming up always.
      const setup = setupOf([0.5, 0.5], { bank, seed, most: 4 });
      const { answers } = play(setup, (_, k) => k % 2 === 0, { quizzes: seed, asked: counts });
      const asked = answers.map((answer) => bank[answer.bank].itemId);
      expect(new Set(asked).size).toBe(asked.length);
      for (const item of asked) counts.set(item, (counts.get(item) ?? 0) + 1);
    }
    expect(Math.max(...counts.values()) / quizzes).toBeLessThanOrEqual(0.25);
  });

  it('weighs an item of two skills as one that needs both', () => {
    const bank = [{ itemId: 1, skills: [0, 1], template: false }];
    const setup = setupOf([0.5, 0.5], { bank });
    const [first, second] = believed(setup, [{ bank: 0, right: true }]);
    const both = 0.25 * 0.81;
    const rest = 0.25 * 0.2;
    expect(first).toBeCloseTo((both + rest) / (both + 3 * rest), 9);
    expect(second).toBeCloseTo(first, 12);
  });
});
