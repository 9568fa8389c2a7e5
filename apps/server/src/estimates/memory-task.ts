/** The thread's half of the memory model: graded histories of a course, the fit with its check, everybody's state. */
import {
  createInteractionTableBuilder,
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

export interface MemoryInput {
  /** Lines of learner id, item id, skill set id, correct, seconds since 1970, seconds taken, hints; in order of time. */
  readonly chunks: Uint8Array[];
  readonly skillSets: readonly (readonly [number, readonly number[]])[];
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
  const table = readGraded(input);
  const grades = Uint8Array.from(table.item, (item) => Number(table.items[item]));
  const started = performance.now();
  const cpu = process.cpuUsage();
  const { model, ...fit } = await fitMemory(table, {
    ...{ grades, seed: input.seed, signal },
    onProgress: (fraction) => progress(0.9 * fraction, 'Finding out how fast skills fade'),
  });
  const fitSeconds = (performance.now() - started) / 1000;
  const used = process.cpuUsage(cpu);
  const memories = statesOf(table, grades, model, signal);
  return {
    fit: { ...fit, model: model.toJSON() },
    ...{ memories, fitSeconds, cpuSeconds: (used.user + used.system) / 1e6 },
  };
}

/** The memory model looks at no items: that column carries the grade, which stays with its answer as rows are sorted. */
function readGraded({ chunks, skillSets }: MemoryInput): InteractionTable {
  const skillsOf = new Map(skillSets.map(([id, skills]) => [String(id), skills.map(String)]));
  const usual = usualSeconds(chunks);
  const builder = createInteractionTableBuilder();
  for (const line of linesOf(chunks)) {
    const { learner, item, set, correct, time, seconds, hints } = cellsOf(line);
    const grade = gradeAnswer({ correct, hints, seconds, usualSeconds: usual.get(item) ?? null });
    builder.append({ learner, item: `${grade}`, skills: skillsOf.get(set) ?? [], correct, time });
  }
  return builder.build();
}

/** Line by line: a million of them at once would take several times the room of their bytes. */
function* linesOf(chunks: readonly Uint8Array[]): Generator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for (const chunk of chunks) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest !== '') yield rest;
}

const numberOf = (cell: string): number => (cell === '\\N' ? Number.NaN : Number(cell));

function cellsOf(line: string) {
  const [learner, item, set, correct, time, seconds, hints] = line.split('\t');
  const numbers = { time: numberOf(time), seconds: numberOf(seconds), hints: numberOf(hints) };
  return { learner, item, set, correct: correct === '1', ...numbers };
}

/** Median seconds of right answers without hints, by item; items with fewer than five say nothing. */
function usualSeconds(chunks: readonly Uint8Array[]): ReadonlyMap<string, number> {
  const byItem = new Map<string, number[]>();
  for (const line of linesOf(chunks)) {
    const { item, correct, seconds, hints } = cellsOf(line);
    if (!correct || !(seconds > 0) || hints > 0) continue;
    const own = byItem.get(item);
    if (own === undefined) byItem.set(item, [seconds]);
    else own.push(seconds);
  }
  const medians = new Map<string, number>();
  for (const [item, all] of byItem) {
    if (all.length >= 5) medians.set(item, all.sort((a, b) => a - b)[all.length >> 1]);
  }
  return medians;
}

/** Everybody's memories after their last answer. */
function statesOf(table: InteractionTable, grades: Uint8Array, model: MemoryModel, signal: AbortSignal): Uint8Array[] {
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
      const ids = [Number(table.learners[learner]), Number(table.skills[skill])];
      text += copyRow([...ids, stability, difficulty, new Date(1000 * last), answers]);
    }
    if (text.length > CHUNK || learner === table.learners.length - 1) {
      out.push(encoder.encode(text));
      text = '';
    }
  }
  return out;
}
