/**
 * The models' screen: every model of what learners know, side by side on the course's own records, predicted for learners
 * that it was not fitted on; calibration, fairness by group, verdicts in words, who is champion, and fitting anew.
 */
import { Group, Stack, Text } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { CourseSummary } from '../../api/courses.ts';
import { useJob, viewOfJob } from '../../api/jobs.ts';
import { type CourseModels, modelsQuery } from '../../api/models.ts';
import { Failure, Loaded } from '../../app/Loaded.tsx';
import { NoCourse } from '../../app/NoCourse.tsx';
import { Page } from '../../app/Page.tsx';
import { useCourse } from '../../app/useCourse.ts';
import { SimulatedBadge } from '../../components/Badges.tsx';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { JobProgress } from '../../components/JobProgress.tsx';
import { Champion } from './Champion.tsx';
import { EvaluateForm } from './EvaluateForm.tsx';
import { Evaluation } from './Evaluation.tsx';

interface BodyProps {
  readonly course: CourseSummary;
  readonly data: CourseModels;
}

const Body = ({ course, data }: BodyProps) => {
  const client = useQueryClient();
  const [started, setStarted] = useState<string | null>(null);
  const onEnd = useCallback(
    () => void client.invalidateQueries({ queryKey: modelsQuery(course.id).queryKey }),
    [client, course],
  );
  const { job, error, cancel } = useJob(started ?? data.running?.jobId ?? null, onEnd);
  const view = job && viewOfJob(job);
  return (
    <Stack gap="md">
      <Champion courseId={course.id} data={data} />
      <Card
        title="Compare"
        note="Every model predicts answers of learners it was not fitted on, each from the learner's earlier answers alone."
      >
        <Stack gap="sm">
          <EvaluateForm
            courseId={course.id}
            offer={data}
            busy={view?.state === 'waiting' || view?.state === 'running'}
            onStarted={setStarted}
          />
          {error && <Failure error={error} />}
          {view && view.state !== 'done' && (
            <JobProgress job={view} onCancel={() => cancel.mutate()} cancelling={cancel.isPending} />
          )}
        </Stack>
      </Card>
      {data.latest ? (
        <Evaluation evaluation={data.latest} champion={data.champion} />
      ) : (
        <EmptyState title="Nothing compared yet" icon={<IconScale size={20} />}>
          Start a comparison above. Until then nobody knows whether another model would tell more about this course's
          learners than <strong>{data.champion}</strong>.
        </EmptyState>
      )}
    </Stack>
  );
};

const CourseModelsBody = ({ course }: { readonly course: CourseSummary }) => {
  const query = useQuery(modelsQuery(course.id));
  return (
    <Loaded query={query} what="the models" height={480}>
      {(data) => <Body course={course} data={data} />}
    </Loaded>
  );
};

export const ModelsScreen = () => {
  const { course, loading, error } = useCourse();
  return (
    <Page
      title="Models"
      purpose={
        course && (
          <Group gap="xs">
            <Text span inherit>
              Which model tells best what learners of {course.name} know
            </Text>
            {course.simulated && <SimulatedBadge />}
          </Group>
        )
      }
    >
      {course ? <CourseModelsBody key={course.id} course={course} /> : <NoCourse loading={loading} error={error} />}
    </Page>
  );
};
