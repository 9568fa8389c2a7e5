/**
 * Attributes (skills, or misconceptions) with prerequisites, and the states that respect them: sets of attributes that hold
 * every prerequisite of each member, the order ideals of the prerequisite order (Leighton, Gierl & Hunka 2004, Journal of
 * Educational Measurement 41, 205-237; Doignon & Falmagne 1999, Knowledge Spaces, chapter 1).
 */
import { DiagnosisError } from './errors.ts';

export interface AttributeStructure {
  readonly names: readonly string[];
  /** Direct prerequisites of each attribute, by number. */
  readonly prerequisites: readonly (readonly number[])[];
  /** Attributes in an order where prerequisites come first. */
  readonly order: readonly number[];
  /** All prerequisites of each attribute, direct or not. */
  readonly ancestors: readonly ReadonlySet<number>[];
}

/**
 * Attributes by name; `prerequisites` are pairs [before, after] of names: `after` is learned only on top of `before`.
 * @throws DiagnosisError BAD_SIZE for repeated names, BAD_PREREQUISITE for unknown names and circles.
 */
export function createAttributes(
  names: readonly string[],
  prerequisites: readonly (readonly [before: string, after: string])[] = [],
): AttributeStructure {
  const index = new Map(names.map((name, k) => [name, k]));
  if (index.size !== names.length || names.length === 0) {
    throw new DiagnosisError(
      'BAD_SIZE',
      `createAttributes: expected attributes with different names, got ${names.length} of ${index.size} names; rename them.`,
    );
  }
  const parents: Set<number>[] = names.map(() => new Set());
  for (const pair of prerequisites) {
    const [before, after] = pair.map((name) => index.get(name));
    if (before === undefined || after === undefined || before === after) {
      throw new DiagnosisError(
        'BAD_PREREQUISITE',
        `createAttributes: expected a prerequisite between two of the attributes, got ${pair.join(' before ')}; name attributes.`,
      );
    }
    parents[after].add(before);
  }
  const lists = parents.map((set) => [...set].sort((a, b) => a - b));
  const order = topologicalOrder(lists, names);
  const ancestors: Set<number>[] = names.map(() => new Set());
  for (const k of order) {
    for (const parent of lists[k]) for (const above of [parent, ...ancestors[parent]]) ancestors[k].add(above);
  }
  return { names, prerequisites: lists, order, ancestors };
}

function topologicalOrder(parents: readonly (readonly number[])[], names: readonly string[]): number[] {
  const order: number[] = [];
  const placed = new Set<number>();
  while (order.length < parents.length) {
    const before = order.length;
    parents.forEach((list, k) => {
      if (placed.has(k) || !list.every((parent) => placed.has(parent))) return;
      placed.add(k);
      order.push(k);
    });
    if (order.length > before) continue;
    const circle = names.filter((_, k) => !placed.has(k)).slice(0, 5);
    throw new DiagnosisError(
      'BAD_PREREQUISITE',
      `createAttributes: expected prerequisites without circles, got one among ${circle.join(', ')}; remove one of them.`,
    );
  }
  return order;
}

/** States in rows: count * attributes bits, 1 where the attribute is held. */
export interface AttributeStates {
  readonly count: number;
  readonly attributes: number;
  readonly bits: Uint8Array;
}

/**
 * All consistent states, the empty one first; null when there are more than `limit`. Attributes are added one by one,
 * prerequisites first: no list on the way is longer than the last one, so the work is proportional to the answer.
 */
export function consistentStates(structure: AttributeStructure, limit = 2 ** 16): AttributeStates | null {
  const size = structure.names.length;
  let states: Uint8Array[] = [new Uint8Array(size)];
  for (const k of structure.order) {
    const grown: Uint8Array[] = [];
    for (const state of states) {
      if (!structure.prerequisites[k].every((parent) => state[parent] === 1)) continue;
      const held = state.slice();
      held[k] = 1;
      grown.push(held);
    }
    states = states.concat(grown);
    if (states.length > limit) return null;
  }
  const bits = new Uint8Array(states.length * size);
  states.forEach((state, s) => {
    bits.set(state, s * size);
  });
  return { count: states.length, attributes: size, bits };
}

/** The members that no other member needs: who holds these holds the whole set. */
export function maximalAttributes({ ancestors }: AttributeStructure, set: readonly number[]): number[] {
  return set.filter((k) => !set.some((other) => ancestors[other].has(k)));
}

/** The members that need no other member: who holds any of the set holds one of these. */
export function minimalAttributes({ ancestors }: AttributeStructure, set: readonly number[]): number[] {
  return set.filter((k) => !set.some((other) => ancestors[k].has(other)));
}
