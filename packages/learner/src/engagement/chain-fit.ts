/**
 * Fits the chain by expectation-maximisation towards the largest posterior under the prior of chain-prior.ts (Dempster,
 * Laird and Rubin 1977; for chains Rabiner 1989, "A tutorial on hidden Markov models", section III.C): forward
 * filtering with the learner's own pace and mastery as they are known at that answer, backward smoothing
 *   P(s_k | all) = P(s_k | 1..k) sum_t move[s, t] P(s_{k+1} = t | all) / P(s_{k+1} = t | 1..k),
 * then expected counts. Pace and mastery are held at their filtered values in the backward pass, so a round is not an
 * exact step of EM; the rounds settle all the same.
 */
import type { InteractionTable } from '../interactions.ts';
import type { RowsByLearner } from '../interactions-builder.ts';
import {
  away,
  type Chain,
  engaged,
  evidenceOf,
  guessing,
  likelihoodOf,
  nextPrior,
  paceOf,
  posterior,
} from './chain.ts';
import { chancePrior, largestChance, type Overall, priorChain, priorStrength, timeBounds } from './chain-prior.ts';
import type { Observation } from './signals.ts';
import type { SkillBeliefs } from './skill-beliefs.ts';

/** A table as the chain sees it. */
export interface ChainData {
  readonly table: InteractionTable;
  readonly groups: RowsByLearner;
  /** By row. */
  readonly seen: readonly Observation[];
  /** Usual log-seconds of each row's item; the learner's pace is not in it. */
  readonly usual: Float64Array;
  readonly overall: Overall;
}

/** One learner's way through the chain; three numbers an answer, one for each state, or one. */
interface Path {
  readonly prior: Float64Array;
  readonly filter: Float64Array;
  /** P(right) if engaged. */
  readonly right: Float64Array;
  /** Log-seconds over what is usual for this learner and item. */
  readonly excess: Float64Array;
}

const createPath = (length: number): Path => ({
  prior: new Float64Array(3 * length),
  filter: new Float64Array(3 * length),
  right: new Float64Array(length),
  excess: new Float64Array(length),
});

function walk(
  { groups, seen, usual }: ChainData,
  chain: Chain,
  beliefs: SkillBeliefs,
  learner: number,
  to: Path,
): void {
  const from = groups.start[learner];
  let filter: readonly number[] = chain.start;
  let paceSum = 0;
  let paceWeight = 0;
  beliefs.reset();
  for (let k = 0; from + k < groups.start[learner + 1]; k++) {
    const row = groups.rows[from + k];
    const answer = seen[row];
    const expected = usual[row] + paceOf(paceSum, paceWeight);
    const prior = nextPrior(chain, filter, answer.fresh);
    to.right[k] = beliefs.right(row);
    to.excess[k] = answer.logSeconds - expected;
    filter = posterior(prior, likelihoodOf(evidenceOf(chain, answer, expected, to.right[k])));
    to.prior.set(prior, 3 * k);
    to.filter.set(filter, 3 * k);
    beliefs.learn(row, 1 - filter[guessing]);
    if (Number.isNaN(answer.logSeconds)) continue;
    paceSum += filter[engaged] * (answer.logSeconds - usual[row]);
    paceWeight += filter[engaged];
  }
}

/** Expected counts of a round. */
interface Counts {
  readonly start: Float64Array;
  readonly move: Float64Array;
  readonly pause: readonly [Float64Array, Float64Array];
  readonly hints: Float64Array;
  readonly selfReport: Float64Array;
  /** Weight, sum and sum of squares of log-seconds: over what is usual when engaged and away, as they are guessing. */
  readonly time: Float64Array;
  readonly guesses: Float64Array;
}

function createCounts(chain: Chain): Counts {
  const like = (list: readonly number[]) => new Float64Array(list.length);
  return {
    ...{ start: like(chain.start), move: like(chain.move), hints: like(chain.hints) },
    pause: [like(chain.pause[0]), like(chain.pause[1])],
    ...{ selfReport: like(chain.selfReport), time: new Float64Array(9), guesses: new Float64Array(2) },
  };
}

/** Smooths the path of `length` answers in place (`filter` becomes the smoothed states) and adds to the counts. */
function smooth(data: ChainData, chain: Chain, from: number, length: number, path: Path, counts: Counts): void {
  const { prior, filter } = path;
  for (let k = length - 1; k >= 0; k--) {
    const here = 3 * k;
    const next = here + 3;
    const answer = data.seen[data.groups.rows[from + k]];
    if (k + 1 < length && !data.seen[data.groups.rows[from + k + 1]].fresh) {
      for (let s = 0; s < 3; s++) {
        let sum = 0;
        for (let t = 0; t < 3; t++) {
          const both = (filter[here + s] * chain.move[3 * s + t] * filter[next + t]) / prior[next + t];
          counts.move[3 * s + t] += both;
          sum += both;
        }
        filter[here + s] = sum;
      }
    }
    for (let s = 0; s < 3; s++) addAnswer(counts, answer, s, filter[here + s], path.excess[k]);
  }
}

