/** What a chain keeps while it runs: the state that it changes, who waits to choose again, how bold it is. */
import type { Random } from '@qurriculum/random';
import type { Candidates } from './candidates.ts';
import type { SearchState } from './state.ts';

/** Chains deeper than this put nobody out any more. */
export const DEEPEST = 3;
/** A chain that has put out so many ends undone: it goes round in circles. */
export const MOST_PUT = 24;

export interface Chains {
  readonly state: SearchState;
  readonly random: Random;
  readonly candidates: Candidates;
  /** Learners put out who have not chosen again, and how deep in the chain they are. */
  readonly queue: Int32Array;
  readonly queueDepth: Int32Array;
  queueLength: number;
  /** Learners put out since `beginChain`. */
  put: number;
  /** Noise of the scores, and the score that an option must pass to be taken at all. */
  noise: number;
  floor: number;
  /** What it costs to put somebody out, and to take a full tutor's session. */
  readonly outCost: number;
  readonly fullCost: number;
}

/** Shares of the scale (a session's typical worth) for putting a learner out and for taking a full tutor's session. */
const OUT_SHARE = 1 / 12;
const FULL_SHARE = 1 / 3;

export function createChains(state: SearchState, candidates: Candidates, random: Random): Chains {
  return {
    state,
    random,
    candidates,
    queue: new Int32Array(MOST_PUT),
    queueDepth: new Int32Array(MOST_PUT),
    queueLength: 0,
    put: 0,
    noise: 1,
    floor: 0,
    outCost: OUT_SHARE * state.layout.scale,
    fullCost: FULL_SHARE * state.layout.scale,
  };
}
