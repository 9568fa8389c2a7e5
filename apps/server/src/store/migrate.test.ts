import { readdir } from 'node:fs/promises';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { forEachDatabase } from '../testing/databases.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';

it('lists every migration file, in order', async () => {
  const files = await readdir(new URL('./migrations/', import.meta.url));
  const numbered = files.filter((file) => /^\d{4}-.*\.ts$/.test(file)).map((file) => file.replace('.ts', ''));
  expect(Object.keys(migrations)).toEqual(numbered.sort());
});

forEachDatabase('migrations', (database) => {
  it('can be run again', async () => {
    await migrate(database.store);
    const { rows } = await sql<{ name: string }>`SELECT name FROM kysely_migration ORDER BY name`.execute(
      database.store.db,
    );
    expect(rows.map((row) => row.name)).toEqual(Object.keys(migrations));
  });

  it('refuse tables of a newer version', async () => {
    await sql`INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-future', 'now')`.execute(database.store.db);
    await expect(migrate(database.store)).rejects.toMatchObject({ code: 'schema-newer' });
  });
});
