/** Which model tells what learners know now, who decided so, and fitting it anew on today's records. */
import { Button, Group, List, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useJob, viewOfJob } from '../../api/jobs.ts';
import { type CourseModels, startFit } from '../../api/models.ts';
import { Card } from '../../components/Card.tsx';
import { formatTime } from '../../components/format.ts';
import { JobProgress } from '../../components/JobProgress.tsx';
import type { Origin } from '../../components/OriginButton.tsx';
import { ProblemText } from '../../components/ProblemText.tsx';
import { sayPerson } from '../../components/person-name.ts';
import { ChooseDialog } from './ChooseDialog.tsx';

export interface ChampionProps {
  readonly courseId: number;
  readonly data: CourseModels;
}

const originOfFit = ({ model, runId, createdAt }: NonNullable<CourseModels['fitted']>): Origin => ({
  how: `${model}, fitted on all answers of the course.`,
  at: createdAt,
  ...(runId === null ? {} : { runId }),
});

export const Champion = ({ courseId, data }: ChampionProps) => {
  const { champion, fitted, models, decisions } = data;
  const client = useQueryClient();
  const [choosing, setChoosing] = useState(false);
  const [started, setStarted] = useState<string | null>(null);
  // What learners know shows on every screen of the course.
  const onEnd = useCallback(
    () => void client.invalidateQueries({ queryKey: ['courses', courseId] }),
    [client, courseId],
  );
  const { job, cancel } = useJob(started ?? data.fitting?.jobId ?? null, onEnd);
  const fit = useMutation({ mutationFn: () => startFit(courseId), onSuccess: ({ jobId }) => setStarted(jobId) });
  const view = job && viewOfJob(job);
  const busy = view?.state === 'waiting' || view?.state === 'running';
  return (
    <Card
      title={`What learners know comes from ${champion}`}
      note={models.find(({ name }) => name === champion)?.description}
      {...(fitted === null ? {} : { origin: originOfFit(fitted) })}
      actions={
        <Group gap="xs">
          <Button size="xs" variant="default" loading={fit.isPending} disabled={busy} onClick={() => fit.mutate()}>
            Fit anew
          </Button>
          <Button size="xs" variant="default" disabled={busy} onClick={() => setChoosing(true)}>
            Choose the model
          </Button>
        </Group>
      }
    >
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {fitted === null
            ? 'It has not been fitted yet: import records first.'
            : `${fitted.model === champion ? 'Fitted' : `What is shown is still ${fitted.model}'s, fitted`} ${formatTime(fitted.createdAt)}.`}
        </Text>
        {fit.isError && <ProblemText error={fit.error} />}
        {view && view.state !== 'done' && (
          <JobProgress job={view} onCancel={() => cancel.mutate()} cancelling={cancel.isPending} />
        )}
        {decisions.length > 0 && (
          <List size="sm" spacing={2} aria-label="Who chose which model">
            {decisions.map((decision) => (
              <List.Item key={`${decision.createdAt}-${decision.model}`}>
                <strong>{decision.model}</strong>: “{decision.reason}”{' '}
                <Text span size="xs" c="dimmed">
                  {sayPerson(decision.byPerson)}, {formatTime(decision.createdAt)}
                </Text>
              </List.Item>
            ))}
          </List>
        )}
      </Stack>
      <ChooseDialog
        courseId={courseId}
        data={data}
        opened={choosing}
        onClose={() => setChoosing(false)}
        onStarted={setStarted}
      />
    </Card>
  );
};
