/**
 * The shapes that answers come in (an expression, an equation or inequality, a pair, several answers) and when two of one
 * shape mean the same.
 */
import { UnreadableAnswer } from './errors.ts';
import type { Tree } from './expression-tree.ts';
import { evaluate, readExpression } from './expression-tree.ts';
import { toPlainMath } from './plain-math.ts';
import type { Budget, Polynomial } from './polynomial.ts';
import { multiply } from './polynomial.ts';
import type { RationalExpression } from './rational-expression.ts';
import { equal, isZero, negate, plus } from './rational-expression.ts';

export type Relation = '=' | '!=' | '<' | '<=' | '>' | '>=';

export type Shape =
  | { readonly kind: 'expression'; readonly tree: Tree }
  | { readonly kind: 'relation'; readonly relation: Relation; readonly left: Tree; readonly right: Tree }
  | { readonly kind: 'tuple'; readonly open: string; readonly close: string; readonly parts: readonly Shape[] }
  | { readonly kind: 'list'; readonly parts: readonly Shape[] };

const MIRRORED: Readonly<Record<Relation, Relation>> = {
  '=': '=',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/** Reads text or LaTeX. @throws UnreadableAnswer with a message for the person who typed it. */
export function readShape(text: string): Shape {
  const plain = toPlainMath(text).replace(/[.\s]+$/, '');
  const pieces = splitTop(plain, /^(?:[,;]|\s(?:or|and)\s)/);
  if (pieces.length > 1) return list(pieces.flatMap((piece) => bothSigns(piece).map(readPart)));
  const signs = bothSigns(plain);
  return signs.length > 1 ? list(signs.map(readPart)) : readPart(plain);
}

function list(parts: readonly Shape[]): Shape {
  const flat = parts.flatMap((part) => (part.kind === 'list' ? part.parts : [part]));
  return { kind: 'list', parts: flat };
}

/** a ± b is two answers. */
function bothSigns(plain: string): string[] {
  if (!plain.includes('±')) return [plain];
  return [plain.replaceAll('±', '+'), plain.replaceAll('±', '-')].map((text) => text.replace(/^(\(*)\+/, '$1'));
}

function readPart(piece: string): Shape {
  const plain = piece.trim();
  const tuple = readTuple(plain);
  if (tuple !== null) return tuple;
  const relations: Relation[] = [];
  const sides = splitTop(plain, /^(?:<=|>=|!=|=|<|>)/, (found) => relations.push(found as Relation));
  if (relations.length === 0) return { kind: 'expression', tree: readExpression(plain) };
  if (relations.length > 2) throw new UnreadableAnswer('Write at most two signs like = or < in one answer.');
  const trees = sides.map(readExpression);
  // -1 < x <= 3 says two things at once.
  const read = relations.map(
    (relation, k): Shape => ({ kind: 'relation', relation, left: trees[k], right: trees[k + 1] }),
  );
  return read.length === 1 ? read[0] : list(read);
}

function readTuple(plain: string): Shape | null {
  if (!/^[([].*[)\]]$/.test(plain)) return null;
  const parts = splitTop(plain.slice(1, -1), /^[,;]/);
  if (parts.length < 2) return null;
  return { kind: 'tuple', open: plain[0], close: plain[plain.length - 1], parts: parts.map(readPart) };
}

/** Splits where the separator stands outside of all brackets. */
function splitTop(plain: string, separator: RegExp, onSeparator?: (found: string) => void): string[] {
  const pieces: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < plain.length; at++) {
    if (plain[at] === '(' || plain[at] === '[') depth++;
    if (plain[at] === ')' || plain[at] === ']') depth--;
    if (depth < 0) return [plain];
    const found = depth === 0 ? separator.exec(plain.slice(at, at + 5))?.[0] : undefined;
    if (found === undefined) continue;
    pieces.push(plain.slice(start, at));
    onSeparator?.(found.trim());
    start = at + found.length;
    at = start - 1;
  }
  return [...pieces, plain.slice(start)];
}

/** Do both mean the same? `parts` names the parts of a pair, for "y = -1, x = 2". */
export function sameMeaning(expected: Shape, given: Shape, budget: Budget, parts?: readonly string[]): boolean {
  if (expected.kind === 'tuple') return sameTuple(expected, given, budget, parts);
  if (expected.kind === 'list') return sameList(expected.parts, given, budget);
  if (given.kind === 'tuple' || given.kind === 'list') return false;
  if (expected.kind === 'expression') {
    const tree = given.kind === 'relation' ? solvedSide(given) : given.tree;
    return tree !== null && equal(evaluate(expected.tree, budget), evaluate(tree, budget), budget);
  }
  if (given.kind === 'relation') return sameRelation(expected, given, budget);
  // "4" for "x = 4", but not "2x + 1" for "y = 2x + 1": an equation of a line needs both sides.
  const value = expected.relation === '=' ? solvedSide(expected) : null;
  return value !== null && !hasLetters(value) && equal(evaluate(value, budget), evaluate(given.tree, budget), budget);
}

type TupleShape = Extract<Shape, { kind: 'tuple' }>;
export type RelationShape = Extract<Shape, { kind: 'relation' }>;

function sameTuple(expected: TupleShape, given: Shape, budget: Budget, names?: readonly string[]): boolean {
  if (given.kind !== 'tuple' && given.kind !== 'list') return false;
  if (given.parts.length !== expected.parts.length) return false;
  if (given.kind === 'tuple' && (given.open !== expected.open || given.close !== expected.close)) return false;
  const parts = names === undefined ? given.parts : inOrderOfNames(given.parts, names);
  return expected.parts.every((part, k) => sameMeaning(part, parts[k], budget));
}

function inOrderOfNames(parts: readonly Shape[], names: readonly string[]): readonly Shape[] {
  const named = names.map((name) =>
    parts.find((part) => part.kind === 'relation' && part.left.kind === 'symbol' && part.left.name === name),
  );
  return named.every((part) => part !== undefined) ? named : parts;
}

function sameList(expected: readonly Shape[], given: Shape, budget: Budget): boolean {
  const parts = given.kind === 'list' || given.kind === 'tuple' ? given.parts : [given];
  if (parts.length !== expected.length) return false;
  const left = [...parts];
  return expected.every((part) => {
    const found = left.findIndex((candidate) => sameMeaning(part, candidate, budget));
    if (found >= 0) left.splice(found, 1);
    return found >= 0;
  });
}

/** left R right and its other spellings: sides swapped, everything times a number; an equation also times letters (xy = 4). */
function sameRelation(expected: RelationShape, given: RelationShape, budget: Budget): boolean {
  const difference = ({ left, right }: RelationShape): RationalExpression =>
    plus(evaluate(left, budget), negate(evaluate(right, budget)), budget);
  const a = difference(expected);
  const b = difference(given);
  if (isZero(a) || isZero(b)) return isZero(a) && isZero(b) && expected.relation === given.relation;
  if (expected.relation === '=' || expected.relation === '!=') {
    return expected.relation === given.relation && proportion(a.numerator, b.numerator) !== 0;
  }
  const ratio = proportion(multiply(a.numerator, b.denominator, budget), multiply(b.numerator, a.denominator, budget));
  if (ratio === 0) return false;
  return given.relation === (ratio > 0 ? expected.relation : MIRRORED[expected.relation]);
}

/** The sign of k where a = k b for a number k, else 0. */
function proportion(a: Polynomial, b: Polynomial): -1 | 0 | 1 {
  if (a.size !== b.size) return 0;
  const [first] = a.keys();
  const other = b.get(first);
  if (other === undefined) return 0;
  const scaleA = a.get(first)!.coefficient;
  for (const [key, { coefficient }] of a) {
    const match = b.get(key);
    if (match === undefined || coefficient * other.coefficient !== match.coefficient * scaleA) return 0;
  }
  return scaleA > 0n === other.coefficient > 0n ? 1 : -1;
}

/** The other side of "x = ..." or "... = x"; null when no side is a letter alone, or the letter is on both sides. */
export function solvedSide({ relation, left, right }: RelationShape): Tree | null {
  if (relation !== '=') return null;
  for (const [letter, side] of [
    [left, right],
    [right, left],
  ]) {
    if (letter.kind === 'symbol' && !hasLetter(side, letter.name)) return side;
  }
  return null;
}

export function hasLetters(tree: Tree): boolean {
  return hasLetter(tree, null);
}

function hasLetter(tree: Tree, name: string | null): boolean {
  if (tree.kind === 'symbol') return name === null ? tree.name !== 'π' : tree.name === name;
  return childrenOf(tree).some((child) => hasLetter(child, name));
}

export function childrenOf(tree: Tree): readonly Tree[] {
  switch (tree.kind) {
    case 'number':
    case 'symbol':
      return [];
    case 'negative':
    case 'absolute':
    case 'root':
      return [tree.of];
    case 'sum':
    case 'product':
      return tree.parts;
    case 'quotient':
      return [tree.top, tree.bottom];
    case 'power':
      return [tree.base, tree.exponent];
  }
}
