/**
 * The misconceptions that the sample course's wrong answers betray, in words for the learner. Our own list; most are
 * classics of the literature on algebra errors (e.g. Booth, Barbieri, Eyer & Paré-Blagoev, Persistent and pernicious
 * errors in algebraic problem solving, Journal of Problem Solving 7, 2014).
 */
import type { Misconception } from '../items/item.ts';
import { ALGEBRA } from './misconceptions-algebra.ts';
import { ARITHMETIC } from './misconceptions-arithmetic.ts';

const CATALOGUE = { ...ARITHMETIC, ...ALGEBRA };

export type MisconceptionId = keyof typeof CATALOGUE;

export const misconceptions: readonly Misconception[] = Object.entries(CATALOGUE).map(([id, [name, description]]) => ({
  id,
  name,
  description,
}));
