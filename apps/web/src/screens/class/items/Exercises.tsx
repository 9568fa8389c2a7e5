/** Exercises as a teacher looks at them: how hard beside who is able, which deserve a look, which misconceptions show. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconZoomQuestion } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { type CourseItems, type ItemAnalysis, itemsQuery, startItemAnalysis } from '../../../api/items.ts';
import { hasEnded, useJob, viewOfJob } from '../../../api/jobs.ts';
import { Loaded } from '../../../app/Loaded.tsx';
import { SimulatedBadge } from '../../../components/Badges.tsx';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { formatNumber, formatTime, plural } from '../../../components/format.ts';
import { JobProgress } from '../../../components/JobProgress.tsx';
import type { Origin } from '../../../components/OriginButton.tsx';
import { ProblemText } from '../../../components/ProblemText.tsx';
import type { Intervention } from '../InterveneDialog.tsx';
import { ClassMisconceptions } from './ClassMisconceptions.tsx';
import { DifficultyMap } from './DifficultyMap.tsx';
import { ExerciseTable } from './ExerciseTable.tsx';

const Coverage = ({ analysis }: { readonly analysis: ItemAnalysis }) => {
  const { items, itemsInRecords, learners, learnersInRecords, answers } = analysis.coverage;
  return (
    <Group gap={6}>
      <Text size="xs" c="dimmed">
        {formatTime(analysis.createdAt)}: {formatNumber(items)} of {plural(itemsInRecords, 'exercise')},{' '}
        {formatNumber(learners)} of {plural(learnersInRecords, 'learner')}, {plural(answers, 'first answer')}.
      </Text>
      {analysis.simulated && <SimulatedBadge />}
    </Group>
  );
};

const Responses = ({ analysis }: { readonly analysis: ItemAnalysis }) => {
  const { responses, whyNoResponses, runId, createdAt } = analysis;
  if (responses === null) return <EmptyState title="Too few answers">{whyNoResponses}</EmptyState>;
  const origin: Origin = {
    how: `First answers only. ${responses.why} Intervals are 95 %.`,
    ...{ runId: runId ?? undefined, at: createdAt },
  };
  return (
    <Stack gap="lg">
      <DifficultyMap responses={responses} origin={origin} />
      <ExerciseTable items={responses.items} />
    </Stack>
  );
};

interface BodyProps {
  readonly courseId: number;
  readonly data: CourseItems;
  readonly onIntervene: (on: Intervention) => void;
}

const Body = ({ courseId, data, onIntervene }: BodyProps) => {
  const client = useQueryClient();
  const [started, setStarted] = useState<string | null>(null);
  const start = useMutation({
    mutationFn: () => startItemAnalysis(courseId),
    onSuccess: (sent) => setStarted(sent.jobId),
  });
  const onEnd = useCallback(() => {
    void client.invalidateQueries({ queryKey: itemsQuery(courseId).queryKey });
    void client.invalidateQueries({ queryKey: ['learners'] });
  }, [client, courseId]);
  const { job, error, cancel } = useJob(started ?? data.running?.jobId ?? null, onEnd);
  const busy = start.isPending || (job !== undefined && !hasEnded(job));
  const { latest } = data;
  const origin = latest && {
    how: `First answers of learners to exercises. ${latest.coverage.rule}`,
    ...{ runId: latest.runId ?? undefined, at: latest.createdAt },
  };
  return (
    <>
      <Card
        title="Exercises"
        note="How hard each one is for this class, and which deserve a look."
        origin={origin ?? undefined}
        actions={
          <Button size="xs" variant={latest ? 'default' : 'filled'} loading={busy} onClick={() => start.mutate()}>
            {latest ? 'Look again' : 'Look at the exercises'}
          </Button>
        }
      >
        <Stack gap="sm">
          <ProblemText error={start.error ?? error} />
          {job && job.state !== 'done' && (
            <JobProgress job={viewOfJob(job)} onCancel={() => cancel.mutate()} cancelling={cancel.isPending} />
          )}
          {latest ? (
            <>
              <Coverage analysis={latest} />
              <Responses analysis={latest} />
            </>
          ) : (
            <EmptyState title="Nobody has looked yet" icon={<IconZoomQuestion size={20} />}>
              One look at the stored answers says which exercises are too hard or too easy, which ones confuse, and
              whether one is unfair to a group.
            </EmptyState>
          )}
        </Stack>
      </Card>
      {latest && <ClassMisconceptions analysis={latest} onIntervene={onIntervene} />}
    </>
  );
};

export interface ExercisesProps {
  readonly courseId: number;
  readonly onIntervene: (on: Intervention) => void;
}

export const Exercises = ({ courseId, onIntervene }: ExercisesProps) => {
  const query = useQuery(itemsQuery(courseId));
  return (
    <Loaded query={query} what="the exercises" height={320}>
      {(data) => <Body courseId={courseId} data={data} onIntervene={onIntervene} />}
    </Loaded>
  );
};
