/**
 * Bayesian knowledge tracing (Corbett and Anderson 1995), fitted per skill by maximum likelihood within bounds that keep
 * it from degenerating (bkt-parameters.ts), on prefix trees of answers; without forgetting (`bkt`) or with (`bkt-forget`).
 */
import type { InteractionTable } from '../../interactions.ts';
import { createPause } from '../../pause.ts';
import type { FitOptions, TracingModel } from '../model.ts';
import type { SkillNeighbours } from '../neighbours.ts';
import { type BktPrior, type BktSkillFit, diagonal, fitBktSkill, independentPrior } from './bkt-fit.ts';
import { type BktSkill, type BktState, bktFromJson, bktVersion, createFittedBkt, type FittedBkt } from './bkt-model.ts';
import { type BktParameters, type BktVector, toParameters, toVector } from './bkt-parameters.ts';
import { covarianceOf, estimatePrior, fewestSkills, meanOf, posteriorCovariance } from './bkt-population.ts';
import { addSpread, createSpreadSums, spreadVariances } from './bkt-spread.ts';
import { answersOf, buildSkillTrees, type SkillTrees } from './skill-trees.ts';

export interface BktOptions {
  /**
   * Standard deviation, on the logit, of the normal prior that holds each skill's parameters near the population's. The
   * default 10 says next to nothing (any probability from 1e-8 on is within two deviations of any other): it only keeps
   * parameters finite that the answers leave open, and costs no skill of ASSISTments 2009 more than .05 in log-likelihood.
   * With forgetting, six parameters are more than most skills' answers can hold: the default there is a prior estimated
   * from the skills themselves (bkt-population.ts), and this deviation only begins it.
   */
  readonly deviation?: number;
  /** Whether a skill can be forgotten from one answer to the next; default no. */
  readonly forgetting?: boolean;
  /** Where a skill without training answers borrows its parameters; default: from the population alone. */
  readonly neighbours?: SkillNeighbours;
}

export interface BktModel extends TracingModel<BktState> {
  fit(table: InteractionTable, options?: FitOptions): Promise<FittedBkt>;
  fromJSON(json: unknown): FittedBkt;
}

// A population's typical skill, before the data has spoken: the centre of the ranges that Corbett and Anderson report,
// and little forgetting within a session.
const typical: BktParameters = { prior: 0.45, learn: 0.1, guess: 0.25, slip: 0.1 };
const typicalForgetting = { forget: 0.02, lapse: 0.1 };

// Before the skills have told how far they lie apart: two deviations from a probability of .02 to one of .5.
const firstDeviation = 2;
// The estimate of the prior and the fits under it have settled then (ASSISTments 2009: AUC to the fourth digit).
const priorRounds = 2;

/** The model; `fit` is deterministic and takes no seed. */
export function bayesianKnowledgeTracing({ forgetting = false, neighbours, ...options }: BktOptions = {}): BktModel {
  const deviation = options.deviation ?? (forgetting ? firstDeviation : 10);
  if (!(deviation > 0 && Number.isFinite(deviation))) {
    throw new RangeError(`bayesianKnowledgeTracing: expected a deviation above 0, got ${deviation}; pass e.g. 10.`);
  }
  const name = forgetting ? 'bkt-forget' : 'bkt';
  const rounds = forgetting && options.deviation === undefined ? priorRounds : 0;
  return {
    name,
    version: bktVersion,
    fromJSON: (json) => bktFromJson(name, json, neighbours),
    async fit(table, { signal, onProgress } = {}) {
      const pause = createPause(signal);
      await pause();
      const trees = buildSkillTrees(table, forgetting);
      const fitted = await fitBktSkills(trees, { forgetting, deviation, rounds }, async (fraction) => {
        onProgress?.(fraction);
        await pause();
      });
      const spread = createSpreadSums();
      const skills = new Map<string, BktSkill>();
      for (const [index, tree] of trees.ofSkill.entries()) {
        const fit = fitted.ofSkill[index];
        if (tree === null || fit === null) continue;
        addSpread(spread, tree, fit.parameters);
        const covariance = [...posteriorCovariance(fit, fitted.prior)];
        skills.set(table.skills[index], { parameters: fit.parameters, covariance, answers: answersOf(tree) });
      }
      onProgress?.(1);
      const population: BktSkill = { ...fitted.population, answers: answersOf(trees.pooled) };
      return createFittedBkt(name, { skills, population, spread: spreadVariances(spread) }, neighbours);
    },
  };
}

interface FittedSkills {
  /** By skill index; null where the skill has no rows. */
  readonly ofSkill: readonly (BktSkillFit | null)[];
  /** What held the skills in the last round. */
  readonly prior: BktPrior;
  readonly population: Pick<BktSkill, 'parameters' | 'covariance'>;
}

/** @param each is awaited after every skill with the share of the work done, below 1. */
async function fitBktSkills(
  { ofSkill, pooled }: SkillTrees,
  { forgetting, deviation, rounds }: { forgetting: boolean; deviation: number; rounds: number },
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
