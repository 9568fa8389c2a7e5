/** The data set row of a file on its way in: begun as 'importing', found again by its bytes, cleared away on failure. */

import { dropInteractions } from '../store/interactions.ts';
import type { Store } from '../store/store.ts';
import type { DatasetKind } from '../store/tables/records.ts';

export interface NewDataset {
  readonly course: number;
  readonly kind: DatasetKind;
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly rejected?: number;
  readonly mapping?: unknown;
  readonly detail?: unknown;
  readonly licence?: string | null;
  readonly source?: string | null;
  readonly simulated?: boolean;
}

/** Makes the row and gives its id. */
export async function beginDataset(store: Store, dataset: NewDataset): Promise<number> {
  const row = await store.db
    .insertInto('dataset')
    .values({
      course_id: dataset.course,
      kind: dataset.kind,
      name: dataset.name,
      sha256: dataset.sha256,
      bytes: dataset.bytes,
      rejected: dataset.rejected ?? 0,
      mapping: JSON.stringify(dataset.mapping ?? {}),
      detail: JSON.stringify(dataset.detail ?? {}),
      licence: dataset.licence ?? null,
      source: dataset.source ?? null,
      simulated: dataset.simulated ?? false,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** The ready data set with the same bytes, or null; one that a killed attempt left half-made is cleared away. */
export async function findSameFile(store: Store, course: number, sha256: string): Promise<number | null> {
  const found = await store.db
    .selectFrom('dataset')
    .select(['id', 'status'])
    .where('course_id', '=', course)
    .where('sha256', '=', sha256)
    .where('status', '<>', 'removed')
    .executeTakeFirst();
  if (found === undefined) return null;
  if (found.status === 'ready') return found.id;
  await discardDataset(store, found.id);
  return null;
}

/** Removes a data set that never became ready: its unseen interactions and its row. */
export async function discardDataset(store: Store, dataset: number): Promise<void> {
  await dropInteractions(store.db, dataset);
  await store.db.deleteFrom('dataset').where('id', '=', dataset).where('status', '=', 'importing').execute();
}

/** Runs `work` on a new data set; what it leaves is cleared away when it fails. */
export async function withNewDataset<T>(
  store: Store,
  dataset: NewDataset,
  work: (id: number) => Promise<T>,
): Promise<T> {
  const id = await beginDataset(store, dataset);
  try {
    return await work(id);
  } catch (error) {
    await discardDataset(store, id);
    throw error;
  }
}
