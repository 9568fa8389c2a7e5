/**
 * Whether a right value is also written as the task asks: expanded, factored, in lowest terms, ... Judged on the
 * expression as written; each function answers null or, for the learner, what is still to do.
 */
import type { AlgebraicForm } from '../items/answer-spec.ts';
import type { Shape } from './answer-shape.ts';
import { childrenOf, hasLetters, solvedSide } from './answer-shape.ts';
import type { Tree } from './expression-tree.ts';
import { evaluate } from './expression-tree.ts';
import type { Budget, Polynomial } from './polynomial.ts';
import { canonicalText, constant, content, degree, gcd, isPrimeRoot, scale, WHOLE } from './polynomial.ts';
import { fractionOf, numberOf } from './rational-expression.ts';

/** Null when the given answer, already known to be right, has the form. */
export function formProblem(form: AlgebraicForm, expected: Shape, given: Shape, budget: Budget): string | null {
  if (form === 'any') return null;
  if (form === 'solved')
    return given.kind === 'relation' && !isSolved(given) ? 'Get the variable alone on one side.' : null;
  const trees = treesOf(given);
  const wanted = treesOf(expected);
  for (const [k, tree] of trees.entries()) {
    const problem = treeProblem(form, tree, wanted[Math.min(k, wanted.length - 1)], budget);
    if (problem !== null) return problem;
  }
  return null;
}

function isSolved(shape: Extract<Shape, { kind: 'relation' }>): boolean {
  return solvedSide({ ...shape, relation: '=' }) !== null;
}

function treesOf(shape: Shape): Tree[] {
  if (shape.kind === 'expression') return [shape.tree];
  if (shape.kind === 'relation') return [solvedSide(shape) ?? shape.left, ...(solvedSide(shape) ? [] : [shape.right])];
  return shape.parts.flatMap(treesOf);
}

function treeProblem(form: AlgebraicForm, given: Tree, expected: Tree, budget: Budget): string | null {
  switch (form) {
    case 'expanded':
      return isExpanded(given, budget) ? null : 'Multiply out the brackets and combine like terms.';
    case 'factored':
      return sameFactors(expected, given, budget) ? null : 'Factor it completely.';
    case 'lowest-terms':
      return lowestTermsProblem(given, expected, budget);
    case 'simplest-radical':
      return isSimplestRadical(given, budget) ? null : 'Simplify the roots as far as possible.';
    default:
      return null;
  }
}

/** One number however written: 3, -3/4, 2 1/2, 0.5, 4.8*10^3; anything at all once a root or pi is in it. */
export function isOneNumber(tree: Tree, budget: Budget): boolean {
  const bare = unsigned(tree);
  if (bare.kind === 'number') return true;
  if (bare.kind === 'quotient' && [bare.top, bare.bottom].every((part) => unsigned(part).kind === 'number'))
    return true;
  if (bare.kind === 'product' && bare.parts.length === 2) {
    const [factor, ten] = bare.parts;
    const isPowerOfTen = ten.kind === 'power' && fractionOf(evaluate(ten.base, budget))?.numerator === 10n;
    if (unsigned(factor).kind === 'number' && isPowerOfTen) return true;
  }
  return fractionOf(evaluate(tree, budget)) === null;
}

/** A fraction or mixed number whose parts share no divisor; decimals pass. */
export function isLowestFraction(tree: Tree): boolean {
  const bare = unsigned(tree);
  if (bare.kind === 'number') return !bare.mixed || gcd(bare.numerator, bare.denominator) === 1n;
  if (bare.kind !== 'quotient') return true;
  const [top, bottom] = [unsigned(bare.top), unsigned(bare.bottom)];
  if (top.kind !== 'number' || bottom.kind !== 'number') return false;
  return gcd(top.numerator, bottom.numerator) === 1n && bottom.numerator !== 1n;
}

const unsigned = (tree: Tree): Tree => (tree.kind === 'negative' ? unsigned(tree.of) : tree);
const termsOf = (tree: Tree): readonly Tree[] => (tree.kind === 'sum' ? tree.parts : [tree]);

function isExpanded(tree: Tree, budget: Budget): boolean {
  const terms = termsOf(tree);
  if (!terms.every(isMonomial)) return false;
  const value = evaluate(tree, budget).numerator;
  return terms.length === Math.max(1, value.size);
}

/** A number times letters, each letter once. */
function isMonomial(tree: Tree): boolean {
  const bare = unsigned(tree);
  if (bare.kind === 'quotient') return isMonomial(bare.top) && !hasLetters(bare.bottom) && isMonomial(bare.bottom);
  const letters = new Set<string>();
  let numbers = 0;
  for (const factor of (bare.kind === 'product' ? bare.parts : [bare]).map(unsigned)) {
    if (factor.kind === 'number' || (factor.kind === 'quotient' && !hasLetters(factor))) {
      numbers++;
      continue;
    }
    const base = factor.kind === 'power' ? factor.base : factor;
    if (base.kind !== 'symbol' || letters.has(base.name)) return false;
    letters.add(base.name);
  }
  return numbers <= 1;
}

