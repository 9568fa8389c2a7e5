/** What is settled when a quiz begins, and what may be asked in it. Plain data: it is stored with the quiz. */
import type { Estimate } from '@qurriculum/learner';

export interface QuizSkill {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  /** P(known) when the quiz began, 0 to 1, not 0 or 1. */
  readonly known: number;
  readonly guess: number;
  readonly slip: number;
  /** Mastery as screens showed it when the quiz began; null without a fitted model. */
  readonly before: Estimate | null;
}

export interface BankItem {
  readonly itemId: number;
  /** Its skills, as numbers in the quiz's skills. */
  readonly skills: readonly number[];
  /** A template makes a new item each time; an imported one is asked once. */
  readonly template: boolean;
}

export interface QuizSetup {
  readonly skills: readonly QuizSkill[];
  readonly bank: readonly BankItem[];
  /** Questions at most. */
  readonly most: number;
  readonly seed: number;
  /** The fitted model behind the estimates, and whether guess and slip are its own; null where nothing is fitted yet. */
  readonly model: { readonly name: string; readonly version: string; readonly from: 'fitted' | 'usual' } | null;
}

/** Questions at most: what may be asked for, and what is taken where nothing is. */
export const questionLimits = { least: 4, most: 12, usual: 10 } as const;

/** Skills that may be chosen: with more of them a dozen questions would tell little about each. */
export const MOST_SKILLS = 6;
