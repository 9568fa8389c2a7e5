/** What is carried from answer to answer of one learner; plain data, JSON in and out. */
import type { BktState } from '../tracing/bkt/bkt-model.ts';
import { type Chain, type Evidence, engaged } from './chain.ts';
import type { SignalKind } from './signals.ts';

export interface EngagementState {
  readonly knowledge: BktState;
  /** P(engaged), P(guessing), P(away) at the last answer. */
  readonly filter: readonly number[];
  /** Weight and sum of the log-seconds over what is usual. */
  readonly pace: readonly [weight: number, sum: number];
  /** Seconds since 1970 of the last answer with a known time. */
  readonly lastTime?: number;
  readonly answers: number;
  /** Answers with known seconds, and those of them that were rapid. */
  readonly timed: number;
  readonly rapid: number;
  /** The last informative answers, at most `recentAnswers`, oldest first. */
  readonly recent: readonly RecentAnswer[];
}

export const recentAnswers = 20;

export interface RecentAnswer {
  /** P(engaged), P(guessing), P(away) with all that was known at it. */
  readonly filter: readonly number[];
  readonly right: boolean;
  /** Absent where the seconds are unknown. */
  readonly pace?: 'rapid' | 'usual' | 'slow';
  /** `quick`: so soon after the last answer that it was quick, where its own seconds are unknown. */
  readonly pause?: 'quick' | 'long';
  readonly hints?: number;
  readonly selfReport?: number;
  /** Log-odds that each signal adds for not being engaged. */
  readonly moved: Partial<Readonly<Record<SignalKind | 'answer', number>>>;
}

export function initialState(chain: Chain): EngagementState {
  return { knowledge: {}, filter: chain.start, pace: [0, 0], answers: 0, timed: 0, rapid: 0, recent: [] };
}

/** log P(signal | not engaged) - log P(signal | engaged), each signal by itself. */
export function movesOf(evidence: Evidence, prior: readonly number[]): RecentAnswer['moved'] {
  const others = 1 - prior[engaged];
  const moved: Partial<Record<SignalKind | 'answer', number>> = {};
  for (const [signal, likelihood] of Object.entries(evidence) as [SignalKind | 'answer', readonly number[]][]) {
    const without = likelihood.reduce((sum, value, s) => (s === engaged ? sum : sum + prior[s] * value), 0) / others;
    moved[signal] = Math.log(Math.max(1e-12, without)) - Math.log(Math.max(1e-12, likelihood[engaged]));
  }
  return moved;
}
