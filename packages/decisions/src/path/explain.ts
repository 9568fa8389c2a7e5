/**
 * Why a step stands in a plan: the evidence for the mastery estimate, what it opens, which goals it serves, and (when
 * asked) the best plan found with the step forbidden.
 */

import type { SkillGraph } from '@qurriculum/course';
import {
  copyBeliefs,
  expectedMastery,
  expectedReadiness,
  masteryWithDeviation,
  practiseInThought,
  recallOn,
} from '@qurriculum/learner';
import { planBySearch } from './planner.ts';
import { goalsOf } from './scope.ts';
import type { PathPlan, PathState, PathStep, StepExplanation } from './types.ts';
import { defaults, type PlannerSettings, plannerSettings } from './weights.ts';

/** A step by its session and its skill's number. */
export interface StepQuestion {
  readonly session: number;
  readonly skill: number;
}

/** Reasons for one step, without the runner-up (`runnerUpOf`), which takes a search. */
export function explainStep(state: PathState, plan: PathPlan, question: StepQuestion): StepExplanation {
  const step = findStep(plan, question);
  const { skill } = step;
  const { graph, beliefs } = state;
  const day = beliefs.day + plan.sessions[question.session].day;
  const before = practisedBefore(state, plan, question);
  const { mean, deviation } = masteryWithDeviation(before, skill, day);
  const seen = beliefs.answers[skill] > 0;
  practiseInThought(before, skill, day, expectedReadiness(graph, before, skill, day));
  return {
    step,
    session: question.session,
    evidence: {
      mastery: mean,
      deviation,
      answers: beliefs.answers[skill],
      right: beliefs.right[skill],
      daysSince: seen ? beliefs.day - beliefs.last[skill] : null,
      recall: recallOn(beliefs, skill, beliefs.day),
      inferredFrom: seen ? [] : answeredNearby(graph, beliefs.answers, skill),
    },
    masteryAfter: expectedMastery(before, skill, day),
    prerequisites: hardParents(graph, skill).map((parent) => ({
      skill: parent,
      mastery: expectedMastery(beliefs, parent, beliefs.day),
    })),
    opens: opensOf(state, plan, skill),
    serves: servesOf(graph, skill, plan.goals.length > 0 ? plan.goals : goalsOf(state).map((goal) => goal.skill)),
    keptApart: confusableOf(state, skill),
    runnerUp: null,
  };
}

/** The best plan found with this step forbidden, from the same search with the same seed. */
export function runnerUpOf(
  state: PathState,
  plan: PathPlan,
  question: StepQuestion,
  settings: PlannerSettings = plannerSettings,
  seed = 0,
): NonNullable<StepExplanation['runnerUp']> {
  findStep(plan, question);
  const forbidden = {
    ...state,
    sessions: plan.sessions.length,
    // A pin on the step itself is lifted: the question is what would be done without it.
    pins: (state.pins ?? []).filter((pin) => pin.skill !== question.skill || (pin.session ?? 0) !== question.session),
    skips: [...(state.skips ?? []), { skill: question.skill, session: question.session }],
  };
  const other = planBySearch(forbidden, settings, seed);
  const here = new Set(plan.sessions[question.session].steps.map(({ skill }) => skill));
  return {
    plan: other,
    valueLost: plan.value - other.value,
    instead: other.sessions[question.session].steps.map(({ skill }) => skill).filter((skill) => !here.has(skill)),
  };
}

function findStep(plan: PathPlan, { session, skill }: StepQuestion): PathStep {
  const step = plan.sessions[session]?.steps.find((candidate) => candidate.skill === skill);
  if (step === undefined) {
    throw new RangeError(
      `explainStep: expected a step of the plan, got skill ${skill} in session ${session}; take both from the plan.`,
    );
  }
  return step;
}

