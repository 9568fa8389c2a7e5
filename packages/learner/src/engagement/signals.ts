/** What one answer shows besides being right or wrong, as the chain of states sees it. */
import type { TracedInteraction } from '../tracing/model.ts';
import { logSeconds } from './response-times.ts';

export const signalKinds = ['seconds', 'pause', 'hints', 'selfReport'] as const;

/** `seconds` the answer took, the `pause` before it, `hints` asked for, the learner's `selfReport`. */
export type SignalKind = (typeof signalKinds)[number];

export interface Observation {
  /** Natural logarithm of the seconds taken; NaN where unknown. */
  readonly logSeconds: number;
  /**
   * 0: seconds since the last answer, where nobody knows how many of them the answer took; 1: seconds in which nothing
   * was done, the answer's own taken off.
   */
  readonly pauseKind: 0 | 1;
  /** Bins, -1 where unknown. */
  readonly pause: number;
  readonly hints: number;
  readonly selfReport: number;
  /** First answer of a sitting: nothing carries over from the one before. */
  readonly fresh: boolean;
  readonly correct: boolean;
}

/** A longer pause begins a new sitting: a lesson is shorter (as breaks in bkt/breaks.ts). */
const longestPause = 3600;
/** Seconds; a pause from the last one on is long. */
const pauseEdges = [3, 10, 60, 300];
const reportEdges = [0.4, 0.7];

export const pauseBins = pauseEdges.length + 1;
export const hintBins = 3;
export const reportBins = reportEdges.length + 1;
export const longPauseBin = pauseBins - 1;

const binOf = (value: number, edges: readonly number[]): number => edges.filter((edge) => value >= edge).length;

type Seen = Pick<TracedInteraction, 'correct' | 'time' | 'duration' | 'hints' | 'selfReport'>;

/** Whether a new sitting begins at `time`; unknown times are no break, the first answer ever is one. */
export function isFresh(answered: number, lastTime: number | undefined, time: number | undefined): boolean {
  return answered === 0 || (time ?? Number.NaN) - (lastTime ?? Number.NaN) > longestPause;
}

/** @param answered answers before this one; `lastTime` the last known time of any. */
export function observe(seen: Seen, answered: number, lastTime: number | undefined): Observation {
  const { correct, hints = Number.NaN, selfReport = Number.NaN } = seen;
  const taken = logSeconds(seen.duration);
  const gap = (seen.time ?? Number.NaN) - (lastTime ?? Number.NaN);
  const fresh = isFresh(answered, lastTime, seen.time);
  const timed = !Number.isNaN(taken);
  const idle = timed ? Math.max(0, gap - Math.exp(taken)) : gap;
  return {
    logSeconds: taken,
    pauseKind: timed ? 1 : 0,
    pause: fresh || !(gap >= 0) ? -1 : binOf(idle, pauseEdges),
    hints: hints >= 0 ? Math.min(hintBins - 1, Math.floor(hints)) : -1,
    selfReport: selfReport >= 0 && selfReport <= 1 ? binOf(selfReport, reportEdges) : -1,
    ...{ fresh, correct },
  };
}

/** Whether a signal of the answer is known. */
export const shows = (seen: Observation, kind: SignalKind): boolean =>
  kind === 'seconds' ? !Number.isNaN(seen.logSeconds) : seen[kind] >= 0;

/**
 * Whether right and wrong say anything of effort here. Beside nothing but a pause they do not: a wrong answer alone
 * cannot tell who did not try from who does not know.
 */
export const countsCorrectness = ({ logSeconds: taken, hints, selfReport }: Observation): boolean =>
  !Number.isNaN(taken) || hints >= 0 || selfReport >= 0;
