import { expect, it } from 'vitest';
import { forEachApi } from '../../testing/api.ts';
import type { PickablePerson } from './service.ts';

forEachApi('people', (api) => {
  const list = async (query = '') => (await api.ok<{ people: PickablePerson[] }>('GET', `/api/people${query}`)).people;

  it('offers every role before anybody is known', async () => {
    expect((await list()).map((one) => one.person)).toEqual([
      'teacher:Teacher',
      'engineer:Engineer',
      'decision maker:Decision maker',
    ]);
  });

  it('adds staff once', async () => {
    const body = { role: 'teacher', name: 'Frau Müller' };
    expect(await api.ok('POST', '/api/people', { body })).toMatchObject({ person: 'teacher:Frau Müller' });
    await api.ok('POST', '/api/people', { body });
    expect((await list()).filter((one) => one.role === 'teacher')).toHaveLength(1);
    expect(await api.refused('POST', '/api/people', { body: { role: 'learner', name: 'x' } })).toMatchObject({
      errors: [{ field: 'role' }],
    });
  });

  it('lists and searches the learners of a course', async () => {
    const { id } = await api.store.db
      .insertInto('course')
      .values({ name: 'people' })
      .returning('id')
      .executeTakeFirstOrThrow();
    await api.store.db
      .insertInto('learner')
      .values([
        { course_id: id, key: 'k1', name: 'Ada' },
        { course_id: id, key: 'k2' },
        { course_id: id, key: 'k_%3', name: 'Grace', simulated: true },
      ])
      .execute();
    const learners = (await list(`?courseId=${id}`)).filter((one) => one.role === 'learner');
    expect(learners.map((one) => one.name)).toEqual(['Ada', 'k2', 'Grace']);
    expect(learners[2].simulated).toBe(true);
    const found = await list(`?courseId=${id}&search=ADA`);
    expect(found.filter((one) => one.role === 'learner')).toHaveLength(1);
    // % and _ are letters like any other.
    expect((await list(`?courseId=${id}&search=_%25`)).filter((one) => one.role === 'learner')).toHaveLength(1);
    expect((await list(`?courseId=${id}&limit=1`)).filter((one) => one.role === 'learner')).toHaveLength(1);
  });
});
