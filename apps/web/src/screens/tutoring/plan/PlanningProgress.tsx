/** A planning or repair job that was begun here: how far it is, stopping it, and what went wrong. */
import { viewOfJob } from '../../../api/jobs.ts';
import { Failure } from '../../../app/Loaded.tsx';
import { JobProgress } from '../../../components/JobProgress.tsx';
import { WriteProblem } from '../WriteProblem.tsx';
import type { usePlanning } from './usePlanning.ts';

export interface PlanningProgressProps {
  readonly courseId: number;
  /** As `usePlanning` gives it, whatever begins it. */
  readonly planning: Pick<ReturnType<typeof usePlanning>, 'job' | 'error' | 'cancel'> & {
    readonly begin: { readonly error: unknown; readonly reset: () => void };
  };
}

export const PlanningProgress = ({ courseId, planning }: PlanningProgressProps) => {
  const { begin, job, error, cancel } = planning;
  return (
    <>
      {job && <JobProgress job={viewOfJob(job)} onCancel={() => cancel.mutate()} cancelling={cancel.isPending} />}
      {error && <Failure error={error} />}
      <WriteProblem courseId={courseId} error={begin.error} onLoaded={begin.reset} />
    </>
  );
};
