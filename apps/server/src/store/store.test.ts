import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { forEachDatabase } from '../testing/databases.ts';
import { copyRow } from './copy-text.ts';
import { isForeignKeyViolation, isUniqueViolation } from './errors.ts';
import { openStore } from './store.ts';

forEachDatabase('store', (database) => {
  const addCourse = (name: string) =>
    database.store.db.insertInto('course').values({ name }).returning(['id', 'created_at']).executeTakeFirstOrThrow();

  it('gives the same JavaScript values on both databases', async () => {
    const { rows } = await sql<Record<string, unknown>>`SELECT
      9007199254740991::bigint AS count, 1.5::numeric AS numeric, 0.25::real AS real, true AS flag,
      '2026-03-01'::date AS day, '2026-03-01T10:00:00Z'::timestamptz AS moment,
      '{"a":[1,2]}'::jsonb AS json, ARRAY[3,1,2] AS list, ARRAY['a','b'] AS words, NULL::text AS nothing`.execute(
      database.store.db,
    );
    expect(rows[0]).toEqual({
      count: 9007199254740991,
      numeric: 1.5,
      real: 0.25,
      flag: true,
      day: '2026-03-01',
      moment: new Date('2026-03-01T10:00:00Z'),
      json: { a: [1, 2] },
      list: [3, 1, 2],
      words: ['a', 'b'],
      nothing: null,
    });
  });

  it('takes dates, lists, JSON and nulls as parameters', async () => {
    const { id } = await addCourse('parameters');
    const skills = await database.store.db
      .insertInto('skill_set')
      .values({ course_id: id, skills: [4, 5] })
      .returning('skills')
      .executeTakeFirstOrThrow();
    expect(skills.skills).toEqual([4, 5]);
    const dataset = await database.store.db
      .insertInto('dataset')
      .values({
        course_id: id,
        kind: 'records',
        name: 'x',
        mapping: JSON.stringify(['a', { b: 'c' }]),
        created_at: new Date('2026-01-02T03:04:05.678Z'),
        licence: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    expect(dataset.mapping).toEqual(['a', { b: 'c' }]);
    expect(dataset.created_at).toEqual(new Date('2026-01-02T03:04:05.678Z'));
    expect(dataset.licence).toBeNull();
    expect(dataset.rows).toBe(0);
  });

  it('reports how many rows a change touched', async () => {
    await addCourse('counted');
    const result = await database.store.db
      .updateTable('course')
      .set({ simulated: true })
      .where('name', '=', 'counted')
      .executeTakeFirst();
    expect(result.numUpdatedRows).toBe(1n);
  });

  it('recognises unique and foreign key violations', async () => {
    await addCourse('twice');
    const again = await addCourse('twice').catch((error) => error);
    expect(isUniqueViolation(again, 'course_name_key')).toBe(true);
    const orphan = await database.store.db
      .insertInto('learner')
      .values({ course_id: 999_999, key: 'nobody' })
      .execute()
      .catch((error) => error);
    expect(isForeignKeyViolation(orphan)).toBe(true);
    expect(isUniqueViolation(orphan)).toBe(false);
  });

  it('commits a transaction whole', async () => {
    const id = await database.store.transaction(async ({ db }) => {
      const row = await db.insertInto('course').values({ name: 'whole' }).returning('id').executeTakeFirstOrThrow();
      await db.insertInto('learner').values({ course_id: row.id, key: 'one' }).execute();
      return row.id;
    });
    const learners = await database.store.db.selectFrom('learner').selectAll().where('course_id', '=', id).execute();
    expect(learners).toHaveLength(1);
  });

  it('undoes a transaction whole, COPY included', async () => {
    const { id } = await addCourse('undone');
    const failing = database.store.transaction(async (transaction) => {
      await transaction.copyIn('learner', ['course_id', 'key'], [copyRow([id, 'a']), copyRow([id, 'b'])]);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    const learners = await database.store.db.selectFrom('learner').selectAll().where('course_id', '=', id).execute();
    expect(learners).toEqual([]);
  });

  it('does not commit what a swallowed error had aborted', async () => {
    const careless = database.store.transaction(async ({ db }) => {
      await db.insertInto('course').values({ name: 'careless' }).execute();
      await sql`SELECT 1 / 0`.execute(db).catch(() => {});
    });
    await expect(careless).rejects.toThrow();
    const found = await database.store.db.selectFrom('course').selectAll().where('name', '=', 'careless').execute();
    expect(found).toEqual([]);
  });

  it('keeps other statements out of an open transaction', async () => {
    let seen: unknown[] = [];
    let other: Promise<void> = Promise.resolve();
    const start = new Promise<void>((begin) => {
      other = new Promise<void>((done) => {
        void database.store
          .transaction(async ({ db }) => {
            await db.insertInto('course').values({ name: 'private' }).execute();
            begin();
            await new Promise((resolve) => setTimeout(resolve, 50));
            throw new Error('undo');
          })
          .catch(() => done());
      });
    });
    await start;
    seen = await database.store.db.selectFrom('course').selectAll().where('name', '=', 'private').execute();
    await other;
    expect(seen).toEqual([]);
  });

  it('refuses the outer handle inside a transaction instead of waiting for ever', async () => {
    const { store } = database;
    const nested = store.transaction(async () => store.db.selectFrom('course').selectAll().execute());
    await expect(nested).rejects.toMatchObject({ code: 'outside-transaction' });
    await expect(store.transaction(() => store.transaction(async () => {}))).rejects.toMatchObject({
      code: 'outside-transaction',
    });
  });

  it('runs Kysely transactions and many statements at once', async () => {
    const names = Array.from({ length: 20 }, (_, i) => `parallel ${i}`);
    await Promise.all(
      names.map((name) =>
        database.store.db.transaction().execute((trx) => trx.insertInto('course').values({ name }).execute()),
      ),
    );
    const found = await database.store.db
      .selectFrom('course')
      .selectAll()
      .where('name', 'like', 'parallel %')
      .execute();
    expect(found).toHaveLength(20);
  });

  it('copies text in and out, with every awkward character', async () => {
    const { id } = await addCourse('copied');
    const keys = ['plain', 'tab\there', 'line\nbreak', 'back\\slash', '\\N', 'quote"\'', 'ünï→code', '', 'carriage\r'];
    async function* rows() {
      for (const key of keys) yield copyRow([id, key, null]);
    }
    const { store } = database;
    expect(await store.copyIn('learner', ['course_id', 'key', 'name'], rows())).toBe(keys.length);
    const found = await store.db.selectFrom('learner').select(['key', 'name']).where('course_id', '=', id).execute();
    expect(found.map((row) => row.key)).toEqual(keys);
    expect(found.every((row) => row.name === null)).toBe(true);

    const chunks: Uint8Array[] = [];
    for await (const chunk of store.copyOut(`SELECT key FROM learner WHERE course_id = ${id} AND key = 'plain'`)) {
      chunks.push(chunk);
    }
    expect(Buffer.concat(chunks).toString()).toBe('plain\n');
  });

  it('copies CSV, bytes and more than one chunk', async () => {
    const { id } = await addCourse('copied csv');
    const filler = 'x'.repeat(1000);
    async function* rows() {
      for (let i = 0; i < 3000; i++) yield Buffer.from(`${id},"learner ""${i}""",${filler}\n`);
    }
    const count = await database.store.copyIn('learner', ['course_id', 'key', 'name'], rows(), { format: 'csv' });
    expect(count).toBe(3000);
    const last = await database.store.db
      .selectFrom('learner')
      .select('key')
      .where('course_id', '=', id)
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    expect(last.key).toBe('learner "2999"');
  });

  it('names the statement error of a bad row and stays usable', async () => {
    const { store } = database;
    const bad = store.copyIn('learner', ['course_id', 'key'], ['not a number\tx\n']);
    await expect(bad).rejects.toMatchObject({ code: '22P02' });
    expect(await store.db.selectFrom('course').selectAll().execute()).not.toEqual([]);
  });

  it('delivers notifications', async () => {
    const { backend } = database.store;
    const heard: string[] = [];
    let arrived = () => {};
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const stop = await backend.listen('news', (payload) => {
      heard.push(payload);
      arrived();
    });
    await backend.query('SELECT pg_notify($1, $2)', ['news', 'hello']);
    await arrival;
    await stop();
    expect(heard).toEqual(['hello']);
  });

  it('is open to a second connection, as another thread has it', async () => {
    const other = await openStore(database.store.share());
    const { id } = await addCourse('shared');
    const seen = await other.db.selectFrom('course').select('name').where('id', '=', id).executeTakeFirst();
    expect(seen?.name).toBe('shared');
    await other.close();
    expect(await database.store.db.selectFrom('course').select('id').where('id', '=', id).execute()).toHaveLength(1);
  });
});

describe('copyRow', () => {
  it('writes numbers too small for a real as 0', () => {
    expect(copyRow([4e-46, -4e-46, 1.5e-30])).toBe('0\t0\t1.5e-30\n');
  });

  it('writes the text format of COPY', () => {
    const moment = new Date('2026-01-02T03:04:05.678Z');
    expect(copyRow([1, 'a\tb', true, null, Number.NaN, [1, 2], moment, 10n])).toBe(
      '1\ta\\tb\tt\t\\N\t\\N\t{1,2}\t2026-01-02T03:04:05.678Z\t10\n',
    );
  });
});
