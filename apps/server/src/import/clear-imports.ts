/** What imports left behind: those that nobody started, and empty folders of those that are done. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Services } from '../jobs/definition.ts';
import { removeEmptyFolder, removeOpenImport } from './import-state.ts';

/** A person who chose files in the evening may still start their import in the morning. */
const OPEN_FOR_MS = 24 * 3600 * 1000;

const IMPORT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** For the start of a server. Safe beside other servers on the same database. */
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
  // Folders that this database does not know are another one's, which had this data directory before.
  const begun = await store.db
    .selectFrom('import')
    .select('id')
    .where('id', 'in', folders)
    .where('job_id', 'is not', null)
    .execute();
  for (const { id } of begun) await removeEmptyFolder(filesDirectory, id);
}
