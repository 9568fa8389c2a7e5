/** What a screen shows while there is no course to show: still loading, failed, or nothing imported yet. */
import { Button, Skeleton } from '@mantine/core';
import { IconDatabaseImport } from '@tabler/icons-react';
import { Link } from 'react-router';
import { EmptyState } from '../components/EmptyState.tsx';
import { Failure } from './Loaded.tsx';

export const NoCourse = ({ loading, error }: { readonly loading: boolean; readonly error: unknown }) => {
  if (error) return <Failure error={error} />;
  if (loading) return <Skeleton height={320} />;
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
