/** Next steps for the whole class at once: one button, a bar that can be stopped, and what came of it. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { planForEverybody } from '../../api/class.ts';
import { hasEnded, useJob, viewOfJob } from '../../api/jobs.ts';
import { plural } from '../../components/format.ts';
import { JobProgress } from '../../components/JobProgress.tsx';
import { ProblemText } from '../../components/ProblemText.tsx';

interface Outcome {
  readonly planned: number;
  readonly refused: number;
}

export const PlanEverybody = ({ courseId, learners }: { readonly courseId: number; readonly learners: number }) => {
  const client = useQueryClient();
  const [jobId, setJobId] = useState<string | null>(null);
  const start = useMutation({
    mutationFn: () => planForEverybody(courseId),
    onSuccess: (sent) => setJobId(sent.jobId),
  });
  // Pages of single learners show their plan anew.
  const onEnd = useCallback(() => void client.invalidateQueries({ queryKey: ['learners'] }), [client]);
  const { job, error, cancel } = useJob(jobId, onEnd);
  const busy = start.isPending || (job !== undefined && !hasEnded(job));
  const outcome = job?.state === 'done' ? (job.result as Outcome | null) : null;
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text size="sm">Everybody also gets a plan when their page is opened. This makes all of them now.</Text>
        <Button loading={busy} onClick={() => start.mutate()} disabled={learners === 0}>
          Plan for {plural(learners, 'learner')}
        </Button>
      </Group>
      {job && (
        <JobProgress job={viewOfJob(job)} onCancel={() => cancel.mutate()} cancelling={cancel.isPending}>
          {outcome && (
            <Text size="sm">
              {plural(outcome.planned, 'plan')} made
              {outcome.refused > 0 && `; for ${plural(outcome.refused, 'learner')} none could be made`}.
            </Text>
          )}
        </JobProgress>
      )}
      <ProblemText error={start.error ?? error} />
    </Stack>
  );
};