/** The same factors up to sign and number, and no number left inside a bracket unless the expected answer leaves one. */
function sameFactors(expected: Tree, given: Tree, budget: Budget): boolean {
  const wanted = factorsOf(expected, budget);
  const found = factorsOf(given, budget);
  return wanted !== null && found !== null && wanted.join('\n') === found.join('\n');
}

function factorsOf(tree: Tree, budget: Budget): string[] | null {
  const factors: string[] = [];
  const collect = (part: Tree, copies: number): boolean => {
    if (part.kind === 'negative') return collect(part.of, copies);
    if (part.kind === 'product') return part.parts.every((each) => collect(each, copies));
    if (part.kind === 'quotient' && !hasLetters(part.bottom)) return collect(part.top, copies);
    if (part.kind === 'power') {
      const exponent = fractionOf(evaluate(part.exponent, budget));
      if (exponent === null || exponent.denominator !== 1n || exponent.numerator < 1n) return false;
      return collect(part.base, copies * Number(exponent.numerator));
    }
    const { numerator, denominator } = evaluate(part, budget);
    if (degree(denominator) > 0) return false;
    const factor = `${withoutSign(numerator)} / ${canonicalText(denominator)}`;
    if (degree(numerator) > 0) for (let k = 0; k < copies; k++) factors.push(factor);
    return true;
  };
  return collect(tree, 1) ? factors.sort() : null;
}

function withoutSign(polynomial: Polynomial): string {
  if (polynomial.size === 0) return '0';
  const first = [...polynomial].sort(([a], [b]) => (a < b ? -1 : 1))[0][1];
  return canonicalText(first.coefficient < 0n ? scale(polynomial, -1n) : polynomial);
}

function lowestTermsProblem(given: Tree, expected: Tree, budget: Budget): string | null {
  const written = evaluate(given, budget);
  const wanted = evaluate(expected, budget);
  const cancels =
    degree(written.denominator) > degree(wanted.denominator) || degree(written.numerator) > degree(wanted.numerator);
  if (termsOf(given).length > termsOf(expected).length) return 'Write it as one fraction.';
  return cancels || !quotientsAreLowest(given, budget) ? 'Cancel what the top and the bottom have in common.' : null;
}

function quotientsAreLowest(tree: Tree, budget: Budget): boolean {
  if (tree.kind === 'quotient') {
    const [top, bottom] = [evaluate(tree.top, budget), evaluate(tree.bottom, budget)];
    if ([top, bottom].some(({ denominator }) => canonicalText(denominator) !== canonicalText(constant(1n))))
      return false;
    if (gcd(content(top.numerator), content(bottom.numerator)) !== 1n) return false;
  }
  return childrenOf(tree).every((child) => quotientsAreLowest(child, budget));
}

function isSimplestRadical(tree: Tree, budget: Budget): boolean {
  const value = evaluate(tree, budget);
  if (termsOf(tree).length !== Math.max(1, value.numerator.size)) return false;
  return (
    rootsAreSimple(tree, false, budget) &&
    quotientsAreLowest(tree, budget) &&
    termsOf(tree).every((term) => countRoots(term) <= 1)
  );
}

function rootsAreSimple(tree: Tree, inDenominator: boolean, budget: Budget): boolean {
  if (tree.kind === 'root') {
    if (inDenominator) return false;
    const { numerator, denominator } = evaluate(tree.of, budget);
    if (canonicalText(denominator) !== canonicalText(constant(1n)) || numberOf({ numerator, denominator }) === 1)
      return false;
    if (content(numerator) > 1n && hasPowerFactor(Number(content(numerator)), tree.order)) return false;
    const letters = [...numerator.values()].flatMap(({ exponents }) => [...exponents]);
    if (numerator.size === 1 && letters.some(([name, power]) => !isPrimeRoot(name) && power >= tree.order * WHOLE))
      return false;
  }
  if (tree.kind === 'quotient')
    return rootsAreSimple(tree.top, inDenominator, budget) && rootsAreSimple(tree.bottom, true, budget);
  return childrenOf(tree).every((child) => rootsAreSimple(child, inDenominator, budget));
}

function hasPowerFactor(value: number, order: number): boolean {
  for (let p = 2; p ** order <= value; p++) if (value % p ** order === 0) return true;
  return false;
}

function countRoots(tree: Tree): number {
  return (tree.kind === 'root' ? 1 : 0) + childrenOf(tree).reduce((sum, child) => sum + countRoots(child), 0);
}
