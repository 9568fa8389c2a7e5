/**
 * Reads one expression: mathjs parses, a whitelist of its node types lets arithmetic through and nothing else, and the
 * value is computed exactly by our own polynomials. Nothing that a learner types is ever evaluated by mathjs.
 */
import type { FunctionNode, MathNode, OperatorNode } from 'mathjs';
import { create, parseDependencies } from 'mathjs/number';
import { UnreadableAnswer } from './errors.ts';
import type { Budget } from './polynomial.ts';
import { constant, variable } from './polynomial.ts';
import type { RationalExpression } from './rational-expression.ts';
import {
  fractionOf,
  negate,
  numberOf,
  plus,
  power,
  quotient,
  reciprocal,
  times,
  whole,
} from './rational-expression.ts';

/** An expression as it was written; sums and products are flat. */
export type Tree =
  | { readonly kind: 'number'; readonly numerator: bigint; readonly denominator: bigint; readonly mixed: boolean }
  | { readonly kind: 'symbol'; readonly name: string }
  | { readonly kind: 'negative' | 'absolute'; readonly of: Tree }
  | { readonly kind: 'sum' | 'product'; readonly parts: readonly Tree[] }
  | { readonly kind: 'quotient'; readonly top: Tree; readonly bottom: Tree }
  | { readonly kind: 'power'; readonly base: Tree; readonly exponent: Tree }
  | { readonly kind: 'root'; readonly of: Tree; readonly order: number };

const { parse } = create({ parseDependencies });

/** Nodes of one expression; an answer of 300 characters has fewer unless it is meant to hurt. */
const MOST_NODES = 200;
const FUNCTIONS = ['sqrt', 'cbrt', 'nthRoot', 'abs', 'mixed'];
const INFINITY = 'inf';
/** Digits that survive a float64 exactly. */
const MOST_DIGITS = 15;

/** @throws UnreadableAnswer for anything but arithmetic with letters. */
export function readExpression(plain: string): Tree {
  refuseByLook(plain);
  let node: MathNode;
  try {
    node = parse(separateLetters(plain));
  } catch {
    throw new UnreadableAnswer(`"${plain}" is not a complete expression; check signs and brackets.`);
  }
  let nodes = 0;
  node.traverse(() => {
    nodes++;
  });
  if (nodes > MOST_NODES) throw new UnreadableAnswer('This answer has too many parts; write it in a shorter form.');
  return toTree(node);
}

function refuseByLook(plain: string): void {
  if (plain.trim() === '') throw new UnreadableAnswer('There is no answer yet; write one.');
  const strange = /[^\w\s.+\-*/^(),πα-ωΑ-Ω]/u.exec(plain);
  if (strange) throw new UnreadableAnswer(`"${strange[0]}" is not understood in an expression; remove it.`);
  const number = /\d[\d.]*/g;
  for (const [digits] of plain.matchAll(number)) {
    if (digits.replace('.', '').length > MOST_DIGITS) {
      throw new UnreadableAnswer(`"${digits}" has too many digits; use at most ${MOST_DIGITS}.`);
    }
  }
  for (const [word] of plain.matchAll(/[a-zA-Z]+/g)) {
    if (word.length > 3 && !FUNCTIONS.some((name) => word.endsWith(name))) {
      throw new UnreadableAnswer(`"${word}" is not understood in an expression; use numbers and single letters.`);
    }
  }
}

/** "ab" is a times b; function names and subscripts stay whole. */
function separateLetters(plain: string): string {
  return plain.replace(/[a-zA-Zπα-ωΑ-Ω]+(?:_\w)?/gu, (word, at: number) => {
    const name = plain[at + word.length] === '(' ? (FUNCTIONS.find((known) => word.endsWith(known)) ?? '') : '';
    const [letters, subscript] = word.slice(0, word.length - name.length).split('_');
    const single = letters === INFINITY ? letters : [...letters].join(' ');
    const spaced = [single + (subscript ? `_${subscript}` : ''), name].filter(Boolean).join(' ');
    return /[\w)]/.test(plain[at - 1] ?? ' ') ? ` ${spaced}` : spaced;
  });
}

function toTree(node: MathNode): Tree {
  switch (node.type) {
    case 'ConstantNode':
      return exactNumber((node as MathNode & { value: unknown }).value);
    case 'ParenthesisNode':
      return toTree((node as MathNode & { content: MathNode }).content);
    case 'SymbolNode':
      return symbol((node as MathNode & { name: string }).name);
    case 'OperatorNode':
      return operation(node as OperatorNode);
    case 'FunctionNode':
      return call(node as FunctionNode);
    default:
      throw new UnreadableAnswer('Only numbers, letters, + - * / ^ and brackets are understood in an answer.');
  }
}

