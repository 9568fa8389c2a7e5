/** The thread's half of `path compare`: simulates one learner after another, whichever it is asked for. */
import { parentPort, workerData } from 'node:worker_threads';
import { createSkillGraph, type Prerequisite, type Skill } from '@qurriculum/course';
import { compareOnLearner, type SettledComparison } from '@qurriculum/decisions';

/** What a thread is started with; the graph travels as data, because its maps do not. */
export interface CompareWork {
  readonly skills: readonly Skill[];
  readonly prerequisites: readonly Prerequisite[];
  readonly options: SettledComparison;
}

if (parentPort !== null) {
  const port = parentPort;
  const { skills, prerequisites, options } = workerData as CompareWork;
  const graph = createSkillGraph(skills, prerequisites);
  const now = (): number => performance.now() / 1000;
  port.on('message', (learner: number) => port.postMessage(compareOnLearner(graph, options, learner, now)));
}
