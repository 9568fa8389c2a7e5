/**
 * Makes an answer specification of the bare text of a right answer, as content files state it: what kind of answer it is,
 * and which form keeps a learner from typing the question back.
 */
import type { AlgebraicForm, AnswerSpec } from '../items/answer-spec.ts';
import { formProblem, isOneNumber } from './answer-form.ts';
import type { Shape } from './answer-shape.ts';
import { hasLetters, readShape } from './answer-shape.ts';
import { answerSpecProblem } from './check-answer.ts';
import { UnreadableAnswer } from './errors.ts';
import { evaluate } from './expression-tree.ts';
import { createBudget } from './polynomial.ts';
import { fractionOf } from './rational-expression.ts';

export interface AnswerContext {
  /** The task asks for a factored answer. */
  readonly factored: boolean;
  /** The task asks for a rounded answer. */
  readonly rounded: boolean;
}

/** Null when the text is no number, expression, equation, pair or list that we can check. */
export function answerFromText(text: string, { factored, rounded }: AnswerContext): AnswerSpec | null {
  const bare = text.replaceAll('$$', '').trim();
  const shape = tryShape(bare);
  if (shape === null) return null;
  const spec = isNumber(shape) ? numeric(bare, shape, rounded) : algebraic(bare, shape, factored);
  return answerSpecProblem(spec) === null ? spec : null;
}

type ExpressionShape = Extract<Shape, { kind: 'expression' }>;

function tryShape(text: string): Shape | null {
  try {
    return readShape(text);
  } catch (error) {
    if (error instanceof UnreadableAnswer) return null;
    throw error;
  }
}

function isNumber(shape: Shape): shape is ExpressionShape {
  if (shape.kind !== 'expression' || hasLetters(shape.tree)) return false;
  try {
    return fractionOf(evaluate(shape.tree, createBudget())) !== null;
  } catch (error) {
    if (error instanceof UnreadableAnswer) return false;
    throw error;
  }
}

/** A decimal stands for everything that rounds to it; one with a single place only where the task speaks of rounding. */
function numeric(value: string, { tree }: ExpressionShape, rounded: boolean): AnswerSpec {
  const decimals = /^-?[\d,]*\.(\d+)$/.exec(value)?.[1].length ?? 0;
  const tolerance = decimals > 1 || (rounded && decimals > 0) ? 0.5 * 10 ** -decimals : 0;
  // An answer such as 3^8 is meant as it stands.
  const form = isOneNumber(tree, createBudget()) ? undefined : 'any';
  return { kind: 'numeric', value, ...(tolerance > 0 && { tolerance }), ...(form && { form }) };
}

/** The strictest form that the answer itself has. A list in a file has an order: "14,12" is length, then width. */
function algebraic(text: string, shape: Shape, factored: boolean): AnswerSpec {
  const numbersOnly = shape.kind === 'list' && shape.parts.every((part) => part.kind === 'expression');
  if (numbersOnly) return { kind: 'algebraic', expression: `(${text})` };
  if (shape.kind !== 'expression' && shape.kind !== 'relation') return { kind: 'algebraic', expression: text };
  const forms: AlgebraicForm[] =
    shape.kind === 'relation'
      ? ['solved']
      : [...(factored ? (['factored'] as const) : []), 'expanded', 'lowest-terms', 'simplest-radical'];
  const form = forms.find((candidate) => hasForm(candidate, shape));
  return { kind: 'algebraic', expression: text, ...(form && { form }) };
}

function hasForm(form: AlgebraicForm, shape: Shape): boolean {
  try {
    return formProblem(form, shape, shape, createBudget()) === null;
  } catch (error) {
    if (error instanceof UnreadableAnswer) return false;
    throw error;
  }
}
