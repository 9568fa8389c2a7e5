/** The thread's half of estimating engagement: the model on all interactions of a course, and what it says of each learner. */
import type { Json } from '@qurriculum/evidence';
import { answersOfTable, type EngagementEstimate, engagementTracing, rowsByLearner } from '@qurriculum/learner';
import type { TaskContext } from '../compute/tasks.ts';
import { type InteractionText, parseInteractionText } from './interaction-text.ts';

export interface EngagementInput {
  readonly text: InteractionText;
}

export interface EngagementOutput {
  /** The fitted model as JSON. */
  readonly model: Json;
  readonly version: string;
  readonly note: string;
  readonly moderates: boolean;
  readonly rows: number;
  /** Learner id and estimate. */
  readonly learners: readonly (readonly [number, EngagementEstimate])[];
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
}

/** Share of the progress bar that fitting takes; the rest is going through the learners. */
const FIT_SHARE = 0.8;

export async function run({ text }: EngagementInput, { signal, progress }: TaskContext): Promise<EngagementOutput> {
  const label = 'Looking at response times';
  const table = parseInteractionText(text);
  const started = performance.now();
  const cpu = process.cpuUsage();
  const onProgress = (fraction: number): void => progress(FIT_SHARE * fraction, label);
  const fitted = await engagementTracing().fit(table, { signal, onProgress });
  const { start, rows } = rowsByLearner(table);
  const answer = answersOfTable(table);
  const learners = table.learners.map((id, learner): [number, EngagementEstimate] => {
    signal.throwIfAborted();
    let state = fitted.initial();
    for (const row of rows.subarray(start[learner], start[learner + 1])) state = fitted.update(state, answer(row));
    return [Number(id), fitted.engagement(state)];
  });
  progress(1, label);
  const used = process.cpuUsage(cpu);
  return {
    ...{ model: fitted.toJSON() as Json, version: fitted.version, note: fitted.note, moderates: fitted.moderates },
    ...{ rows: table.rows, learners },
    wallSeconds: (performance.now() - started) / 1000,
    cpuSeconds: (used.user + used.system) / 1e6,
  };
}
