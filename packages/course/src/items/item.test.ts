import { describe, expect, it } from 'vitest';
import type { Item, ItemTemplate } from './item.ts';
import { generateItem, publicView } from './item.ts';

const item: Item = {
  id: 'i1',
  skills: ['sum'],
  prompt: 'What is $6+8$?',
  choices: [
    { id: 'a', text: '14' },
    { id: 'b', text: '48' },
  ],
  answer: { kind: 'choice', correct: ['a'], distractors: [{ response: 'b', misconception: 'multiplies' }] },
  solution: 'SECRET 14',
  steps: ['SECRET step'],
  hints: [{ text: 'SECRET hint' }],
  licence: 'CC BY 4.0',
};

describe('publicView', () => {
  it('shows the question and counts of help, and nothing that gives the answer away', () => {
    const view = publicView(item);
    expect(view).toEqual({
      id: 'i1',
      skills: ['sum'],
      prompt: 'What is $6+8$?',
      choices: item.choices,
      input: { kind: 'choice', several: false },
      hintCount: 1,
      stepCount: 1,
      licence: 'CC BY 4.0',
    });
    expect(JSON.stringify(view)).not.toMatch(/SECRET|multiplies|correct/);
  });

  it('drops fields of choices that it does not know', () => {
    const marked = { ...item, choices: [{ id: 'a', text: '14', correct: true }] };
    expect(JSON.stringify(publicView(marked))).not.toContain('correct');
  });
});

describe('generateItem', () => {
  const template: ItemTemplate = {
    id: 'sum',
    skill: 'add',
    generate: (random) => {
      const n = random.integer(1000);
      return {
        prompt: `${n} + 1`,
        answer: { kind: 'numeric', value: `${n + 1}` },
        solution: `${n + 1}`,
        steps: ['count'],
        hints: [],
      };
    },
  };

  it('makes the same item from the same seed and others from others', () => {
    expect(generateItem(template, 7)).toEqual(generateItem(template, 7));
    expect(generateItem(template, 'x').id).toBe('sum#x');
    expect(new Set(Array.from({ length: 40 }, (_, seed) => generateItem(template, seed).prompt)).size).toBeGreaterThan(
      30,
    );
  });
});
