/** Every data set with its origin, and the way to take one out whole. */
import { Badge, Button, Code, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDatabaseOff } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { coursesQuery } from '../../api/courses.ts';

import { type DatasetView, datasetsQuery, removeDataset } from '../../api/records.ts';
import { Loaded } from '../../app/Loaded.tsx';
import { SimulatedBadge } from '../../components/Badges.tsx';
import { type Column, DataTable } from '../../components/DataTable.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatBytes, formatNumber, formatTime } from '../../components/format.ts';
import { ProblemText } from '../../components/ProblemText.tsx';
import { sayPerson } from '../../components/person-name.ts';

const KINDS: Readonly<Record<DatasetView['kind'], string>> = {
  records: 'answers',
  graph: 'skill graph',
  content: 'exercises',
  sample: 'sample',
  practice: 'practice here',
};

const Origin = ({ row }: { readonly row: DatasetView }) => (
  <Stack gap={0}>
    {row.source && <Text size="xs">{row.source}</Text>}
    {row.licence && (
      <Text size="xs" c="dimmed">
        {row.licence}
      </Text>
    )}
    {row.sha256 && (
      <Text size="xs" c="dimmed" title={`SHA-256 ${row.sha256}`}>
        {row.bytes !== null && row.bytes > 0 && `${formatBytes(row.bytes)}, `}
        <Code fz="xs">{row.sha256.slice(0, 12)}</Code>
      </Text>
    )}
  </Stack>
);

const columnsFor = (
  courses: ReadonlyMap<number, string>,
  onRemove: (dataset: DatasetView) => void,
): Column<DatasetView>[] => [
  {
    key: 'name',
    header: 'Data set',
    rowHeader: true,
    sort: (row) => row.name,
    cell: (row) => (
      <Stack gap={2}>
        <Group gap={6}>
          <span>{row.name}</span>
          <Badge size="sm" radius="sm" variant="default" tt="none">
            {KINDS[row.kind]}
          </Badge>
          {row.simulated && <SimulatedBadge />}
        </Group>
        <Text size="xs" c="dimmed">
          {courses.get(row.courseId) ?? 'course removed'}
        </Text>
      </Stack>
    ),
  },
  { key: 'rows', header: 'Rows', align: 'right', sort: (row) => row.rows, cell: (row) => formatNumber(row.rows) },
  {
    key: 'rejected',
    header: 'Left out',
    align: 'right',
    wideOnly: true,
    sort: (row) => row.rejected,
    cell: (row) => formatNumber(row.rejected),
  },
  { key: 'origin', header: 'Origin', wideOnly: true, cell: (row) => <Origin row={row} /> },
  {
    key: 'created',
    header: 'Brought in',
    wideOnly: true,
    sort: (row) => row.createdAt,
    cell: (row) => formatTime(row.createdAt),
  },
  {
    key: 'remove',
    header: 'Remove',
    align: 'right',
    cell: (row) =>
      row.status === 'removed' ? (
        <Text size="xs" c="dimmed">
          removed{row.removedBy && ` by ${sayPerson(row.removedBy)}`}
          {row.removedAt && `, ${formatTime(row.removedAt)}`}
        </Text>
      ) : (
        <Button size="compact-xs" variant="default" onClick={() => onRemove(row)} aria-label={`Remove ${row.name}`}>
          Remove
        </Button>
      ),
  },
];

const RemoveDialog = ({ dataset, onClose }: { readonly dataset: DatasetView; readonly onClose: () => void }) => {
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => removeDataset(dataset.id),
    onSuccess: () => {
      void client.invalidateQueries();
      notifications.show({ message: `${dataset.name} was removed.` });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Remove ${dataset.name}?`}>
      <Stack gap="sm">
        <Text size="sm">
          All {formatNumber(dataset.rows)} rows go, and with them every learner, exercise and skill that no other data
          set mentions. What was estimated from them is estimated again. This cannot be undone; the file can be imported
          again.
        </Text>
        {remove.isError && <ProblemText error={remove.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            Remove it
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};

export const DatasetList = () => {
  const query = useQuery(datasetsQuery);
  const courses = useQuery(coursesQuery);
  const names = new Map((courses.data ?? []).map(({ id, name }) => [id, name]));
  const [removing, setRemoving] = useState<DatasetView | null>(null);
  return (
    <>
      <Loaded query={query} what="the data sets" height={220}>
        {(datasets) => (
          <DataTable
            label="Data sets"
            noun="data set"
            rows={datasets}
            columns={columnsFor(names, setRemoving)}
            rowKey={(row) => String(row.id)}
            empty={
              <EmptyState title="Nothing brought in yet" icon={<IconDatabaseOff size={20} />}>
                Choose files above. A file of answers is enough to begin with.
              </EmptyState>
            }
          />
        )}
      </Loaded>
      {removing && <RemoveDialog dataset={removing} onClose={() => setRemoving(null)} />}
    </>
  );
};
