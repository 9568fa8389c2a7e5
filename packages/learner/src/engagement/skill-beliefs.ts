/** P(known) of every skill of one learner after another, in the order of a table's rows: the fit's fast walk through BKT. */
import type { InteractionTable } from '../interactions.ts';
import { logistic, logit } from '../odds.ts';
import type { FittedBkt } from '../tracing/bkt/bkt-model.ts';
import { rightProbability } from '../tracing/bkt/bkt-parameters.ts';

export interface SkillBeliefs {
  /** Begins the next learner. */
  reset(): void;
  /** P(right) on the row's skills. */
  right(row: number): number;
  /** Moves them by the row's answer, which counts with this weight: known + weight (known after - known). */
  learn(row: number, weight: number): void;
}

// Keeps quotients finite where an answer is impossible, as in bkt-likelihood.ts.
const smallest = 1e-10;

export function createBeliefs(table: InteractionTable, fitted: FittedBkt): SkillBeliefs {
  const parameters = table.skills.map((label) => (fitted.skills.get(label) ?? fitted.population).parameters);
  const usual = fitted.population.parameters;
  const priors = Float64Array.from(parameters, ({ prior }) => prior);
  const known = priors.slice();
  const rightOf = (skill: number) => rightProbability(known[skill], parameters[skill]);
  return {
    reset: () => known.set(priors),
    right(row) {
      const skills = table.skillSets[table.skillSet[row]];
      if (skills.length === 0) return rightProbability(usual.prior, usual);
      if (skills.length === 1) return rightOf(skills[0]);
      return logistic(skills.reduce((sum, skill) => sum + logit(rightOf(skill)), 0) / skills.length);
    },
    learn(row, weight) {
      const correct = table.correct[row] === 1;
      for (const skill of table.skillSets[table.skillSet[row]]) {
        const { slip, learn } = parameters[skill];
        const right = rightOf(skill);
        const kept = correct ? 1 - slip : slip;
        const after = Math.min(1, (known[skill] * kept) / Math.max(smallest, correct ? right : 1 - right));
        known[skill] += weight * (learn + after * (1 - learn) - known[skill]);
      }
    },
  };
}
