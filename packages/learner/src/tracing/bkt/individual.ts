/**
 * `bkt-individual`: BKT with forgetting where every learner has effects of their own on prior and learn. Skills are
 * fitted as in `bkt-forget`; then the weights of the effects by expectation maximisation over learners, each learner's
 * likelihood at every point of the grid being what the state machine itself gives.
 */
import type { InteractionTable } from '../../interactions.ts';
import { rowsByLearner } from '../../interactions-select.ts';
import { createPause } from '../../pause.ts';
import type { FitOptions, TracingModel } from '../model.ts';
import type { SkillNeighbours } from '../neighbours.ts';
import { fitBktSkills, forgettingDefaults } from './bkt-skills.ts';
import { isBreak, type Practice } from './breaks.ts';
import {
  effects,
  firstWeights,
  individualSkill,
  lapsed,
  nextOnGrid,
  normalise,
  rightOnGrid,
} from './individual-effects.ts';
import {
  createFittedIndividual,
  type FittedIndividualBkt,
  type FittedIndividualSkill,
  type IndividualState,
  individualFromJson,
  individualName,
  individualVersion,
} from './individual-model.ts';
import { answersOf, buildSkillTrees } from './skill-trees.ts';

export interface IndividualBktModel extends TracingModel<IndividualState> {
  fit(table: InteractionTable, options?: FitOptions): Promise<FittedIndividualBkt>;
  fromJSON(json: unknown): FittedIndividualBkt;
}

export interface IndividualBktOptions {
  /** Where a skill without training answers borrows its parameters; default: from the population alone. */
  readonly neighbours?: SkillNeighbours;
}

/** The model; `fit` is deterministic and takes no seed. */
export function individualKnowledgeTracing({ neighbours }: IndividualBktOptions = {}): IndividualBktModel {
  return {
    name: individualName,
    version: individualVersion,
    fromJSON: (json) => individualFromJson(json, neighbours),
    async fit(table, { signal, onProgress } = {}) {
      const pause = createPause(signal);
      await pause();
      const trees = buildSkillTrees(table, true);
      const fitted = await fitBktSkills(trees, { forgetting: true, ...forgettingDefaults }, async (fraction) => {
        onProgress?.(0.6 * fraction);
        await pause();
      });
      const ofSkill = fitted.ofSkill.map((fit, index): FittedIndividualSkill | null => {
        const tree = trees.ofSkill[index];
        return fit === null || tree === null ? null : { parameters: fit.parameters, answers: answersOf(tree) };
      });
      const evidence = await learnerEvidence(table, ofSkill, async (fraction) => {
        onProgress?.(0.6 + 0.39 * fraction);
        await pause();
      });
      onProgress?.(1);
      const known = ofSkill.flatMap((skill, index) => (skill === null ? [] : [[table.skills[index], skill] as const]));
      const population = { parameters: fitted.population.parameters, answers: answersOf(trees.pooled) };
      return createFittedIndividual(
        { skills: new Map(known), population, weights: Array.from(populationWeights(evidence)) },
        neighbours,
      );
    },
  };
}

/** Log-likelihood of each learner's answers at each point of the grid. */
async function learnerEvidence(
  table: InteractionTable,
  ofSkill: readonly (FittedIndividualSkill | null)[],
  each: (fraction: number) => Promise<void>,
): Promise<Float64Array[]> {
  const skills = ofSkill.map((skill) => (skill === null ? null : individualSkill(skill.parameters)));
  const { start, rows } = rowsByLearner(table);
  const evidence: Float64Array[] = [];
  for (let learner = 0; learner < table.learners.length; learner++) {
    const sums = new Float64Array(effects.length);
    const states = new Map<number, { known: Float64Array; last: Practice }>();
    let position = 0;
    for (let k = start[learner]; k < start[learner + 1]; k++) {
      const row = rows[k];
      const set = table.skillSets[table.skillSet[row]];
      const correct = table.correct[row] === 1;
      const now = { position, time: table.time[row] };
      if (set.length > 0) position++;
      for (const index of set) {
        const skill = skills[index];
        if (skill === null) continue;
        const before = states.get(index);
        let known = before?.known ?? skill.prior;
        if (before !== undefined && isBreak(before.last, now)) known = lapsed(known, skill.parameters);
        const right = rightOnGrid(known, skill.parameters);
        // A row of several skills is one answer: each skill's evidence counts for its share.
        for (let g = 0; g < sums.length; g++) {
          sums[g] += Math.log(Math.max(1e-10, correct ? right[g] : 1 - right[g])) / set.length;
        }
        states.set(index, { known: nextOnGrid(known, correct, skill), last: now });
      }
    }
    evidence.push(sums);
    await each((learner + 1) / table.learners.length);
  }
  return evidence;
}

// Laird's iteration has settled far before; it costs next to nothing.
const weightRounds = 100;

/** Weights under which the learners are likeliest: w_g <- mean over learners of P(g | answers). */
function populationWeights(evidence: readonly Float64Array[]): Float64Array {
  let weights = firstWeights();
  for (let round = 0; round < weightRounds && evidence.length > 0; round++) {
    const logarithms = weights.map(Math.log);
    const next = new Float64Array(weights.length);
    for (const sums of evidence) {
      const posterior = normalise(sums.map((value, g) => value + logarithms[g]));
      for (let g = 0; g < next.length; g++) next[g] += posterior[g] / evidence.length;
    }
    // Never quite 0: a learner unlike all others is still possible.
    const least = 1e-4 / weights.length;
    weights = next.map((weight) => (weight + least) / (1 + 1e-4));
  }
  return weights;
}
