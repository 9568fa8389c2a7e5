/**
 * The simulated part of a comparison: every policy with every learner. Learners are independent of one another, so any
 * split over threads gives the same rows.
 */
import type { SkillGraph } from '@qurriculum/course';
import { mixSeed } from '@qurriculum/random';
import { type EpisodeResult, runEpisode } from './episode.ts';
import { type SettledComparison, scenarioOptions } from './options.ts';
import { createPolicy, type PolicyName } from './policies.ts';
import { drawScenario } from './scenario.ts';

export interface PolicyOutcome extends EpisodeResult {
  readonly policy: PolicyName;
  /** Wall time of the planning alone, all sessions together; it is the only figure that is not reproducible. */
  readonly planningSeconds: number;
}

export interface LearnerOutcome {
  readonly learner: number;
  /** Needed skills and goals of this learner. */
  readonly needed: number;
  readonly goals: number;
  /** In the order of the comparison's policies. */
  readonly outcomes: readonly PolicyOutcome[];
}

/** One learner under every policy. `now` is a monotonic clock in seconds. */
export function compareOnLearner(
  graph: SkillGraph,
  options: SettledComparison,
  learner: number,
  now: () => number,
): LearnerOutcome {
  const scenario = drawScenario(graph, scenarioOptions(options), learner);
  const outcomes = options.policies.map((name): PolicyOutcome => {
    const policy = createPolicy(name, mixSeed(options.seed, 'policy', learner));
    let planningSeconds = 0;
    const timed: typeof policy = (state, session) => {
      const started = now();
      const skills = policy(state, session);
      planningSeconds += now() - started;
      return skills;
    };
    return { policy: name, ...runEpisode(scenario, timed, options), planningSeconds };
  });
  return { learner, needed: scenario.graph.skills.length, goals: scenario.goals.length, outcomes };
}
