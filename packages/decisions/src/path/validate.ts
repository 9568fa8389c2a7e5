/**
 * Checks a plan against a state, whoever made it, from the state alone: it shares nothing with the formulation but the
 * words, so that an error there cannot hide here. Estimates come from the learner model's own functions.
 */
import { copyBeliefs, expectedMastery, expectedReadiness, practiseInThought } from '@qurriculum/learner';
import type { Violation } from '../decision.ts';
import { activityMinutes } from './scope.ts';
import type { PathPlan, PathRuling, PathState } from './types.ts';
import { defaults, plannerSettings, type ValueWeights } from './weights.ts';

export interface ValidateOptions {
  /** Which plan's rules: load cap and readiness; default the planner's. */
  readonly weights?: Pick<ValueWeights, 'ready' | 'complexityBase' | 'complexitySlope'> & { readonly loadCap: number };
  /** Rules that are reported but that the plan's maker never promised (load and prerequisites for some baselines). */
  readonly ignore?: readonly string[];
}

/** Empty when the plan keeps every rule. */
export function validatePath(state: PathState, plan: PathPlan, options: ValidateOptions = {}): Violation[] {
  const found: Violation[] = [...checkShape(state, plan), ...checkMinutes(state, plan), ...checkRulings(state, plan)];
  // Load and prerequisites are judged on estimates, which need skills that exist.
  if (!found.some(({ rule }) => rule === 'skill')) found.push(...checkLearning(state, plan, options));
  return found.filter(({ rule }) => !(options.ignore ?? []).includes(rule));
}

function nameOf(state: PathState, skill: number): string {
  return state.graph.skills[skill]?.name ?? `skill ${skill}`;
}

function checkShape(state: PathState, plan: PathPlan): Violation[] {
  const found: Violation[] = [];
  plan.sessions.forEach(({ steps }, session) => {
    const seen = new Set<number>();
    for (const { skill } of steps) {
      if (!Number.isInteger(skill) || skill < 0 || skill >= state.graph.skills.length) {
        found.push({ rule: 'skill', message: `Session ${session + 1}: there is no skill number ${skill}.` });
      } else if (seen.has(skill)) {
        found.push({ rule: 'twice', message: `Session ${session + 1}: "${nameOf(state, skill)}" stands there twice.` });
      }
      seen.add(skill);
    }
  });
  return found;
}

function checkMinutes(state: PathState, plan: PathPlan): Violation[] {
  const found: Violation[] = [];
  const minutes = state.minutes ?? activityMinutes(state.graph);
  const room = state.minutesPerSession ?? defaults.minutesPerSession;
  plan.sessions.forEach(({ steps }, session) => {
    const total = steps.reduce((sum, step) => sum + (minutes[step.skill] ?? step.minutes), 0);
    if (total > room + 1e-6) {
      found.push({ rule: 'minutes', message: `Session ${session + 1}: ${total} minutes planned, ${room} there.` });
    }
  });
  return found;
}

function checkRulings(state: PathState, plan: PathPlan): Violation[] {
  const found: Violation[] = [];
  const stands = ({ skill, session }: PathRuling): boolean =>
    plan.sessions.some(({ steps }, s) => (session ?? s) === s && steps.some((step) => step.skill === skill));
  for (const pin of state.pins ?? []) {
    if ((pin.session ?? 0) >= plan.sessions.length || stands(pin)) continue;
    found.push({ rule: 'pin', message: `"${nameOf(state, pin.skill)}" is pinned but not in the plan.` });
  }
  for (const skip of state.skips ?? []) {
    const pinned = (state.pins ?? []).some(({ skill }) => skill === skip.skill);
    if (pinned || !stands(skip)) continue;
    found.push({ rule: 'skip', message: `"${nameOf(state, skip.skill)}" was skipped by a person but is in the plan.` });
  }
  return found;
}

/** Load by session and prerequisites by step, walking through the plan as the learner would. */
function checkLearning(state: PathState, plan: PathPlan, options: ValidateOptions): Violation[] {
  const { graph } = state;
  const weights = options.weights ?? plannerSettings;
  const cap = state.loadCap ?? weights.loadCap;
  const beliefs = copyBeliefs(state.beliefs);
  const touched = new Set<number>();
  const found: Violation[] = [];
  plan.sessions.forEach(({ steps }, session) => {
    const day = beliefs.day + session * (state.daysBetweenSessions ?? defaults.daysBetweenSessions);
    let load = 0;
    let pinnedLoad = 0;
    for (const { skill, pinned } of steps) {
      const parents = graph.parent.subarray(graph.parentStart[skill], graph.parentStart[skill + 1]);
      const hard = [...parents].filter((_, k) => graph.parentHard[graph.parentStart[skill] + k] === 1);
      const complexity = Math.min(1, weights.complexityBase + weights.complexitySlope * parents.length);
      // As estimated today: a plan is made with what is known today.
      const own = 1 + 2 * complexity * (1 - expectedMastery(state.beliefs, skill, day));
      load += own;
      if (pinned) pinnedLoad += own;
      for (const parent of hard) {
        if (pinned || touched.has(parent) || expectedMastery(state.beliefs, parent, state.beliefs.day) >= weights.ready)
          continue;
        const message = `Session ${session + 1}: "${nameOf(state, skill)}" comes before "${nameOf(state, parent)}", which it needs.`;
        found.push({ rule: 'prerequisite', message });
      }
      practiseInThought(beliefs, skill, day, expectedReadiness(graph, beliefs, skill, day));
      touched.add(skill);
    }
    if (load > Math.max(cap, pinnedLoad) + 1e-6) {
      found.push({ rule: 'load', message: `Session ${session + 1}: load ${load.toFixed(1)}, at most ${cap}.` });
    }
  });
  return found;
}
