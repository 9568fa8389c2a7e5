/**
 * Bayesian knowledge tracing (Corbett and Anderson 1995), fitted per skill by maximum likelihood within bounds that keep
 * it from degenerating (bkt-parameters.ts), on prefix trees of answers.
 */
import type { InteractionTable } from '../../interactions.ts';
import { createPause } from '../../pause.ts';
import type { FitOptions, TracingModel } from '../model.ts';
import type { AnswerTree } from './answer-tree.ts';
import { type BktSkillFit, fitBktSkill, invertSymmetric } from './bkt-fit.ts';
import {
  type BktSkill,
  type BktState,
  bktFromJson,
  bktName,
  bktVersion,
  createFittedBkt,
  type FittedBkt,
} from './bkt-model.ts';
import { type BktVector, toVector } from './bkt-parameters.ts';
import { addSpread, createSpreadSums, spreadVariances } from './bkt-spread.ts';
import { answersOf, buildSkillTrees } from './skill-trees.ts';

export interface BktOptions {
  /**
   * Standard deviation, on the logit, of the normal prior that holds each skill's parameters near the population's. The
   * default 10 says next to nothing (any probability from 1e-8 on is within two deviations of any other): it only keeps
   * parameters finite that the answers leave open, and costs no skill of ASSISTments 2009 more than .05 in log-likelihood.
   */
  readonly deviation?: number;
}

export interface BktModel extends TracingModel<BktState> {
  fit(table: InteractionTable, options?: FitOptions): Promise<FittedBkt>;
  fromJSON(json: unknown): FittedBkt;
}

// A population's typical skill, before the data has spoken: the centre of the ranges that Corbett and Anderson report.
const typical: BktVector = toVector({ prior: 0.45, learn: 0.1, guess: 0.25, slip: 0.1 });

/** The model; `fit` is deterministic and takes no seed. */
export function bayesianKnowledgeTracing({ deviation = 10 }: BktOptions = {}): BktModel {
  if (!(deviation > 0 && Number.isFinite(deviation))) {
    throw new RangeError(`bayesianKnowledgeTracing: expected a deviation above 0, got ${deviation}; pass e.g. 10.`);
  }
  const precision = deviation ** -2;
  return {
    name: bktName,
    version: bktVersion,
    fromJSON: bktFromJson,
    async fit(table, { signal, onProgress } = {}) {
      const pause = createPause(signal);
      await pause();
      const { ofSkill, pooled } = buildSkillTrees(table);
      const population = fitBktSkill(pooled, typical, precision);
      const spread = createSpreadSums();
      const skills = new Map<string, BktSkill>();
      for (const [index, tree] of ofSkill.entries()) {
        await pause();
        if (tree !== null) {
          const fit = fitBktSkill(tree, population.vector, precision);
          addSpread(spread, tree, fit.parameters);
          skills.set(table.skills[index], asSkill(tree, fit, precision));
        }
        onProgress?.((index + 1) / ofSkill.length);
      }
      return createFittedBkt({
        skills,
        population: {
          ...asSkill(pooled, population, precision),
          covariance: covarianceBetween(
            [...skills.values()].map((skill) => toVector(skill.parameters)),
            deviation,
          ),
        },
        spread: spreadVariances(spread),
      });
    },
  };
}

function asSkill(tree: AnswerTree, fit: BktSkillFit, precision: number): BktSkill {
  const information = fit.information.map((value, k) => (k % 5 === 0 ? value + precision : value));
  return { parameters: fit.parameters, covariance: [...invertSymmetric(information, 4)], answers: answersOf(tree) };
}

// Below this many skills their covariance says more about chance than about skills.
const fewestSkills = 8;

/** How far a skill that was never fitted may be from the population: the covariance between the fitted skills. */
function covarianceBetween(vectors: readonly BktVector[], deviation: number): number[] {
  const cells = Array.from({ length: 16 }, (_, k) => [k >> 2, k & 3] as const);
  if (vectors.length < fewestSkills) return cells.map(([i, j]) => (i === j ? deviation ** 2 : 0));
  const mean = [0, 1, 2, 3].map((i) => vectors.reduce((sum, vector) => sum + vector[i], 0) / vectors.length);
  return cells.map(
    ([i, j]) => vectors.reduce((sum, v) => sum + (v[i] - mean[i]) * (v[j] - mean[j]), 0) / (vectors.length - 1),
  );
}
