/** Checks a response against an `AnswerSpec`: right, wrong with a known misconception, or not readable. */
import type {
  AlgebraicAnswer,
  AnswerCheck,
  AnswerSpec,
  ChoiceAnswer,
  Distractor,
  ExactAnswer,
  NumericAnswer,
  Response,
} from '../items/answer-spec.ts';
import { formProblem, isLowestFraction, isOneNumber } from './answer-form.ts';
import type { Shape } from './answer-shape.ts';
import { readShape, sameMeaning, solvedSide } from './answer-shape.ts';
import { UnreadableAnswer } from './errors.ts';
import type { Tree } from './expression-tree.ts';
import { evaluate } from './expression-tree.ts';
import { toPlainMath } from './plain-math.ts';
import { createBudget } from './polynomial.ts';
import { equal, numberOf } from './rational-expression.ts';

/** An answer specification that cannot be used; the item that holds it is at fault, not the learner. */
export class AnswerSpecError extends Error {
  override readonly name = 'AnswerSpecError';
  readonly code = 'invalid-answer-spec';
}

/** @throws AnswerSpecError when the specification itself cannot be read (`answerSpecProblem` finds out beforehand). */
export function checkAnswer(spec: AnswerSpec, response: Response): AnswerCheck {
  if (spec.kind === 'choice') return checkChoice(spec, response);
  if (typeof response !== 'string') return { correct: false, problem: 'Write one answer.' };
  if (response.trim() === '') return { correct: false, problem: 'There is no answer yet; write one.' };
  try {
    if (spec.kind === 'numeric') return checkNumeric(spec, response);
    return spec.kind === 'exact' ? checkExact(spec, response) : checkAlgebraic(spec, response);
  } catch (error) {
    if (error instanceof UnreadableAnswer) return { correct: false, problem: error.message };
    throw error;
  }
}

/** Null when the specification can be used, else why not. */
export function answerSpecProblem(spec: AnswerSpec): string | null {
  try {
    if (spec.kind === 'numeric') readNumber(spec.value);
    if (spec.kind === 'algebraic') evaluateAll(readShape(spec.expression));
    if (spec.kind === 'exact' && !spec.accepted.some((text) => text.trim() !== '')) return 'no accepted answer';
    if (spec.kind === 'choice' && spec.correct.length === 0) return 'no right choice';
    return null;
  } catch (error) {
    if (error instanceof UnreadableAnswer) return error.message;
    throw error;
  }
}

function evaluateAll(shape: Shape): void {
  if (shape.kind === 'expression') evaluate(shape.tree, createBudget());
  else if (shape.kind === 'relation') for (const side of [shape.left, shape.right]) evaluate(side, createBudget());
  else for (const part of shape.parts) evaluateAll(part);
}

/** Reads a part of the specification: what fails here is the item's fault. */
function fromSpec<T>(text: string, read: (text: string) => T): T {
  try {
    return read(text);
  } catch (error) {
    if (!(error instanceof UnreadableAnswer)) throw error;
    throw new AnswerSpecError(
      `checkAnswer: expected an answer specification that can be read, got "${text}" (${error.message}); mend the item.`,
    );
  }
}

function wrong(distractor: Distractor | undefined): AnswerCheck {
  if (distractor === undefined) return { correct: false };
  const { misconception, feedback } = distractor;
  return { correct: false, misconception, ...(feedback !== undefined && { feedback }) };
}

function checkChoice(spec: ChoiceAnswer, response: Response): AnswerCheck {
  const chosen = new Set(typeof response === 'string' ? response.split(',').map((id) => id.trim()) : response);
  chosen.delete('');
  if (chosen.size === 0) return { correct: false, problem: 'Nothing is chosen yet; choose an answer.' };
  const correct = chosen.size === spec.correct.length && spec.correct.every((id) => chosen.has(id));
  return correct ? { correct } : wrong(spec.distractors?.find((distractor) => chosen.has(distractor.response)));
}

function checkExact(spec: ExactAnswer, response: string): AnswerCheck {
  const given = plainWords(response);
  if (spec.accepted.some((text) => plainWords(text) === given)) return { correct: true };
  return wrong(spec.distractors?.find((distractor) => plainWords(distractor.response) === given));
}

