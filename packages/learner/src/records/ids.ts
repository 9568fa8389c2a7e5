/** Interaction ids seen so far. The one thing that grows with the file: numbers where ids are numbers, to stay small. */
import { detachText } from '../interactions-labels.ts';

export interface InteractionIds {
  /** True if the id is new; remembers it. */
  add(id: string): boolean;
}

// A JavaScript Set holds 2^24 entries at most.
const largestSet = 2 ** 24;

/** A registry; share one between the files of one import so that ids are unique across them. */
export function createInteractionIds(): InteractionIds {
  const shards: Set<string | number>[] = [new Set()];
  return {
    add(id) {
      const key = /^(0|[1-9]\d{0,14})$/.test(id) ? Number(id) : detachText(id);
      if (shards.some((shard) => shard.has(key))) return false;
      if (shards[shards.length - 1].size >= largestSet) shards.push(new Set());
      shards[shards.length - 1].add(key);
      return true;
    },
  };
}