function addAnswer(counts: Counts, answer: Observation, state: number, weight: number, excess: number): void {
  const add = (to: Float64Array, bin: number): void => {
    if (bin >= 0) to[(state * to.length) / 3 + bin] += weight;
  };
  if (answer.fresh) counts.start[state] += weight;
  add(counts.pause[answer.pauseKind], answer.pause);
  add(counts.hints, answer.hints);
  add(counts.selfReport, answer.selfReport);
  if (state === guessing) {
    counts.guesses[0] += weight;
    if (answer.correct) counts.guesses[1] += weight;
  }
  if (Number.isNaN(answer.logSeconds)) return;
  const value = state === guessing ? answer.logSeconds : excess;
  counts.time[3 * state] += weight;
  counts.time[3 * state + 1] += weight * value;
  counts.time[3 * state + 2] += weight * value * value;
}

const within = (value: number, [low, high]: readonly [number, number]): number => Math.min(high, Math.max(low, value));

/** Rows of probabilities from counts and the prior's. */
function shares(counts: Float64Array, prior: readonly number[], rows: number): number[] {
  const width = prior.length / rows;
  return prior.map((p, k) => {
    const row = Math.floor(k / width);
    const total = counts.subarray(row * width, (row + 1) * width).reduce((a, b) => a + b, 0);
    return (counts[k] + priorStrength * p) / (total + priorStrength);
  });
}

function maximise(counts: Counts, overall: Overall): Chain {
  const prior = priorChain(overall);
  const moments = (state: number, centre: number, deviation: number) => {
    const [w, sum, squares] = counts.time.subarray(3 * state, 3 * state + 3);
    const mean = (sum + priorStrength * centre) / (w + priorStrength);
    const about = (m: number) =>
      squares - 2 * m * sum + w * m * m + priorStrength * (deviation ** 2 + (centre - m) ** 2);
    return { mean, deviationAbout: (m: number) => Math.sqrt(about(m) / (w + priorStrength)) };
  };
  const { time } = prior;
  const ofGuess = moments(guessing, time.guessCentre, time.guessDeviation);
  const guessCentre = Math.min(ofGuess.mean, overall.logThreshold + timeBounds.guessAbove);
  const ofAway = moments(away, time.delay, time.awayDeviation);
  const delay = within(ofAway.mean, timeBounds.delay);
  return {
    start: shares(counts.start, prior.start, 1),
    move: shares(counts.move, prior.move, 3),
    time: {
      // Around 0: what is usual is the items' own affair.
      deviation: within(moments(engaged, 0, time.deviation).deviationAbout(0), timeBounds.deviation),
      guessCentre,
      guessDeviation: within(ofGuess.deviationAbout(guessCentre), timeBounds.guessDeviation),
      delay,
      awayDeviation: within(ofAway.deviationAbout(delay), timeBounds.awayDeviation),
    },
    pause: [shares(counts.pause[0], prior.pause[0], 3), shares(counts.pause[1], prior.pause[1], 3)],
    hints: shares(counts.hints, prior.hints, 3),
    selfReport: shares(counts.selfReport, prior.selfReport, 3),
    chance: Math.min(
      largestChance,
      (counts.guesses[1] + priorStrength * chancePrior) / (counts.guesses[0] + priorStrength),
    ),
  };
}

/** One round over the given learners: the chain of the largest posterior under the states as this chain sees them. */
export function emRound(data: ChainData, chain: Chain, beliefs: SkillBeliefs, learners: readonly number[]): Chain {
  const counts = createCounts(chain);
  const path = createPath(longest(data.groups, learners));
  for (const learner of learners) {
    const from = data.groups.start[learner];
    walk(data, chain, beliefs, learner, path);
    smooth(data, chain, from, data.groups.start[learner + 1] - from, path, counts);
  }
  return maximise(counts, data.overall);
}

/** The largest difference between two chains' moves, chance and times. */
export function largestChange(a: Chain, b: Chain): number {
  const numbers = ({ move, chance, time }: Chain) => [...move, chance, ...Object.values(time)];
  const after = numbers(b);
  return Math.max(...numbers(a).map((value, k) => Math.abs(value - after[k])));
}

const longest = ({ start }: RowsByLearner, learners: readonly number[]): number =>
  learners.reduce((most, learner) => Math.max(most, start[learner + 1] - start[learner]), 0);

/** Every answer of the learners under the chain, as a learner's state is known at that answer. */
export interface Filtered {
  /** P(guessing) and P(engaged) by row, the row's own signals seen. */
  readonly guessing: Float64Array;
  readonly engaged: Float64Array;
  /** P(right) by row before it is seen. */
  readonly predicted: Float64Array;
}

export function filterAll(data: ChainData, chain: Chain, beliefs: SkillBeliefs): Filtered {
  const { groups, table } = data;
  const learners = [...table.learners.keys()];
  const path = createPath(longest(groups, learners));
  const column = () => new Float64Array(table.rows);
  const filtered = { guessing: column(), engaged: column(), predicted: column() };
  for (const learner of learners) {
    walk(data, chain, beliefs, learner, path);
    for (let at = groups.start[learner], k = 0; at < groups.start[learner + 1]; at++, k++) {
      const row = groups.rows[at];
      filtered.guessing[row] = path.filter[3 * k + guessing];
      filtered.engaged[row] = path.filter[3 * k + engaged];
      const guess = path.prior[3 * k + guessing];
      filtered.predicted[row] = (1 - guess) * path.right[k] + guess * chain.chance;
    }
  }
  return filtered;
}
