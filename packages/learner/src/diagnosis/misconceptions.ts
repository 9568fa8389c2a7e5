/**
 * Misconceptions tied to distractors. Skills and misconceptions are attributes side by side; an answer is the option that
 * was chosen. Any misconception present spoils a right answer (Bug-DINO: Kuo, Chen, Yang & Mok 2016, Frontiers in
 * Psychology 7:1344, equation 2; with skills beside them: Kuo, Chen & de la Torre 2018, APM 42, 179-191), and draws to the
 * options that were written for it (coded distractors: de la Torre 2009, APM 33, 163-183). Who has none of an item's
 * misconceptions answers as in DINA, with all options kept apart as nominal categories.
 */
import { createAttributes, maximalAttributes } from './attributes.ts';
import { DiagnosisError } from './errors.ts';
import { type DiagnosisDesign, type ItemRule, requireFew } from './item-rules.ts';

export interface MisconceptionItem {
  readonly name: string;
  /** Skills that a right answer needs. */
  readonly skills: readonly string[];
  /** Options in the order of their codes 0, 1, ...: the right one, one that shows a misconception, or neither. */
  readonly options: readonly ('right' | { readonly misconception: string } | 'wrong')[];
}

export interface MisconceptionDesign extends DiagnosisDesign {
  readonly model: 'misconceptions';
  /** How many of the attributes are skills; misconceptions follow them. */
  readonly skills: number;
}

/** Pseudo-answers per group: they name the groups, so that "has it" and "has it not" cannot change places. */
const PSEUDO_ANSWERS = 4;

/**
 * The design for `fitDiagnosis`; responses carry the option's code. Skills may have prerequisites.
 * @throws DiagnosisError BAD_Q_MATRIX unless each item has exactly one right option, options of known misconceptions only,
 * and at least a skill.
 */
export function misconceptionDesign(
  items: readonly MisconceptionItem[],
  skills: readonly string[],
  misconceptions: readonly string[],
  prerequisites: readonly (readonly [before: string, after: string])[] = [],
): MisconceptionDesign {
  const structure = createAttributes([...skills, ...misconceptions], prerequisites);
  const index = new Map(structure.names.map((name, k) => [name, k]));
  const numberOf = (item: string, name: string): number => {
    const found = index.get(name);
    if (found !== undefined) return found;
    throw new DiagnosisError(
      'BAD_Q_MATRIX',
      `misconceptionDesign: expected skills and misconceptions that are listed, got "${name}" in ${item}; list it or correct it.`,
    );
  };
  const rules = items.map(({ name, skills: needed, options }) => {
    const right = options.filter((option) => option === 'right').length;
    if (right !== 1 || needed.length === 0) {
      const got = `${right} right options and ${needed.length} skills`;
      throw new DiagnosisError(
        'BAD_Q_MATRIX',
        `misconceptionDesign: expected one right option and at least one skill for ${name}, got ${got}; correct the item.`,
      );
    }
    const required = maximalAttributes(
      structure,
      needed.map((skill) => numberOf(name, skill)),
    );
    const tied = options.map((option) => (typeof option === 'string' ? -1 : numberOf(name, option.misconception)));
    return ruleOf(name, required, tied, options.indexOf('right'));
  });
  const itemNames = items.map(({ name }) => name);
  return { model: 'misconceptions', structure, items: rules, itemNames, skills: skills.length };
}

/** Group 0: skills lacking; 1: skills held; 1 + mask: the misconceptions of the mask, whatever the skills. */
function ruleOf(name: string, required: readonly number[], tied: readonly number[], right: number): ItemRule {
  const misconceptions = [...new Set(tied)].filter((attribute) => attribute >= 0);
  const attributes = [...required, ...misconceptions];
  requireFew(attributes, name);
  const all = 2 ** required.length - 1;
  const groupOf = Int32Array.from({ length: 2 ** attributes.length }, (_, combination) => {
    const mask = combination >> required.length;
    return mask > 0 ? 1 + mask : Number((combination & all) === all);
  });
  const categories = tied.length;
  const groups = 1 + 2 ** misconceptions.length;
  const start = new Float64Array(groups * categories);
  for (let group = 0; group < groups; group++) {
    const mask = group < 2 ? 0 : group - 1;
    const drawn = tied.map((attribute) => attribute >= 0 && ((mask >> misconceptions.indexOf(attribute)) & 1) === 1);
    const attracted = drawn.filter(Boolean).length;
    const rightShare = mask > 0 ? 0.1 : group === 1 ? 0.85 : 0.25;
    const others = categories - 1 - attracted;
    const rest = 1 - rightShare - (mask > 0 ? 0.7 : 0);
    for (let option = 0; option < categories; option++) {
      start[group * categories + option] =
        option === right ? rightShare : drawn[option] ? 0.7 / attracted : rest / others;
    }
    normalise(start, group * categories, categories);
  }
  return { ...{ attributes, groupOf, groups, categories, start }, ordered: false, pseudoAnswers: PSEUDO_ANSWERS };
}

function normalise(values: Float64Array, start: number, length: number): void {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += values[start + k];
  for (let k = 0; k < length; k++) values[start + k] /= sum;
}
