/**
 * What practising does to the value of a learner's state, by the planner's own forecast:
 *
 *   Phi = sum over skills of v_i E[u_i(m_i at the end of the horizon)],
 *   u(m) = linear m + (1 - linear) / (1 + exp(-(m - theta) / width)),     theta lower for prerequisites than for goals.
 *
 * The expectation runs over the hypotheses of the beliefs. Coefficients of the formulation are finite differences of
 * this, which is how unlocking, spacing, diminishing returns, interference and transfer come in without weights of
 * their own.
 */
import {
  type Beliefs,
  gate,
  levelAfterActivity,
  masteryWithDeviation,
  recallAfter,
  rightAnswer,
  stabilityAfter,
} from '@qurriculum/learner';
import type { PathScope } from './scope.ts';
import type { ValueWeights } from './weights.ts';

/** One activity on a skill: on which day, and how ready the learner is then. */
export interface Practice {
  readonly day: number;
  readonly readiness: number;
}

export interface Effects {
  /** v_i E[u_i] at the end of the horizon after the given activities, in order of day. */
  utility(skill: number, first?: Practice, second?: Practice): number;
  /** Expected gate of a prerequisite on a day, after an activity if one is given. */
  gateOf(parent: number, hard: boolean, day: number, after?: Practice): number;
  /** Readiness for a skill on a day; one prerequisite's gate may be replaced. */
  readiness(skill: number, day: number, instead?: { readonly parent: number; readonly gate: number }): number;
  /** Worth of what the answers of an activity on a skill tell: information * v_i * variance of its mastery. */
  surprise(skill: number): number;
  /** Value handed to related skills by practising a skill. */
  transfer(skill: number, practice: Practice): number;
}

/** Effects on the skills of a scope, with beliefs that may be further than the scope's own (practised in thought). */
export function createEffects(
  scope: PathScope,
  values: Float64Array,
  weights: ValueWeights,
  endDay: number,
  beliefs: Beliefs = scope.beliefs,
): Effects {
  const p = beliefs.parameters;
  const { graph } = scope;
  const { components } = beliefs;
  const level = new Float64Array(components);
  let stability = 0;
  let last = 0;

  function start(skill: number): void {
    const base = skill * components;
    for (let c = 0; c < components; c++) level[c] = beliefs.level[base + c];
    stability = beliefs.stability[skill];
    last = beliefs.last[skill];
  }
  function practise(skill: number, { day, readiness }: Practice): void {
    const base = skill * components;
    const recalled = recallAfter(beliefs, stability, day - last);
    let mean = 0;
    for (let c = 0; c < components; c++) {
      mean += beliefs.weight[base + c] * level[c];
      level[c] = levelAfterActivity(p, level[c], recalled, readiness * beliefs.speed[base + c]);
    }
    stability = stabilityAfter(beliefs, skill, stability, recalled, rightAnswer(p, mean * recalled));
    last = day;
  }
  function utility(skill: number, first?: Practice, second?: Practice): number {
    start(skill);
    if (first !== undefined) practise(skill, first);
    if (second !== undefined) practise(skill, second);
    const recalled = recallAfter(beliefs, stability, endDay - last);
    const theta = scope.goal[skill] > 0 ? weights.stepGoal : weights.stepPrerequisite;
    const base = skill * components;
    let sum = 0;
    for (let c = 0; c < components; c++) {
      const mastery = level[c] * recalled;
      const step = 1 / (1 + Math.exp(-(mastery - theta) / weights.stepWidth));
      sum += beliefs.weight[base + c] * (weights.linearShare * mastery + (1 - weights.linearShare) * step);
    }
    return values[skill] * sum;
  }
  function gateOf(parent: number, hard: boolean, day: number, after?: Practice): number {
    start(parent);
    if (after !== undefined) practise(parent, after);
    const recalled = recallAfter(beliefs, stability, day - last);
    const base = parent * components;
    let mean = 0;
    for (let c = 0; c < components; c++) mean += beliefs.weight[base + c] * gate(p, level[c] * recalled, hard);
    return mean;
  }
  function readiness(skill: number, day: number, instead?: { readonly parent: number; readonly gate: number }): number {
    let product = 1;
    for (let e = graph.parentStart[skill]; e < graph.parentStart[skill + 1]; e++) {
      const parent = graph.parent[e];
      product *= parent === instead?.parent ? instead.gate : gateOf(parent, graph.parentHard[e] === 1, day);
    }
    return Math.max(p.leastReadiness, product);
  }
  function transfer(skill: number, practice: Practice): number {
    const { related } = scope;
    if (related.start[skill] === related.start[skill + 1]) return 0;
    start(skill);
    const base = skill * components;
    let before = 0;
    for (let c = 0; c < components; c++) before += beliefs.weight[base + c] * level[c];
    before *= recallAfter(beliefs, stability, practice.day - last);
    practise(skill, practice);
    let gain = -before;
    for (let c = 0; c < components; c++) gain += beliefs.weight[base + c] * level[c];
    let sum = 0;
    for (let e = related.start[skill]; e < related.start[skill + 1]; e++) {
      const other = related.other[e];
      const otherBase = other * components;
      let mastery = 0;
      for (let c = 0; c < components; c++) mastery += beliefs.weight[otherBase + c] * beliefs.level[otherBase + c];
      sum += values[other] * p.transfer * Math.max(0, gain) * (1 - mastery);
    }
    return sum;
  }
  function surprise(skill: number): number {
    const { deviation } = masteryWithDeviation(beliefs, skill, beliefs.day);
    return weights.information * values[skill] * deviation * deviation;
  }
  return { surprise, utility, gateOf, readiness, transfer };
}
