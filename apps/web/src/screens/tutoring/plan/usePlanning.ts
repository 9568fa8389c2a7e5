/** Planning and repair as jobs that end in a proposal: started, followed, and opened when they are done. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { hasEnded, type Job, useJob } from '../../../api/jobs.ts';
import { scheduleKey } from '../../../api/schedule.ts';

/** What planning and repair leave as the result of their job. */
interface Outcome {
  readonly proposalId: number;
  readonly accepted?: boolean;
  /** Why it did not become the plan by itself. */
  readonly changes?: readonly string[];
}

/** A proposal that a person decides on. */
export interface Proposed {
  readonly id: number;
  /** Why it did not become the plan by itself; empty where it was only asked for. */
  readonly notes: readonly string[];
}

const outcomeOf = (job: Job | undefined): Outcome | null =>
  job?.state === 'done' && job.result !== null ? (job.result as unknown as Outcome) : null;

/** `start` begins the job; `onProposal` is called with what it proposes, unless that became the plan by itself. */
export const usePlanning = <Input>(
  courseId: number,
  start: (input: Input) => Promise<{ jobId: string }>,
  onProposal: (proposed: Proposed) => void,
) => {
  const client = useQueryClient();
  const [jobId, setJobId] = useState<string | null>(null);
  const begin = useMutation({ mutationFn: start, onSuccess: (sent) => setJobId(sent.jobId) });
  const onEnd = useCallback(
    (job: Job) => {
      const outcome = outcomeOf(job);
      void client.invalidateQueries({ queryKey: scheduleKey(courseId) });
      if (outcome && outcome.accepted !== true) onProposal({ id: outcome.proposalId, notes: outcome.changes ?? [] });
    },
    [client, courseId, onProposal],
  );
  const { job, error, cancel } = useJob(jobId, onEnd);
  const busy = begin.isPending || (job !== undefined && !hasEnded(job));
  return { begin, job, error, cancel, busy };
};
