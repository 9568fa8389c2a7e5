/**
 * The hidden Markov chain of a learner's engagement: at each answer the learner is engaged, guessing (answers before the
 * question can have been read), or away (the mind elsewhere: slow, after long pauses). What an answer shows is
 * independent given the state:
 *   seconds: engaged  log t ~ N(u, s^2), u what is usual for the item plus the learner's own pace;
 *            guessing log t ~ N(g, s_g^2), the same for every item; away log t ~ N(u + d, s_a^2), d > 0;
 *   pause, hints, self-report: a distribution over bins per state;
 *   right: as the mastery of the skill says, but with probability `chance` when guessing (the effort-moderated model of
 *     Wise and DeMars 2006, "An application of item response time: the effort-moderated IRT model", equation 3).
 */
import { countsCorrectness, type Observation, type SignalKind } from './signals.ts';

export const engaged = 0;
export const guessing = 1;
export const away = 2;
export const states = 3;

export interface Chain {
  /** At the first answer of a sitting. */
  readonly start: readonly number[];
  /** From state to state, row by row. */
  readonly move: readonly number[];
  readonly time: ChainTimes;
  /** Bins per state, row by row: pauses by kind, hints, self-reports. */
  readonly pause: readonly [readonly number[], readonly number[]];
  readonly hints: readonly number[];
  readonly selfReport: readonly number[];
  /** P(right | guessing). */
  readonly chance: number;
}

/** On the scale of log-seconds. */
export interface ChainTimes {
  readonly deviation: number;
  readonly guessCentre: number;
  readonly guessDeviation: number;
  readonly delay: number;
  readonly awayDeviation: number;
}

/** exp(-(x - centre)^2 / (2 deviation^2)) / deviation: a normal density but for a common factor. */
function bell(x: number, centre: number, deviation: number): number {
  return Math.exp(-(((x - centre) / deviation) ** 2) / 2) / deviation;
}

// A single answer must not rule a state out for good.
const smallest = 1e-6;

/** What each signal of an answer says: likelihood per state, by signal; signals that are unknown are absent. */
export type Evidence = Partial<Record<SignalKind | 'answer', readonly number[]>>;

/** @param usual log-seconds that the learner usually takes for the item; `right` P(right) if engaged. */
export function evidenceOf(chain: Chain, seen: Observation, usual: number, right: number): Evidence {
  const { time, chance } = chain;
  const evidence: Evidence = {};
  if (!Number.isNaN(seen.logSeconds)) {
    evidence.seconds = [
      bell(seen.logSeconds, usual, time.deviation),
      bell(seen.logSeconds, time.guessCentre, time.guessDeviation),
      bell(seen.logSeconds, usual + time.delay, time.awayDeviation),
    ];
  }
  if (seen.pause >= 0) evidence.pause = column(chain.pause[seen.pauseKind], seen.pause);
  if (seen.hints >= 0) evidence.hints = column(chain.hints, seen.hints);
  if (seen.selfReport >= 0) evidence.selfReport = column(chain.selfReport, seen.selfReport);
  if (countsCorrectness(seen)) {
    const known = seen.correct ? right : 1 - right;
    evidence.answer = [known, seen.correct ? chance : 1 - chance, known];
  }
  return evidence;
}

function column(rows: readonly number[], bin: number): number[] {
  const bins = rows.length / states;
  return [rows[bin], rows[bins + bin], rows[2 * bins + bin]];
}

/** The product of all signals, scaled to a largest of 1. */
export function likelihoodOf(evidence: Evidence): number[] {
  const product = [1, 1, 1];
  for (const each of Object.values(evidence)) for (let s = 0; s < states; s++) product[s] *= each[s];
  const most = Math.max(...product);
  return most > 0 ? product.map((value) => Math.max(smallest, value / most)) : [1, 1, 1];
}

/** P(state) before the answer is seen. */
export function nextPrior(chain: Chain, filter: readonly number[], fresh: boolean): readonly number[] {
  if (fresh) return chain.start;
  const next = [0, 0, 0];
  for (let from = 0; from < states; from++) {
    for (let to = 0; to < states; to++) next[to] += filter[from] * chain.move[states * from + to];
  }
  return next;
}

/** P(state) after it. */
export function posterior(prior: readonly number[], likelihood: readonly number[]): number[] {
  const joint = prior.map((p, s) => p * likelihood[s]);
  const sum = joint[0] + joint[1] + joint[2];
  return joint.map((p) => p / sum);
}

/** How often a learner answers how fast: pace of the learner on the scale of log-seconds, shrunken to none. */
export function paceOf(sum: number, weight: number): number {
  return sum / (weight + paceBorrowed);
}

// Learners' paces vary about half as much as one learner's answers do, as deviations (van der Linden 2006, section 6).
const paceBorrowed = 4;

/** P(right) where the state is known in part: guessing answers are right by chance. */
export function moderated(right: number, guess: number, chance: number): number {
  return (1 - guess) * right + guess * chance;
}
