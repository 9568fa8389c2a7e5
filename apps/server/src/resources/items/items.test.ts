import { randomUUID } from 'node:crypto';
import { createRandom } from '@qurriculum/random';
import { beforeAll, expect, it } from 'vitest';
import type { Store } from '../../store/store.ts';
import { forEachApi } from '../../testing/api.ts';
import { makeSmallCourse, type SmallCourse } from '../../testing/small-course.ts';
import type { CourseItemsView, ItemAnalysisView, LearnerMisconceptionsView } from './schema.ts';

const teacher = 'teacher:Ms Lopez';
const LEARNERS = 160;
const ITEMS = 8;
/** Much harder for one half of the class; the last one is hard for everybody. */
const UNFAIR = 3;
const HARD = 7;
const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** Learners of two groups who answered eight exercises once, some of them twice; every fourth adds denominators. */
async function fill(store: Store, course: SmallCourse): Promise<{ items: number[]; holders: Set<number> }> {
  const { db } = store;
  const random = createRandom('items');
  const items: number[] = [];
  for (let j = 0; j < ITEMS; j++) {
    const distractors = [{ response: '2/5', misconception: 'adds-denominators' }];
    const body = { answer: { kind: 'numeric', value: '5/6', distractors } };
    const row = { course_id: course.id, key: `q${j}`, name: `Question ${j}`, body: JSON.stringify(body) };
    const { id } = await db.insertInto('item').values(row).returning('id').executeTakeFirstOrThrow();
    await db.insertInto('item_skill').values({ item_id: id, skill_id: course.skills[0] }).execute();
    items.push(id);
  }
  const set = await db
    .selectFrom('skill_set')
    .select('id')
    .where('course_id', '=', course.id)
    .executeTakeFirstOrThrow();
  const holders = new Set(course.learners.filter((_, i) => i % 4 === 0));
  const north = new Set(course.learners.filter((_, i) => i % 2 === 0));
  const answers = course.learners.flatMap((learner) => {
    const ability = random.normal();
    return items.flatMap((item, j) => {
      const difficulty = j === HARD ? 3.5 : j === UNFAIR && north.has(learner) ? 2 : (j - 3) / 3;
      const first = random.chance(logistic(1.2 * (ability - difficulty)));
      const place = { dataset_id: course.dataset, course_id: course.id, learner_id: learner, item_id: item };
      const row = { ...place, skill_set_id: set.id, at: null };
      // A second answer, always right, must not count.
      const later = random.chance(0.3) ? [{ ...row, correct: true, sequence: 2 * j + 1 }] : [];
      return [{ ...row, correct: first, sequence: 2 * j }, ...later];
    });
  });
  await db.insertInto('interaction').values(answers).execute();
  await db
    .updateTable('learner')
    .set({ group_label: 'North' })
    .where('id', 'in', [...north])
    .execute();
  const south = course.learners.filter((id) => !north.has(id));
  await db.updateTable('learner').set({ group_label: 'South' }).where('id', 'in', south).execute();
  const exercises = course.learners.slice(0, 60).flatMap((learner) =>
    items.slice(0, 4).map((item) => {
      const shows = holders.has(learner) && random.chance(0.8);
      const correct = !shows && random.chance(0.8);
      return {
        ...{ id: randomUUID(), learner_id: learner, item_id: item, seed: 1, body: '{}', answered_at: new Date() },
        ...{ correct, misconception: shows ? 'adds-denominators' : null },
      };
    }),
  );
  await db.insertInto('exercise').values(exercises).execute();
  return { items, holders };
}

