import { createMemoryModel, defaultMemoryWeights } from '@qurriculum/learner';
import { beforeAll, expect, it } from 'vitest';
import { estimatesJob } from '../../estimates/estimates-job.ts';
import { updateMemory } from '../../estimates/memory-store.ts';
import { forEachApi } from '../../testing/api.ts';
import { makeSmallCourse, type SmallCourse } from '../../testing/small-course.ts';
import type { SkillMapView } from '../learners/schema.ts';
import type { PlanView } from '../plans/schema.ts';
import type { MemoryView } from './schema.ts';

const DAY = 86_400_000;
const mastered = { mastery: [0.95, 0.2] };

/** A learner who knew the first of two skills three weeks ago, one who is here now and then, and one without times. */
async function fadingCourse(api: Parameters<Parameters<typeof forEachApi>[1]>[0]): Promise<SmallCourse> {
  const course = await makeSmallCourse(api.store, {
    name: 'Fading',
    skills: ['first', 'second'],
    learners: [
      { key: 'timed', answers: ['111111', '0'], ...mastered, daysAgo: 21 },
      { key: 'recent', answers: ['1', '0'], ...mastered, daysAgo: 2 },
      { key: 'untimed', answers: ['111111', '0'], ...mastered },
    ],
  });
  const job = await api.jobs.wait(await api.jobs.send(estimatesJob, { courseId: course.id }));
  expect(job.state).toBe('done');
  return course;
}

forEachApi('memory', (api) => {
  let course: SmallCourse;
  beforeAll(async () => {
    course = await fadingCourse(api);
  });

  it('is fitted by the estimates job, and shown with its curve and its run', async () => {
    const [timed, , untimed] = course.learners;
    const [first] = course.skills;

    // Six right answers in one sitting, three weeks ago, by ts-fsrs's default weights: too few for weights of their own.
    const model = createMemoryModel();
    let expected = model.update(null, { grade: 3, time: 0 });
    for (let k = 1; k < 6; k++) expected = model.update(expected, { grade: 3, time: 0 });
    const recall = expected === null ? Number.NaN : model.retrievability(expected, 21 * 86_400);

    const view = await api.ok<MemoryView>('GET', `/api/learners/${timed}/skills/${first}/memory`);
    expect(view).toMatchObject({ weights: 'default', wanted: 0.8, simulated: false, now: { answers: 6 } });
    expect(view.now.recall).toBeCloseTo(recall, 3);
    expect(view.stabilityDays).toBeCloseTo(expected?.stability ?? 0, 6);
    expect(view.curve[0]).toEqual({ at: view.lastAt, recall: 1 });
    expect(Date.parse(view.curve.at(-1)?.at ?? '')).toBeGreaterThan(
      Math.max(Date.parse(view.at), Date.parse(view.now.reviewBy)),
    );
    for (let k = 1; k < view.curve.length; k++) expect(view.curve[k].recall).toBeLessThan(view.curve[k - 1].recall);
    const { record } = await api.ok<{ record: { subject: string; result: { verdict: string; model: object } } }>(
      'GET',
      `/api/runs/${view.runId}`,
    );
    expect(record).toMatchObject({ subject: 'memory', result: { verdict: 'too few reviews' } });
    expect(record.result.model).toMatchObject({ weights: defaultMemoryWeights });

    const map = await api.ok<SkillMapView>('GET', `/api/learners/${timed}/skills`);
    expect(map.skills.find(({ id }) => id === first)?.memory).toMatchObject({
      answers: 6,
      reviewBy: view.now.reviewBy,
    });
    const other = await api.ok<SkillMapView>('GET', `/api/learners/${untimed}/skills`);
    expect(other.skills.map(({ memory }) => memory)).toEqual([null, null]);
    expect(await api.refused('GET', `/api/learners/${untimed}/skills/${first}/memory`)).toMatchObject({ status: 404 });
  });

  it('makes a plan look back at what is fading, and says so', async () => {
    const [timed] = course.learners;
    const [first] = course.skills;
    // A month and more ago, with a stability of days.
    await api.store.db
      .updateTable('skill_memory')
      .set({ stability: 3, last_at: new Date(Date.now() - 21 * DAY) })
      .where('learner_id', '=', timed)
      .where('skill_id', '=', first)
      .execute();
    const map = await api.ok<SkillMapView>('GET', `/api/learners/${timed}/skills`);
    expect(map.skills.find(({ id }) => id === first)?.memory).toMatchObject({ fading: true });
    const plan = await api.ok<PlanView>('POST', `/api/learners/${timed}/plan`, {
      body: {},
      person: `learner:${timed}`,
    });
    const step = plan.sessions.flatMap(({ steps }) => steps).find(({ skillId }) => skillId === first);
    expect(step?.kind).toBe('review');
    expect(step?.reason).toMatch(/^You knew this 3 weeks ago; about \d\d % likely to recall it today\.$/);
    expect(step?.masteryNow).toBeLessThan(0.9);
  });

  it('is kept up by answers as they come, also where it is the first', async () => {
    const [, , untimed] = course.learners;
    const [first] = course.skills;
    const who = { courseId: course.id, learnerId: untimed, skills: [first] };
    const path = `/api/learners/${untimed}/skills/${first}/memory`;
    await updateMemory(api.store.db, who, { correct: true, hints: 0 });
    const once = await api.ok<MemoryView>('GET', path);
    expect(once.now).toMatchObject({ answers: 1, fading: false });
    expect(once.stabilityDays).toBeCloseTo(defaultMemoryWeights[2], 6);
    await updateMemory(api.store.db, who, { correct: false, hints: 0 });
    const twice = await api.ok<MemoryView>('GET', path);
    expect(twice.now.answers).toBe(2);
    expect(twice.stabilityDays).toBeLessThan(once.stabilityDays);
  });
});
