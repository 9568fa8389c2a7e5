/**
 * Columns of records into the store, whole or not at all: ids are reserved, interactions are loaded into a table that
 * nobody reads, and one short transaction then makes learners, items, skills and interactions appear together.
 */
import { type Kysely, sql } from 'kysely';
import { type CopyValue, copyRow } from '../store/copy-text.ts';
import type { Database } from '../store/database.ts';
import { recordMentions } from '../store/datasets.ts';
import {
  attachInteractions,
  createInteractionTable,
  indexInteractions,
  interactionColumns,
  interactionRow,
  interactionTable,
} from '../store/interactions.ts';
import type { Store, Transaction } from '../store/store.ts';
import { type ResolvedKeys, reserveIds, resolveKeys } from './keys.ts';
import type { RecordColumns } from './record-columns.ts';

export interface StoreRecordsOptions {
  readonly course: number;
  /** A row of `dataset` with the status 'importing'. */
  readonly dataset: number;
  readonly source: 'import' | 'simulated';
  /** Learners' names where they are known, by key. */
  readonly learnerNames?: ReadonlyMap<string, string>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number, label: string) => void;
}

/** Rows per chunk of COPY: about 300 kB, so that pages are served in between. */
const CHUNK_ROWS = 4096;

interface Resolved {
  readonly learners: ResolvedKeys;
  readonly items: ResolvedKeys;
  readonly skills: ResolvedKeys;
  readonly skillSets: { readonly ids: Int32Array; readonly fresh: readonly number[]; readonly members: number[][] };
}

/** Loads the columns into the data set and makes it 'ready'; `skip` marks rows to leave out (1). */
export async function storeRecords(
  store: Store,
  columns: RecordColumns,
  options: StoreRecordsOptions,
  skip?: Uint8Array,
): Promise<void> {
  const { course, dataset, signal, onProgress } = options;
  const resolved = await resolveAll(store.db, course, columns);
  await createInteractionTable(store.db, dataset);
  const sequence = await sequenceOf(store.db, course, columns);
  const rows = interactionChunks(columns, resolved, sequence, options, skip);
  await store.copyIn(interactionTable(dataset), interactionColumns, reporting(rows, columns.rows, onProgress, signal));
  signal?.throwIfAborted();
  onProgress?.(0.95, 'Indexing');
  await indexInteractions(store.db, dataset);
  signal?.throwIfAborted();
  await store.transaction(async (transaction) => {
    await insertFresh(transaction, columns, resolved, options);
    await attachInteractions(transaction.db, dataset);
    const accepted = columns.rows - (skip?.reduce((sum, flag) => sum + flag, 0) ?? 0);
    await transaction.db
      .updateTable('dataset')
      .set({ status: 'ready', rows: accepted })
      .where('id', '=', dataset)
      .executeTakeFirstOrThrow();
  });
}

async function resolveAll(db: Kysely<Database>, course: number, columns: RecordColumns): Promise<Resolved> {
  const learners = await resolveKeys(db, 'learner', course, columns.learners);
  const items = await resolveKeys(db, 'item', course, columns.items);
  const skills = await resolveKeys(db, 'skill', course, columns.skills);
  const members = columns.skillSets.map((set) => set.map((skill) => skills.ids[skill]).sort((a, b) => a - b));
  return { learners, items, skills, skillSets: await resolveSkillSets(db, course, members) };
}

async function resolveSkillSets(
  db: Kysely<Database>,
  course: number,
  members: number[][],
): Promise<Resolved['skillSets']> {
  const existing = await db.selectFrom('skill_set').select(['id', 'skills']).where('course_id', '=', course).execute();
  const known = new Map(existing.map((row) => [row.skills.join(','), row.id]));
  const fresh = [...members.keys()].filter((k) => !known.has(members[k].join(',')));
  const reserved = await reserveIds(db, 'skill_set', fresh.length);
  const ids = Int32Array.from(members, (set) => known.get(set.join(',')) ?? 0);
  fresh.forEach((k, at) => {
    ids[k] = reserved[at];
  });
  return { ids, fresh, members };
}

/**
 * Order inside a learner's history: milliseconds since 1970 where the time is known (a row without one stays behind the
 * row before it), else a running number that goes on where the course's earlier files ended.
 */
async function sequenceOf(db: Kysely<Database>, course: number, columns: RecordColumns): Promise<Float64Array> {
  const { before } = await db
    .selectFrom('dataset')
    .select(sql<number>`coalesce(sum(rows), 0)::float8`.as('before'))
    .where('course_id', '=', course)
    .executeTakeFirstOrThrow();
  const last = new Float64Array(columns.learners.length).fill(Number.NaN);
  return Float64Array.from(columns.time, (time, row) => {
    const learner = columns.learner[row];
    if (!Number.isNaN(time)) last[learner] = Math.round(time * 1000);
    return Number.isNaN(last[learner]) ? before + row + 1 : last[learner];
  });
}

interface Chunk {
  readonly text: string;
  readonly rowsSoFar: number;
}

