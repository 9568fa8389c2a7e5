import { expect, it } from 'vitest';
import { forEachDatabase } from '../testing/databases.ts';
import { courseNeighbours } from './course-neighbours.ts';

forEachDatabase('neighbours of a skill', (database) => {
  it('are its prerequisites in use and what builds on it', async () => {
    const { db } = database.store;
    const course = await db.insertInto('course').values({ name: 'Near' }).returning('id').executeTakeFirstOrThrow();
    const dataset = await db
      .insertInto('dataset')
      .values({ course_id: course.id, kind: 'graph', name: 'graph' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const keys = ['count', 'add', 'multiply', 'alone'];
    const skills = await db
      .insertInto('skill')
      .values(keys.map((key) => ({ course_id: course.id, key, name: key })))
      .returning('id')
      .execute();
    const edge = (from: number, to: number, enabled = true) => ({
      ...{ course_id: course.id, dataset_id: dataset.id, enabled, strength: 'hard' as const, source: 'given' as const },
      ...{ from_skill: skills[from].id, to_skill: skills[to].id },
    });
    await db
      .insertInto('prerequisite')
      .values([edge(0, 1), edge(1, 2), edge(0, 3, false)])
      .execute();
    const near = await courseNeighbours(db, course.id);
    expect(keys.map(near)).toEqual([['add'], ['count', 'multiply'], ['add'], []]);
    expect(near('not in the course')).toEqual([]);
  });
});
