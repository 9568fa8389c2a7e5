export type { Baseline, Decision, Formulation, Violation } from './decision.ts';
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
