/** Brings the tables up to date, in one transaction, under Kysely's own lock where several processes start at once. */
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Database } from './database.ts';
import { StoreError } from './errors.ts';
import { migrations } from './migrations/index.ts';

export async function migrate(store: { readonly db: Kysely<Database>; readonly place: string }): Promise<void> {
  const unknown = (await appliedMigrations(store.db)).filter((name) => !(name in migrations));
  if (unknown.length > 0) {
    throw new StoreError(
      'schema-newer',
      `store: expected tables of this version or older in ${store.place}, got ones made by a newer version ` +
        `(${unknown.join(', ')}); start that version, or use another data directory.`,
    );
  }
  const migrator = new Migrator({ db: store.db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    throw new StoreError(
      'migration-failed',
      `store: expected to bring the tables in ${store.place} up to date, got: ${(error as Error).message}; ` +
        'nothing was changed. Restore a copy or report this.',
      { cause: error },
    );
  }
}

/** SQLSTATE of a table that is not there: a fresh database has no journal yet. */
const UNDEFINED_TABLE = '42P01';

async function appliedMigrations(db: Kysely<Database>): Promise<string[]> {
  const journal = db as unknown as Kysely<{ kysely_migration: { name: string } }>;
  try {
    const rows = await journal.selectFrom('kysely_migration').select('name').execute();
    return rows.map((row) => row.name);
  } catch (error) {
    if ((error as { code?: string }).code === UNDEFINED_TABLE) return [];
    throw error;
  }
}
