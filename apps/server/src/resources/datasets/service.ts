/** Data sets as people see them: what was imported, from where, and its removal as a whole. */
import type { Json } from '@qurriculum/evidence';
import type { Kysely, Selectable } from 'kysely';
import { estimatesJob } from '../../estimates/estimates-job.ts';
import { notFound, Problem } from '../../http/problem.ts';
import { importJob } from '../../import/import-job.ts';
import type { Jobs } from '../../jobs/definition.ts';
import { activeStates } from '../../jobs/rows.ts';
import { sampleJob } from '../../sample/sample-job.ts';
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

export interface RemovalWithEstimates extends Removal {
  /** The job that estimates the course again from what is left; null where nothing rested on the data set. */
  readonly jobId: string | null;
}

/** Removes the data set whole, in one transaction that also queues the new estimates; one on its way is a conflict. */
export function removeWholeDataset(
  store: Store,
  jobs: Jobs,
  id: number,
  removedBy: string,
): Promise<RemovalWithEstimates> {
  return store.transaction(async (transaction) => {
    const row = await transaction.db
      .selectFrom('dataset')
      .select(['course_id', 'status'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!row || row.status === 'removed') throw notFound('data set', id);
    if (row.status === 'importing' && (await isImporting(transaction.db))) {
      throw new Problem(
        'conflict',
        'data set: expected one that is imported, got one on its way; cancel its job first.',
      );
    }
    const removal = await removeDataset(transaction, id, removedBy);
    const changed = removal.interactions > 0 || removal.prerequisites > 0;
    const jobId =
      changed && (await hasRecords(transaction.db, row.course_id))
        ? await jobs.send(estimatesJob, { courseId: row.course_id }, { transaction, requestedBy: removedBy })
        : null;
    return { ...removal, jobId };
  });
}

/** True while an import runs anywhere: without one, a data set that is not ready was left by a process that died. */
async function isImporting(db: Kysely<Database>): Promise<boolean> {
  const job = await db
    .selectFrom('job')
    .select('id')
    .where('name', 'in', [importJob.name, sampleJob.name])
    .where('state', 'in', activeStates)
    .limit(1)
    .executeTakeFirst();
  return job !== undefined;
}

async function hasRecords(db: Kysely<Database>, course: number): Promise<boolean> {
  const row = await db
    .selectFrom('interaction')
    .select('id')
    .where('course_id', '=', course)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
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
