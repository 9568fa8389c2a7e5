/**
 * What is true of the skills in a simulation, drawn by seed and by the skill's id: how hard each is, how its items
 * guess and slip, how much load it makes, and which pairs are confusable or help each other. A skill has the same
 * traits in every sub-graph that it stands in.
 */
import type { SkillGraph } from '@qurriculum/course';
import { gaussian, uniform } from '../draws.ts';
import { type PairRows, pairRows, type SkillPairs, siblingPairs } from '../pairs.ts';
import { type GrowthLaw, type GrowthLawName, growthLaw } from './laws.ts';

export interface WorldOptions {
  readonly seed: number;
  readonly law?: GrowthLawName;
  /** Pairs that disturb each other inside one session; default: drawn among siblings, `siblingPairs`. */
  readonly confusable?: SkillPairs;
  /** Pairs where learning one helps the other; default: drawn among siblings. */
  readonly related?: SkillPairs;
}

/** The truth about n skills. Everything per skill is indexed like `graph.skills`. */
export interface SimulatedWorld {
  readonly graph: SkillGraph;
  readonly seed: number;
  readonly law: GrowthLaw;
  /** Multiplies learning speed; 1 is average. */
  readonly ease: Float64Array;
  /** Chance of a right answer without mastery. */
  readonly guess: Float64Array;
  /** Chance of a wrong answer with full mastery. */
  readonly slip: Float64Array;
  /** Load above 1 that an activity on an unknown skill makes is 2 * complexity (Sweller: element interactivity). */
  readonly complexity: Float64Array;
  /** Multiplies stability. */
  readonly durability: Float64Array;
  /** Neighbours by kind, in compressed rows. */
  readonly confusable: PairRows;
  readonly related: PairRows;
}

/** Draws the truth about the skills of a graph. */
export function createWorld(graph: SkillGraph, options: WorldOptions): SimulatedWorld {
  const { seed } = options;
  const per = (draw: (id: string, index: number) => number): Float64Array =>
    Float64Array.from(graph.skills, (skill, index) => draw(skill.id, index));
  const count = graph.skills.length;
  return {
    graph,
    seed,
    law: growthLaw(options.law ?? 'a'),
    ease: per((id) => Math.exp(0.25 * gaussian(seed, 'ease', id))),
    guess: per((id) => 0.08 + 0.2 * uniform(seed, 'guess', id)),
    slip: per((id) => 0.04 + 0.1 * uniform(seed, 'slip', id)),
    complexity: per((id, index) => {
      const parents = graph.parentStart[index + 1] - graph.parentStart[index];
      return Math.min(1, 0.25 + 0.12 * parents + 0.35 * uniform(seed, 'complexity', id));
    }),
    durability: per((id) => Math.exp(0.2 * gaussian(seed, 'durability', id))),
    confusable: pairRows(count, options.confusable ?? siblingPairs(graph, 'confusable')),
    related: pairRows(count, options.related ?? siblingPairs(graph, 'related')),
  };
}