forEachApi('items', (api) => {
  let course: SmallCourse;
  let filled: Awaited<ReturnType<typeof fill>>;
  const place = () => `/api/courses/${course.id}`;
  const read = () => api.ok<CourseItemsView>('GET', `${place()}/item-analysis`);
  const analyse = async () => {
    const { jobId } = await api.ok<{ jobId: string }>('POST', `${place()}/item-analyses`, { person: teacher });
    return api.jobs.wait(jobId);
  };

  beforeAll(async () => {
    const learners = Array.from({ length: LEARNERS }, (_, k) => ({ key: `l${k}`, answers: [''], mastery: [0] }));
    course = await makeSmallCourse(api.store, { name: 'Items', skills: ['fractions'], learners });
    filled = await fill(api.store, course);
  });

  it('has none at first, and asks who starts one', async () => {
    expect(await read()).toEqual({ running: null, latest: null });
    const nothing = await api.ok('GET', `/api/learners/${course.learners[0]}/misconceptions`);
    expect(nothing).toMatchObject({ analysedAt: null, misconceptions: [] });
    const path = `${place()}/item-analyses`;
    expect(await api.refused('POST', path)).toMatchObject({ status: 401, code: 'person-missing' });
    expect(await api.refused('POST', path, { person: 'learner:1' })).toMatchObject({ status: 403 });
    expect(await api.refused('GET', '/api/courses/4711/item-analysis')).toMatchObject({ status: 404 });
    expect(await api.refused('GET', '/api/learners/4711/misconceptions')).toMatchObject({ status: 404 });
  });

  it('fits a response model to first answers and names what deserves a look', async () => {
    expect(await analyse()).toMatchObject({ state: 'done', error: null });
    const { latest, running } = await read();
    expect(running).toBeNull();
    const { responses, coverage, runId } = latest as ItemAnalysisView;
    expect(coverage).toMatchObject({ items: ITEMS, learners: LEARNERS, learnersInRecords: LEARNERS, answers: 1280 });
    expect(responses).toMatchObject({ model: '1pl', converged: true });
    expect(responses?.why).toContain('160 first answers or fewer');
    expect(responses?.abilities.reduce((sum, bin) => sum + bin.learners, 0)).toBe(LEARNERS);
    expect(responses?.groups).toEqual([
      { group: 'North', learners: 80 },
      { group: 'South', learners: 80 },
    ]);
    const byItem = new Map(responses?.items.map((item) => [item.id, item]));
    // Harder from one to the next, the unfair one and the hard one apart.
    const plain = [0, 1, 2, 4, 5, 6].map((j) => byItem.get(filled.items[j])?.difficulty.mean ?? Number.NaN);
    expect(plain[5] - plain[0]).toBeGreaterThan(1);
    for (const item of byItem.values()) {
      expect(item.answers).toBe(LEARNERS);
      expect(item.difficulty.low).toBeLessThan(item.difficulty.mean);
      expect(item.middle.high).toBeGreaterThan(item.middle.mean);
      expect(item.fit).toMatchObject({ method: 'score', degrees: expect.any(Number) });
    }
    expect(byItem.get(filled.items[UNFAIR])?.gap).toMatchObject({ easiest: 'South', hardest: 'North', effect: 'C' });
    const unfair = [...byItem.values()].filter(({ remarks }) => remarks.some(({ kind }) => kind === 'unfair'));
    expect(unfair.map(({ name }) => name)).toEqual([`Question ${UNFAIR}`]);
    expect(unfair[0].remarks[0].text).toMatch(/^At equal ability harder for North than for South: .* points/);
    expect(byItem.get(filled.items[HARD])?.remarks[0]).toMatchObject({ kind: 'hard', text: /^Very hard/ });
    const { record } = await api.ok<{ record: object }>('GET', `/api/runs/${runId}`);
    expect(record).toMatchObject({ kind: 'fit', subject: 'exercises: 1pl', result: { responses: { model: '1pl' } } });
  });

  it('says who seems to hold a misconception, how sure that is and what helps', async () => {
    const { latest } = await read();
    const [found] = latest?.misconceptions?.list ?? [];
    // 15 of the 60 who practised hold it.
    expect(found).toMatchObject({ id: 'adds-denominators', met: 60, practise: { id: course.skills[0] } });
    expect(found.holders.low).toBeLessThanOrEqual(15);
    expect(found.holders.high).toBeGreaterThanOrEqual(15);
    expect(found.certainty).toBeGreaterThan(0.9);
    expect(found.learners).toHaveLength(12);
    for (const { id } of found.learners) expect(filled.holders.has(id)).toBe(true);
    const of = (learner: number) => api.ok<LearnerMisconceptionsView>('GET', `/api/learners/${learner}/misconceptions`);
    const holder = await of(found.learners[0].id);
    expect(holder).toMatchObject({ analysedAt: latest?.createdAt, runId: latest?.runId });
    expect(holder.misconceptions).toMatchObject([
      { id: 'adds-denominators', met: 4, practise: { id: course.skills[0] } },
    ]);
    expect(holder.misconceptions[0].probability).toBeGreaterThan(0.9);
    expect((await of(course.learners[LEARNERS - 1])).misconceptions).toEqual([]);
  });

  it('forgets what it said of a learner who is removed, and keeps people of the newest analysis only', async () => {
    const count = async () =>
      (await api.store.db.selectFrom('learner_misconception').select('learner_id').execute()).length;
    const before = await count();
    const { latest } = await read();
    const gone = latest?.misconceptions?.list[0].learners[0].id as number;
    await api.store.db.deleteFrom('learner').where('id', '=', gone).execute();
    expect(await count()).toBe(before - 1);
    expect((await read()).latest?.misconceptions?.list[0].learners.map(({ id }) => id)).not.toContain(gone);
    expect(await analyse()).toMatchObject({ state: 'done' });
    expect(await count()).toBeLessThan(before + 1);
  });

  it('says why there is nothing to see', async () => {
    const none = await makeSmallCourse(api.store, { name: 'None', skills: ['a'], learners: [] });
    const { jobId } = await api.ok<{ jobId: string }>('POST', `/api/courses/${none.id}/item-analyses`, {
      person: teacher,
    });
    expect(await api.jobs.wait(jobId)).toMatchObject({ state: 'done' });
    const { latest } = await api.ok<CourseItemsView>('GET', `/api/courses/${none.id}/item-analysis`);
    expect(latest).toMatchObject({ responses: null, misconceptions: null });
    expect(latest?.whyNoResponses).toMatch(/At least 5 exercises .* here 0 are/);
    expect(latest?.whyNoMisconceptions).toMatch(/At least 5 learners/);
  });
});
