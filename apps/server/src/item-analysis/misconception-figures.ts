/** Practice answers as misconceptions: a diagnosis model over what each answer showed, per class and per learner. */
import {
  checkMisconceptions,
  createResponses,
  diagnose,
  expectedHolders,
  fitDiagnosis,
  type LongWork,
  type MisconceptionDesign,
  type MisconceptionItem,
  misconceptionDesign,
  type ResponseTable,
} from '@qurriculum/learner';
import { LEAST_PRACTISING, MOST_FITTED, OCCASIONS } from './limits.ts';
import type { PractisedItem } from './read-practice.ts';

/** One answer given in practice. */
export interface PracticeAnswer {
  readonly learner: number;
  readonly item: number;
  /** 1 the latest, 2 the one before. */
  readonly occasion: number;
  readonly right: boolean;
  readonly misconception: string | null;
}

export interface LearnerMisconception {
  readonly learner: number;
  readonly misconception: string;
  readonly probability: number;
  readonly met: number;
  readonly shown: number;
}

export interface MisconceptionFigures {
  readonly learners: number;
  readonly answers: number;
  readonly fitted: number;
  readonly findings: readonly string[];
  readonly list: readonly {
    readonly id: string;
    readonly met: number;
    readonly shown: number;
    readonly holders: { readonly mean: number; readonly low: number; readonly high: number };
    readonly certainty: number;
    /** Id of the skill whose exercises show it most. */
    readonly practise: number | null;
  }[];
  readonly ofLearners: readonly LearnerMisconception[];
}

/** Below, nothing is said of a learner. */
const WORTH_KEEPING = 0.2;
/** Steps of the fit: with the anchor it settles within a few. */
const ITERATIONS = 30;

/**
 * Pseudo-answers per group of an exercise. Most learners meet a misconception once or twice: then how often it shows and how
 * many hold it cannot both be told from answers, and without an anchor "holds it" turns into "answers somehow". With it,
 * who holds one shows it in about 7 of 10 answers, as `misconceptionDesign` supposes, and answers say how many do.
 */
const ANCHOR = 500;
/** Answers are written, not chosen: a wrong one that is no misconception's is rarely by chance the very one that shows it. */
const BY_CHANCE = 0.2;

function anchored(design: MisconceptionDesign): MisconceptionDesign {
  const items = design.items.map((rule) => ({ ...rule, start: openAnswers(rule), pseudoAnswers: ANCHOR }));
  return { ...design, items };
}

/** Groups 0 and 1, skill lacking and held without a misconception: most wrong answers are the last option, "any other". */
function openAnswers({ start, categories }: MisconceptionDesign['items'][number]): Float64Array {
  const changed = start.slice();
  for (let group = 0; group < 2; group++) {
    const wrong = 1 - start[group * categories];
    for (let option = 1; option < categories; option++) {
      const tied = option < categories - 1;
      changed[group * categories + option] = wrong * (tied ? BY_CHANCE / (categories - 2) : 1 - BY_CHANCE);
    }
  }
  return changed;
}

/** Null where too few learners practised what can show a misconception. */
export async function analyseMisconceptions(
  items: readonly PractisedItem[],
  answers: readonly PracticeAnswer[],
  work: (from: number, to: number) => LongWork,
): Promise<MisconceptionFigures | null> {
  const known = new Map(items.map((item) => [item.id, item]));
  const kept = answers.filter(({ item }) => known.has(item));
  const learners = [...new Set(kept.map(({ learner }) => learner))];
  if (learners.length < LEAST_PRACTISING) return null;
  const columns = columnsOf(items, kept);
  const misconceptions = [...new Set(columns.flatMap(({ item }) => item.misconceptions))].sort();
  const designItems = columns.map(designItem);
  const skills = [...new Set(columns.flatMap(({ item }) => item.skills.map(String)))];
  const design = anchored(misconceptionDesign(designItems, skills, misconceptions));
  const table = tableOf(columns, learners, kept);
  const some = mostAnswers(table, MOST_FITTED);
  const fitted = await fitDiagnosis(some, design, { prior: 'network', iterations: ITERATIONS, ...work(0, 0.6) });
  const found = await diagnose(fitted, table, work(0.6, 1));
  const met = meetings(columns, learners, kept);
  const attributes = design.structure.names.length;
  const list = misconceptions.map((id, k) => {
    const rows = [...learners.keys()].filter((i) => met.has(`${learners[i]} ${id}`));
    const { mean, low, high } = expectedHolders(found, attributes, skills.length + k, rows);
    const sure = rows.map((i) => found.mastery[i * attributes + skills.length + k]);
    return {
      ...{ id, met: rows.length, shown: kept.filter(({ misconception }) => misconception === id).length },
      ...{ holders: { mean, low, high }, practise: practiseFor(id, items, kept) },
      certainty: sure.reduce((sum, p) => sum + Math.max(p, 1 - p), 0) / Math.max(1, sure.length),
    };
  });
  const ofLearners = learners.flatMap((learner, i) =>
    misconceptions.flatMap((misconception, k) => {
      const counts = met.get(`${learner} ${misconception}`);
      const probability = found.mastery[i * attributes + skills.length + k];
      return counts === undefined || probability < WORTH_KEEPING
        ? []
        : [{ learner, misconception, probability, ...counts }];
    }),
  );
  return {
    ...{ learners: learners.length, answers: kept.length, fitted: some.learners, ofLearners },
    findings: checkMisconceptions(designItems, misconceptions).map(({ message }) => message),
    list: list.filter(({ met: count }) => count > 0).sort((a, b) => b.holders.mean - a.holders.mean),
  };
}

