/**
 * What is said of a learner's engagement: the share of the recent answers that were given with effort, how sure that is,
 * and which signals moved it. Careful words: what is seen is said, not why it is so.
 *
 * Share of the last n informative answers, shrunken to the population as if there were `borrowed` more of them:
 *   mean = (sum P(engaged) + borrowed base) / (n + borrowed);
 *   variance = mean (1 - mean) / (n + borrowed) + sum P(engaged) (1 - P(engaged)) / (n + borrowed)^2,
 * the second term for states that stay unknown; the interval is Wilson's for as many answers as give this variance.
 */
import { wilsonInterval } from '@qurriculum/evidence';
import type { Estimate } from '../tracing/model.ts';
import { away, engaged, guessing } from './chain.ts';
import type { EngagementState, RecentAnswer } from './engagement-state.ts';
import { engagementLevel, type ResponseTimeEffort, responseTimeEffort } from './response-times.ts';
import type { SignalKind } from './signals.ts';

/**
 * `engaged`; `guessing`: many answers come too fast to have been thought about; `away`: slow answers or long pauses;
 * `mixed`: between; `unknown`: too few answers that show anything.
 */
export type EngagementVerdict = 'engaged' | 'guessing' | 'away' | 'mixed' | 'unknown';

export interface EngagementEstimate extends Estimate {
  readonly verdict: EngagementVerdict;
  /** Sentences, what moved the estimate most first. */
  readonly reasons: readonly string[];
  /** Answers that the estimate rests on, at most 20. */
  readonly answers: number;
  /** Over all timed answers; null where none is. */
  readonly responseTimeEffort: ResponseTimeEffort | null;
}

const borrowed = 2;
/** Fewer informative answers say nothing of a person. */
export const fewestAnswers = 8;
/** Below it effort is in question: the .90 of Wise and Kong 2005, section "Results", for response-time effort. */
const enoughEffort = 0.9;

/** @param base the population's share of answers with effort. */
export function estimateEngagement(state: EngagementState, base: number): EngagementEstimate {
  const { recent } = state;
  const n = recent.length;
  const effort = responseTimeEffort(state.timed, state.rapid);
  if (n === 0) {
    const reasons = ['No answer yet with a response time, hints, a pause or a self-report.'];
    return { mean: base, low: 0, high: 1, verdict: 'unknown', reasons, answers: 0, responseTimeEffort: effort };
  }
  const at = (which: number) => recent.reduce((sum, answer) => sum + answer.filter[which], 0);
  const total = n + borrowed;
  const mean = Math.min(1, (at(engaged) + borrowed * base) / total);
  const open = recent.reduce((sum, { filter }) => sum + filter[engaged] * (1 - filter[engaged]), 0);
  const scale = mean * (1 - mean);
  const observations = scale > 0 ? scale / (scale / total + open / total ** 2) : total;
  const interval = wilsonInterval(mean, observations, engagementLevel);
  const verdict =
    n < fewestAnswers
      ? 'unknown'
      : interval.high < enoughEffort
        ? at(guessing) >= at(away)
          ? 'guessing'
          : 'away'
        : mean >= enoughEffort
          ? 'engaged'
          : 'mixed';
  return { ...interval, verdict, reasons: reasonsFor(recent, verdict), answers: n, responseTimeEffort: effort };
}

function reasonsFor(recent: readonly RecentAnswer[], verdict: EngagementVerdict): string[] {
  if (verdict === 'unknown') {
    return [`Only ${recent.length} of ${fewestAnswers} answers that show anything: not enough to say.`];
  }
  const reasons = (Object.keys(words) as (keyof typeof words)[])
    .map((signal) => ({
      sentence: words[signal](recent),
      weight: recent.reduce((sum, { moved }) => sum + Math.max(0, moved[signal] ?? 0), 0),
    }))
    .filter(({ sentence, weight }) => sentence !== null && weight > 1)
    .sort((a, b) => b.weight - a.weight)
    .flatMap(({ sentence }) => sentence ?? []);
  if (reasons.length > 0) return reasons;
  const seen = [
    ...(recent.some(({ pace }) => pace !== undefined) ? ['response times'] : []),
    ...(recent.some(({ hints }) => hints !== undefined) ? ['hints'] : []),
    ...(recent.some(({ selfReport }) => selfReport !== undefined) ? ['self-reports'] : []),
  ];
  const shown = seen.length === 0 ? 'pauses' : seen.join(', ');
  return [`Nothing unusual in the ${shown} of the last ${recent.length} answers.`];
}

const lowReport = 0.4;
const manyHints = 2;

/** Sentences by signal; null where there is nothing to say. Right and wrong answers alone are no reason. */
const words: Readonly<Record<SignalKind, (recent: readonly RecentAnswer[]) => string | null>> = {
  seconds(recent) {
    const timed = recent.filter(({ pace }) => pace !== undefined);
    const rapid = timed.filter(({ pace }) => pace === 'rapid');
    const slow = timed.filter(({ pace }) => pace === 'slow').length;
    const parts: string[] = [];
    if (rapid.length > 0) {
      const right = rapid.filter((answer) => answer.right).length;
      parts.push(
        `${rapid.length} of the last ${timed.length} timed answers came faster than most people read the question; ${right} of them right.`,
      );
    }
    if (slow > 0)
      parts.push(`${slow} of the last ${timed.length} timed answers took more than four times as long as usual.`);
    return parts.length === 0 ? null : parts.join(' ');
  },
  pause(recent) {
    const long = recent.filter(({ pause }) => pause === 'long').length;
    const quick = recent.filter(({ pause }) => pause === 'quick').length;
    const of = `of the last ${recent.length} answers came`;
    const parts = [
      ...(quick > 0 ? [`${quick} ${of} within three seconds of the one before.`] : []),
      ...(long > 0 ? [`${long} ${of} after a pause of over five minutes.`] : []),
    ];
    return parts.length === 0 ? null : parts.join(' ');
  },
  hints(recent) {
    const known = recent.filter(({ hints }) => hints !== undefined);
    const many = known.filter(({ hints = 0 }) => hints >= manyHints).length;
    return many === 0 ? null : `${manyHints} or more hints on ${many} of the last ${known.length} answers.`;
  },
  selfReport(recent) {
    const said = recent.filter(({ selfReport }) => selfReport !== undefined);
    const low = said.filter(({ selfReport = 1 }) => selfReport < lowReport).length;
    return low === 0 ? null : `Rated ${low} of ${said.length} answers low when asked how it went.`;
  },
};
