/** What a comparison is asked, with its defaults, as it is stored. */
import { fewestUnits } from '@qurriculum/evidence';
import { PLANNER } from '../planning/contenders.ts';

export interface ComparisonOptions {
  /** Learners drawn by seed, one planning problem each. */
  readonly learners: number;
  /** By name; champion and reference are among them. */
  readonly solvers: readonly string[];
  readonly seconds: number;
  readonly seed: number;
  /** 0: policies are not simulated. */
  readonly simulatedLearners: number;
  /** Whose plans the course's learners got when the comparison began. */
  readonly champion: string;
}

/** The strongest classical method: always takes part, and its bound is what gaps are measured by. */
export const REFERENCE = 'highs';

export const comparisonDefaults = {
  /** The fewest for which there is a verdict. */
  learners: fewestUnits,
  /** A page waits so long for a plan. */
  seconds: 0.3,
  seed: 1,
  simulatedLearners: 40,
  solvers: [PLANNER, 'greedy', 'fringe', REFERENCE, 'swap-anneal', 'anneal', 'hybrid', 'qaoa'],
} as const;
