/** Exercises with what stands out, in words; those that deserve a look first. */
import { SegmentedControl, Stack, Text } from '@mantine/core';
import { IconMoodCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { AnalysedItem } from '../../../api/items.ts';
import { type Column, DataTable } from '../../../components/DataTable.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { formatInterval, formatNumber, type Interval } from '../../../components/format.ts';

const Share = ({ value }: { readonly value: Interval & { readonly mean: number } }) => (
  <>
    {formatNumber(value.mean, { unit: '%' })}{' '}
    <Text span size="xs" c="dimmed">
      {formatInterval(value, { unit: '%' })}
    </Text>
  </>
);

const columns: readonly Column<AnalysedItem>[] = [
  {
    key: 'name',
    header: 'Exercise',
    rowHeader: true,
    sort: ({ name }) => name,
    cell: ({ name, skills }) => (
      <>
        {name}
        {skills.join(', ') !== name && skills.length > 0 && !name.startsWith(skills[0]) && (
          <Text size="xs" c="dimmed">
            {skills.join(', ')}
          </Text>
        )}
      </>
    ),
  },
  {
    key: 'answers',
    header: 'Learners',
    align: 'right',
    wideOnly: true,
    sort: ({ answers }) => answers,
    cell: ({ answers }) => formatNumber(answers),
  },
  {
    key: 'right',
    header: 'Right at first',
    align: 'right',
    sort: ({ right }) => right.mean,
    cell: ({ right }) => <Share value={right} />,
  },
  {
    key: 'middle',
    header: 'In the middle of the class',
    align: 'right',
    wideOnly: true,
    sort: ({ middle }) => middle.mean,
    cell: ({ middle }) => <Share value={middle} />,
  },
  {
    key: 'remarks',
    header: 'What stands out',
    sort: ({ remarks }) => remarks.length,
    cell: ({ remarks }) =>
      remarks.length === 0 ? (
        <Text span size="sm" c="dimmed">
          nothing
        </Text>
      ) : (
        remarks.map(({ kind, text }) => (
          <Text key={kind} size="sm">
            {text}
          </Text>
        ))
      ),
  },
];

export const ExerciseTable = ({ items }: { readonly items: readonly AnalysedItem[] }) => {
  const flagged = items.filter(({ remarks }) => remarks.length > 0);
  const [shown, setShown] = useState<'flagged' | 'all'>(flagged.length > 0 ? 'flagged' : 'all');
  return (
    <Stack gap="xs" align="flex-start">
      <SegmentedControl
        size="xs"
        aria-label="Which exercises"
        data={[
          { value: 'flagged', label: `Deserve a look (${flagged.length})` },
          { value: 'all', label: `All (${items.length})` },
        ]}
        value={shown}
        onChange={(value) => setShown(value === 'all' ? 'all' : 'flagged')}
      />
      <div style={{ width: '100%' }}>
        <DataTable
          key={shown}
          label="Exercises"
          noun="exercise"
          rows={shown === 'all' ? items : flagged}
          columns={columns}
          rowKey={({ id }) => String(id)}
          initialSort={{ key: 'right', descending: false }}
          searchText={shown === 'all' ? ({ name }) => name : undefined}
          pageSize={12}
          empty={
            <EmptyState title="No exercise stands out" icon={<IconMoodCheck size={20} />}>
              None is far too hard or easy, more erratic than chance explains, or unfair between groups.
            </EmptyState>
          }
        />
      </div>
    </Stack>
  );
};
