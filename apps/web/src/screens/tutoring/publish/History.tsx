/** Everything that was published: when, by whom, how good it was, how much it changed. */
import { Badge, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type PublishedView, publishedQuery } from '../../../api/schedule.ts';
import { Loaded } from '../../../app/Loaded.tsx';
import { Card } from '../../../components/Card.tsx';
import { type Column, DataTable } from '../../../components/DataTable.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { formatNumber, formatTime } from '../../../components/format.ts';
import { sayPerson } from '../../../components/person-name.ts';

const COLUMNS: Column<PublishedView>[] = [
  { key: 'number', header: 'Number', align: 'right', sort: (row) => row.number, cell: (row) => row.number },
  {
    key: 'name',
    header: 'Name',
    rowHeader: true,
    sort: (row) => row.name,
    cell: (row) => (
      <>
        {row.name}{' '}
        {row.inForce && (
          <Badge size="sm" radius="sm" variant="light" tt="none" c="var(--q-good)" bg="var(--q-good-soft)">
            in force
          </Badge>
        )}
        {row.note && (
          <Text size="xs" c="dimmed">
            {row.note}
          </Text>
        )}
      </>
    ),
  },
  { key: 'at', header: 'Published', sort: (row) => row.publishedAt, cell: (row) => formatTime(row.publishedAt) },
  { key: 'by', header: 'Approved by', sort: (row) => row.approvedBy, cell: (row) => sayPerson(row.approvedBy) },
  {
    key: 'sessions',
    header: 'Sessions',
    align: 'right',
    sort: (row) => row.figures.sessions,
    cell: (row) => formatNumber(row.figures.sessions),
  },
  {
    key: 'changed',
    header: 'Changed since the one before',
    align: 'right',
    sort: (row) => row.changed,
    cell: (row) => formatNumber(row.changed),
  },
  { key: 'quality', header: 'How good', wideOnly: true, cell: (row) => row.figures.quality },
];

export const History = ({ courseId }: { readonly courseId: number }) => {
  const query = useQuery(publishedQuery(courseId));
  return (
    <Card title="Published before">
      <Loaded query={query} what="what was published" height={120}>
        {({ published }) => (
          <DataTable
            label="Published plans"
            noun="publication"
            rows={published}
            columns={COLUMNS}
            rowKey={(row) => String(row.number)}
            initialSort={{ key: 'number', descending: true }}
            pageSize={20}
            empty={
              <EmptyState title="Nothing published yet" icon={<IconHistory size={20} />}>
                Give the plan a name above and publish it; who approved it stands here.
              </EmptyState>
            }
          />
        )}
      </Loaded>
    </Card>
  );
};
