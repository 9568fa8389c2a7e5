export type { Baseline, Decision, Formulation, Violation } from './decision.ts';
export { type BaselineName, createPathBaseline, pathBaselines, planWithBaseline } from './path/baselines.ts';
export type { Activity } from './path/candidates.ts';
export {
  COMPETENT,
  type EpisodeOptions,
  type EpisodeResult,
  type PathPolicy,
  runEpisode,
} from './path/compare/episode.ts';
export {
  baselinePolicy,
  createPolicy,
  type PolicyName,
  plannerPolicy,
  policyNames,
} from './path/compare/policies.ts';
export { drawScenario, type Scenario, type ScenarioOptions } from './path/compare/scenario.ts';
export { type FormulateOptions, formulateScope, type PathFormulation } from './path/formulate.ts';
export { chooseGoals, type GoalChoice } from './path/goals.ts';
export { planBySearch, poseState } from './path/planner.ts';
export { activityMinutes, goalsOf, type PathScope, scopeOf } from './path/scope.ts';
export { type SearchOptions, type SearchResult, searchPlan } from './path/search.ts';
export type {
  PathGoal,
  PathPlan,
  PathRuling,
  PathSession,
  PathState,
  PathStep,
  StepExplanation,
  StepKind,
} from './path/types.ts';
export {
  type BaselineSettings,
  baselineSettings,
  type CandidateLimits,
  defaults as pathDefaults,
  type PlannerSettings,
  plannerSettings,
  plannerWeights,
  type ValueWeights,
} from './path/weights.ts';