/** Beliefs when the step begins: everything before it practised in thought. */
function practisedBefore(state: PathState, plan: PathPlan, { session, skill }: StepQuestion): PathState['beliefs'] {
  const beliefs = copyBeliefs(state.beliefs);
  for (let s = 0; s <= session; s++) {
    const day = beliefs.day + s * (state.daysBetweenSessions ?? defaults.daysBetweenSessions);
    for (const step of plan.sessions[s].steps) {
      if (s === session && step.skill === skill) break;
      practiseInThought(beliefs, step.skill, day, expectedReadiness(state.graph, beliefs, step.skill, day));
    }
  }
  return beliefs;
}

function hardParents(graph: SkillGraph, skill: number): number[] {
  const found: number[] = [];
  for (let e = graph.parentStart[skill]; e < graph.parentStart[skill + 1]; e++) {
    if (graph.parentHard[e] === 1) found.push(graph.parent[e]);
  }
  return found;
}

/** The nearest skills above and below with answers of their own, at most five: what an estimate without any rests on. */
function answeredNearby(graph: SkillGraph, answers: Int32Array, skill: number): number[] {
  const seen = new Set([skill]);
  let ring = [skill];
  const found: number[] = [];
  while (ring.length > 0 && found.length < 5) {
    const next: number[] = [];
    for (const at of ring) {
      const above = graph.child.subarray(graph.childStart[at], graph.childStart[at + 1]);
      for (const other of [...hardParents(graph, at), ...above]) {
        if (seen.has(other)) continue;
        seen.add(other);
        next.push(other);
        if (answers[other] > 0) found.push(other);
      }
    }
    ring = next;
  }
  return found.slice(0, 5);
}

/** Skills that hang on this one on the way to a goal and are not learned yet. */
function opensOf(state: PathState, plan: PathPlan, skill: number): StepExplanation['opens'] {
  const { graph, beliefs } = state;
  const { ready, learned } = plannerSettings;
  const mastery = (i: number): number => expectedMastery(beliefs, i, beliefs.day);
  const toGoal = leadsTo(graph, plan.goals);
  const found: { skill: number; alone: boolean }[] = [];
  for (let e = graph.childStart[skill]; e < graph.childStart[skill + 1]; e++) {
    const child = graph.child[e];
    if (graph.childHard[e] === 0 || toGoal[child] === 0 || mastery(child) >= learned) continue;
    const others = hardParents(graph, child).filter((parent) => parent !== skill);
    found.push({ skill: child, alone: others.every((parent) => mastery(parent) >= ready) });
  }
  return found;
}

function leadsTo(graph: SkillGraph, goals: readonly number[]): Uint8Array {
  const leads = new Uint8Array(graph.skills.length);
  for (const goal of goals) leads[goal] = 1;
  for (let k = leads.length - 1; k >= 0; k--) {
    const i = graph.topologicalOrder[k];
    for (let e = graph.childStart[i]; e < graph.childStart[i + 1]; e++) if (leads[graph.child[e]] === 1) leads[i] = 1;
  }
  return leads;
}

/** Each goal above the skill with the shortest chain to it. */
function servesOf(graph: SkillGraph, skill: number, goals: readonly number[]): StepExplanation['serves'] {
  const from = new Int32Array(graph.skills.length).fill(-1);
  from[skill] = skill;
  let ring = [skill];
  while (ring.length > 0) {
    const next: number[] = [];
    for (const at of ring) {
      for (let e = graph.childStart[at]; e < graph.childStart[at + 1]; e++) {
        const child = graph.child[e];
        if (from[child] >= 0) continue;
        from[child] = at;
        next.push(child);
      }
    }
    ring = next;
  }
  return goals
    .filter((goal) => from[goal] >= 0)
    .map((goal) => {
      const chain = [goal];
      while (chain[0] !== skill) chain.unshift(from[chain[0]]);
      return { goal, chain };
    });
}

function confusableOf(state: PathState, skill: number): number[] {
  const rows = state.confusable;
  return rows === undefined ? [] : [...rows.other.subarray(rows.start[skill], rows.start[skill + 1])];
}
