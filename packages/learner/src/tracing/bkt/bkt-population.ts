/**
 * Skills as draws from a population of skills: the unbounded vectors x of its skills are normal with mean m and
 * covariance V, which are estimated from the skills' own posteriors N(x_k, C_k) by expectation maximisation
 * (empirical Bayes; Gelman et al. 2013, Bayesian Data Analysis, section 5.4):
 *   m = mean x_k,   V = mean ((x_k - m)(x_k - m)' + C_k).
 */
import type { BktPrior, BktSkillFit } from './bkt-fit.ts';
import { invertSymmetric } from './bkt-fit.ts';
import type { BktVector } from './bkt-parameters.ts';

// Below this many skills their covariance says more about chance than about skills.
export const fewestSkills = 8;

// Keeps the covariance regular where skills are all alike in one parameter.
const leastVariance = 0.01;

/** The inverse of information + precision: how far a skill's vector may be from its estimate. */
export function posteriorCovariance(fit: BktSkillFit, { precision }: BktPrior): Float64Array {
  return invertSymmetric(
    fit.information.map((value, k) => value + precision[k]),
    fit.vector.length,
  );
}

/** The population of skills as a prior, from fits under an earlier prior. */
export function estimatePrior(fits: readonly BktSkillFit[], earlier: BktPrior): BktPrior {
  const centre = meanOf(fits.map((fit) => fit.vector));
  const size = centre.length;
  const covariance = covarianceOf(
    fits.map((fit) => fit.vector),
    centre,
  );
  for (const fit of fits) {
    posteriorCovariance(fit, earlier).forEach((value, k) => {
      covariance[k] += value / fits.length;
    });
  }
  for (let i = 0; i < size; i++) covariance[(size + 1) * i] += leastVariance;
  return { centre, precision: invertSymmetric(covariance, size) };
}

export function meanOf(vectors: readonly BktVector[]): number[] {
  return vectors[0].map((_, i) => vectors.reduce((sum, vector) => sum + vector[i], 0) / vectors.length);
}

/** Mean of (x - m)(x - m)', row by row. */
export function covarianceOf(vectors: readonly BktVector[], mean: BktVector): Float64Array {
  const size = mean.length;
  const covariance = new Float64Array(size * size);
  for (const x of vectors) {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) covariance[size * i + j] += ((x[i] - mean[i]) * (x[j] - mean[j])) / vectors.length;
    }
  }
  return covariance;
}
