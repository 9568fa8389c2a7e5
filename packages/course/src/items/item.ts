/**
 * Items (one thing to answer) and item templates (which make unlimited items). Prompts, steps and hints are plain text
 * with LaTeX between dollar signs; a dollar amount is written \$5. What the learner may see before answering is
 * `publicView`, everything else stays with whoever checks the answer.
 */
import type { Random } from '@qurriculum/random';
import { createRandom } from '@qurriculum/random';
import type { AnswerSpec } from './answer-spec.ts';

export interface Choice {
  /** Says nothing about being right: 'a', 'b', ... in the order shown. */
  readonly id: string;
  readonly text: string;
}

/** A help that a learner may ask for; some ask a smaller question first. */
export interface Hint {
  readonly text: string;
  readonly question?: { readonly answer: AnswerSpec; readonly choices?: readonly Choice[] };
}

export interface Item {
  /** Unique inside its course. */
  readonly id: string;
  /** Ids of the skills that it asks for, at least one. */
  readonly skills: readonly string[];
  readonly prompt: string;
  readonly answer: AnswerSpec;
  readonly choices?: readonly Choice[];
  /** The right answer as shown after answering: plain text with LaTeX between dollar signs. */
  readonly solution: string;
  /** The worked solution, one line of reasoning each. */
  readonly steps: readonly string[];
  /** From a nudge to nearly the solution. */
  readonly hints: readonly Hint[];
  /** Pictures and tables that the source refers to and we do not have. */
  readonly missingFigures?: readonly string[];
  readonly licence?: string;
  readonly credit?: string;
}

export interface GeneratedItem extends Item {
  readonly templateId: string;
  /** `generateItem(template, seed)` makes this item again. */
  readonly seed: string;
}

/** An item before it is numbered: what a template writes. */
export type ItemDraft = Omit<Item, 'id' | 'skills'>;

export interface ItemTemplate {
  /** Unique inside its course. */
  readonly id: string;
  readonly skill: string;
  /** Everything random comes from the stream; the same stream gives the same item. */
  generate(random: Random): ItemDraft;
}

/** A wrong way of thinking that has a name. */
export interface Misconception {
  readonly id: string;
  readonly name: string;
  /** What the learner does, and why it fails, in words for the learner. */
  readonly description: string;
}

/** The item of a template for a seed: the same one each time. */
export function generateItem(template: ItemTemplate, seed: string | number): GeneratedItem {
  const draft = template.generate(createRandom(seed).fork(template.id));
  return {
    ...draft,
    id: `${template.id}#${seed}`,
    skills: [template.skill],
    templateId: template.id,
    seed: String(seed),
  };
}

/** What a learner sees before answering. */
export interface ItemView {
  readonly id: string;
  readonly skills: readonly string[];
  readonly prompt: string;
  readonly choices?: readonly Choice[];
  readonly input: { readonly kind: AnswerSpec['kind']; readonly several: boolean; readonly unit?: string };
  readonly hintCount: number;
  readonly stepCount: number;
  readonly missingFigures?: readonly string[];
  readonly licence?: string;
  readonly credit?: string;
}

/**
 * The part of an item that gives nothing away: no answer, solution, steps, hints or distractors. Built field by field, so
 * that a field added to `Item` later stays private until someone decides otherwise.
 */
export function publicView(item: Item): ItemView {
  const { answer } = item;
  return {
    id: item.id,
    skills: item.skills,
    prompt: item.prompt,
    ...(item.choices && { choices: item.choices.map(({ id, text }) => ({ id, text })) }),
    input: {
      kind: answer.kind,
      several: answer.kind === 'choice' && answer.correct.length > 1,
      ...(answer.kind === 'numeric' && answer.unit !== undefined && { unit: answer.unit }),
    },
    hintCount: item.hints.length,
    stepCount: item.steps.length,
    ...(item.missingFigures && { missingFigures: item.missingFigures }),
    ...(item.licence && { licence: item.licence }),
    ...(item.credit && { credit: item.credit }),
  };
}
