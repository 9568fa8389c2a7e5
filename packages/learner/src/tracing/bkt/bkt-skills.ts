/** Fits all skills of a table: the population first, then each skill, then the population of skills as their prior. */
import { type BktPrior, type BktSkillFit, diagonal, fitBktSkill, independentPrior } from './bkt-fit.ts';
import type { BktSkill } from './bkt-model.ts';
import { type BktParameters, type BktVector, toParameters, toVector } from './bkt-parameters.ts';
import { covarianceOf, estimatePrior, fewestSkills, meanOf } from './bkt-population.ts';
import type { SkillTrees } from './skill-trees.ts';

// A population's typical skill, before the data has spoken: the centre of the ranges that Corbett and Anderson report,
// and little forgetting within a session.
const typical: BktParameters = { prior: 0.45, learn: 0.1, guess: 0.25, slip: 0.1 };
const typicalForgetting = { forget: 0.02, lapse: 0.1 };

/**
 * With forgetting. Before the skills have told how far they lie apart: two deviations from a probability of .02 to one
 * of .5. After two rounds the estimate of the prior and the fits under it have settled (ASSISTments 2009: AUC to the
 * fourth digit).
 */
export const forgettingDefaults = { deviation: 2, rounds: 2 };

export interface FittedSkills {
  /** By skill index; null where the skill has no rows. */
  readonly ofSkill: readonly (BktSkillFit | null)[];
  /** What held the skills in the last round. */
  readonly prior: BktPrior;
  readonly population: Pick<BktSkill, 'parameters' | 'covariance'>;
}

export interface SkillsFitOptions {
  readonly forgetting: boolean;
  /** Of the prior of the first round, on the logit. */
  readonly deviation: number;
  /** How often the prior is estimated from the skills and the skills are fitted again; 0 leaves the first prior. */
  readonly rounds: number;
}

/** @param each is awaited after every skill with the share of the work done, below 1. */
export async function fitBktSkills(
  { ofSkill, pooled }: SkillTrees,
  { forgetting, deviation, rounds }: SkillsFitOptions,
  each: (fraction: number) => Promise<void>,
): Promise<FittedSkills> {
  const start = toVector({ ...typical, ...(forgetting ? typicalForgetting : {}) });
  const common = fitBktSkill(pooled, independentPrior(start, deviation));
  let prior = independentPrior(common.vector, deviation);
  let fits: (BktSkillFit | null)[] = ofSkill.map(() => null);
  for (let round = 0; round <= rounds; round++) {
    const known = fits.filter((fit) => fit !== null);
    if (round > 0 && known.length < fewestSkills) break;
    if (round > 0) prior = estimatePrior(known, prior);
    const next: (BktSkillFit | null)[] = [];
    for (const [index, tree] of ofSkill.entries()) {
      next.push(tree === null ? null : fitBktSkill(tree, prior, fits[index]?.vector));
      await each((round + (index + 1) / ofSkill.length) / (rounds + 1.01));
    }
    fits = next;
  }
  const vectors = fits.flatMap((fit) => (fit === null ? [] : [fit.vector]));
  const covariance =
    vectors.length < fewestSkills ? diagonal(start.length, deviation ** 2) : covarianceBetween(vectors);
  const parameters = rounds > 0 ? toParameters(prior.centre) : common.parameters;
  return { ofSkill: fits, prior, population: { parameters, covariance: [...covariance] } };
}

/** How far a skill that was never fitted may be from the population. */
function covarianceBetween(vectors: readonly BktVector[]): Float64Array {
  const ofSample = vectors.length / (vectors.length - 1);
  return covarianceOf(vectors, meanOf(vectors)).map((value) => value * ofSample);
}
