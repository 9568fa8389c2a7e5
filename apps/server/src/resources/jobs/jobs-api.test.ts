import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { forEachApi } from '../../testing/api.ts';
import { endless, makeCourse, testJobs } from '../../testing/job-kinds.ts';

interface JobView {
  readonly id: string;
  readonly state: string;
  readonly progress: number | null;
}

forEachApi(
  'jobs over the API',
  (api) => {
    it('lists and shows jobs', async () => {
      const id = await api.jobs.send(makeCourse, { name: 'by job' });
      await api.jobs.wait(id);
      expect(await api.ok('GET', `/api/jobs/${id}`)).toMatchObject({
        state: 'done',
        progress: 1,
        title: 'Course by job',
      });
      expect((await api.ok<{ jobs: JobView[] }>('GET', '/api/jobs')).jobs).toMatchObject([{ id }]);
      expect((await api.ok<{ jobs: JobView[] }>('GET', '/api/jobs?active=true')).jobs).toEqual([]);
    });

    it('cancels a job, once', async () => {
      const id = await api.jobs.send(endless, { name: 'on and on' });
      expect(await api.refused('POST', `/api/jobs/${id}/cancel`)).toMatchObject({ status: 401 });
      await api.ok('POST', `/api/jobs/${id}/cancel`, { person: 'engineer:E' });
      expect(await api.jobs.wait(id)).toMatchObject({ state: 'cancelled' });
      expect(await api.refused('POST', `/api/jobs/${id}/cancel`, { person: 'engineer:E' })).toMatchObject({
        status: 409,
      });
    });

    it('says where there is no such job', async () => {
      expect(await api.refused('GET', `/api/jobs/${randomUUID()}`)).toMatchObject({ status: 404 });
    });
  },
  { jobs: testJobs },
);
