import { expect, it } from 'vitest';
import { practiceDataset } from '../../store/datasets.ts';
import { forEachApi, type TestApi } from '../../testing/api.ts';
import type { Dataset, RemovalWithEstimates } from './service.ts';

/** A course with one learner's answer in a data set of its own, and one learner whom nobody mentions. */
async function makeDataset(api: TestApi, name: string, status: 'ready' | 'importing' = 'ready') {
  const { db } = api.store;
  const { id: course } = await db.insertInto('course').values({ name }).returning('id').executeTakeFirstOrThrow();
  const { id: learner } = await db
    .insertInto('learner')
    .values({ course_id: course, key: 'one' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { id } = await db
    .insertInto('dataset')
    .values({
      course_id: course,
      kind: 'records',
      name: `${name}.csv`,
      sha256: 'ab12',
      bytes: 120,
      rows: 1,
      rejected: 2,
      mapping: JSON.stringify({ learner: 'user_id' }),
      licence: 'CC-BY-4.0',
      source: 'https://example.org',
      status,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db.insertInto('dataset_learner').values({ dataset_id: id, learner_id: learner }).execute();
  return { course, learner, id };
}

forEachApi('data sets over the API', (api) => {
  it('shows where a data set came from', async () => {
    const { id, course } = await makeDataset(api, 'provenance');
    const shown = await api.ok<Dataset>('GET', `/api/datasets/${id}`);
    expect(shown).toMatchObject({
      id,
      courseId: course,
      kind: 'records',
      sha256: 'ab12',
      bytes: 120,
      rows: 1,
      rejected: 2,
      mapping: { learner: 'user_id' },
      licence: 'CC-BY-4.0',
      status: 'ready',
      removedAt: null,
    });
    const { datasets } = await api.ok<{ datasets: Dataset[] }>('GET', `/api/datasets?courseId=${course}`);
    expect(datasets).toEqual([shown]);
    expect(await api.refused('GET', '/api/datasets/99999')).toMatchObject({ status: 404 });
    expect(await api.refused('GET', '/api/datasets?removed=maybe')).toMatchObject({ errors: [{ field: 'removed' }] });
  });

  it('removes one whole, once, and keeps it listed as removed', async () => {
    const { id, course } = await makeDataset(api, 'removed');
    expect(await api.refused('DELETE', `/api/datasets/${id}`, { person: 'learner:1' })).toMatchObject({ status: 403 });
    const removal = await api.ok<RemovalWithEstimates>('DELETE', `/api/datasets/${id}`, { person: 'teacher:Ms Lopez' });
    expect(removal).toMatchObject({ learners: 1, interactions: 0, learnersToUpdate: [], jobId: null });
    expect((await api.ok<{ datasets: Dataset[] }>('GET', `/api/datasets?courseId=${course}`)).datasets).toEqual([]);
    const { datasets } = await api.ok<{ datasets: Dataset[] }>('GET', `/api/datasets?courseId=${course}&removed=true`);
    expect(datasets).toMatchObject([{ id, status: 'removed', removedBy: 'teacher:Ms Lopez' }]);
    expect(await api.refused('DELETE', `/api/datasets/${id}`, { person: 'engineer:E' })).toMatchObject({ status: 404 });
  });

  it('estimates again what rested on other records too', async () => {
    const { course, learner } = await makeDataset(api, 'estimated');
    const { db } = api.store;
    await db
      .insertInto('skill')
      .values([
        { course_id: course, key: 'a', name: 'a' },
        { course_id: course, key: 'b', name: 'b' },
      ])
      .execute();
    const [a, b] = await db.selectFrom('skill').select('id').where('course_id', '=', course).orderBy('id').execute();
    const edge = { course_id: course, from_skill: a.id, to_skill: b.id, strength: 'hard', source: 'given' } as const;
    const { id: graph } = await db
      .insertInto('dataset')
      .values({ course_id: course, kind: 'graph', name: 'graph.json', status: 'ready' })
      .returning('id')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('prerequisite')
      .values({ ...edge, dataset_id: graph })
      .execute();
    await api.store.transaction(async (transaction) => {
      const practice = await practiceDataset(transaction, course);
      await transaction.db
        .insertInto('interaction')
        .values({
          dataset_id: practice,
          course_id: course,
          learner_id: learner,
          skill_set_id: 1,
          correct: true,
          sequence: 1,
          source: 'practice',
        })
        .execute();
    });
    const removal = await api.ok<RemovalWithEstimates>('DELETE', `/api/datasets/${graph}`, { person: 'engineer:E' });
    expect(removal).toMatchObject({ prerequisites: 1, interactions: 0 });
    expect(await api.jobs.find(removal.jobId!)).toMatchObject({ name: 'estimates', requestedBy: 'engineer:E' });
    await api.jobs.cancel(removal.jobId!);
    await api.jobs.wait(removal.jobId!);
  });

  it('removes what a dead import left, but nothing that is on its way', async () => {
    const { id } = await makeDataset(api, 'half', 'importing');
    const job = {
      id: crypto.randomUUID(),
      name: 'import',
      title: 'Import',
      payload: '{}',
      state: 'running',
    } as const;
    await api.store.db.insertInto('job').values(job).execute();
    expect(await api.refused('DELETE', `/api/datasets/${id}`, { person: 'engineer:E' })).toMatchObject({ status: 409 });
    await api.store.db.updateTable('job').set({ state: 'failed' }).where('id', '=', job.id).execute();
    await api.ok('DELETE', `/api/datasets/${id}`, { person: 'engineer:E' });
  });
});
