/**
 * How an item condenses attribute states into latent groups that answer alike:
 * - DINA (Junker & Sijtsma 2001, APM 25, 258-272): all attributes held, or not;
 * - DINO (Templin & Henson 2006, Psychological Methods 11, 287-305): any held, or none;
 * - G-DINA (de la Torre 2011, Psychometrika 76, 179-199): every combination its own group.
 * Each group has its own probability of each answer.
 */
import { type AttributeStructure, maximalAttributes, minimalAttributes } from './attributes.ts';
import { DiagnosisError } from './errors.ts';
import { type QMatrix, requireQMatrix } from './q-matrix.ts';

export type DiagnosisModelName = 'dina' | 'dino' | 'gdina';

export const diagnosisModelNames: readonly DiagnosisModelName[] = ['dina', 'dino', 'gdina'];

export interface ItemRule {
  /** The n attributes that matter, those implied by others left out. */
  readonly attributes: readonly number[];
  /** Group of each combination of them: bit i of the index is attributes[i]; 2^n entries. */
  readonly groupOf: Int32Array;
  readonly groups: number;
  readonly categories: number;
  /** Where fitting starts: groups * categories probabilities, row after row. */
  readonly start: Float64Array;
  /** Two groups where the second is to be right at least as often as the first. */
  readonly ordered: boolean;
  /** Answers in the spirit of `start` that each group is credited with before any is seen. */
  readonly pseudoAnswers: number;
}

/** What is fitted: attributes, and a rule per item. */
export interface DiagnosisDesign {
  /** 'dina', 'dino', 'gdina' or 'misconceptions'. */
  readonly model: string;
  readonly structure: AttributeStructure;
  readonly items: readonly ItemRule[];
  readonly itemNames: readonly string[];
}

/** 2^16 combinations are the most that one item may tell apart. */
const MOST_ATTRIBUTES = 16;

/**
 * The design of a model under a Q-matrix.
 * @throws DiagnosisError BAD_Q_MATRIX for a matrix with errors, TOO_LARGE for an item of more than 16 attributes.
 */
export function diagnosisDesign(matrix: QMatrix, model: DiagnosisModelName): DiagnosisDesign {
  requireQMatrix(matrix);
  const items = matrix.rows.map((row, j) => ruleOf(matrix.structure, row, model, matrix.items[j]));
  return { model, structure: matrix.structure, items, itemNames: matrix.items };
}

function ruleOf(
  structure: AttributeStructure,
  row: readonly number[],
  model: DiagnosisModelName,
  name: string,
): ItemRule {
  const reduce = {
    dina: maximalAttributes,
    dino: minimalAttributes,
    gdina: (_: AttributeStructure, set: readonly number[]) => [...set],
  };
  const attributes = reduce[model](structure, row);
  requireFew(attributes, name);
  const combinations = 2 ** attributes.length;
  const all = combinations - 1;
  if (model !== 'gdina') {
    const groupOf = Int32Array.from({ length: combinations }, (_, c) => Number(model === 'dina' ? c === all : c > 0));
    const start = Float64Array.of(0.8, 0.2, 0.2, 0.8);
    return { ...{ attributes, groupOf, groups: 2, categories: 2, start }, ordered: true, pseudoAnswers: 0 };
  }
  // Right answers rise with the share of attributes held.
  const start = Float64Array.from({ length: 2 * combinations }, (_, k) => {
    const right = 0.15 + (0.7 * bitCount(k >> 1)) / attributes.length;
    return k % 2 === 1 ? right : 1 - right;
  });
  const groupOf = Int32Array.from({ length: combinations }, (_, c) => c);
  return { ...{ attributes, groupOf, groups: combinations, categories: 2, start }, ordered: false, pseudoAnswers: 0 };
}

/** @throws DiagnosisError TOO_LARGE beyond 16 attributes. */
export function requireFew(attributes: readonly number[], name: string): void {
  if (attributes.length <= MOST_ATTRIBUTES) return;
  throw new DiagnosisError(
    'TOO_LARGE',
    `diagnosisDesign: expected at most ${MOST_ATTRIBUTES} attributes that matter for ${name}, got ${attributes.length}; split the item.`,
  );
}

export function bitCount(mask: number): number {
  let count = 0;
  for (let rest = mask; rest > 0; rest &= rest - 1) count++;
  return count;
}

/** The combination of an item's attributes in a state whose bits begin at `start`. */
export function combinationOf(rule: ItemRule, bits: ArrayLike<number>, start = 0): number {
  let combination = 0;
  rule.attributes.forEach((attribute, i) => {
    if (bits[start + attribute] === 1) combination |= 1 << i;
  });
  return combination;
}
