/**
 * What a planner believes about one learner at one moment. Each skill carries a few hypotheses, each with a weight, a
 * mastery level and a learning speed: a mixture tells "surely half known" from "known or not, who
 * can say", which a mean does not, and planning on the mixture is where most of a planner's gain comes from.
 */
import type { SkillGraph } from '@qurriculum/course';
import { type MemoryLaw, recallByMemory, strengthenByMemory } from './memory-law.ts';
import { gate, grow, recall, rightAnswer, strengthen, takenUp } from './model.ts';
import type { ForecastParameters } from './parameters.ts';

/** Beliefs about n skills with `components` hypotheses each; component c of skill i stands at i * components + c. */
export interface Beliefs {
  readonly parameters: ForecastParameters;
  readonly components: number;
  /** Weights, summing to 1 per skill. */
  readonly weight: Float64Array;
  /** Mastery at the last practice, 0 to 1. */
  readonly level: Float64Array;
  /** Learning speed under each hypothesis, 1 ordinary. */
  readonly speed: Float64Array;
  /** Days to 90 % recall. */
  readonly stability: Float64Array;
  /** Day of the last practice. */
  readonly last: Float64Array;
  /** Answers seen, and right ones among them. */
  readonly answers: Int32Array;
  readonly right: Int32Array;
  /** The day for which these beliefs were written. */
  readonly day: number;
  /** Forgetting by a memory model (`from-memory.ts`); absent: the planners' own curve (`model.ts`). */
  readonly memory?: BeliefMemory;
}

/** What a memory model adds to beliefs. */
export interface BeliefMemory {
  readonly law: MemoryLaw;
  /** Per skill, 1 to 10; the same through a plan: right answers leave it, and wrong ones move it slowly. */
  readonly difficulty: Float64Array;
}

/** A deep copy, to practise on in thought. */
export function copyBeliefs(beliefs: Beliefs): Beliefs {
  return {
    ...beliefs,
    weight: beliefs.weight.slice(),
    level: beliefs.level.slice(),
    stability: beliefs.stability.slice(),
    last: beliefs.last.slice(),
    answers: beliefs.answers.slice(),
    right: beliefs.right.slice(),
  };
}

/** Share recalled `days` after practice at a stability (days), 0 to 1, by the forgetting that these beliefs follow. */
export function recallAfter({ memory }: Beliefs, stability: number, days: number): number {
  return memory === undefined ? recall(stability, days) : recallByMemory(memory.law, stability, days);
}

/**
 * Stability expected after an activity on a skill, recalled at `recalled`, right with chance `success` (which a memory
 * model does not ask for: to it that chance is `recalled`).
 */
export function stabilityAfter(
  { parameters, memory }: Beliefs,
  skill: number,
  stability: number,
  recalled: number,
  success: number,
): number {
  return memory === undefined
    ? strengthen(parameters, stability, recalled, success)
    : strengthenByMemory(memory.law, stability, memory.difficulty[skill], recalled, parameters.answersPerActivity);
}

/** Recall of a skill on a day, 0 to 1. */
export function recallOn(beliefs: Beliefs, skill: number, day: number): number {
  return recallAfter(beliefs, beliefs.stability[skill], day - beliefs.last[skill]);
}

/** Expected mastery of a skill on a day, 0 to 1. */
export function expectedMastery(beliefs: Beliefs, skill: number, day: number): number {
  let mean = 0;
  const base = skill * beliefs.components;
  for (let c = base; c < base + beliefs.components; c++) mean += beliefs.weight[c] * beliefs.level[c];
  return mean * recallOn(beliefs, skill, day);
}

/** Expected mastery with its standard deviation. */
export function masteryWithDeviation(
  beliefs: Beliefs,
  skill: number,
  day: number,
): { readonly mean: number; readonly deviation: number } {
  let mean = 0;
  let square = 0;
  const base = skill * beliefs.components;
  for (let c = base; c < base + beliefs.components; c++) {
    mean += beliefs.weight[c] * beliefs.level[c];
    square += beliefs.weight[c] * beliefs.level[c] ** 2;
  }
  const recalled = recallOn(beliefs, skill, day);
  return { mean: mean * recalled, deviation: Math.sqrt(Math.max(0, square - mean * mean)) * recalled };
}

/** Expected gate of a prerequisite: the mean over its hypotheses, not the gate of the mean. */
export function expectedGate(beliefs: Beliefs, parent: number, hard: boolean, day: number): number {
  const recalled = recallOn(beliefs, parent, day);
  let mean = 0;
  const base = parent * beliefs.components;
  for (let c = base; c < base + beliefs.components; c++) {
    mean += beliefs.weight[c] * gate(beliefs.parameters, beliefs.level[c] * recalled, hard);
  }
  return mean;
}

/** Expected readiness for a skill on a day: the product of the gates of its prerequisites. */
export function expectedReadiness(graph: SkillGraph, beliefs: Beliefs, skill: number, day: number): number {
  let product = 1;
  for (let e = graph.parentStart[skill]; e < graph.parentStart[skill + 1]; e++) {
    product *= expectedGate(beliefs, graph.parent[e], graph.parentHard[e] === 1, day);
  }
  return Math.max(beliefs.parameters.leastReadiness, product);
}

/**
 * Practises a skill in thought: levels and stability of `beliefs` become those expected after one activity on that day
 * at the given readiness. Weights stay: without an answer nothing is found out.
 */
export function practiseInThought(beliefs: Beliefs, skill: number, day: number, readiness: number): void {
  const p = beliefs.parameters;
  const recalled = recallOn(beliefs, skill, day);
  const success = rightAnswer(p, expectedMastery(beliefs, skill, day));
  const base = skill * beliefs.components;
  for (let c = base; c < base + beliefs.components; c++) {
    beliefs.level[c] = levelAfterActivity(p, beliefs.level[c], recalled, readiness * beliefs.speed[c]);
  }
  beliefs.stability[skill] = stabilityAfter(beliefs, skill, beliefs.stability[skill], recalled, success);
  beliefs.last[skill] = day;
}

/** Level after one activity at speed `rate`, from a level stored and recalled to a share `recalled`. */
export function levelAfterActivity(p: ForecastParameters, stored: number, recalled: number, rate: number): number {
  let level = takenUp(p, stored, recalled);
  for (let answer = 0; answer < p.answersPerActivity; answer++) level = grow(p, level, rate);
  return level;
}
