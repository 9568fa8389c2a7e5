/**
 * The solvers' screen: the same planning problems by every solver, what each policy does to simulated learners, and the
 * verdict in words. Everything is read from stored runs; a person promotes a champion, with a reason. Beside it, problem
 * files from elsewhere.
 */
import { Group, Stack, Tabs, Text } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { CourseSummary } from '../../api/courses.ts';
import { useJob, viewOfJob } from '../../api/jobs.ts';
import { type CourseComparisons, comparisonsQuery } from '../../api/solvers.ts';
import { Failure, Loaded } from '../../app/Loaded.tsx';
import { NoCourse } from '../../app/NoCourse.tsx';
import { Page } from '../../app/Page.tsx';
import { useCourse } from '../../app/useCourse.ts';
import { SimulatedBadge } from '../../components/Badges.tsx';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { JobProgress } from '../../components/JobProgress.tsx';
import { CompareForm } from './CompareForm.tsx';
import { Comparison } from './Comparison.tsx';
import { ProblemFiles } from './problems/ProblemFiles.tsx';

interface BodyProps {
  readonly course: CourseSummary;
  readonly data: CourseComparisons;
}

const Body = ({ course, data }: BodyProps) => {
  const client = useQueryClient();
  const [started, setStarted] = useState<string | null>(null);
  const jobId = started ?? data.running?.jobId ?? null;
  const { job, error, cancel } = useJob(
    jobId,
    useCallback(
      () => void client.invalidateQueries({ queryKey: comparisonsQuery(course.id).queryKey }),
      [client, course],
    ),
  );
  const running = job !== undefined && viewOfJob(job).state !== 'done';
  return (
    <Stack gap="md">
      <Card
        title="Compare"
        note="Every solver gets the same problems, the same time and the same seed. The strongest classical method always runs."
      >
        <Stack gap="sm">
          <CompareForm
            courseId={course.id}
            offer={data}
            busy={
              running && job !== undefined && viewOfJob(job).state !== 'failed' && viewOfJob(job).state !== 'cancelled'
            }
            onStarted={setStarted}
          />
          {error && <Failure error={error} />}
          {job && running && (
            <JobProgress job={viewOfJob(job)} onCancel={() => cancel.mutate()} cancelling={cancel.isPending} />
          )}
        </Stack>
      </Card>
      {data.latest ? (
        <Comparison courseId={course.id} champion={data.champion} comparison={data.latest} />
      ) : (
        <EmptyState title="Nothing compared yet" icon={<IconScale size={20} />}>
          Start a comparison above. Until a challenger has beaten it on this course's own records, the plans come from{' '}
          <strong>{data.champion}</strong>.
        </EmptyState>
      )}
    </Stack>
  );
};

const CourseSolvers = ({ course }: { readonly course: CourseSummary }) => {
  const query = useQuery(comparisonsQuery(course.id));
  return (
    <Loaded query={query} what="the comparison" height={480}>
      {(data) => <Body course={course} data={data} />}
    </Loaded>
  );
};

/** The tab is in the address, so that a link and a reload lead to the same one. */
const useTab = () => {
  const [search, setSearch] = useSearchParams();
  const tab = search.get('tab') === 'files' ? 'files' : 'plans';
  const choose = (next: string | null): void => setSearch(next === 'files' ? { tab: 'files' } : {});
  return { tab, choose };
};

const Plans = () => {
  const { course, loading, error } = useCourse();
  return course ? <CourseSolvers key={course.id} course={course} /> : <NoCourse loading={loading} error={error} />;
};

export const SolversScreen = () => {
  const { course } = useCourse();
  const { tab, choose } = useTab();
  return (
    <Page
      title="Solvers"
      purpose={
        course &&
        tab === 'plans' && (
          <Group gap="xs">
            <Text span inherit>
              Who plans best for {course.name}, on its own records
            </Text>
            {course.simulated && <SimulatedBadge />}
          </Group>
        )
      }
    >
      <Tabs value={tab} onChange={choose} keepMounted={false}>
        <Tabs.List mb="md" aria-label="What the solvers work on">
          <Tabs.Tab value="plans">Plans of the course</Tabs.Tab>
          <Tabs.Tab value="files">Problem files</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="plans">
          <Plans />
        </Tabs.Panel>
        <Tabs.Panel value="files">
          <ProblemFiles />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
};
