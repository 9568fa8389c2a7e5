/**
 * Counts of pairs (previous item and its outcome, item): open addressing over numeric keys, because a million pairs as
 * texts in a Map would be a hundred megabytes.
 */

export interface PairIndex {
  /** Pairs kept. */
  readonly size: number;
  /** Key of each pair, by position. */
  readonly keys: Float64Array;
  /** Position of the pair, or -1. */
  find(key: number): number;
}

export interface PairIndexBuilder {
  /** Position of the pair, given to it now if it is new. */
  add(key: number): number;
  build(): PairIndex;
}

/** Key of (previous item and its outcome 0 or 1, item) among `items` items; exact up to 60 million items. */
export function pairKey(previousItem: number, previousCorrect: number, item: number, items: number): number {
  return (2 * previousItem + previousCorrect) * items + item;
}

export function createPairIndexBuilder(): PairIndexBuilder {
  let slots = new Int32Array(1024).fill(-1);
  let keys = new Float64Array(512);
  let size = 0;

  function grow(): void {
    const grown = new Float64Array(2 * keys.length);
    grown.set(keys);
    keys = grown;
    slots = new Int32Array(2 * keys.length).fill(-1);
    for (let position = 0; position < size; position++) slots[slotOf(slots, keys, keys[position])] = position;
  }

  return {
    add(key) {
      const slot = slotOf(slots, keys, key);
      if (slots[slot] >= 0) return slots[slot];
      keys[size] = key;
      slots[slot] = size++;
      if (size === keys.length) grow();
      return size - 1;
    },
    build() {
      const [kept, table] = [keys.slice(0, size), slots];
      return { size, keys: kept, find: (key) => table[slotOf(table, kept, key)] };
    },
  };
}

/** The slot that holds the key, or the empty one where it belongs: linear probing. */
function slotOf(slots: Int32Array, keys: Float64Array, key: number): number {
  const mask = slots.length - 1;
  const low = key >>> 0;
  const high = (key / 4294967296) >>> 0;
  let hash = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  let slot = (hash ^ (hash >>> 13)) & mask;
  while (slots[slot] >= 0 && keys[slots[slot]] !== key) slot = (slot + 1) & mask;
  return slot;
}
