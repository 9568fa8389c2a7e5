/** Data sets as people see them: what was imported, from where, and its removal as a whole. */
import type { Json } from '@qurriculum/evidence';
import type { Kysely, Selectable } from 'kysely';
import { notFound, Problem } from '../../http/problem.ts';
import type { Database } from '../../store/database.ts';
import { type Removal, removeDataset } from '../../store/datasets.ts';
import type { Store } from '../../store/store.ts';

export interface Dataset {
  readonly id: number;
  readonly courseId: number;
  readonly kind: Selectable<Database['dataset']>['kind'];
  readonly name: string;
  readonly sha256: string | null;
  readonly bytes: number | null;
  readonly rows: number;
  readonly rejected: number;
  readonly mapping: Json;
  readonly detail: Json;
  readonly licence: string | null;
  readonly source: string | null;
  readonly simulated: boolean;
  readonly status: Selectable<Database['dataset']>['status'];
  readonly createdAt: string;
  readonly removedAt: string | null;
  readonly removedBy: string | null;
}

export interface DatasetFilter {
  readonly courseId?: number;
  /** Also those that were removed; they are kept as a record that they were there. */
  readonly removed?: boolean;
}

/** Newest first. */
export async function listDatasets(db: Kysely<Database>, filter: DatasetFilter = {}): Promise<Dataset[]> {
  let query = db.selectFrom('dataset').selectAll().orderBy('id', 'desc');
  if (filter.courseId !== undefined) query = query.where('course_id', '=', filter.courseId);
  if (!filter.removed) query = query.where('status', '<>', 'removed');
  return (await query.execute()).map(toDataset);
}

export async function findDataset(db: Kysely<Database>, id: number): Promise<Dataset | undefined> {
  const row = await db.selectFrom('dataset').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toDataset(row);
}

/** Removes the data set whole, in one transaction; one that is still being imported is a conflict. */
export function removeWholeDataset(store: Store, id: number, removedBy: string): Promise<Removal> {
  return store.transaction(async (transaction) => {
    const row = await transaction.db
      .selectFrom('dataset')
      .select('status')
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!row || row.status === 'removed') throw notFound('data set', id);
    if (row.status === 'importing') {
      throw new Problem(
        'conflict',
        'data set: expected one that is imported, got one on its way; cancel its job first.',
      );
    }
    return removeDataset(transaction, id, removedBy);
  });
}

function toDataset(row: Selectable<Database['dataset']>): Dataset {
  return {
    id: row.id,
    courseId: row.course_id,
    kind: row.kind,
    name: row.name,
    sha256: row.sha256,
    bytes: row.bytes,
    rows: row.rows,
    rejected: row.rejected,
    mapping: row.mapping,
    detail: row.detail,
    licence: row.licence,
    source: row.source,
    simulated: row.simulated,
    status: row.status,
    createdAt: row.created_at.toISOString(),
    removedAt: row.removed_at?.toISOString() ?? null,
    removedBy: row.removed_by,
  };
}
