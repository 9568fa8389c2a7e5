/** The thread's half of simulating policies: one simulated learner on the course's own graph under every policy. */
import type { SkillGraph } from '@qurriculum/course';
import { compareOnLearner, type LearnerOutcome, type SettledComparison } from '@qurriculum/decisions';

export interface SimulateInput {
  readonly graph: SkillGraph;
  readonly options: SettledComparison;
  readonly learner: number;
}

export async function run({ graph, options, learner }: SimulateInput): Promise<LearnerOutcome> {
  return compareOnLearner(graph, options, learner, () => performance.now() / 1000);
}
