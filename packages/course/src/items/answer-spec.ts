/**
 * What counts as a right answer. Plain data, so that it can be stored; `checkAnswer` in `@qurriculum/course/answers`
 * reads it.
 */

/** A wrong answer that betrays a known way of thinking. */
export interface Distractor {
  /** The answer as a learner would type it; for a choice, the id of the choice. */
  readonly response: string;
  /** Id in the course's catalogue of misconceptions. */
  readonly misconception: string;
  /** What to tell a learner who answers so, if anything more than the misconception's own description. */
  readonly feedback?: string;
}

interface AnswerBase {
  readonly distractors?: readonly Distractor[];
}

/** One number. */
export interface NumericAnswer extends AnswerBase {
  readonly kind: 'numeric';
  /** As a learner would type it: '42', '-3/4', '0.125', '2 1/2', '5*sqrt(2)'. */
  readonly value: string;
  /** Largest accepted |response - value|; 0 (default) compares exactly, as fractions. */
  readonly tolerance?: number;
  /** Default 'number': worked out to one number, however written. 'any' takes sums and products too. */
  readonly form?: 'number' | 'lowest-terms' | 'any';
  /** Shown beside the answer box; a response may end with it. */
  readonly unit?: string;
}

/** Words, compared without regard to case, spacing and typographic variants. */
export interface ExactAnswer extends AnswerBase {
  readonly kind: 'exact';
  /** Any of these is right; the first is shown as the solution. */
  readonly accepted: readonly string[];
}

/** One or several of the item's choices. */
export interface ChoiceAnswer extends AnswerBase {
  readonly kind: 'choice';
  /** Ids of the right choices: all of them and no other. */
  readonly correct: readonly string[];
}

/**
 * An expression, or something made of expressions: an equation or inequality, a pair in parentheses, or several answers
 * with commas. Compared as exact rational expressions (roots of non-negative quantities included).
 */
export interface AlgebraicAnswer extends AnswerBase {
  readonly kind: 'algebraic';
  /** '4x+12', 'y=2x+1', 'x<3', '(2,-1)' (in order), '-2, 3' (in any order). */
  readonly expression: string;
  readonly form?: AlgebraicForm;
  /** Names of the parts of a pair, so that 'y=-1, x=2' is understood too. */
  readonly parts?: readonly string[];
}

/**
 * How the answer has to be written. 'any': as one likes (default); 'expanded': no parentheses left, like terms combined;
 * 'factored': a product of the same factors as the expected one; 'lowest-terms': nothing left to cancel;
 * 'simplest-radical': no square factor under a root, no root in a denominator; 'solved': the variable alone on one side.
 */
export type AlgebraicForm = 'any' | 'expanded' | 'factored' | 'lowest-terms' | 'simplest-radical' | 'solved';

export type AnswerSpec = NumericAnswer | ExactAnswer | ChoiceAnswer | AlgebraicAnswer;

/** What a learner sent: text, or the ids of the chosen choices. */
export type Response = string | readonly string[];

export interface AnswerCheck {
  readonly correct: boolean;
  /** Id of the misconception that the response betrays. */
  readonly misconception?: string;
  /** For the learner, in plain words: what is wrong with the form, or what the misconception is about. */
  readonly feedback?: string;
  /** The value is right and only the form asked for is missing. */
  readonly formMissing?: boolean;
  /** The response could not be read, and why: ask again, do not count it as an attempt. */
  readonly problem?: string;
}
