/** Long tasks on the server: looked at until they end, and stopped on request. */
import { queryOptions, skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import { useEffect, useRef } from 'react';
import type { JobView } from '../components/JobProgress.tsx';
import { api } from './client.ts';

/** A job as the server tells of it. */
export type Job = InferResponseType<(typeof api.jobs)[':jobId']['$get'], 200>;

/** How often to look: often enough that a bar moves, seldom enough that nobody notices the requests. */
const LOOK_MILLISECONDS = 500;

export const hasEnded = ({ state }: Pick<Job, 'state'>): boolean =>
  state === 'done' || state === 'failed' || state === 'cancelled';

const jobKey = (id: string | null) => ['jobs', id] as const;

/** A job as `JobProgress` shows it. */
export const viewOfJob = (job: Job): JobView => ({
  label: job.title,
  state: job.state === 'queued' ? 'waiting' : job.state === 'retrying' ? 'running' : job.state,
  fraction: job.progress,
  message: job.error?.message ?? job.message ?? (job.state === 'retrying' ? 'trying again' : undefined),
});

/**
 * Follows a job until it ends; `onEnd` is called once then. `job` is undefined until the first answer and where no job
 * is followed (`id` null).
 */
export const useJob = (id: string | null, onEnd: (job: Job) => void) => {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: jobKey(id),
    queryFn:
      id === null
        ? skipToken
        : async ({ signal }) => (await api.jobs[':jobId'].$get({ param: { jobId: id } }, { init: { signal } })).json(),
    refetchInterval: ({ state }) => (state.data && hasEnded(state.data) ? false : LOOK_MILLISECONDS),
    staleTime: 0,
  });
  const cancel = useMutation({
    mutationFn: async () => id !== null && api.jobs[':jobId'].cancel.$post({ param: { jobId: id } }),
    onSettled: () => client.invalidateQueries({ queryKey: jobKey(id) }),
  });
  const told = useRef<string | null>(null);
  const job = query.data;
  useEffect(() => {
    if (!job || !hasEnded(job) || told.current === job.id) return;
    told.current = job.id;
    onEnd(job);
  }, [job, onEnd]);
  return { job, error: query.error, cancel };
};

/** Jobs that wait or run, looked at again and again. */
export const activeJobsQuery = queryOptions({
  queryKey: ['jobs', 'active'],
  queryFn: async ({ signal }) => (await api.jobs.$get({ query: { active: 'true' } }, { init: { signal } })).json(),
  select: (data) => data.jobs,
  refetchInterval: LOOK_MILLISECONDS * 2,
  staleTime: 0,
});
