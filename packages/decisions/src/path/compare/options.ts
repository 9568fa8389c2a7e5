/** What a comparison of path policies is asked, with its defaults. */
import type { GrowthLawName } from '@qurriculum/learner';
import { COMPETENT } from './episode.ts';
import { type PolicyName, policyNames } from './policies.ts';
import type { ScenarioOptions } from './scenario.ts';

export interface PathComparisonOptions {
  /** Default 200. */
  readonly learners?: number;
  /** Default: all. */
  readonly policies?: readonly PolicyName[];
  /** Sessions until the horizon; default 150, with a deadline 15. */
  readonly sessions?: number;
  /** Default 1. */
  readonly seed?: number;
  /** Default 'a'. */
  readonly law?: GrowthLawName;
  /** The deadline setting: 8 to 10 goals, and what counts is the share of goals met after the last session. */
  readonly deadline?: boolean;
  /** True mastery that counts as competent; default .8. */
  readonly competent?: number;
}

export type SettledComparison = Required<PathComparisonOptions>;

/** Options with the defaults filled in. */
export function settleComparison(options: PathComparisonOptions): SettledComparison {
  const deadline = options.deadline ?? false;
  return {
    learners: options.learners ?? 200,
    policies: options.policies ?? policyNames,
    sessions: options.sessions ?? (deadline ? 15 : 150),
    seed: options.seed ?? 1,
    law: options.law ?? 'a',
    deadline,
    competent: options.competent ?? COMPETENT,
  };
}

/** How learners of a comparison are drawn. */
export function scenarioOptions({ seed, law, deadline }: SettledComparison): ScenarioOptions {
  return deadline ? { seed, law, goals: [8, 10], needed: [60, 400] } : { seed, law };
}
