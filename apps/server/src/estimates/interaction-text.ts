/** A course's interactions as they come out of the store, and as the table that models are fitted on. */
import { createInteractionTableBuilder, type InteractionTable } from '@qurriculum/learner';
import type { Store } from '../store/store.ts';

/** Enough to read the rows without the store: rows in COPY's text format, and what their ids stand for. */
export interface InteractionText {
  readonly chunks: Uint8Array[];
  /** Skill id to key. */
  readonly skills: readonly (readonly [number, string])[];
  /** Skill set id to skill ids. */
  readonly skillSets: readonly (readonly [number, readonly number[]])[];
}

/** All interactions of a course, in the order in which they were made. */
export async function readInteractionText(store: Store, course: number): Promise<InteractionText> {
  const skills = await store.db.selectFrom('skill').select(['id', 'key']).where('course_id', '=', course).execute();
  const sets = await store.db
    .selectFrom('skill_set')
    .select(['id', 'skills'])
    .where('course_id', '=', course)
    .execute();
  const chunks: Uint8Array[] = [];
  for (const [from, to] of await learnerRanges(store, course)) {
    const query = `SELECT learner_id, coalesce(item_id, 0), skill_set_id, correct::int, extract(epoch FROM at),
      seconds, hints, self_report
      FROM interaction WHERE course_id = ${Math.trunc(course)}
      AND learner_id BETWEEN ${Math.trunc(from)} AND ${Math.trunc(to)} ORDER BY learner_id, sequence, id`;
    for await (const chunk of store.copyOut(query)) chunks.push(chunk);
  }
  return {
    chunks,
    skills: skills.map((skill) => [skill.id, skill.key]),
    skillSets: sets.map((set) => [set.id, set.skills]),
  };
}

/** Interactions that are read at once: the embedded database holds the whole result of a query in memory. */
const ROWS_AT_ONCE = 250_000;

/** Ranges of learner ids, first and last, with about `ROWS_AT_ONCE` interactions each. */
async function learnerRanges(store: Store, course: number): Promise<[number, number][]> {
  const counted = await store.db
    .selectFrom('interaction')
    .select(({ fn }) => ['learner_id as learner', fn.countAll<number>().as('rows')])
    .where('course_id', '=', course)
    .groupBy('learner_id')
    .orderBy('learner_id')
    .execute();
  const ranges: [number, number][] = [];
  let rows = Number.POSITIVE_INFINITY;
  for (const { learner, rows: own } of counted) {
    if (rows + own > ROWS_AT_ONCE) {
      ranges.push([learner, learner]);
      rows = 0;
    }
    ranges[ranges.length - 1][1] = learner;
    rows += own;
  }
  return ranges;
}

/**
 * Columns of one line: learner id, item id, skill set id, correct, seconds since 1970, seconds taken, hints, self-report;
 * the last four \N where unknown. Uses the chunks up.
 */
export function parseInteractionText(text: InteractionText): InteractionTable {
  const keyOf = new Map(text.skills);
  const cells = new Map(
    text.skillSets.map(([id, skills]) => [String(id), skills.map((skill) => keyOf.get(skill) ?? '')]),
  );
  const builder = createInteractionTableBuilder(65_536);
  for (const line of lines(text.chunks)) {
    const [learner, item, set, correct, time, duration, hints, selfReport] = line.split('\t');
    builder.append({
      learner,
      item,
      skills: cells.get(set) ?? [],
      correct: correct === '1',
      time: numberOf(time),
      ...{ duration: numberOf(duration), hints: numberOf(hints), selfReport: numberOf(selfReport) },
    });
  }
  return builder.build();
}

const numberOf = (cell: string): number => (cell === '\\N' ? Number.NaN : Number(cell));

/** Lines of a result in COPY's text format; lets go of each chunk when it has been read. */
export function* lines(chunks: Uint8Array[]): Generator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest !== '') yield rest;
}
