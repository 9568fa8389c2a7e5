/**
 * Seeded random numbers. The generator is sfc32 (Chris Doty-Humphrey's Small Fast Chaotic generator, PractRand 0.94),
 * seeded through splitmix32. Every draw in Qurriculum comes from a `Random` that is passed in: same seed, same result.
 */

/** A deterministic stream of random numbers. */
export interface Random {
  /** A float in [0, 1) with 32 random bits. */
  next(): number;
  /** A float in [0, 1) with 53 random bits. */
  nextDouble(): number;
  /** An unsigned 32-bit integer. */
  nextUint32(): number;
  /** An integer in [0, bound), without modulo bias for bound <= 2^32. */
  integer(bound: number): number;
  /** A draw from the standard normal distribution (Marsaglia's polar method). */
  normal(): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** One element of a non-empty list. */
  pick<T>(list: readonly T[]): T;
  /** Shuffles in place (Fisher-Yates) and returns the same array. */
  shuffle<T extends { length: number; [index: number]: unknown }>(list: T): T;
  /**
   * An independent stream that depends only on this stream's seed and the labels, not on how many numbers were drawn:
   * the way to give policies common random numbers.
   */
  fork(...labels: readonly (string | number)[]): Random;
}

/** Creates a stream from an integer or text seed. */
export function createRandom(seed: number | string): Random {
  return fromKey(hashLabel(0x9e3779b9, seed));
}

/** Mixes a seed and labels into an unsigned 32-bit seed, e.g. one per restart or worker. */
export function mixSeed(seed: number | string, ...labels: readonly (string | number)[]): number {
  return labels.reduce<number>(hashLabel, hashLabel(0x9e3779b9, seed)) >>> 0;
}

function fromKey(key: number): Random {
  let state = key;
  const splitmix = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return z ^ (z >>> 15);
  };
  let a = splitmix();
  let b = splitmix();
  let c = splitmix();
  let counter = 1;

  function nextUint32(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  }
  // The first outputs of sfc32 still carry the seed; its author discards twelve.
  for (let i = 0; i < 12; i++) nextUint32();

  const next = (): number => nextUint32() * 2 ** -32;
  const nextDouble = (): number => ((nextUint32() >>> 5) * 2 ** 26 + (nextUint32() >>> 6)) * 2 ** -53;

  function integer(bound: number): number {
    if (!(Number.isInteger(bound) && bound >= 1 && bound <= 2 ** 32)) {
      throw new RangeError(`random.integer: expected a bound from 1 to 2^32, got ${bound}; pass a positive integer.`);
    }
    const limit = 2 ** 32 - (2 ** 32 % bound);
    let draw = nextUint32();
    while (draw >= limit) draw = nextUint32();
    return draw % bound;
  }

  let spare = Number.NaN;
  function normal(): number {
    if (!Number.isNaN(spare)) {
      const value = spare;
      spare = Number.NaN;
      return value;
    }
    for (;;) {
      const u = 2 * nextDouble() - 1;
      const v = 2 * nextDouble() - 1;
      const square = u * u + v * v;
      if (square > 0 && square < 1) {
        const scale = Math.sqrt((-2 * Math.log(square)) / square);
        spare = v * scale;
        return u * scale;
      }
    }
  }

  return {
    next,
    nextDouble,
    nextUint32,
    integer,
    normal,
    chance: (probability) => nextDouble() < probability,
    pick: (list) => list[integer(list.length)],
    shuffle(list) {
      for (let i = list.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        const held = list[i];
        (list as { [index: number]: unknown })[i] = list[j];
        (list as { [index: number]: unknown })[j] = held;
      }
      return list;
    },
    fork: (...labels) => fromKey(labels.reduce<number>(hashLabel, key)),
  };
}

/** FNV-1a over the label, then Murmur3's finaliser, so that labels 1 and 2 give unrelated streams. */
function hashLabel(key: number, label: string | number): number {
  let hash = key ^ 0x811c9dc5;
  const text = typeof label === 'number' ? `#${label}` : label;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
