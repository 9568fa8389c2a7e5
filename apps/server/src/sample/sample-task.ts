/** The thread's half of the sample institution: simulated learners working through the sample course. */
import { foundationsOfAlgebra as sampleCourse } from '@qurriculum/course/sample-course';
import { siblingPairs, simulateInstitution } from '@qurriculum/learner';
import type { TaskContext } from '../compute/tasks.ts';
import type { RecordColumns } from '../import/record-columns.ts';
import { pairsById } from '../planning/pairs.ts';
import { simulateSeconds } from './sample-seconds.ts';

export interface SampleInput {
  readonly seed: number;
  readonly learners: number;
  readonly interactions: number;
  /** Seconds since 1970 of the last day. */
  readonly end: number;
}

export async function run(
  { seed, learners, interactions, end }: SampleInput,
  { progress }: TaskContext,
): Promise<RecordColumns> {
  progress(0, 'Simulating learners');
  const templates = Map.groupBy(sampleCourse.templates, (template) => template.skill);
  const { graph } = sampleCourse;
  const rows = simulateInstitution({
    ...{ graph, seed, learners, interactions, end },
    confusable: pairsById(graph, sampleCourse.confusable),
    related: siblingPairs(graph, 'related'),
    chooseItem: (skill, _attempt, random) => random.pick(templates.get(skill) ?? []).id,
  });
  const items = sampleCourse.templates.map((template) => template.id);
  const itemNumber = new Map(items.map((item, k) => [item, k]));
  const unknown = new Float64Array(rows.length).fill(Number.NaN);
  return {
    rows: rows.length,
    learners: Array.from({ length: learners }, (_, k) => `simulated-${k + 1}`),
    items,
    skills: graph.skills.map((skill) => skill.id),
    skillSets: graph.skills.map((_, k) => [k]),
    learner: Int32Array.from(rows, (row) => row.learner),
    item: Int32Array.from(rows, (row) => itemNumber.get(row.item) ?? 0),
    skillSet: Int32Array.from(rows, (row) => graph.indexOf.get(row.skill) ?? 0),
    correct: Uint8Array.from(rows, (row) => (row.correct ? 1 : 0)),
    time: Float64Array.from(rows, (row) => row.time),
    duration: simulateSeconds(rows, seed),
    hints: unknown,
    selfReport: unknown,
    groups: new Map(Array.from({ length: learners }, (_, k) => [k, k % 2 === 0 ? 'Morning' : 'Afternoon'])),
    externalIds: null,
    line: Int32Array.from(rows, (_, k) => k + 1),
  };
}
