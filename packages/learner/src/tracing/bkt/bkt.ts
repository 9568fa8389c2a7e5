/**
 * Bayesian knowledge tracing (Corbett and Anderson 1995), fitted per skill by maximum likelihood within bounds that keep
 * it from degenerating (bkt-parameters.ts), on prefix trees of answers; without forgetting (`bkt`) or with (`bkt-forget`).
 */
import type { InteractionTable } from '../../interactions.ts';
import { createPause } from '../../pause.ts';
import type { FitOptions, TracingModel } from '../model.ts';
import type { SkillNeighbours } from '../neighbours.ts';
import { type BktSkill, type BktState, bktFromJson, bktVersion, createFittedBkt, type FittedBkt } from './bkt-model.ts';
import { posteriorCovariance } from './bkt-population.ts';
import { fitBktSkills, forgettingDefaults } from './bkt-skills.ts';
import { addSpread, createSpreadSums, spreadVariances } from './bkt-spread.ts';
import { answersOf, buildSkillTrees } from './skill-trees.ts';

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

/** The model; `fit` is deterministic and takes no seed. */
export function bayesianKnowledgeTracing({ forgetting = false, neighbours, ...options }: BktOptions = {}): BktModel {
  const deviation = options.deviation ?? (forgetting ? forgettingDefaults.deviation : 10);
  if (!(deviation > 0 && Number.isFinite(deviation))) {
    throw new RangeError(`bayesianKnowledgeTracing: expected a deviation above 0, got ${deviation}; pass e.g. 10.`);
  }
  const name = forgetting ? 'bkt-forget' : 'bkt';
  const rounds = forgetting && options.deviation === undefined ? forgettingDefaults.rounds : 0;
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
