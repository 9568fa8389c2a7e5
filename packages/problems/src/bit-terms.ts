/**
 * Sums over bits, linear and quadratic, from which the binary model of a constrained one is put together; and products of
 * bits as bits of their own, by which a quadratic row becomes linear and its square stays quadratic (Rosenberg,
 * "Reduction of bivalent maximization to the quadratic case", Cahiers du Centre d'Etudes de Recherche Operationnelle 17,
 * 1975):
 *
 *   w = x y   exactly where   x y - 2 x w - 2 y w + 3 w   is 0; it is at least 1 elsewhere.
 */
import type { PairColumns } from './bqm.ts';
import type { Constraint, PairTerms } from './cqm.ts';
import type { Encoding } from './slack.ts';
import type { Steps } from './steps.ts';

/** Terms over bits, in the order in which they came; a pair of a bit with itself is linear (b^2 = b). */
export interface Terms {
  offset: number;
  add(i: number, j: number, weight: number): void;
  /** All so far; what is added later may overwrite these columns. */
  columns(): PairColumns;
}

export function createTerms(offset: number): Terms {
  let count = 0;
  let first = new Int32Array(64);
  let second = new Int32Array(64);
  let coefficient = new Float64Array(64);
  function grow(): void {
    const old = { first, second, coefficient };
    first = new Int32Array(2 * count);
    second = new Int32Array(2 * count);
    coefficient = new Float64Array(2 * count);
    first.set(old.first);
    second.set(old.second);
    coefficient.set(old.coefficient);
  }
  return {
    offset,
    add(i, j, weight) {
      if (count === first.length) grow();
      first[count] = i;
      second[count] = j;
      coefficient[count++] = weight;
    },
    columns: () => ({
      first: first.subarray(0, count),
      second: second.subarray(0, count),
      coefficient: coefficient.subarray(0, count),
    }),
  };
}

/** Bits with weights. */
export type Expansion = readonly (readonly [bit: number, weight: number])[];

/** Adds scale (aOffset + a) (bOffset + b). */
export function addProduct(
  terms: Terms,
  scale: number,
  a: Expansion,
  aOffset: number,
  b: Expansion,
  bOffset: number,
): void {
  for (const [i, v] of a) {
    for (let k = 0; k < b.length; k++) terms.add(i, b[k][0], scale * v * b[k][1]);
  }
  if (bOffset !== 0) for (const [i, v] of a) terms.add(i, i, scale * v * bOffset);
  if (aOffset !== 0) for (const [j, w] of b) terms.add(j, j, scale * w * aOffset);
  terms.offset += scale * aOffset * bOffset;
}

/** Products that one step adds. */
const STEP_PRODUCTS = 2 ** 17;

/** Adds scale (offset + a)^2, in steps: a row of a thousand bits makes a million products. */
export function* addSquare(terms: Terms, scale: number, a: Expansion, offset: number): Steps<void> {
  const rows = Math.max(1, Math.floor(STEP_PRODUCTS / a.length));
  for (let from = 0; from < a.length; from += rows) {
    addProduct(terms, scale, a.slice(from, from + rows), 0, a, 0);
    yield;
  }
  if (offset !== 0) addProduct(terms, scale, a, 0, [], offset);
  if (offset !== 0) addProduct(terms, scale, [], offset, a, 0);
  terms.offset += scale * offset * offset;
}

/** The bits of an encoded integer, without its lower bound. */
export function expansionOf({ start, weights }: Encoding, scale = 1): Expansion {
  return weights.map((weight, k) => [start + k, scale * weight] as const);
}

/** Adds products of integers, in bits. */
export function addPairTerms(
  terms: Terms,
  scale: number,
  { first, second, coefficient }: PairTerms,
  integers: readonly Encoding[],
): void {
  for (let k = 0; k < coefficient.length; k++) {
    const [a, b] = [integers[first[k]], integers[second[k]]];
    addProduct(terms, scale * coefficient[k], expansionOf(a), a.lower, expansionOf(b), b.lower);
  }
}

/** scale times a row's left side, in bits. */
export function rowTerms(row: Constraint, integers: readonly Encoding[], scale: number): Terms {
  const terms = createTerms(0);
  for (let k = 0; k < row.variables.length; k++) {
    const encoding = integers[row.variables[k]];
    for (const [bit, weight] of expansionOf(encoding, scale * row.coefficients[k])) terms.add(bit, bit, weight);
    terms.offset += scale * row.coefficients[k] * encoding.lower;
  }
  if (row.quadratic) addPairTerms(terms, scale, row.quadratic, integers);
  return terms;
}

/** Bits that stand for products of two bits. */
export interface ProductBits {
  /** The terms with every product replaced by its bit, made where there is none yet; `penalty` is what breaking w = x y by one must cost. */
  linear(terms: Terms, penalty: number): Expansion;
  /** Sets the bits of the products in an assignment. */
  write(bits: Int32Array): void;
  /** Adds what keeps the bits equal to their products. */
  addPenalties(terms: Terms): void;
}

/** Makes product bits behind the bits labelled so far; their labels are "product A*B". */
export function createProductBits(labels: string[]): ProductBits {
  interface ProductBit {
    readonly bit: number;
    readonly x: number;
    readonly y: number;
    penalty: number;
  }
  const products = new Map<string, ProductBit>();
  function productOf(x: number, y: number): ProductBit {
    const key = `${Math.min(x, y)} ${Math.max(x, y)}`;
    const known = products.get(key);
    if (known) return known;
    const made = { bit: labels.length, x, y, penalty: 0 };
    labels.push(`product ${labels[x]}*${labels[y]}`);
    products.set(key, made);
    return made;
  }
  return {
    linear(terms, penalty) {
      const weights = new Map<number, number>();
      const reached = new Map<ProductBit, number>();
      const { first, second, coefficient } = terms.columns();
      for (let k = 0; k < first.length; k++) {
        const [x, y, weight] = [first[k], second[k], coefficient[k]];
        const product = x === y ? null : productOf(x, y);
        const bit = product?.bit ?? x;
        weights.set(bit, (weights.get(bit) ?? 0) + weight);
        if (product) reached.set(product, weights.get(bit)!);
      }
      // A wrong product moves the row by its weight: as bad as breaking the row by that much.
      for (const [product, weight] of reached) product.penalty += penalty * weight ** 2;
      return [...weights];
    },
    write(bits) {
      for (const { bit, x, y } of products.values()) bits[bit] = bits[x] * bits[y];
    },
    addPenalties(terms) {
      for (const { bit, x, y, penalty } of products.values()) {
        terms.add(x, y, penalty);
        terms.add(x, bit, -2 * penalty);
        terms.add(y, bit, -2 * penalty);
        terms.add(bit, bit, 3 * penalty);
      }
    },
  };
}