/** The n-th last answer to an exercise: a column of its own, since a learner may answer the same exercise again. */
interface Column {
  readonly item: PractisedItem;
  readonly occasion: number;
}

/** Columns with answers in them; an exercise takes its misconceptions that were shown most, as many as a model can part. */
function columnsOf(items: readonly PractisedItem[], answers: readonly PracticeAnswer[]): Column[] {
  const used = new Set(answers.map(({ item, occasion }) => `${item} ${occasion}`));
  const shown = countBy(answers, ({ item, misconception }) => `${item} ${misconception}`);
  return items.flatMap((item) => {
    const often = (id: string): number => shown.get(`${item.id} ${id}`) ?? 0;
    const misconceptions = [...item.misconceptions]
      .sort((a, b) => often(b) - often(a) || (a < b ? -1 : 1))
      .slice(0, MOST_OF_ITEM);
    const occasions = Array.from({ length: OCCASIONS }, (_, k) => k + 1);
    return occasions
      .filter((occasion) => used.has(`${item.id} ${occasion}`))
      .map((occasion) => ({ item: { ...item, misconceptions }, occasion }));
  });
}

/** 2^6 groups of learners an exercise at the most, with its skill 2^7 combinations. */
const MOST_OF_ITEM = 6;

/** Codes 0 right, 1.. the misconceptions, last any other wrong answer. */
const designItem = ({ item, occasion }: Column): MisconceptionItem => ({
  name: `${item.id}, answer ${occasion} from the last`,
  skills: item.skills.map(String),
  options: ['right', ...item.misconceptions.map((misconception) => ({ misconception })), 'wrong'],
});

function tableOf(
  columns: readonly Column[],
  learners: readonly number[],
  answers: readonly PracticeAnswer[],
): ResponseTable {
  const rowOf = new Map(learners.map((learner, i) => [learner, i]));
  const columnOf = new Map(columns.map(({ item, occasion }, j) => [`${item.id} ${occasion}`, j]));
  const rows = learners.map(() => new Int8Array(columns.length).fill(-1));
  for (const { learner, item, occasion, right, misconception } of answers) {
    const j = columnOf.get(`${item} ${occasion}`) as number;
    const options = columns[j].item.misconceptions;
    const tied = misconception === null ? -1 : options.indexOf(misconception);
    rows[rowOf.get(learner) as number][j] = right ? 0 : tied < 0 ? options.length + 1 : tied + 1;
  }
  return createResponses(
    rows,
    columns.map(({ item }) => item.misconceptions.length + 2),
  );
}

/** The rows with the most answers. */
function mostAnswers(table: ResponseTable, most: number): ResponseTable {
  if (table.learners <= most) return table;
  const row = (i: number) => table.values.subarray(i * table.items, (i + 1) * table.items);
  const answered = Array.from({ length: table.learners }, (_, i) => row(i).filter((value) => value >= 0).length);
  const chosen = [...answered.keys()].sort((a, b) => answered[b] - answered[a] || a - b).slice(0, most);
  return createResponses(chosen.map(row), table.categories);
}

/** Per learner and misconception: answers that could have shown it, and those that did. */
function meetings(columns: readonly Column[], learners: readonly number[], answers: readonly PracticeAnswer[]) {
  const optionsOf = new Map(columns.map(({ item }) => [item.id, item.misconceptions]));
  const among = new Set(learners);
  const met = new Map<string, { met: number; shown: number }>();
  for (const { learner, item, misconception } of answers) {
    if (!among.has(learner)) continue;
    for (const id of optionsOf.get(item) ?? []) {
      const key = `${learner} ${id}`;
      const counts = met.get(key) ?? { met: 0, shown: 0 };
      met.set(key, { met: counts.met + 1, shown: counts.shown + Number(misconception === id) });
    }
  }
  return met;
}

/** The skill of the exercise that showed it most; where none did, of the first that can. */
function practiseFor(id: string, items: readonly PractisedItem[], answers: readonly PracticeAnswer[]): number | null {
  const shown = countBy(
    answers.filter(({ misconception }) => misconception === id),
    ({ item }) => `${item}`,
  );
  const able = items.filter(({ misconceptions }) => misconceptions.includes(id));
  const best = [...able].sort((a, b) => (shown.get(`${b.id}`) ?? 0) - (shown.get(`${a.id}`) ?? 0) || a.id - b.id)[0];
  return best?.skills[0] ?? null;
}

function countBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(keyOf(value), (counts.get(keyOf(value)) ?? 0) + 1);
  return counts;
}
