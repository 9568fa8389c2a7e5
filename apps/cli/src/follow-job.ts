/** Waits for a job of the server, showing how far it is. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobView } from '@qurriculum/server';
import type { ApiClient } from './api-client.ts';
import type { CommandContext } from './command.ts';

const POLL_MS = 200;

export const hasEnded = (job: JobView): boolean => ['done', 'failed', 'cancelled'].includes(job.state);

/** Resolves with the job once it has ended, in whatever way; rejects when the command is cancelled. */
export async function followJob(context: CommandContext, api: ApiClient, id: string): Promise<JobView> {
  for (;;) {
    const job = await api.get<JobView>(`/api/jobs/${id}`, context.signal);
    if (hasEnded(job)) return job;
    context.progress(job.message ?? job.title, job.progress);
    await sleep(POLL_MS, undefined, { signal: context.signal });
  }
}

/** Asks the job to stop and waits until it has; Ctrl-C has been pressed already, so nothing else ends the wait. */
export async function cancelJob(api: ApiClient, id: string): Promise<JobView> {
  // It may have ended by itself meanwhile, which is refused.
  await api.post(`/api/jobs/${id}/cancel`, {}).catch(() => {});
  for (;;) {
    const job = await api.get<JobView>(`/api/jobs/${id}`);
    if (hasEnded(job)) return job;
    await sleep(POLL_MS);
  }
}
