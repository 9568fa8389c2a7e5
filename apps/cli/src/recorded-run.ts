/** Runs of commands that work on files: measured, and described by a run record that goes into their JSON. */
import { createRunRecord, type RunDescription, type RunRecord, startStopwatch } from '@qurriculum/evidence';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import cli from '../package.json' with { type: 'json' };

/** What the work gives: its value, and what the record says of it. */
export interface RecordedWork<Value> extends Pick<RunDescription, 'inputs' | 'result'> {
  readonly value: Value;
}

/** Does the work and writes the record: when, how long, with which versions, on which inputs, with what result. */
export async function recordedRun<Value>(
  about: Omit<RunDescription, 'inputs' | 'result' | 'cost'>,
  work: () => Promise<RecordedWork<Value>>,
): Promise<{ readonly value: Value; readonly run: RunRecord }> {
  const startedAt = new Date();
  const cost = startStopwatch(createNodePlatform());
  const { value, inputs, result } = await work();
  const versions = { qurriculum: cli.version, node: process.versions.node, ...about.versions };
  const description: RunDescription = { ...about, inputs, result, versions, cost: cost() };
  return { value, run: createRunRecord(description, { id: crypto.randomUUID(), startedAt }) };
}
