/** The thread's half of the memory model: graded histories of a course, the fit with its check, everybody's state. */
import {
  fitMemory,
  gradeAnswer,
  type InteractionTable,
  type MemoryFit,
  type MemoryModel,
  rowsByLearner,
  type SkillMemory,
} from '@qurriculum/learner';
import type { TaskContext } from '../compute/tasks.ts';
import { copyRow } from '../store/copy-text.ts';
import { type InteractionText, parseInteractionText } from './interaction-text.ts';

export interface MemoryInput {
  readonly text: InteractionText;
  readonly seed: number;
}

export interface MemoryOutput {
  /** As JSON, and without the model's functions. */
  readonly fit: Omit<MemoryFit, 'model'> & { readonly model: unknown };
  /** Rows of `skill_memory` for COPY. */
  readonly memories: readonly Uint8Array[];
  readonly fitSeconds: number;
  readonly cpuSeconds: number;
}

export const skillMemoryColumns = ['learner_id', 'skill_id', 'stability', 'difficulty', 'last_at', 'answers'] as const;

const CHUNK = 262_144;

export async function run(input: MemoryInput, { signal, progress }: TaskContext): Promise<MemoryOutput> {
  progress(0, 'Reading answers');
  const table = parseInteractionText(input.text);
  const grades = gradesOf(table);
  const started = performance.now();
  const cpu = process.cpuUsage();
  const { model, ...fit } = await fitMemory(table, {
    ...{ grades, seed: input.seed, signal },
    onProgress: (fraction) => progress(0.9 * fraction, 'Finding out how fast skills fade'),
  });
  const fitSeconds = (performance.now() - started) / 1000;
  const used = process.cpuUsage(cpu);
  const skillId = new Map(input.text.skills.map(([id, key]) => [key, id]));
  const memories = statesOf(table, grades, model, skillId, signal);
  return {
    fit: { ...fit, model: model.toJSON() },
    ...{ memories, fitSeconds, cpuSeconds: (used.user + used.system) / 1e6 },
  };
}

/** A grade per answer; how fast one came is judged by what is usual for its item. */
function gradesOf(table: InteractionTable): Uint8Array {
  const usual = usualSeconds(table);
  return Uint8Array.from(table.correct, (correct, row) =>
    gradeAnswer({
      correct: correct === 1,
      ...{ hints: table.hints?.[row], seconds: table.duration?.[row], usualSeconds: usual.get(table.item[row]) },
    }),
  );
}

/** Median seconds of right answers with a time and without hints, by item; items with fewer than five say nothing. */
function usualSeconds({ rows, item, correct, time, duration, hints }: InteractionTable): ReadonlyMap<number, number> {
  const byItem = new Map<number, number[]>();
  for (let row = 0; row < rows; row++) {
    const seconds = duration?.[row] ?? Number.NaN;
    if (Number.isNaN(time[row]) || correct[row] === 0 || !(seconds > 0) || (hints?.[row] ?? 0) > 0) continue;
    const own = byItem.get(item[row]);
    if (own === undefined) byItem.set(item[row], [seconds]);
    else own.push(seconds);
  }
  const medians = new Map<number, number>();
  for (const [number, all] of byItem) {
    if (all.length >= 5) medians.set(number, all.sort((a, b) => a - b)[all.length >> 1]);
  }
  return medians;
}

/** Everybody's memories after their last answer. */
function statesOf(
  table: InteractionTable,
  grades: Uint8Array,
  model: MemoryModel,
  skillId: ReadonlyMap<string, number>,
  signal: AbortSignal,
): Uint8Array[] {
  const encoder = new TextEncoder();
  const out: Uint8Array[] = [];
  const { start, rows } = rowsByLearner(table);
  let text = '';
  for (let learner = 0; learner < table.learners.length; learner++) {
    signal.throwIfAborted();
    const states = new Map<number, SkillMemory>();
    for (const row of rows.subarray(start[learner], start[learner + 1])) {
      for (const skill of table.skillSets[table.skillSet[row]]) {
        const grade = grades[row] as 1 | 2 | 3 | 4;
        const after = model.update(states.get(skill) ?? null, { grade, time: table.time[row] });
        if (after !== null) states.set(skill, after);
      }
    }
    for (const [skill, { stability, difficulty, last, answers }] of states) {
      const ids = [Number(table.learners[learner]), skillId.get(table.skills[skill]) ?? null];
      text += copyRow([...ids, stability, difficulty, new Date(1000 * last), answers]);
    }
    if (text.length > CHUNK || learner === table.learners.length - 1) {
      out.push(encoder.encode(text));
      text = '';
    }
  }
  return out;
}
