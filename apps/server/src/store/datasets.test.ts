import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { forEachDatabase, type TestDatabase } from '../testing/databases.ts';
import { practiceDataset, recordMentions, removeDataset } from './datasets.ts';
import {
  attachInteractions,
  createInteractionTable,
  dropInteractions,
  indexInteractions,
  interactionColumns,
  interactionRow,
  interactionTable,
} from './interactions.ts';

/** A course with three learners, skills and items; ids by key. */
async function makeCourse({ store }: TestDatabase, name: string) {
  const { id } = await store.db.insertInto('course').values({ name }).returning('id').executeTakeFirstOrThrow();
  const keys = ['a', 'b', 'c'];
  const add = async (table: 'learner' | 'item') => {
    const rows = await store.db
      .insertInto(table)
      .values(keys.map((key) => ({ course_id: id, key })))
      .returning(['id', 'key'])
      .execute();
    return Object.fromEntries(rows.map((row) => [row.key, row.id]));
  };
  const skills = await store.db
    .insertInto('skill')
    .values(keys.map((key) => ({ course_id: id, key, name: key })))
    .returning(['id', 'key'])
    .execute();
  return {
    id,
    learner: await add('learner'),
    item: await add('item'),
    skill: Object.fromEntries(skills.map((row) => [row.key, row.id])),
  };
}

type TestCourse = Awaited<ReturnType<typeof makeCourse>>;

/** A data set in which each named learner has answered the item of the same key. */
async function addRecords({ store }: TestDatabase, course: TestCourse, sha256: string, keys: readonly string[]) {
  const { id } = await store.db
    .insertInto('dataset')
    .values({ course_id: course.id, kind: 'records', name: `${sha256}.csv`, sha256, rows: keys.length })
    .returning('id')
    .executeTakeFirstOrThrow();
  const rows: string[] = [];
  for (const [sequence, key] of keys.entries()) {
    const { id: skillSet } = await store.db
      .insertInto('skill_set')
      .values({ course_id: course.id, skills: [course.skill[key]] })
      .onConflict((conflict) => conflict.constraint('skill_set_skills').doUpdateSet({ course_id: course.id }))
      .returning('id')
      .executeTakeFirstOrThrow();
    rows.push(
      interactionRow({
        dataset: id,
        course: course.id,
        learner: course.learner[key],
        item: course.item[key],
        skillSet,
        correct: true,
        at: new Date('2026-01-01T00:00:00Z'),
        sequence,
        source: 'import',
        externalId: `${sha256} ${sequence}`,
        seconds: null,
        hints: null,
        selfReport: null,
      }),
    );
  }
  await createInteractionTable(store.db, id);
  await store.copyIn(interactionTable(id), interactionColumns, rows);
  await indexInteractions(store.db, id);
  await store.transaction(async ({ db }) => {
    await attachInteractions(db, id);
    for (const entity of ['learner', 'item', 'skill'] as const) {
      await recordMentions(
        db,
        id,
        entity,
        keys.map((key) => course[entity][key]),
      );
    }
    await db.updateTable('dataset').set({ status: 'ready' }).where('id', '=', id).execute();
  });
  return id;
}

