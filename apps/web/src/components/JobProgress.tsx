/** A long task on screen: how far, what it is doing, a cancel button, and how it ended. */
import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatDuration } from './format.ts';

export interface JobView {
  /** What is being done: "Importing assistments09_train.tsv.gz". */
  readonly label: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  /** 0 to 1; null while the size of the task is not known. */
  readonly fraction: number | null;
  /** What it does now, or how it ended. */
  readonly message?: string;
  /** Seconds left, estimated. */
  readonly secondsLeft?: number;
}

export interface JobProgressProps {
  readonly job: JobView;
  /** Absent where the task cannot be stopped any more. */
  readonly onCancel?: () => void;
  readonly cancelling?: boolean;
  readonly onRetry?: () => void;
  /** Shown below when it is done: what came of it. */
  readonly children?: ReactNode;
}

const percent = (fraction: number): string => `${Math.floor(fraction * 100)} %`;

const Ended = ({ job, onRetry, children }: JobProgressProps) => {
  const failed = job.state === 'failed';
  const Icon = job.state === 'done' ? IconCheck : failed ? IconAlertTriangle : IconX;
  return (
    <Alert
      color={job.state === 'done' ? 'teal' : failed ? 'red' : 'gray'}
      variant="light"
      icon={<Icon size={18} aria-hidden />}
      title={`${job.label}: ${job.state}`}
      role={failed ? 'alert' : 'status'}
    >
      <Stack gap="xs">
        {job.message && <Text size="sm">{job.message}</Text>}
        {children}
        {onRetry && failed && (
          <Group>
            <Button size="xs" variant="default" onClick={onRetry}>
              Try again
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
};

export const JobProgress = (props: JobProgressProps) => {
  const { job, onCancel, cancelling = false } = props;
  if (job.state !== 'waiting' && job.state !== 'running') return <Ended {...props} />;
  const doing = job.message ?? (job.state === 'waiting' ? 'waiting for its turn' : 'working');
  return (
    <Stack gap={6} role="group" aria-label={job.label}>
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>
          {job.label}
        </Text>
        {onCancel && (
          <Button size="compact-sm" variant="default" onClick={onCancel} loading={cancelling}>
            Cancel
          </Button>
        )}
      </Group>
      <Progress.Root size="md">
        <Progress.Section
          value={job.fraction === null ? 100 : Math.max(1, job.fraction * 100)}
          animated={job.fraction === null}
          striped={job.fraction === null}
          aria-label={job.label}
          aria-valuetext={job.fraction === null ? doing : percent(job.fraction)}
        />
      </Progress.Root>
      <Text size="xs" c="dimmed">
        {job.fraction !== null && `${percent(job.fraction)} · `}
        {doing}
        {job.secondsLeft !== undefined && ` · about ${formatDuration(job.secondsLeft)} left`}
      </Text>
    </Stack>
  );
};
