/** Runs on problem files, the newest first: shown again, run again, removed. */
import { Button, Group, Text } from '@mantine/core';
import { IconFileOff } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ProblemRunSummary, problemRunsQuery, removeProblemRun } from '../../../api/problem-runs.ts';
import { type Column, DataTable } from '../../../components/DataTable.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { formatDuration, formatNumber, formatTime } from '../../../components/format.ts';
import { ProblemText } from '../../../components/ProblemText.tsx';
import { sayPerson } from '../../../components/person-name.ts';

export interface EarlierRunsProps {
  readonly runs: readonly ProblemRunSummary[];
  readonly current: number | null;
  readonly onShow: (runId: number) => void;
  readonly onAgain: (fileId: number) => void;
  readonly onRemoved: (runId: number) => void;
}

const STATUS = { running: 'runs now', done: 'done', failed: 'failed', cancelled: 'cancelled' } as const;

const columnsFor = (
  { onShow, onAgain }: EarlierRunsProps,
  onRemove: (run: ProblemRunSummary) => void,
): Column<ProblemRunSummary>[] => [
  {
    key: 'file',
    header: 'File',
    rowHeader: true,
    sort: (row) => row.fileName,
    cell: (row) => (
      <>
        <div style={{ overflowWrap: 'anywhere' }}>{row.fileName}</div>
        <Text size="xs" c="dimmed">
          {formatNumber(row.variables)} variables
        </Text>
      </>
    ),
  },
  { key: 'solvers', header: 'Solvers', wideOnly: true, cell: (row) => row.solvers.join(', ') },
  {
    key: 'asked',
    header: 'Asked',
    wideOnly: true,
    cell: (row) => `${formatNumber(row.repeats)} × ${formatDuration(row.seconds)} each`,
  },
  {
    key: 'when',
    header: 'When',
    sort: (row) => row.createdAt,
    cell: (row) => (
      <>
        <div>{formatTime(row.createdAt)}</div>
        <Text size="xs" c="dimmed">
          {sayPerson(row.createdBy)}
        </Text>
      </>
    ),
  },
  { key: 'status', header: 'State', sort: (row) => row.status, cell: (row) => STATUS[row.status] },
  {
    key: 'do',
    header: 'Look or remove',
    align: 'right',
    cell: (row) => {
      const which = `${row.fileName}, ${formatTime(row.createdAt)}`;
      return (
        <Group gap={6} justify="flex-end">
          <Button size="compact-xs" variant="default" aria-label={`Show ${which}`} onClick={() => onShow(row.id)}>
            Show
          </Button>
          <Button size="compact-xs" variant="default" aria-label={`Again ${which}`} onClick={() => onAgain(row.fileId)}>
            Again
          </Button>
          {row.status !== 'running' && (
            <Button size="compact-xs" variant="default" aria-label={`Remove ${which}`} onClick={() => onRemove(row)}>
              Remove
            </Button>
          )}
        </Group>
      );
    },
  },
];

export const EarlierRuns = (props: EarlierRunsProps) => {
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: ({ id }: ProblemRunSummary) => removeProblemRun(id),
    onSuccess: (_, { id }) => {
      void client.invalidateQueries({ queryKey: problemRunsQuery.queryKey });
      props.onRemoved(id);
    },
  });
  return (
    <>
      <DataTable
        label="Runs on problem files"
        noun="run"
        rows={props.runs}
        columns={columnsFor(props, (run) => remove.mutate(run))}
        rowKey={(row) => String(row.id)}
        currentKey={props.current === null ? null : String(props.current)}
        pageSize={10}
        empty={
          <EmptyState title="No file solved yet" icon={<IconFileOff size={20} />}>
            Drop a file above: a Max-Cut file of the Gset is enough to begin with.
          </EmptyState>
        }
      />
      {remove.isError && <ProblemText error={remove.error} />}
    </>
  );
};