forEachDatabase('data sets', (database) => {
  const keysOf = async (table: 'learner' | 'item' | 'skill', course: number) => {
    const rows = await database.store.db
      .selectFrom(table)
      .select('key')
      .where('course_id', '=', course)
      .orderBy('id')
      .execute();
    return rows.map((row) => row.key);
  };
  const interactions = async (course: number) => {
    const rows = await database.store.db
      .selectFrom('interaction')
      .selectAll()
      .where('course_id', '=', course)
      .execute();
    return rows.length;
  };

  it('shows interactions only once they are attached, and all of them then', async () => {
    const { store } = database;
    const course = await makeCourse(database, 'attached');
    const id = await addRecords(database, course, 'one', ['a', 'b']);
    expect(await interactions(course.id)).toBe(2);

    const { id: half } = await store.db
      .insertInto('dataset')
      .values({ course_id: course.id, kind: 'records', name: 'half.csv' })
      .returning('id')
      .executeTakeFirstOrThrow();
    await createInteractionTable(store.db, half);
    const row = { course: course.id, learner: course.learner['a'], item: null, skillSet: 1, correct: false };
    const rest = {
      at: null,
      sequence: 1,
      source: 'import',
      externalId: null,
      seconds: null,
      hints: null,
      selfReport: null,
    } as const;
    await store.copyIn(interactionTable(half), interactionColumns, [
      interactionRow({ dataset: half, ...row, ...rest }),
    ]);
    expect(await interactions(course.id)).toBe(2);
    // A second attempt begins anew.
    await createInteractionTable(store.db, half);
    await store.copyIn(interactionTable(half), interactionColumns, [interactionRow({ dataset: id, ...row, ...rest })]);
    await expect(store.transaction(({ db }) => attachInteractions(db, half))).rejects.toThrow(/partition constraint/);
    await dropInteractions(store.db, half);
    expect(await interactions(course.id)).toBe(2);
  });

  it('refuses two interactions of one data set with the same id, but not without one', async () => {
    const { store } = database;
    const course = await makeCourse(database, 'ids');
    const id = await addRecords(database, course, 'ids', ['a']);
    const values = {
      dataset_id: id,
      course_id: course.id,
      learner_id: course.learner['a'],
      skill_set_id: 1,
      correct: true,
      sequence: 9,
    };
    const insert = (externalId: string | null) =>
      store.db
        .insertInto('interaction')
        .values({ ...values, external_id: externalId })
        .execute();
    await expect(insert('ids 0')).rejects.toMatchObject({ code: '23505' });
    await insert(null);
    await insert(null);
  });

  it('removes a data set whole and keeps what another one mentions', async () => {
    const { store } = database;
    const course = await makeCourse(database, 'shared');
    const first = await addRecords(database, course, 'first', ['a', 'b']);
    await addRecords(database, course, 'second', ['b', 'c']);
    for (const key of ['a', 'b']) {
      await store.db
        .insertInto('mastery')
        .values({
          learner_id: course.learner[key],
          skill_id: course.skill[key],
          mean: 0.5,
          low: 0.4,
          high: 0.6,
          attempts: 1,
          correct: 1,
        })
        .execute();
    }
    await store.db.insertInto('model').values({ course_id: course.id, name: 'bkt', body: '{}' }).execute();
    await store.db.insertInto('memory_model').values({ course_id: course.id, body: '{}' }).execute();
    const memory = { stability: 3, difficulty: 5, last_at: new Date(), answers: 1 };
    for (const key of ['a', 'b']) {
      const place = { learner_id: course.learner[key], skill_id: course.skill[key] };
      await store.db
        .insertInto('skill_memory')
        .values({ ...place, ...memory })
        .execute();
    }
    await store.db
      .insertInto('prerequisite')
      .values({
        course_id: course.id,
        dataset_id: first,
        from_skill: course.skill['b'],
        to_skill: course.skill['c'],
        strength: 'hard',
        source: 'given',
      })
      .execute();

    const removal = await store.transaction((tx) => removeDataset(tx, first, 'teacher:Ms Lopez'));
    expect(removal).toEqual({
      interactions: 2,
      skills: 1,
      items: 1,
      learners: 1,
      prerequisites: 1,
      learnersToUpdate: [course.learner['b']],
    });
    for (const table of ['learner', 'item', 'skill'] as const)
      expect(await keysOf(table, course.id)).toEqual(['b', 'c']);
    expect(await interactions(course.id)).toBe(2);
    // Nothing that rested on the removed records is left.
    const orphans = await store.db
      .selectFrom('mastery')
      .selectAll()
      .where('learner_id', '=', course.learner['a'])
      .execute();
    expect(orphans).toEqual([]);
    expect(
      await store.db.selectFrom('mastery').selectAll().where('learner_id', '=', course.learner['b']).execute(),
    ).toEqual([]);
    const own = [course.learner['a'], course.learner['b']];
    expect(await store.db.selectFrom('skill_memory').selectAll().where('learner_id', 'in', own).execute()).toEqual([]);
    for (const table of ['model', 'memory_model'] as const)
      expect(await store.db.selectFrom(table).selectAll().where('course_id', '=', course.id).execute()).toEqual([]);
    const sets = await store.db.selectFrom('skill_set').select('skills').where('course_id', '=', course.id).execute();
    expect(sets.map((set) => set.skills[0]).sort()).toEqual([course.skill['b'], course.skill['c']].sort());
    const row = await store.db.selectFrom('dataset').selectAll().where('id', '=', first).executeTakeFirstOrThrow();
    expect(row).toMatchObject({ status: 'removed', removed_by: 'teacher:Ms Lopez' });
    expect(row.removed_at).toBeInstanceOf(Date);

    // The same file can come again.
    await addRecords(database, course, 'first', ['b']);
    expect(await interactions(course.id)).toBe(3);
  });

  it('leaves everything as it was where a removal fails', async () => {
    const { store } = database;
    const course = await makeCourse(database, 'undone');
    const id = await addRecords(database, course, 'undone', ['a', 'b']);
    const failing = store.transaction(async (tx) => {
      await removeDataset(tx, id, 'engineer:E');
      throw new Error('power cut');
    });
    await expect(failing).rejects.toThrow('power cut');
    expect(await interactions(course.id)).toBe(2);
    expect(await keysOf('learner', course.id)).toEqual(['a', 'b', 'c']);
  });

  it('takes one file once a course', async () => {
    const course = await makeCourse(database, 'once');
    await addRecords(database, course, 'same', ['a']);
    await expect(addRecords(database, course, 'same', ['a'])).rejects.toMatchObject({
      constraint: 'dataset_same_file',
    });
    await addRecords(database, await makeCourse(database, 'elsewhere'), 'same', ['a']);
  });

  it('keeps practice as a data set of its own, made once', async () => {
    const { store } = database;
    const course = await makeCourse(database, 'practice');
    const records = await addRecords(database, course, 'before', ['a']);
    const [practice, again] = await Promise.all([
      store.transaction((tx) => practiceDataset(tx, course.id)),
      store.transaction((tx) => practiceDataset(tx, course.id)),
    ]);
    expect(again).toBe(practice);
    await store.transaction(async ({ db }) => {
      await db
        .insertInto('interaction')
        .values({
          dataset_id: practice,
          course_id: course.id,
          learner_id: course.learner['a'],
          skill_set_id: 1,
          correct: true,
          sequence: 2,
          source: 'practice',
        })
        .execute();
      await recordMentions(db, practice, 'learner', [course.learner['a']]);
    });
    // A learner who has practised stays when the file that named him first is removed.
    await store.transaction((tx) => removeDataset(tx, records, 'engineer:E'));
    expect(await keysOf('learner', course.id)).toContain('a');
    expect(await interactions(course.id)).toBe(1);
  });

  it('notes mentions in bulk, each once', async () => {
    const { store } = database;
    const course = await makeCourse(database, 'bulk');
    const id = await addRecords(database, course, 'bulk', ['a']);
    await sql`INSERT INTO learner (course_id, key) SELECT ${course.id}::integer, 'x' || n FROM generate_series(1, 12000) n`.execute(
      store.db,
    );
    const rows = await store.db.selectFrom('learner').select('id').where('course_id', '=', course.id).execute();
    const ids = rows.map((row) => row.id);
    await recordMentions(store.db, id, 'learner', ids);
    await recordMentions(store.db, id, 'learner', ids);
    const noted = await store.db.selectFrom('dataset_learner').selectAll().where('dataset_id', '=', id).execute();
    expect(noted).toHaveLength(ids.length);
  });
});
