/**
 * Learners packed into lanes: each lane holds learners one behind the other, all about equally long, so that a batch of
 * `steps` rows of every lane leaves few places empty.
 */
import type { Random } from '@qurriculum/random';
import type { RowsByLearner } from '../../interactions-builder.ts';

export interface Lanes {
  /** Rows of the table by lane, learner after learner. */
  readonly rows: readonly Int32Array[];
  /** 1 where a learner begins. */
  readonly first: readonly Uint8Array[];
  /** Rows of the longest lane. */
  readonly longest: number;
}

/** Deals learners, in random order, each to the lane that is shortest so far. */
export function packLanes({ start, rows }: RowsByLearner, count: number, random: Random): Lanes {
  const order = random.shuffle(Array.from({ length: start.length - 1 }, (_, learner) => learner));
  // The longest at last would leave one lane far behind all others.
  const long = longestFirst(order, start, count);
  const lengths = new Array<number>(count).fill(0);
  const dealt: number[][] = Array.from({ length: count }, () => []);
  for (const learner of long) {
    const lane = lengths.indexOf(Math.min(...lengths));
    dealt[lane].push(learner);
    lengths[lane] += start[learner + 1] - start[learner];
  }
  const laneRows = lengths.map((length) => new Int32Array(length));
  const first = lengths.map((length) => new Uint8Array(length));
  for (const [lane, learners] of dealt.entries()) {
    let at = 0;
    for (const learner of random.shuffle(learners)) {
      if (start[learner + 1] > start[learner]) first[lane][at] = 1;
      for (let k = start[learner]; k < start[learner + 1]; k++) laneRows[lane][at++] = rows[k];
    }
  }
  return { rows: laneRows, first, longest: Math.max(...lengths) };
}

/** Learners longer than a tenth of a lane's share in order of length, before all others in the order given. */
function longestFirst(order: readonly number[], start: Int32Array, count: number): number[] {
  const lengthOf = (learner: number) => start[learner + 1] - start[learner];
  const least = start[start.length - 1] / count / 10;
  const long = order.filter((learner) => lengthOf(learner) > least);
  return [...long.sort((a, b) => lengthOf(b) - lengthOf(a)), ...order.filter((learner) => lengthOf(learner) <= least)];
}
