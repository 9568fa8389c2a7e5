/**
 * One learner's posterior over attribute states as a product of small factors: what enumeration, a BQM and amplitude
 * amplification all start from. Bit k of a state's number is attribute k.
 */

import { DiagnosisError } from './errors.ts';
import type { FittedDiagnosis } from './fit-diagnosis.ts';
import { combinationOf } from './item-rules.ts';
import { fillFamily } from './network-fit.ts';

/** -log of a factor of the posterior, for each combination of some attributes (bit i is attributes[i]). */
export interface PosteriorFactor {
  readonly kind: 'prior' | 'answer';
  readonly attributes: readonly number[];
  /** 2^n costs, at least one finite; Infinity where the combination is impossible. */
  readonly cost: Float64Array;
}

export interface PosteriorFactors {
  readonly attributes: number;
  readonly factors: readonly PosteriorFactor[];
}

/** States that a prior by states, or enumeration, may span: 2^16 and 2^20. */
const MOST_PRIOR_ATTRIBUTES = 16;
const MOST_ENUMERATED = 20;

/**
 * Factors of P(state) P(answers | state); `answers` has one category per item, -1 for none.
 * @throws DiagnosisError BAD_SIZE for a wrong number of answers, TOO_LARGE for a prior by states of over 16 attributes.
 */
export function posteriorFactors(fitted: FittedDiagnosis, answers: ArrayLike<number>): PosteriorFactors {
  const { design, probabilities } = fitted;
  if (answers.length !== design.items.length) {
    throw new DiagnosisError(
      'BAD_SIZE',
      `posteriorFactors: expected ${design.items.length} answers, got ${answers.length}; use -1 where there is none.`,
    );
  }
  const likelihood = design.items.flatMap((rule, j): PosteriorFactor[] => {
    if (answers[j] < 0) return [];
    const cost = Float64Array.from(
      rule.groupOf,
      (group) => -Math.log(probabilities[j][group * rule.categories + answers[j]]),
    );
    return [{ kind: 'answer', attributes: rule.attributes, cost }];
  });
  return { attributes: design.structure.names.length, factors: [...priorFactors(fitted), ...likelihood] };
}

function priorFactors({ design, prior }: FittedDiagnosis): PosteriorFactor[] {
  const { prerequisites, names } = design.structure;
  if (prior.kind === 'network') {
    return prerequisites.map((parents, k) => {
      const table = new Float64Array(2 ** (parents.length + 1));
      fillFamily(table, prior.mastery[k]);
      return { kind: 'prior', attributes: [k, ...parents], cost: table.map((p) => -Math.log(p)) };
    });
  }
  if (names.length > MOST_PRIOR_ATTRIBUTES) {
    throw new DiagnosisError(
      'TOO_LARGE',
      `posteriorFactors: expected at most ${MOST_PRIOR_ATTRIBUTES} attributes with a probability per state, got ${names.length}; fit with the prior 'network'.`,
    );
  }
  const attributes = names.map((_, k) => k);
  const cost = new Float64Array(2 ** names.length).fill(Infinity);
  const whole = { ...design.items[0], attributes };
  for (let s = 0; s < prior.states.count; s++) {
    cost[combinationOf(whole, prior.states.bits, s * names.length)] = -Math.log(prior.probability[s]);
  }
  return [{ kind: 'prior', attributes, cost }];
}

/** Sum of the costs of a state: -log P(state, answers). `bit(k)` is 1 where attribute k is held. */
export function stateCost(factors: readonly PosteriorFactor[], bit: (attribute: number) => number): number {
  let sum = 0;
  for (const { attributes, cost } of factors) {
    let entry = 0;
    for (let i = 0; i < attributes.length; i++) entry |= bit(attributes[i]) << i;
    sum += cost[entry];
  }
  return sum;
}

export interface EnumeratedPosterior {
  /** P(state | answers) of all 2^n states. */
  readonly probability: Float64Array;
  /** P(attribute held | answers). */
  readonly mastery: Float64Array;
  /** Number of the most probable state. */
  readonly mostProbable: number;
  /** log P(answers). */
  readonly logEvidence: number;
}

/** The exact posterior by going through all 2^n states. @throws DiagnosisError TOO_LARGE beyond 20 attributes. */
export function enumeratePosterior({ attributes, factors }: PosteriorFactors): EnumeratedPosterior {
  if (attributes > MOST_ENUMERATED) {
    throw new DiagnosisError(
      'TOO_LARGE',
      `enumeratePosterior: expected at most ${MOST_ENUMERATED} attributes, got ${attributes}; use diagnose.`,
    );
  }
  const probability = new Float64Array(2 ** attributes);
  for (let state = 0; state < probability.length; state++) {
    probability[state] = Math.exp(-stateCost(factors, (k) => (state >> k) & 1));
  }
  const evidence = probability.reduce((sum, p) => sum + p, 0);
  const mastery = new Float64Array(attributes);
  let mostProbable = 0;
  for (let state = 0; state < probability.length; state++) {
    probability[state] /= evidence;
    if (probability[state] > probability[mostProbable]) mostProbable = state;
    for (let k = 0; k < attributes; k++) if ((state >> k) & 1) mastery[k] += probability[state];
  }
  return { probability, mastery, mostProbable, logEvidence: Math.log(evidence) };
}
