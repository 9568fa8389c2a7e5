/**
 * The words in which the sample course is written: a strand lists skills, a skill lists what it needs and how to make an
 * item, and an item is a question, an answer, wrong answers with their misconceptions, steps and hints.
 */
import type { Random } from '@qurriculum/random';
import type { AlgebraicForm, Distractor } from '../items/answer-spec.ts';
import type { ItemDraft } from '../items/item.ts';
import type { MisconceptionId } from './misconceptions.ts';
import { tex } from './notation.ts';

/** A wrong answer as typed, and what it betrays. */
export type Wrong = readonly [response: string | number, misconception: MisconceptionId];

export interface Strand {
  readonly domain: string;
  readonly skills: readonly SkillPlan[];
}

export interface SkillPlan {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Minutes that an average learner needs, by the author's judgement. */
  readonly minutes: number;
  /** Hard prerequisites. */
  readonly needs: readonly string[];
  /** Soft prerequisites. */
  readonly helps?: readonly string[];
  readonly make: (random: Random) => ItemDraft;
}

interface Question {
  readonly ask: string;
  readonly wrong: readonly Wrong[];
  readonly steps: readonly string[];
  readonly hints: readonly string[];
}

/** An item answered with one number. */
export function numberItem(
  question: Question & { answer: string | number; form?: 'number' | 'lowest-terms' | 'any'; unit?: string },
): ItemDraft {
  const { answer, form, unit } = question;
  const value = String(answer);
  const shownUnit = unit === '%' ? '\\%' : unit === undefined ? '' : `\\text{ ${unit}}`;
  return {
    ...common(question),
    answer: {
      kind: 'numeric',
      value,
      ...(form && { form }),
      ...(unit && { unit }),
      distractors: distractors(question.wrong, value),
    },
    solution: `$${tex(value)}${shownUnit}$`,
  };
}

/** An item answered with an expression, an equation, an inequality, a pair or several solutions. */
export function expressionItem(
  question: Question & { answer: string; form?: AlgebraicForm; parts?: readonly string[] },
): ItemDraft {
  const { answer, form, parts } = question;
  return {
    ...common(question),
    answer: {
      kind: 'algebraic',
      expression: answer,
      ...(form && { form }),
      ...(parts && { parts }),
      distractors: distractors(question.wrong, answer),
    },
    solution: `$${tex(answer)}$`,
  };
}

/** An item answered by choosing one of several texts; each wrong one betrays a misconception. */
export function choiceItem(random: Random, question: Question & { answer: string }): ItemDraft {
  const wrong = distractors(question.wrong, question.answer);
  const texts = random.shuffle([question.answer, ...wrong.map(({ response }) => response)]);
  const idOf = (text: string): string => 'abcdefgh'[texts.indexOf(text)];
  return {
    ...common(question),
    choices: texts.map((text) => ({ id: idOf(text), text })),
    answer: {
      kind: 'choice',
      correct: [idOf(question.answer)],
      distractors: wrong.map(({ response, misconception }) => ({ response: idOf(response), misconception })),
    },
    solution: question.answer,
  };
}

function common({ ask, steps, hints }: Question): Pick<ItemDraft, 'prompt' | 'steps' | 'hints'> {
  return { prompt: ask, steps, hints: hints.map((text) => ({ text })) };
}

/** Numbers can make a wrong way end at the right answer, or two wrong ways at one answer: such ones are left out. */
function distractors(wrong: readonly Wrong[], answer: string): Distractor[] {
  const seen = new Set([answer]);
  const kept: Distractor[] = [];
  for (const [value, misconception] of wrong) {
    const response = String(value);
    if (seen.has(response)) continue;
    seen.add(response);
    kept.push({ response, misconception });
  }
  return kept;
}
