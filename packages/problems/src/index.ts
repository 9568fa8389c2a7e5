export type { BinaryQuadraticModel, Vartype } from './bqm.ts';
export type { ConstrainedQuadraticModel, CqmVariable, LinearConstraint } from './cqm.ts';
export type {
  Platform,
  PlatformWorker,
  Problem,
  Sample,
  SampleSet,
  SolveCost,
  SolveOptions,
  SolveProgress,
  Solver,
  SolverKind,
} from './solver.ts';