function* interactionChunks(
  columns: RecordColumns,
  resolved: Resolved,
  sequence: Float64Array,
  options: StoreRecordsOptions,
  skip: Uint8Array | undefined,
): Generator<Chunk> {
  let text = '';
  for (let row = 0; row < columns.rows; row++) {
    if (skip?.[row] !== 1) text += interactionLine(columns, resolved, sequence, options, row);
    if (row % CHUNK_ROWS === CHUNK_ROWS - 1 || row === columns.rows - 1) {
      if (text !== '') yield { text, rowsSoFar: row + 1 };
      text = '';
    }
  }
}

function interactionLine(
  columns: RecordColumns,
  resolved: Resolved,
  sequence: Float64Array,
  options: StoreRecordsOptions,
  row: number,
): string {
  const time = columns.time[row];
  const known = (value: number): number | null => (Number.isNaN(value) ? null : value);
  return interactionRow({
    dataset: options.dataset,
    course: options.course,
    learner: resolved.learners.ids[columns.learner[row]],
    item: resolved.items.ids[columns.item[row]],
    skillSet: resolved.skillSets.ids[columns.skillSet[row]],
    correct: columns.correct[row] === 1,
    at: Number.isNaN(time) ? null : new Date(time * 1000),
    sequence: sequence[row],
    source: options.source,
    externalId: columns.externalIds?.[row] ?? null,
    seconds: known(columns.duration[row]),
    hints: known(Math.min(32_767, Math.round(columns.hints[row]))),
    selfReport: known(columns.selfReport[row]),
  });
}

async function* reporting(
  chunks: Iterable<Chunk>,
  total: number,
  onProgress: StoreRecordsOptions['onProgress'],
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  for (const chunk of chunks) {
    signal?.throwIfAborted();
    yield chunk.text;
    onProgress?.((0.9 * chunk.rowsSoFar) / total, 'Storing');
    // Lets requests that came in meanwhile be answered.
    await new Promise(setImmediate);
  }
}

async function insertFresh(
  transaction: Transaction,
  columns: RecordColumns,
  resolved: Resolved,
  { course, dataset, source, learnerNames }: StoreRecordsOptions,
): Promise<void> {
  const { learners, items, skills, skillSets } = resolved;
  const simulated = source === 'simulated';
  await copyRows(transaction, 'skill', ['id', 'course_id', 'key', 'name', 'position'], skills.fresh, (k) => {
    return [skills.ids[k], course, columns.skills[k], columns.skills[k], skills.ids[k]];
  });
  await copyRows(transaction, 'skill_set', ['id', 'course_id', 'skills'], skillSets.fresh, (k) => {
    return [skillSets.ids[k], course, skillSets.members[k]];
  });
  await copyRows(transaction, 'item', ['id', 'course_id', 'key'], items.fresh, (k) => {
    return [items.ids[k], course, columns.items[k]];
  });
  const ofLearner = ['id', 'course_id', 'key', 'name', 'simulated', 'group_label'];
  await copyRows(transaction, 'learner', ofLearner, learners.fresh, (k) => {
    const key = columns.learners[k];
    return [learners.ids[k], course, key, learnerNames?.get(key) ?? null, simulated, columns.groups.get(k) ?? null];
  });
  await setGroups(transaction.db, columns, learners);
  await linkItems(transaction, columns, resolved);
  await recordMentions(transaction.db, dataset, 'skill', [...skills.ids]);
  await recordMentions(transaction.db, dataset, 'item', [...items.ids]);
  await recordMentions(transaction.db, dataset, 'learner', [...learners.ids]);
}

/** Learners who were there already join the group that this file names; the newest file is right. */
async function setGroups(db: Kysely<Database>, { groups }: RecordColumns, learners: ResolvedKeys): Promise<void> {
  const fresh = new Set(learners.fresh);
  const known = [...groups].filter(([k]) => !fresh.has(k));
  if (known.length === 0) return;
  const ids = known.map(([k]) => learners.ids[k]);
  const labels = known.map(([, label]) => label);
  await sql`UPDATE learner SET group_label = given.label
    FROM unnest(${ids}::integer[], ${labels}::text[]) AS given (id, label)
    WHERE learner.id = given.id`.execute(db);
}

async function copyRows(
  transaction: Transaction,
  table: string,
  names: readonly string[],
  positions: readonly number[],
  row: (position: number) => readonly CopyValue[],
): Promise<void> {
  if (positions.length === 0) return;
  const text = positions.map((position) => copyRow(row(position))).join('');
  await transaction.copyIn(table, names, [text]);
}

/** Which skills each new item asks for, as its rows say. Items that were there keep what their source says. */
async function linkItems(transaction: Transaction, columns: RecordColumns, resolved: Resolved): Promise<void> {
  const isFresh = new Uint8Array(columns.items.length);
  for (const item of resolved.items.fresh) isFresh[item] = 1;
  const pairs = new Set<string>();
  const seen = new Set<number>();
  const sets = columns.skillSets.length;
  for (let row = 0; row < columns.rows; row++) {
    const item = columns.item[row];
    const set = columns.skillSet[row];
    const key = item * sets + set;
    if (isFresh[item] === 0 || seen.has(key)) continue;
    seen.add(key);
    for (const skill of resolved.skillSets.members[set]) pairs.add(copyRow([resolved.items.ids[item], skill]));
  }
  if (pairs.size > 0) await transaction.copyIn('item_skill', ['item_id', 'skill_id'], [[...pairs].join('')]);
}
