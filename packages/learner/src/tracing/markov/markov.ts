/** Hidden Markov models of three or more levels, and the hidden quantum Markov model of a qubit, as tracing models. */

import type { InteractionTable } from '../../interactions.ts';
import { createPause } from '../../pause.ts';
import { answersOf, buildSkillTrees } from '../bkt/skill-trees.ts';
import type { FitOptions, TracingModel } from '../model.ts';
import type { SkillNeighbours } from '../neighbours.ts';
import type { OperatorFamily } from './family.ts';
import { fitFamily, imaginaryAnswers } from './fit-family.ts';
import { hiddenMarkovFamily } from './hidden-markov.ts';
import { learnerSpread } from './learner-spread.ts';
import {
  createFittedMarkov,
  type FittedMarkov,
  type MarkovSkill,
  type MarkovState,
  markovFromJson,
  markovVersion,
} from './markov-model.ts';
import { quantumMarkovFamily } from './quantum-markov.ts';

export interface MarkovOptions {
  /** Imaginary learners of the population that hold each skill; default 10. */
  readonly imaginaryLearners?: number;
  /** Where a skill without training answers borrows its parameters; default: from the population alone. */
  readonly neighbours?: SkillNeighbours;
}

export interface MarkovModel extends TracingModel<MarkovState> {
  fit(table: InteractionTable, options?: FitOptions): Promise<FittedMarkov>;
  fromJSON(json: unknown): FittedMarkov;
}

/** @param levels of each skill, from 2 to 8. */
export function hiddenMarkov(levels: number, options: MarkovOptions = {}): MarkovModel {
  if (!(Number.isInteger(levels) && levels >= 2 && levels <= 8)) {
    throw new RangeError(`hiddenMarkov: expected 2 to 8 levels, got ${levels}; pass e.g. 4.`);
  }
  return modelOf(hiddenMarkovFamily(levels), options);
}

/** @param krausPerAnswer from 1 to 4; two have about as many free parameters as a hidden Markov model of four levels. */
export function hiddenQuantumMarkov({
  krausPerAnswer = 2,
  ...options
}: MarkovOptions & { readonly krausPerAnswer?: number } = {}): MarkovModel {
  if (!(Number.isInteger(krausPerAnswer) && krausPerAnswer >= 1 && krausPerAnswer <= 4)) {
    throw new RangeError(
      `hiddenQuantumMarkov: expected 1 to 4 Kraus operators per answer, got ${krausPerAnswer}; pass e.g. 2.`,
    );
  }
  return modelOf(quantumMarkovFamily(krausPerAnswer), options);
}

function modelOf(family: OperatorFamily, { imaginaryLearners = 10, neighbours }: MarkovOptions): MarkovModel {
  if (!(imaginaryLearners > 0 && Number.isFinite(imaginaryLearners))) {
    throw new RangeError(
      `${family.name}: expected imaginary learners above 0, got ${imaginaryLearners}; pass e.g. 10.`,
    );
  }
  return {
    name: family.name,
    version: markovVersion,
    fromJSON: (json) => markovFromJson(family, json, neighbours),
    async fit(table, { seed = 0, signal, onProgress } = {}) {
      const pause = createPause(signal);
      await pause();
      const trees = buildSkillTrees(table);
      const fit = await fitFamily(family, trees, { seed, imaginaryLearners }, async (fraction) => {
        onProgress?.(fraction * 0.99);
        await pause();
      });
      const imaginary = imaginaryLearners * imaginaryAnswers;
      const skills = new Map<string, MarkovSkill>();
      const fitted = [];
      for (const [index, tree] of trees.ofSkill.entries()) {
        const point = fit.ofSkill[index];
        if (tree === null || point === null) continue;
        skills.set(table.skills[index], { point: Array.from(point), answers: answersOf(tree) + imaginary });
        fitted.push({ tree, model: family.operators(point) });
      }
      onProgress?.(1);
      // To a skill never seen, the population is worth as many answers as its imaginary learners give.
      const population = { point: Array.from(fit.population), answers: imaginary };
      return createFittedMarkov(family, { skills, population, spread: learnerSpread(fitted) }, neighbours);
    },
  };
}
