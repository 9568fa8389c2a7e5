import { randomUUID } from 'node:crypto';
import type { RunRecord } from '@qurriculum/evidence';
import { expect, it } from 'vitest';
import { forEachApi } from '../../testing/api.ts';

const record = (kind: RunRecord['kind'], startedAt: string): RunRecord => ({
  id: randomUUID(),
  kind,
  subject: 'bkt',
  startedAt,
  problemHash: null,
  inputs: [{ name: 'answers.csv', rows: 3 }],
  versions: { node: '24' },
  seed: 7,
  budget: { seconds: 5 },
  result: { auc: 0.7 },
  bound: null,
  cost: { wallSeconds: 1.5, cpuSeconds: 1, queueSeconds: 0, qpuSeconds: 0, money: null },
});

forEachApi('runs', (api) => {
  it('lists runs newest first and shows one in full', async () => {
    const { id: course } = await api.store.db
      .insertInto('course')
      .values({ name: 'runs' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const runs = [record('fit', '2026-01-01T00:00:00.000Z'), record('plan', '2026-01-02T00:00:00.000Z')];
    for (const run of runs) {
      await api.store.db
        .insertInto('run')
        .values({
          id: run.id,
          kind: run.kind,
          subject: run.subject,
          course_id: course,
          started_at: run.startedAt,
          record: JSON.stringify(run),
        })
        .execute();
    }
    const all = await api.ok<{ runs: unknown[] }>('GET', `/api/runs?courseId=${course}`);
    expect(all.runs).toMatchObject([
      { id: runs[1].id, kind: 'plan', startedAt: '2026-01-02T00:00:00.000Z', wallSeconds: 1.5 },
      { id: runs[0].id, kind: 'fit' },
    ]);
    expect((await api.ok<{ runs: unknown[] }>('GET', '/api/runs?kind=fit&limit=5')).runs).toHaveLength(1);
    expect(await api.ok('GET', `/api/runs/${runs[0].id}`)).toMatchObject({ subject: 'bkt', record: runs[0] });
  });

  it('refuses what is no run', async () => {
    expect(await api.refused('GET', `/api/runs/${randomUUID()}`)).toMatchObject({ status: 404 });
    expect(await api.refused('GET', '/api/runs/7')).toMatchObject({ errors: [{ field: 'runId' }] });
    expect(await api.refused('GET', '/api/runs?kind=magic')).toMatchObject({ errors: [{ field: 'kind' }] });
  });
});
