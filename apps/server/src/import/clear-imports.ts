/** What imports left behind: those that nobody started, and folders that nothing is in or that belong to none. */
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Services } from '../jobs/definition.ts';
import { importFolder, removeEmptyFolder, removeOpenImport } from './import-state.ts';

/** A person who chose files in the evening may still start their import in the morning. */
const OPEN_FOR_MS = 24 * 3600 * 1000;

const IMPORT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** For the start of a server. Safe beside other servers on the same database: they have folders of their own. */
export async function clearImports(services: Services, now = new Date()): Promise<void> {
  const { store, filesDirectory } = services;
  const abandoned = await store.db
    .selectFrom('import')
    .select('id')
    .where('job_id', 'is', null)
    .where('created_at', '<', new Date(now.getTime() - OPEN_FOR_MS))
    .execute();
  for (const { id } of abandoned) await removeOpenImport(services, id);
  const folders = (await readdir(path.join(filesDirectory, 'imports')).catch(() => [])).filter((id) =>
    IMPORT_ID.test(id),
  );
  if (folders.length === 0) return;
  const rows = await store.db.selectFrom('import').select(['id', 'job_id']).where('id', 'in', folders).execute();
  const jobOf = new Map(rows.map(({ id, job_id }) => [id, job_id]));
  for (const id of folders) {
    if (!jobOf.has(id)) await rm(importFolder(filesDirectory, id), { recursive: true, force: true });
    else if (jobOf.get(id) !== null) await removeEmptyFolder(filesDirectory, id);
  }
}
