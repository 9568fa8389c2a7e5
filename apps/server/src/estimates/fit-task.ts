/** The thread's half of fitting: the model on all interactions of a course, and every learner's mastery by it. */

import type { Json } from '@qurriculum/evidence';
import { answersOfTable, type FittedTracingModel, rowsByLearner, tracingModel } from '@qurriculum/learner';
import type { TaskContext } from '../compute/tasks.ts';
import { copyRow } from '../store/copy-text.ts';
import { type InteractionText, parseInteractionText } from './interaction-text.ts';

export interface FitInput {
  readonly text: InteractionText;
  readonly model: string;
  readonly seed: number;
}

export interface FitOutput {
  /** The fitted model as JSON. */
  readonly model: Json;
  readonly version: string;
  readonly rows: number;
  readonly learners: number;
  readonly skills: number;
  readonly degenerateSkills: number | null;
  /** Rows of `mastery` for COPY: learner, skill, mean, low, high, attempts, correct, last_at. */
  readonly mastery: readonly Uint8Array[];
  readonly fitSeconds: number;
  readonly cpuSeconds: number;
}

export const masteryColumns = [
  'learner_id',
  'skill_id',
  'mean',
  'low',
  'high',
  'attempts',
  'correct',
  'last_at',
] as const;

/** Share of the progress bar that fitting takes; the rest is going through the learners. */
const FIT_SHARE = 0.6;
/** Characters of COPY text per chunk of the result. */
const MASTERY_CHUNK = 262_144;

export async function run(input: FitInput, { signal, progress }: TaskContext): Promise<FitOutput> {
  progress(0, 'Reading interactions');
  const table = parseInteractionText(input.text);
  const started = performance.now();
  const cpu = process.cpuUsage();
  const fitted = await tracingModel(input.model).fit(table, {
    seed: input.seed,
    signal,
    onProgress: (fraction) => progress(FIT_SHARE * fraction, 'Fitting'),
  });
  const fitSeconds = (performance.now() - started) / 1000;
  const used = process.cpuUsage(cpu);
  const mastery: Uint8Array[] = [];
  // As bytes at once: a million rows as pieces of strings take five times the room.
  const encoder = new TextEncoder();
  let pending = '';
  const skillId = new Map(input.text.skills.map(([id, key]) => [key, id]));
  const { start, rows } = rowsByLearner(table);
  const answer = answersOfTable(table);
  for (let learner = 0; learner < table.learners.length; learner++) {
    if (signal.aborted) throw signal.reason;
    const own = Array.from(rows.subarray(start[learner], start[learner + 1]), answer);
    pending += masteryRows(fitted, Number(table.learners[learner]), own, skillId);
    if (pending.length > MASTERY_CHUNK || learner === table.learners.length - 1) {
      mastery.push(encoder.encode(pending));
      pending = '';
    }
    if (learner % 50 === 0)
      progress(FIT_SHARE + (1 - FIT_SHARE) * (learner / table.learners.length), 'Estimating mastery');
  }
  return {
    model: fitted.toJSON() as Json,
    version: fitted.version,
    rows: table.rows,
    learners: table.learners.length,
    skills: table.skills.length,
    degenerateSkills: fitted.degenerateSkills,
    mastery,
    fitSeconds,
    cpuSeconds: (used.user + used.system) / 1e6,
  };
}

type Answer = ReturnType<ReturnType<typeof answersOfTable>>;

/** One learner's rows of `mastery`, in COPY's text format. */
function masteryRows(
  fitted: FittedTracingModel,
  learner: number,
  answers: readonly Answer[],
  skillId: ReadonlyMap<string, number>,
): string {
  let state = fitted.initial();
  const seen = new Map<string, { attempts: number; correct: number; last: number }>();
  for (const answer of answers) {
    state = fitted.update(state, answer);
    for (const skill of answer.skills) {
      const counts = seen.get(skill) ?? { attempts: 0, correct: 0, last: Number.NaN };
      counts.attempts++;
      if (answer.correct) counts.correct++;
      if (answer.time !== undefined && !Number.isNaN(answer.time)) counts.last = answer.time;
      seen.set(skill, counts);
    }
  }
  let text = '';
  for (const [skill, { attempts, correct, last }] of seen) {
    const { mean, low, high } = fitted.mastery(state, skill);
    const lastAt = Number.isNaN(last) ? null : new Date(last * 1000);
    text += copyRow([learner, skillId.get(skill) ?? null, mean, low, high, attempts, correct, lastAt]);
  }
  return text;
}
