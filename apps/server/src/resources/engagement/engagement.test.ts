import { randomUUID } from 'node:crypto';
import { createRandom } from '@qurriculum/random';
import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { estimatesJob } from '../../estimates/estimates-job.ts';
import { forEachApi } from '../../testing/api.ts';
import { makeSmallCourse, type SmallCourse } from '../../testing/small-course.ts';
import type { ClassEngagementView, LearnerEngagementView } from './schema.ts';

const teacher = 'teacher:Ms Lopez';

/** The first three learners answer at random; everybody else learns. */
function learners(count: number) {
  const random = createRandom('effort');
  return Array.from({ length: count }, (_, k) => ({
    ...{ key: `l${k}`, name: `Name ${k}`, mastery: [0.5], daysAgo: 2 },
    answers: [
      Array.from({ length: 24 }, (_, at) => (random.chance(k < 3 ? 0.25 : 0.4 + 0.02 * at) ? '1' : '0')).join(''),
    ],
  }));
}

forEachApi('engagement', (api) => {
  let course: SmallCourse;
  const fit = async () => {
    const job = await api.jobs.wait(await api.jobs.send(estimatesJob, { courseId: course.id }));
    expect(job.state).toBe('done');
  };
  const ofClass = () => api.ok<ClassEngagementView>('GET', `/api/courses/${course.id}/engagement`, { person: teacher });
  const ofLearner = (k: number) =>
    api.ok<LearnerEngagementView>('GET', `/api/learners/${course.learners[k]}/engagement`, { person: teacher });

  beforeAll(async () => {
    course = await makeSmallCourse(api.store, { name: 'Effort', skills: ['a'], learners: learners(24) });
    await fit();
  });

  it('says nothing where no answer has a response time', async () => {
    expect(await ofClass()).toEqual({
      fit: null,
      learners: [],
      counts: { engaged: 0, mixed: 0, guessing: 0, away: 0, unknown: 0 },
    });
    expect(await ofLearner(0)).toEqual({ engagement: null, fit: null });
  });

  it('names who answers faster than anybody reads, with signs, interval and run', async () => {
    const guessing = course.learners.slice(0, 3);
    // Two seconds in three for who guesses, half a minute for who reads; other digits so that no two are alike.
    await sql`UPDATE interaction SET seconds = CASE WHEN learner_id = ANY(${guessing}::integer[])
      THEN 1 + sequence % 3 * 0.2 ELSE 20 + sequence % 7 * 4 END WHERE course_id = ${course.id}`.execute(api.store.db);
    await fit();
    const view = await ofClass();
    expect(view.learners.map(({ learnerId }) => learnerId).sort()).toEqual([...guessing].sort());
    expect(view.counts).toMatchObject({ guessing: 3, engaged: 21 });
    for (const { engagement } of view.learners) {
      expect(engagement.reasons[0]).toMatch(/^20 of the last 20 timed answers came faster than most people read/);
      expect(engagement.high).toBeLessThan(0.9);
      expect(engagement.responseTimeEffort).toMatchObject({ share: 0, timed: 24, rapid: 24 });
    }
    const run = await api.store.db
      .selectFrom('run')
      .selectAll()
      .where('id', '=', view.fit?.runId ?? '')
      .execute();
    expect(run).toMatchObject([{ kind: 'fit', subject: 'engagement', course_id: course.id }]);
    expect((await ofLearner(5)).engagement).toMatchObject({ verdict: 'engaged', answers: 20 });
  });

  it('is for staff', async () => {
    for (const path of [`/api/courses/${course.id}/engagement`, `/api/learners/${course.learners[0]}/engagement`]) {
      const person = `learner:${course.learners[0]}`;
      expect(await api.refused('GET', path, { person })).toMatchObject({ status: 403 });
      expect(await api.refused('GET', path)).toMatchObject({ status: 401, code: 'person-missing' });
    }
    expect(await api.refused('GET', '/api/courses/4711/engagement', { person: teacher })).toMatchObject({
      status: 404,
    });
  });

  it('takes what a learner says of an answer, once it is answered, and counts it at once', async () => {
    const { db } = api.store;
    const learnerId = course.learners[6];
    const person = `learner:${learnerId}`;
    const item = await db
      .insertInto('item')
      .values({ course_id: course.id, key: 'i' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const id = randomUUID();
    await db
      .insertInto('exercise')
      .values({ id, learner_id: learnerId, item_id: item.id, seed: 1, body: '{}' })
      .execute();
    const path = `/api/exercises/${id}/self-report`;
    expect(await api.refused('POST', path, { body: { value: 0 }, person })).toMatchObject({ status: 409 });
    const { id: answer } = await db
      .selectFrom('interaction')
      .select('id')
      .where('learner_id', '=', learnerId)
      .orderBy('sequence', 'desc')
      .executeTakeFirstOrThrow();
    await db
      .updateTable('interaction')
      .set({ external_id: id, source: 'practice' })
      .where('id', '=', answer)
      .where('learner_id', '=', learnerId)
      .execute();
    const before = (await ofLearner(6)).engagement;
    expect(await api.ok('POST', path, { body: { value: 0 }, person })).toEqual({ value: 0 });
    const after = (await ofLearner(6)).engagement;
    expect(after?.mean).toBeLessThan(before?.mean ?? 0);
    expect(await api.refused('POST', path, { body: { value: 2 }, person })).toMatchObject({ status: 400 });
    const other = `learner:${course.learners[7]}`;
    expect(await api.refused('POST', path, { body: { value: 1 }, person: other })).toMatchObject({ status: 403 });
  });
});
