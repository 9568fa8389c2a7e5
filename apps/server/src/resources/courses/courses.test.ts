import { expect, it } from 'vitest';
import { forEachApi } from '../../testing/api.ts';
import type { Course } from './service.ts';

forEachApi('courses', (api) => {
  it('makes, lists and shows courses', async () => {
    const made = await api.ok<Course>('POST', '/api/courses', {
      body: { name: ' Algebra ' },
      person: 'teacher:Ms Lopez',
    });
    expect(made).toMatchObject({ name: 'Algebra', simulated: false, skills: 0, learners: 0, interactions: 0 });
    await api.store.db.insertInto('learner').values({ course_id: made.id, key: 'a' }).execute();
    const { courses } = await api.ok<{ courses: Course[] }>('GET', '/api/courses');
    expect(courses).toMatchObject([{ id: made.id, learners: 1 }]);
    expect(await api.ok('GET', `/api/courses/${made.id}`)).toEqual(courses[0]);
  });

  it('refuses a name that is taken, and people who may not', async () => {
    const taken = await api.refused('POST', '/api/courses', { body: { name: 'Algebra' }, person: 'engineer:E' });
    expect(taken).toMatchObject({ status: 409, errors: [{ field: 'name' }] });
    expect(await api.refused('POST', '/api/courses', { body: { name: 'B' } })).toMatchObject({ status: 401 });
    expect(await api.refused('POST', '/api/courses', { body: { name: 'B' }, person: 'learner:1' })).toMatchObject({
      status: 403,
    });
  });
});
