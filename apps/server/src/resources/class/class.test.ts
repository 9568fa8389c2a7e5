import { createMemoryModel } from '@qurriculum/learner';
import { beforeAll, expect, it } from 'vitest';
import { forEachApi } from '../../testing/api.ts';
import { makeSmallCourse, type SmallCourse } from '../../testing/small-course.ts';
import type { HeatMapView, HelpListView, PrerequisiteView } from './schema.ts';

const teacher = 'teacher:Ms Lopez';

forEachApi('the class', (api) => {
  let course: SmallCourse;
  const help = () => api.ok<HelpListView>('GET', `/api/courses/${course.id}/help`);
  const heatMap = (query = '') => api.ok<HeatMapView>('GET', `/api/courses/${course.id}/class${query}`);

  beforeAll(async () => {
    course = await makeSmallCourse(api.store, {
      name: 'Chain',
      skills: ['a', 'b', 'c', 'd', 'e'],
      learners: [
        // b: 2 of 4 right at first, then 1 of 5. a: mastered.
        { key: 'l1', name: 'Bo Stuck', answers: ['111', '110010000'], mastery: [0.9, 0.3], daysAgo: 1 },
        // a and b are weak: a, the lower one, is the gap.
        { key: 'l2', name: 'Al Gap', answers: ['0010', '000'], mastery: [0.4, 0.2], daysAgo: 1 },
        { key: 'l3', name: 'Cy Gone', answers: ['111', '10'], mastery: [0.9, 0.7], daysAgo: 20 },
        { key: 'l4', name: 'Di Fine', answers: ['111', '1111', '01111'], mastery: [0.9, 0.95, 0.85], daysAgo: 2 },
        { key: 'l5', answers: [], mastery: [] },
      ],
    });
  });

  it('names who is stuck, who has a gap and who stopped, each with the evidence, the most urgent first', async () => {
    const { needs, rule } = await help();
    expect(needs.map(({ learnerName, skill, kind }) => [learnerName, skill.key, kind])).toEqual([
      ['Bo Stuck', 'b', 'stuck'],
      ['Al Gap', 'a', 'gap'],
      ['Cy Gone', 'b', 'inactive'],
    ]);
    expect(needs[0]).toMatchObject({
      reason: '9 attempts, 1 right in the last 5; 3 skills wait for it.',
      attempts: 9,
      mastery: { mean: expect.closeTo(0.3, 5) },
      simulated: false,
    });
    expect(needs[1].reason).toBe('Mastery 40 % after 4 attempts, 1 right; 4 skills wait for it.');
    expect(needs[2].reason).toBe('No answers for 20 days; left off at 70 % after 2 attempts; 3 skills wait for it.');
    expect(rule).toContain('at least 6 attempts, at most 2 of the last 5 right');
  });

  it('counts only what the learner wants, once goals are set, and follows the estimates', async () => {
    const [stuck] = course.learners;
    await api.store.db.insertInto('goal').values({ learner_id: stuck, skill_id: course.skills[2] }).execute();
    expect((await help()).needs.find(({ learnerId }) => learnerId === stuck)?.reason).toContain('1 skill waits for it');
    await api.store.db.deleteFrom('goal').where('learner_id', '=', stuck).execute();
    const mastery = (mean: number) =>
      api.store.db
        .updateTable('mastery')
        .set({ mean, updated_at: new Date() })
        .where('learner_id', '=', stuck)
        .where('skill_id', '=', course.skills[1])
        .execute();
    await mastery(0.9);
    expect((await help()).needs.map(({ learnerId }) => learnerId)).not.toContain(stuck);
    await mastery(0.3);
  });

  it('sees what was mastered long ago and is built upon, and does not count days once the course is over', async () => {
    const { db } = api.store;
    const [, , , fine] = course.learners;
    const long = new Date(Date.now() - 40 * 86_400_000);
    const set = (last_at: Date) =>
      db
        .updateTable('mastery')
        .set({ last_at, updated_at: new Date() })
        .where('learner_id', '=', fine)
        .where('skill_id', '=', course.skills[0])
        .execute();
    await set(long);
    expect((await help()).needs.find(({ kind }) => kind === 'forgetting')).toMatchObject({
      learnerName: 'Di Fine',
      reason: 'Mastered (90 %), last practised 40 days ago; 2 skills wait for it.',
    });
    // Where a memory model says more, its word counts: this one would still be known, and then not.
    const remember = async (stability: number) => {
      const row = { learner_id: fine, skill_id: course.skills[0], stability, difficulty: 5, last_at: long, answers: 4 };
      await db.deleteFrom('skill_memory').where('learner_id', '=', fine).execute();
      await db.insertInto('skill_memory').values(row).execute();
      await set(long);
      return (await help()).needs.find(({ kind }) => kind === 'forgetting');
    };
    const body = { model: createMemoryModel().toJSON(), verdict: 'no better', reason: '', reviews: 0 };
    await db
      .insertInto('memory_model')
      .values({ course_id: course.id, body: JSON.stringify(body) })
      .execute();
    expect(await remember(1000)).toBeUndefined();
    expect((await remember(0.1))?.reason).toMatch(
      /40 days ago, about \d\d % likely to be recalled today; 2 skills wait/,
    );
    await db.deleteFrom('skill_memory').where('learner_id', '=', fine).execute();
    const over = await makeSmallCourse(api.store, {
      name: 'Over',
      skills: ['a', 'b'],
      learners: [
        { key: 'x', answers: ['11', '10'], mastery: [0.9, 0.6], daysAgo: 300 },
        { key: 'y', answers: ['11', '10'], mastery: [0.9, 0.6], daysAgo: 100 },
      ],
    });
    const { needs, rule } = await api.ok<HelpListView>('GET', `/api/courses/${over.id}/help`);
    expect(needs).toEqual([]);
    expect(rule).toContain('the course is over');
    await set(new Date());
  });

  it('shows learners by skills, prerequisites first, with class means, those in need first or by name', async () => {
    const map = await heatMap();
    expect(map.skills.map(({ key }) => key)).toEqual(['a', 'b', 'c']);
    expect(map.skills[0].classMean).toBeCloseTo((0.9 + 0.4 + 0.9 + 0.9) / 4, 5);
    expect(map).toMatchObject({ total: 5, subjects: ['even', 'odd'], threshold: 0.8 });
    expect(map.learners.map(({ name, needsHelp }) => [name, needsHelp])).toEqual([
      ['Bo Stuck', true],
      ['Al Gap', true],
      ['Cy Gone', true],
      ['Di Fine', false],
      ['l5', false],
    ]);
    expect(map.learners[0]).toMatchObject({ attempts: 12, mastery: [expect.closeTo(0.9), expect.closeTo(0.3), null] });
    const page = await heatMap('?order=name&offset=1&limit=2&subject=odd');
    expect(page.learners.map(({ name }) => name)).toEqual(['Bo Stuck', 'Cy Gone']);
    expect(page.skills.map(({ key }) => key)).toEqual(['b']);
    expect(page.learners[1].mastery).toEqual([expect.closeTo(0.7)]);
    expect(page.total).toBe(5);
  });

  it('answers for an empty course, and refuses one that is not there', async () => {
    const { id } = await api.ok<{ id: number }>('POST', '/api/courses', { body: { name: 'Empty' }, person: teacher });
    expect(await api.ok('GET', `/api/courses/${id}/class`)).toMatchObject({ skills: [], learners: [], total: 0 });
    expect(await api.ok('GET', `/api/courses/${id}/help`)).toMatchObject({ needs: [] });
    expect(await api.ok('GET', `/api/courses/${id}/prerequisites`)).toEqual({
      ...{ prerequisites: [], estimate: null },
    });
    for (const path of ['class', 'help', 'prerequisites']) {
      expect(await api.refused('GET', `/api/courses/4711/${path}`)).toMatchObject({ status: 404 });
    }
    expect(await api.refused('GET', `/api/courses/${id}/class?limit=0`)).toMatchObject({
      errors: [{ field: 'limit' }],
    });
  });

  it('tells what estimating prerequisites looked at, even when it found none', async () => {
    const { id } = await api.ok<{ id: number }>('POST', '/api/courses', {
      body: { name: 'No graph' },
      person: teacher,
    });
    const detail = JSON.stringify({ testedPairs: 8993, skills: 115, estimated: true });
    const dataset = { course_id: id, kind: 'graph', name: 'Estimated prerequisites', status: 'ready', detail } as const;
    await api.store.db.insertInto('dataset').values(dataset).execute();
    expect(await api.ok('GET', `/api/courses/${id}/prerequisites`)).toEqual({
      ...{ prerequisites: [], estimate: { skills: 115, testedPairs: 8993 } },
    });
  });

  it('switches prerequisites off and on for staff, records who did, and refuses to close a cycle', async () => {
    const { db } = api.store;
    const [a, b, c] = course.skills;
    const place = (from: number, to: number) => `/api/courses/${course.id}/prerequisites/${from}/${to}`;
    const off = { body: { enabled: false } };
    const on = { body: { enabled: true } };
    expect(await api.refused('PUT', place(a, b), off)).toMatchObject({ status: 401, code: 'person-missing' });
    expect(await api.refused('PUT', place(a, b), { ...off, person: 'learner:1' })).toMatchObject({ status: 403 });
    expect(await api.refused('PUT', place(a, c), { ...off, person: teacher })).toMatchObject({ status: 404 });
    expect(await api.ok<PrerequisiteView>('PUT', place(a, b), { ...off, person: teacher })).toMatchObject({
      from: { key: 'a' },
      to: { key: 'b' },
      enabled: false,
      decidedBy: teacher,
    });
    expect((await help()).needs.find(({ kind }) => kind === 'gap')?.skill.key).not.toBe('a');
    // Now c -> a is fine; with it, a -> b would close a cycle.
    const back = { from_skill: c, to_skill: a, course_id: course.id, dataset_id: course.dataset };
    await db
      .insertInto('prerequisite')
      .values({ ...back, strength: 'soft', source: 'estimated' })
      .execute();
    const refusal = await api.refused('PUT', place(a, b), { ...on, person: teacher });
    expect(refusal).toMatchObject({ status: 409, code: 'conflict' });
    expect(refusal.detail).toContain('"Skill b" -> "Skill c" -> "Skill a" -> "Skill b"');
    await api.ok('PUT', place(c, a), { ...off, person: 'engineer:Kim' });
    await api.ok('PUT', place(a, b), { ...on, person: teacher });
    const { prerequisites } = await api.ok<{ prerequisites: PrerequisiteView[] }>(
      'GET',
      `/api/courses/${course.id}/prerequisites`,
    );
    expect(prerequisites).toHaveLength(5);
    expect(prerequisites.filter(({ enabled }) => !enabled)).toMatchObject([
      { from: { key: 'c' }, to: { key: 'a' }, source: 'estimated', decidedBy: 'engineer:Kim' },
    ]);
  });
});
