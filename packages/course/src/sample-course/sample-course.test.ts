import { describe, expect, it } from 'vitest';
import { checkAnswer } from '../answers/check-answer.ts';
import type { GeneratedItem } from '../items/item.ts';
import { generateItem, publicView } from '../items/item.ts';
import { foundationsOfAlgebra as course } from './index.ts';
import { verification } from './testing/verify.ts';

const SEEDS = 50;
const skillIds = new Set(course.graph.skills.map(({ id }) => id));
const misconceptionIds = new Set(course.misconceptions.map(({ id }) => id));

/** The right answer and each distractor as a learner would send them. */
function responses({ answer }: GeneratedItem): { right: string; wrong: { response: string; misconception: string }[] } {
  const right = answer.kind === 'numeric' ? answer.value : answer.kind === 'algebraic' ? answer.expression : '';
  const wrong = [...(answer.distractors ?? [])];
  return { right: answer.kind === 'choice' ? answer.correct.join(',') : right, wrong };
}

describe('the sample course', () => {
  it('has enough skills, each connected, taught after what it needs', () => {
    expect(course.graph.skills.length).toBeGreaterThanOrEqual(60);
    expect(course.courseOrder).toHaveLength(course.graph.skills.length);
    const place = new Map(course.courseOrder.map((id, k) => [id, k]));
    for (const { from, to } of course.graph.prerequisites) expect(place.get(from)!).toBeLessThan(place.get(to)!);
    const connected = new Set(course.graph.prerequisites.flatMap(({ from, to }) => [from, to]));
    expect([...skillIds].filter((id) => !connected.has(id))).toEqual([]);
    expect(course.graph.prerequisites.some(({ strength }) => strength === 'soft')).toBe(true);
  });

  it('has a template for every skill and knows every skill that it names', () => {
    expect([...skillIds].filter((id) => !course.templates.some(({ skill }) => skill === id))).toEqual([]);
    for (const { skill } of course.templates) expect(skillIds).toContain(skill);
    for (const id of course.confusable.flat()) expect(skillIds).toContain(id);
    expect(Object.keys(verification).sort()).toEqual([...skillIds].sort());
  });

  it('uses every misconception of its catalogue', () => {
    const used = new Set(
      course.templates.flatMap((template) =>
        Array.from({ length: SEEDS }, (_, seed) => responses(generateItem(template, seed)).wrong).flatMap((wrong) =>
          wrong.map(({ misconception }) => misconception),
        ),
      ),
    );
    expect([...misconceptionIds].filter((id) => !used.has(id))).toEqual([]);
  });
});

describe.each(course.templates.map((template) => [template.id, template] as const))('template %s', (_, template) => {
  const items = Array.from({ length: SEEDS }, (_unused, seed) => generateItem(template, seed));

  it('makes answers that pass, also as shown, and hold when worked out another way', () => {
    for (const item of items) {
      const { right } = responses(item);
      expect([item.prompt, right, checkAnswer(item.answer, right)]).toEqual([item.prompt, right, { correct: true }]);
      if (item.answer.kind !== 'choice') {
        expect([item.solution, checkAnswer(item.answer, item.solution)]).toEqual([item.solution, { correct: true }]);
      }
      verification[template.skill](item);
    }
  });

  it('makes distractors that fail and name their misconception', () => {
    for (const item of items) {
      const { right, wrong } = responses(item);
      expect(wrong.length, item.prompt).toBeGreaterThan(0);
      const seen: string[] = [];
      for (const { response, misconception } of wrong) {
        expect(response).not.toBe(right);
        expect(misconceptionIds).toContain(misconception);
        const check = checkAnswer(item.answer, response);
        expect([item.prompt, response, check.correct, check.problem]).toEqual([
          item.prompt,
          response,
          false,
          undefined,
        ]);
        const same = seen.some((other) => other === check.misconception);
        if (!same) expect([item.prompt, response, check.misconception]).toEqual([item.prompt, response, misconception]);
        seen.push(misconception);
      }
    }
  });

  it('explains each item and shows nothing that gives it away', () => {
    for (const item of items) {
      expect(item.steps.length).toBeGreaterThan(1);
      expect(item.hints.length).toBeGreaterThan(1);
      for (const text of [item.prompt, item.solution, ...item.steps, ...item.hints.map((hint) => hint.text)]) {
        expect(text.replace('undefined?', '')).not.toMatch(
          /undefined|NaN|Infinity|\[object|\+ -|--|- -| {2}|\b1[xyn]\b/,
        );
        expect((text.replace(/\\\$/g, '').match(/\$/g) ?? []).length % 2, text).toBe(0);
      }
      expect(publicView(item)).not.toHaveProperty('answer');
    }
  });

  it('does not run out of items', () => {
    expect(new Set(items.map(({ prompt }) => prompt)).size).toBeGreaterThan(SEEDS / 4);
  });
});
