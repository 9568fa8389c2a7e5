/** Which tracing model to begin with, by how many answers there are to fit it on. */
import type { InteractionTable } from '../../interactions.ts';
import { featuresLrName } from '../regression/features-lr.ts';
import { hybridName } from './hybrid-model.ts';

export interface Recommendation {
  /** A name that `tracingModel` knows. */
  readonly name: string;
  /** A sentence for people. */
  readonly reason: string;
}

/**
 * Measured on parts of ASSISTments 2009, 208 test learners, two parts of each size, mean AUC (NLL) of features-lr and hybrid:
 *
 *   learners  answers    features-lr     hybrid
 *         50    4,500  .7211 (.5618)  .7145 (.5680)
 *        100    7,900  .7243 (.5590)  .7236 (.5620)
 *        200   16,200  .7349 (.5518)  .7419 (.5478)
 *        400   33,200  .7502 (.5407)  .7588 (.5350)
 *        800   70,400  .7636 (.5308)  .7732 (.5231)
 *
 * Answers count, not learners: on the 92 learners of Algebra 2005, with 104,639 answers, hybrid is ahead.
 */
export const enoughForHybrid = 10_000;

/** `hybrid` where there are answers enough, `features-lr` below; what an institution's own evaluation says comes first. */
export function recommendedModel(table: InteractionTable): Recommendation {
  const answers = table.rows.toLocaleString('en-US');
  const least = enoughForHybrid.toLocaleString('en-US');
  return table.rows >= enoughForHybrid
    ? {
        name: hybridName,
        reason: `${answers} answers: from about ${least} on, hybrid predicts better than features-lr.`,
      }
    : {
        name: featuresLrName,
        reason: `${answers} answers: below about ${least}, features-lr predicts no worse than hybrid.`,
      };
}
