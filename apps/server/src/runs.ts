/** Run records into the store: what ran, on what, at what cost. Screens and reports read these rows and nothing else. */
import { randomUUID } from 'node:crypto';
import { createRunRecord, type Provenance, type RunDescription, type RunRecord } from '@qurriculum/evidence';
import { type Kysely, sql } from 'kysely';
import type { Database } from './store/database.ts';

/** Versions of what every run on this server rests on. */
export const serverVersions: Readonly<Record<string, string>> = { qurriculum: '0.1.0', node: process.versions.node };

export interface RunPlace {
  readonly course: number | null;
  readonly learner?: number | null;
  readonly startedAt: Date;
}

/** Makes the record and stores it. */
export async function storeRun(db: Kysely<Database>, place: RunPlace, run: RunDescription): Promise<RunRecord> {
  const versions = { ...serverVersions, ...run.versions };
  const record = createRunRecord({ ...run, versions }, { id: randomUUID(), startedAt: place.startedAt });
  await db
    .insertInto('run')
    .values({
      id: record.id,
      kind: record.kind,
      subject: record.subject,
      course_id: place.course,
      learner_id: place.learner ?? null,
      started_at: record.startedAt,
      record: JSON.stringify(record),
    })
    .execute();
  return record;
}

/** The data sets behind a course's estimates, as the inputs of a run. */
export async function courseInputs(db: Kysely<Database>, course: number): Promise<Provenance[]> {
  const datasets = await db
    .selectFrom('dataset')
    .select(['name', 'sha256', 'simulated', sql<number>`rows::float8`.as('rows')])
    .where('course_id', '=', course)
    .where('status', '=', 'ready')
    .orderBy('id')
    .execute();
  return datasets.map(({ name, sha256, rows, simulated }) => ({
    name,
    ...(sha256 !== null && { sha256 }),
    rows,
    ...(simulated && { simulated }),
  }));
}

/** Whether any input is simulated: then what rests on them says so. */
export const isSimulated = (inputs: readonly Provenance[]): boolean => inputs.some((input) => input.simulated === true);