function exactNumber(value: unknown): Tree {
  const match = /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  const shift = Number(match?.[3] ?? 0);
  if (match === null || Math.abs(shift) > 40) throw new UnreadableAnswer(`"${value}" is not understood as a number.`);
  const decimals = match[2] ?? '';
  const digits = BigInt(match[1] + decimals);
  const exponent = shift - decimals.length;
  return {
    kind: 'number',
    numerator: exponent > 0 ? digits * 10n ** BigInt(exponent) : digits,
    denominator: exponent < 0 ? 10n ** BigInt(-exponent) : 1n,
    mixed: false,
  };
}

function symbol(name: string): Tree {
  if (name === INFINITY || /^[a-zA-Zα-ωΑ-Ωπ](_\w)?$/u.test(name)) return { kind: 'symbol', name };
  throw new UnreadableAnswer(`"${name}" is not understood; write a power as x^2 and a product as 2x.`);
}

function operation(node: OperatorNode): Tree {
  const parts = node.args.map(toTree);
  switch (node.fn as string) {
    case 'unaryPlus':
      return parts[0];
    case 'unaryMinus':
      return { kind: 'negative', of: parts[0] };
    case 'add':
      return flat('sum', parts, node.args);
    case 'subtract':
      return flat('sum', [parts[0], { kind: 'negative', of: parts[1] }], node.args);
    case 'multiply':
      return flat('product', parts, node.args);
    case 'divide':
      return { kind: 'quotient', top: parts[0], bottom: parts[1] };
    case 'pow':
      return { kind: 'power', base: parts[0], exponent: parts[1] };
    default:
      throw new UnreadableAnswer(`"${node.op}" is not understood in an answer; use + - * / and ^.`);
  }
}

/** a + b + c is one sum of three; a sum in its own brackets stays apart, so that forms can be judged as written. */
function flat(kind: 'sum' | 'product', parts: readonly Tree[], written: readonly MathNode[]): Tree {
  return {
    kind,
    parts: parts.flatMap((part, k) =>
      part.kind === kind && (kind === 'product' || written[k].type !== 'ParenthesisNode') ? part.parts : [part],
    ),
  };
}

function call(node: FunctionNode): Tree {
  const name = (node.fn as MathNode & { name?: string }).name ?? '';
  const parts = node.args.map(toTree);
  if (name === 'sqrt' && parts.length === 1) return { kind: 'root', of: parts[0], order: 2 };
  if (name === 'cbrt' && parts.length === 1) return { kind: 'root', of: parts[0], order: 3 };
  if (name === 'abs' && parts.length === 1) return { kind: 'absolute', of: parts[0] };
  if (name === 'nthRoot' && parts.length === 2) return { kind: 'root', of: parts[0], order: rootOrder(parts[1]) };
  if (name === 'mixed') return mixedNumber(parts);
  // x(x+1): a letter before brackets multiplies.
  if (parts.length === 1 && name.length > 0 && !FUNCTIONS.includes(name)) {
    return flat('product', [symbol(name), parts[0]], node.args);
  }
  throw new UnreadableAnswer(`"${name}" with ${parts.length} parts is not understood; use sqrt(x) for a root.`);
}

function rootOrder(tree: Tree): number {
  const order = tree.kind === 'number' && tree.denominator === 1n ? Number(tree.numerator) : 0;
  if (order >= 2 && order <= 7) return order;
  throw new UnreadableAnswer('Only roots of order 2 to 7 are understood.');
}

function mixedNumber(parts: readonly Tree[]): Tree {
  const [a, b, c] = parts.map((part) => (part.kind === 'number' && part.denominator === 1n ? part.numerator : null));
  if (a == null || b == null || !c) throw new UnreadableAnswer('Write a mixed number as 2 3/4.');
  return { kind: 'number', numerator: a * c + b, denominator: c, mixed: true };
}

/** The exact value. @throws UnreadableAnswer for a division by zero, an even root of a negative, or too much work. */
export function evaluate(tree: Tree, budget: Budget): RationalExpression {
  switch (tree.kind) {
    case 'number':
      return quotient(constant(tree.numerator), constant(tree.denominator));
    case 'symbol':
      return whole(variable(tree.name));
    case 'negative':
      return negate(evaluate(tree.of, budget));
    case 'sum':
      return tree.parts.map((part) => evaluate(part, budget)).reduce((a, b) => plus(a, b, budget));
    case 'product':
      return tree.parts.map((part) => evaluate(part, budget)).reduce((a, b) => times(a, b, budget));
    case 'quotient':
      return times(evaluate(tree.top, budget), reciprocal(evaluate(tree.bottom, budget)), budget);
    case 'root':
      return power(evaluate(tree.of, budget), 1n, BigInt(tree.order), budget);
    case 'power': {
      const exponent = fractionOf(evaluate(tree.exponent, budget));
      if (exponent === null) throw new UnreadableAnswer('Only numbers are understood as exponents.');
      return power(evaluate(tree.base, budget), exponent.numerator, exponent.denominator, budget);
    }
    case 'absolute': {
      const value = evaluate(tree.of, budget);
      const number = numberOf(value);
      if (Number.isNaN(number)) throw new UnreadableAnswer('Absolute values of letters are not understood.');
      return number < 0 ? negate(value) : value;
    }
  }
}
