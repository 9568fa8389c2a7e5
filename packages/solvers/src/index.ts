export type { CqmAnnealer, CqmAnnealOptions, CqmAnnealResult } from './classical/cqm-anneal.ts';
export { annealCqm, createCqmAnnealer } from './classical/cqm-anneal.ts';
export { createSwapAnnealSolver } from './classical/swap-anneal.ts';
export { createExhaustiveSolver } from './exact/exhaustive.ts';
export type { HighsOptions } from './exact/highs.ts';
export { createHighsSolver } from './exact/highs.ts';
export type { SolveClock } from './solve-clock.ts';
export { readWork, requireSolvable, startClock } from './solve-clock.ts';