/** Compatibility forms, lower case, single spaces, plain dashes and quotes, no dollar signs, no final full stop. */
function plainWords(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\$/g, ' ')
    .replace(/[‐-―−]/g, '-')
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/\s*([,;:()[\]=<>+*/^-])\s*/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\.$/, '');
}

function checkNumeric(spec: NumericAnswer, response: string): AnswerCheck {
  const { value, tolerance = 0, unit } = spec;
  const given = readNumber(response, unit);
  const wanted = fromSpec(value, (text) => readNumber(text, unit));
  if (within(wanted, given, tolerance)) {
    const problem = numberFormProblem(spec, given);
    if (problem === null) return { correct: true };
    const echoed = spec.distractors?.find((distractor) => samePlain(distractor.response, response));
    return { ...wrong(echoed), feedback: echoed?.feedback ?? problem, formMissing: true };
  }
  return wrong(
    spec.distractors?.find(({ response: text }) => {
      const distractor = fromSpec(text, (plain) => readNumber(plain, unit));
      return !within(wanted, distractor, tolerance) && within(distractor, given, 0);
    }),
  );
}

function within(wanted: Tree, given: Tree, tolerance: number): boolean {
  const budget = createBudget();
  const [a, b] = [evaluate(wanted, budget), evaluate(given, budget)];
  if (tolerance === 0) return equal(a, b, budget);
  const difference = Math.abs(numberOf(a) - numberOf(b));
  // The edge of the tolerance counts as inside although neither number is exact in floating point.
  return difference <= tolerance + 4 * Number.EPSILON * Math.abs(numberOf(a));
}

function numberFormProblem({ form = 'number' }: NumericAnswer, given: Tree): string | null {
  if (form === 'any') return null;
  if (!isOneNumber(given, createBudget())) return 'Work it out to a single number.';
  return form === 'lowest-terms' && !isLowestFraction(given) ? 'Reduce the fraction to lowest terms.' : null;
}

/** One number, perhaps with a unit, a dollar or percent sign, thousands in groups, or "x =" before it. */
function readNumber(text: string, unit?: string): Tree {
  let bare = text.replace(/\\?\$/g, ' ').trim();
  if (unit !== undefined && bare.toLowerCase().endsWith(unit.toLowerCase()))
    bare = bare.slice(0, -unit.length).replace(/\\$/, '');
  const percent = /\\?%\s*$/.test(bare);
  bare = bare.replace(/\\?%\s*$/, '').trim();
  if (/^[-\u2212]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare)) bare = bare.replaceAll(',', '');
  const shape = readShape(bare);
  const tree = shape.kind === 'relation' ? solvedSide(shape) : shape.kind === 'expression' ? shape.tree : null;
  if (tree === null) throw new UnreadableAnswer('One number is expected here.');
  if (Number.isNaN(numberOf(evaluate(tree, createBudget())))) {
    throw new UnreadableAnswer('A number is expected here, without letters.');
  }
  const hundred: Tree = { kind: 'number', numerator: 100n, denominator: 1n, mixed: false };
  return percent && unit !== '%' ? { kind: 'quotient', top: tree, bottom: hundred } : tree;
}

function checkAlgebraic(spec: AlgebraicAnswer, response: string): AnswerCheck {
  const wanted = fromSpec(spec.expression, readShape);
  const given = readShape(wanted.kind === 'list' ? response : withoutGroups(response));
  if (sameMeaning(wanted, given, createBudget(), spec.parts)) {
    const problem = formProblem(spec.form ?? 'any', wanted, given, createBudget());
    if (problem === null) return { correct: true };
    const echoed = spec.distractors?.find((distractor) => samePlain(distractor.response, response));
    return { ...wrong(echoed), feedback: echoed?.feedback ?? problem, formMissing: true };
  }
  return wrong(
    spec.distractors?.find((distractor) =>
      sameMeaning(fromSpec(distractor.response, readShape), given, createBudget(), spec.parts),
    ),
  );
}

const withoutGroups = (text: string): string =>
  /^\s*[-\u2212]?\d{1,3}(,\d{3})+(\.\d+)?\s*$/.test(text) ? text.replaceAll(',', '') : text;

const samePlain = (a: string, b: string): boolean =>
  toPlainMath(a).replaceAll(' ', '') === toPlainMath(b).replaceAll(' ', '');
