/** Problem files into the store, and what solvers say of them. */
import { createHash } from 'node:crypto';
import type { FileFormat } from '@qurriculum/problems';
import type { Kysely, Selectable } from 'kysely';
import type { ComputePool } from '../../compute/pool.ts';
import { defineTask } from '../../compute/tasks.ts';
import { Problem } from '../../http/problem.ts';
import type { Services } from '../../jobs/definition.ts';
import { contentOf, storedBytes } from '../../problem-runs/content.ts';
import type { ProblemFacts } from '../../problem-runs/facts.ts';
import type { Inspection, run as runInspection } from '../../problem-runs/inspect-task.ts';
import { problemRunLimits } from '../../problem-runs/options.ts';
import type { Database } from '../../store/database.ts';
import type { InspectedFileView, ProblemFileView } from './schema.ts';

const inspectTask = defineTask<typeof runInspection>(new URL('../../problem-runs/inspect-task.ts', import.meta.url));

export interface SentFile {
  readonly name: string;
  /** Null: the ending of the name tells. */
  readonly format: FileFormat | null;
  readonly body: ReadableStream<Uint8Array>;
  readonly sentBy: string;
}

/** Reads a file, says what it holds, and keeps it. @throws Problem `too-large`, `unprocessable` with the place in the file. */
export async function addProblemFile({ store, compute }: Services, sent: SentFile): Promise<InspectedFileView> {
  const bytes = await collect(sent.body);
  const { facts, solvers } = await inspect(compute, bytes, sent.name, sent.format);
  const content = contentOf(bytes, facts.format);
  const row = await store.db
    .insertInto('problem_file')
    .values({
      ...{ name: sent.name, format: facts.format, bytes: bytes.length, content, created_by: sent.sentBy },
      sha256: createHash('sha256').update(bytes).digest('hex'),
      facts: JSON.stringify(facts),
    })
    .returning(fileColumns)
    .executeTakeFirstOrThrow();
  return { file: toProblemFileView(row), solvers: [...solvers] };
}

/** The file with what the solvers say of it now: credentials may have come since it was sent. */
export async function findProblemFile(services: Services, id: number): Promise<InspectedFileView | undefined> {
  const row = await services.store.db
    .selectFrom('problem_file')
    .select([...fileColumns, 'content'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const format = row.format as FileFormat;
  const { solvers } = await inspect(services.compute, storedBytes(row.content, format), row.name, format);
  return { file: toProblemFileView(row), solvers: [...solvers] };
}

export const fileColumns = ['id', 'name', 'format', 'bytes', 'sha256', 'facts', 'created_at'] as const;

type FileRow = Pick<Selectable<Database['problem_file']>, (typeof fileColumns)[number]>;

export function toProblemFileView({ facts, created_at, format: _, ...row }: FileRow): ProblemFileView {
  const { id, name, bytes, sha256 } = row;
  return { id, name, bytes, sha256, createdAt: created_at.toISOString(), ...(facts as unknown as ProblemFacts) };
}

/** Takes away files that nobody ran for a day: a person who dropped one in the evening may run it in the morning. */
export async function clearProblemFiles(db: Kysely<Database>, now = new Date()): Promise<void> {
  await db
    .deleteFrom('problem_file')
    .where('created_at', '<', new Date(now.getTime() - 24 * 3600 * 1000))
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('problem_run').select('id').whereRef('file_id', '=', 'problem_file.id'))),
    )
    .execute();
}

async function inspect(
  compute: ComputePool,
  bytes: Buffer,
  name: string,
  format: FileFormat | null,
): Promise<Inspection> {
  try {
    return await compute.run(inspectTask, { bytes, name, format });
  } catch (error) {
    // What the reader of the file says is written for people: file, line, column, expected, got, what to do.
    if (error instanceof Error && error.name === 'ProblemError') throw new Problem('unprocessable', error.message);
    throw error;
  }
}

async function collect(body: ReadableStream<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > problemRunLimits.mostBytes) {
      const most = `${problemRunLimits.mostBytes / 2 ** 20} MiB`;
      throw new Problem('too-large', `Problem file: expected at most ${most}, got more; use the command line for it.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
