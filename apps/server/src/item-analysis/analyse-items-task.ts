/** The thread's half of an item analysis: response theory over first answers, misconceptions over practice. */
import { createResponses, type LongWork } from '@qurriculum/learner';
import type { TaskContext } from '../compute/tasks.ts';
import { lines } from '../estimates/interaction-text.ts';
import type { ResponseAnalysis } from '../resources/items/schema.ts';
import { LEAST_ANSWERS, LEAST_ITEMS } from './limits.ts';
import { analyseMisconceptions, type MisconceptionFigures, type PracticeAnswer } from './misconception-figures.ts';
import type { AnalysedItemRow } from './read-answers.ts';
import type { PracticeAnswers } from './read-practice.ts';
import { analyseResponses } from './response-figures.ts';

export interface AnalyseItemsInput {
  readonly items: readonly AnalysedItemRow[];
  readonly learners: readonly number[];
  /** Lines "learner item right"; used up. */
  readonly chunks: Uint8Array[];
  /** Learner id to group, for those who are in one. */
  readonly groups: readonly (readonly [number, string])[];
  readonly practice: PracticeAnswers;
}

export interface AnalyseItemsOutput {
  readonly responses: ResponseAnalysis | null;
  /** Exercises with enough answers of these learners, and those answers. */
  readonly items: number;
  readonly answers: number;
  readonly misconceptions: MisconceptionFigures | null;
  readonly cpuSeconds: number;
}

/** Where the bar stands when response theory is done. */
const RESPONSES_SHARE = 0.6;

export async function run(input: AnalyseItemsInput, { signal, progress }: TaskContext): Promise<AnalyseItemsOutput> {
  const cpu = process.cpuUsage();
  const part =
    (begin: number, end: number, label: string) =>
    (from: number, to: number): LongWork => ({
      signal,
      onProgress: (fraction) => progress(begin + (end - begin) * (from + (to - from) * fraction), label),
    });
  const { items, rows, answers } = readRows(input);
  const responses =
    items.length < LEAST_ITEMS
      ? null
      : await analyseResponses(
          { items, responses: createResponses(rows), groups: groupsOf(input) },
          part(0, RESPONSES_SHARE, 'How hard each exercise is'),
        );
  const misconceptions = await analyseMisconceptions(
    input.practice.items,
    [...lines(input.practice.chunks)].map(readPracticeAnswer),
    part(RESPONSES_SHARE, 1, 'Which misconceptions answers show'),
  );
  const used = process.cpuUsage(cpu);
  return { responses, items: items.length, answers, misconceptions, cpuSeconds: (used.user + used.system) / 1e6 };
}

/** Exercises that few of the learners at hand answered are left out. */
function readRows({ items, learners, chunks }: AnalyseItemsInput) {
  const columnOf = new Map(items.map(({ id }, j) => [String(id), j]));
  const rowOf = new Map(learners.map((id, i) => [String(id), i]));
  const rows = learners.map(() => new Int8Array(items.length).fill(-1));
  const answered = new Int32Array(items.length);
  for (const line of lines(chunks)) {
    const [learner, item, right] = line.split('\t');
    const column = columnOf.get(item) as number;
    rows[rowOf.get(learner) as number][column] = right === '1' ? 1 : 0;
    answered[column]++;
  }
  const kept = [...items.keys()].filter((j) => answered[j] >= LEAST_ANSWERS);
  return {
    items: kept.map((j) => items[j]),
    rows: rows.map((row) => Int8Array.from(kept, (j) => row[j])),
    answers: kept.reduce((sum, j) => sum + answered[j], 0),
  };
}

function groupsOf({ learners, groups }: AnalyseItemsInput): (string | null)[] {
  const groupOf = new Map(groups);
  return learners.map((learner) => groupOf.get(learner) ?? null);
}

function readPracticeAnswer(line: string): PracticeAnswer {
  const [learner, item, occasion, right, misconception] = line.split('\t');
  return {
    ...{ learner: Number(learner), item: Number(item), occasion: Number(occasion), right: right === '1' },
    misconception: misconception === '\\N' ? null : misconception,
  };
}
