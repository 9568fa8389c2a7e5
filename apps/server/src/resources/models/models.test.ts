import { createRandom } from '@qurriculum/random';
import { beforeAll, expect, it } from 'vitest';
import { forEachApi } from '../../testing/api.ts';
import { makeSmallCourse, type SmallCourse } from '../../testing/small-course.ts';
import type { CourseModelsView, EvaluationView } from './schema.ts';

const engineer = 'engineer:Kim Data';

interface Started {
  readonly evaluationId: number;
  readonly jobId: string;
}

/** Learners who learn: answers of a two-state process, so that knowledge tracing has something to find. */
function learners(count: number) {
  const random = createRandom('models');
  return Array.from({ length: count }, (_, k) => ({
    key: `l${k}`,
    mastery: [0.5, 0.5],
    answers: [0, 1].map(() => {
      let known = random.chance(0.3);
      return Array.from({ length: 10 }, () => {
        const right = random.chance(known ? 0.9 : 0.2);
        if (random.chance(0.2)) known = true;
        return right ? '1' : '0';
      }).join('');
    }),
  }));
}

forEachApi('models', (api) => {
  let course: SmallCourse;
  const place = () => `/api/courses/${course.id}`;
  const read = () => api.ok<CourseModelsView>('GET', `${place()}/models`);

  beforeAll(async () => {
    course = await makeSmallCourse(api.store, { name: 'Small', skills: ['a', 'b'], learners: learners(40) });
    const half = course.learners.slice(0, 20);
    await api.store.db.updateTable('learner').set({ group_label: 'north' }).where('id', 'in', half).execute();
  });

  it('lists the models in words, with bkt as champion until a person decides', async () => {
    const view = await read();
    expect(view).toMatchObject({ champion: 'bkt', decisions: [], latest: null, running: null });
    expect(view.models.find(({ name }) => name === 'bkt')).toMatchObject({ kind: 'hidden state' });
    for (const { description } of view.models) expect(description).toMatch(/\.$/);
  });

  it('asks who starts one, and refuses what it does not know', async () => {
    const path = `${place()}/model-evaluations`;
    expect(await api.refused('POST', path, { body: {} })).toMatchObject({ status: 401, code: 'person-missing' });
    expect(await api.refused('POST', path, { body: {}, person: 'learner:1' })).toMatchObject({ status: 403 });
    const unknown = await api.refused('POST', path, { body: { models: ['oracle'] }, person: engineer });
    expect(unknown).toMatchObject({ status: 400, errors: [{ field: 'models' }] });
    expect(unknown.detail).toContain('"oracle"');
    expect(await api.refused('GET', '/api/courses/4711/models')).toMatchObject({ status: 404 });
  });

  it('predicts every learner by models fitted on others, and stores the run', async () => {
    const { jobId } = await api.ok<Started>('POST', `${place()}/model-evaluations`, {
      body: { models: ['bkt'], seed: 3 },
      person: engineer,
    });
    expect(await api.jobs.wait(jobId)).toMatchObject({ state: 'done', error: null });
    const latest = (await read()).latest as EvaluationView;
    expect(latest).toMatchObject({ status: 'done', champion: 'bkt', rows: 800, learners: 40, folds: 5 });
    const [bkt] = latest.models;
    expect(bkt).toMatchObject({ name: 'bkt', masteryMeans: 'known', firstAttempts: { rows: expect.any(Number) } });
    // The process has an AUC well above chance, and its entropy keeps any model above .4 nats.
    expect(bkt.auc?.low).toBeGreaterThan(0.6);
    expect(bkt.nll.mean).toBeGreaterThan(0.4);
    expect(bkt.nll.mean).toBeLessThan(0.65);
    expect(bkt.reliability.reduce((sum, bin) => sum + bin.rows, 0)).toBe(800);
    expect(bkt.groups).toMatchObject([{ group: 'north', learners: 20, rows: 400 }]);
    expect(bkt.groups[0].bias.low).toBeLessThan(bkt.groups[0].bias.high);
    expect(latest.conclusion).toBe('bkt stays champion: nothing challenged it.');
    const { record } = await api.ok<{ record: object }>('GET', `/api/runs/${latest.runId}`);
    expect(record).toMatchObject({ kind: 'evaluate', seed: 3, result: { models: [{ name: 'bkt' }] } });
  });

  it('judges an unusual model against the plain one of its size, which takes part unasked', async () => {
    const { jobId } = await api.ok<Started>('POST', `${place()}/model-evaluations`, {
      body: { models: ['hqmm'] },
      person: engineer,
    });
    expect(await api.jobs.wait(jobId)).toMatchObject({ state: 'done', error: null });
    const latest = (await read()).latest as EvaluationView;
    expect(latest.models.map(({ name }) => name)).toEqual(['bkt', 'hmm4', 'hqmm']);
    expect(latest.verdicts.map(({ champion, challenger }) => [champion, challenger])).toEqual([
      ['bkt', 'hmm4'],
      ['bkt', 'hqmm'],
    ]);
    expect(latest.twins).toMatchObject([{ champion: 'hmm4', challenger: 'hqmm', units: 40 }]);
    expect(latest.twins[0].sentence).toMatch(/^hqmm: .*log loss .*hmm4/);
  });

  it('fails in words where there are too few learners', async () => {
    const few = await makeSmallCourse(api.store, { name: 'Few', skills: ['a', 'b'], learners: learners(3) });
    const { jobId } = await api.ok<Started>('POST', `/api/courses/${few.id}/model-evaluations`, {
      body: {},
      person: engineer,
    });
    const job = await api.jobs.wait(jobId);
    expect(job).toMatchObject({ state: 'failed', error: { code: 'too-few-learners' } });
    expect(job.error?.message).toContain('import more records');
  });

  it('fits anew on request', async () => {
    const { jobId } = await api.ok<Started>('POST', `${place()}/fits`, { person: engineer });
    expect(await api.jobs.wait(jobId)).toMatchObject({ state: 'done' });
    expect((await read()).fitted).toMatchObject({ model: 'bkt', runId: expect.any(String) });
  });

  it('lets staff choose the model, with a reason, and estimates mastery by it', async () => {
    const path = `${place()}/model-champion`;
    const body = { model: 'bkt', reason: 'Its parameters can be explained' };
    expect(await api.refused('PUT', path, { body })).toMatchObject({ status: 401 });
    expect(await api.refused('PUT', path, { body, person: 'learner:1' })).toMatchObject({ status: 403 });
    expect(await api.refused('PUT', path, { body: { ...body, model: 'oracle' }, person: engineer })).toMatchObject({
      errors: [{ field: 'model' }],
    });
    expect(await api.refused('PUT', path, { body: { ...body, reason: ' ' }, person: engineer })).toMatchObject({
      errors: [{ field: 'reason' }],
    });
    const { jobId } = await api.ok<Started>('PUT', path, { body, person: engineer });
    expect(await api.jobs.wait(jobId)).toMatchObject({ state: 'done' });
    const view = await read();
    expect(view.champion).toBe('bkt');
    expect(view.decisions).toMatchObject([{ model: 'bkt', byPerson: engineer, reason: body.reason }]);
  });
});
