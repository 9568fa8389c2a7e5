/** What a screen shows while there is no course to show: still loading, being made, failed, or nothing imported yet. */
import { Button, Skeleton, Stack } from '@mantine/core';
import { IconDatabaseImport } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { coursesQuery } from '../api/courses.ts';
import { activeJobsQuery, viewOfJob } from '../api/jobs.ts';
import { EmptyState } from '../components/EmptyState.tsx';
import { JobProgress } from '../components/JobProgress.tsx';
import { Failure } from './Loaded.tsx';

/** Jobs that will bring a course: the sample institution on the first start, or an import. */
const useComing = () => {
  const client = useQueryClient();
  const query = useQuery(activeJobsQuery);
  const count = query.data?.length ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a job that ended may have brought the course
  useEffect(() => {
    void client.invalidateQueries({ queryKey: coursesQuery.queryKey });
  }, [client, count]);
  return query.data ?? [];
};

const Nothing = () => {
  const coming = useComing();
  if (coming.length > 0) {
    return (
      <Stack>
        {coming.map((job) => (
          <JobProgress key={job.id} job={viewOfJob(job)} />
        ))}
      </Stack>
    );
  }
  return (
    <EmptyState
      title="No course yet"
      icon={<IconDatabaseImport size={20} />}
      action={
        <Button component={Link} to="/records">
          Import records
        </Button>
      }
    >
      Import records of answers, a skill graph or exercises; a course is made from them.
    </EmptyState>
  );
};

export const NoCourse = ({ loading, error }: { readonly loading: boolean; readonly error: unknown }) => {
  if (error) return <Failure error={error} />;
  if (loading) return <Skeleton height={320} />;
  return <Nothing />;
};
