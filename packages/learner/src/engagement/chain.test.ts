import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { tableFromRows } from '../interactions-builder.ts';
import { rowsByLearner } from '../interactions-select.ts';
import { type Chain, evidenceOf, likelihoodOf, nextPrior, posterior } from './chain.ts';
import { emRound, filterAll } from './chain-fit.ts';
import { type Overall, priorChain, priorStrength } from './chain-prior.ts';
import { rapidThreshold, responseTimeEffort, usualLogSeconds, usualTimes } from './response-times.ts';
import { type Observation, observe } from './signals.ts';

const overall: Overall = {
  pause: [
    [0.2, 0.2, 0.2, 0.2, 0.2],
    [0.5, 0.2, 0.1, 0.1, 0.1],
  ],
  hints: [0.7, 0.2, 0.1],
  logThreshold: 0.5,
};
const chain: Chain = priorChain(overall);
const right = 0.7;

/** P(signals | state) of one answer with hints and a self-report, without the code under test. */
function emission({ hints, selfReport, correct }: Observation, state: number): number {
  const known = state === 1 ? chain.chance : right;
  return chain.hints[3 * state + hints] * chain.selfReport[3 * state + selfReport] * (correct ? known : 1 - known);
}

/** All paths of states with their joint probabilities with the answers. */
function enumerate(seen: readonly Observation[]): { path: number[]; weight: number }[] {
  return Array.from({ length: 3 ** seen.length }, (_, code) => {
    const path = seen.map((_, k) => Math.floor(code / 3 ** k) % 3);
    const weight = path.reduce((product, state, k) => {
      const before = seen[k].fresh ? chain.start[state] : chain.move[3 * path[k - 1] + state];
      return product * before * emission(seen[k], state);
    }, 1);
    return { path, weight };
  });
}

const random = createRandom('chain');
const answers = Array.from({ length: 6 }, (_, k) => ({
  // A night between the third answer and the fourth: a new sitting.
  ...{ learner: 'l', item: 'i', skills: ['s'], correct: random.chance(0.5), time: k < 3 ? 1000 * k : 1e6 + 1000 * k },
  ...{ hints: random.integer(3), selfReport: random.next() },
}));
// Pauses are left out of the check by hand: only whether a sitting begins matters here.
const seen = answers.map((answer, k) => ({ ...observe(answer, k, answers[k - 1]?.time), pause: -1 }));

describe('the chain of states', () => {
  it('filters as the sum over all paths does', () => {
    let filter: readonly number[] = chain.start;
    for (const [k, answer] of seen.entries()) {
      const prior = nextPrior(chain, filter, answer.fresh);
      filter = posterior(prior, likelihoodOf(evidenceOf(chain, answer, 0, right)));
      const paths = enumerate(seen.slice(0, k + 1));
      const total = paths.reduce((sum, { weight }) => sum + weight, 0);
      for (const state of [0, 1, 2]) {
        const own = paths.filter(({ path }) => path[k] === state).reduce((sum, { weight }) => sum + weight, 0);
        expect(filter[state]).toBeCloseTo(own / total, 5);
      }
    }
  });

  it('counts moves in a round of EM as the sum over all paths does', () => {
    const table = tableFromRows(answers);
    const beliefs = { reset: () => {}, right: () => right, learn: () => {} };
    const data = { table, groups: rowsByLearner(table), seen, usual: new Float64Array(6), overall };
    const next = emRound(data, chain, beliefs, [0]);
    const paths = enumerate(seen);
    const total = paths.reduce((sum, { weight }) => sum + weight, 0);
    for (const from of [0, 1, 2]) {
      const counts = [0, 1, 2].map((to) =>
        paths.reduce((sum, { path, weight }) => {
          const moves = path.filter((state, k) => k > 0 && !seen[k].fresh && path[k - 1] === from && state === to);
          return sum + (moves.length * weight) / total;
        }, 0),
      );
      const row = counts.reduce((a, b) => a + b, 0);
      for (const to of [0, 1, 2]) {
        const expected = (counts[to] + priorStrength * chain.move[3 * from + to]) / (row + priorStrength);
        expect(next.move[3 * from + to]).toBeCloseTo(expected, 5);
      }
    }
    const { predicted } = filterAll(data, chain, beliefs);
    expect(predicted[0]).toBeCloseTo((1 - chain.start[1]) * right + chain.start[1] * chain.chance, 12);
  });
});

describe('response times', () => {
  it('call rapid what takes less than a tenth of the mean, and never what takes 10 s', () => {
    // A lognormal with log-mean 3 and deviation .5 has the mean exp(3.125) = 22.76.
    expect(rapidThreshold(3, 0.5)).toBeCloseTo(2.276, 3);
    expect(rapidThreshold(8, 0.5)).toBe(10);
  });

  it('give the effort of a learner with the bounds that solve the score equation', () => {
    expect(responseTimeEffort(0, 0)).toBeNull();
    const effort = responseTimeEffort(40, 6);
    expect(effort?.share).toBe(0.85);
    for (const bound of [effort?.low ?? 0, effort?.high ?? 0]) {
      expect(Math.abs(0.85 - bound)).toBeCloseTo(1.6448536 * Math.sqrt((bound * (1 - bound)) / 40), 6);
    }
  });

  it('know an item from its own answers, from its skills, or from everything', () => {
    const rows = (item: string, skill: string, seconds: number, times: number) =>
      Array.from({ length: times }, (_, k) => ({
        ...{ learner: `${k}`, item, skills: [skill], correct: true, duration: seconds },
      }));
    const table = tableFromRows([
      ...rows('long', 'a', 100, 1000),
      ...rows('short', 'a', 10, 1000),
      ...rows('x', 'b', 1, 1),
    ]);
    const usual = usualTimes(table, (table.duration ?? new Float64Array()).map(Math.log), () => 1);
    expect(Math.exp(usualLogSeconds(usual, 'long', ['a']))).toBeCloseTo(100, -1);
    expect(Math.exp(usualLogSeconds(usual, 'short', ['a']))).toBeCloseTo(10, 0);
    // Between the two, on the scale of logarithms.
    expect(Math.exp(usualLogSeconds(usual, 'new', ['a']))).toBeCloseTo(Math.sqrt(1000), 0);
    expect(usualLogSeconds(usual, 'new', ['unheard'])).toBe(usual.overall);
  });
});
