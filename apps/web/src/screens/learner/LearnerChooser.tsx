/** The learners of a course, for people who are not one of them. */
import { Anchor, Group, Pagination, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { type LearnerList, learnersQuery } from '../../api/learners.ts';
import { Loaded } from '../../app/Loaded.tsx';
import { NoCourse } from '../../app/NoCourse.tsx';
import { Page } from '../../app/Page.tsx';
import { useCourse } from '../../app/useCourse.ts';
import { SimulatedBadge } from '../../components/Badges.tsx';
import { type Column, DataTable } from '../../components/DataTable.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatNumber, formatTime, plural } from '../../components/format.ts';

type Row = LearnerList['learners'][number];

const PAGE = 50;
const TYPING_MILLISECONDS = 200;

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'name',
    header: 'Learner',
    rowHeader: true,
    cell: (row) => (
      <Group gap="xs">
        <Anchor component={Link} to={`/learner/${row.id}`} size="sm" fw={550}>
          {row.name}
        </Anchor>
        {row.simulated && <SimulatedBadge />}
      </Group>
    ),
  },
  { key: 'mastered', header: 'Skills mastered', align: 'right', cell: (row) => formatNumber(row.mastered) },
  { key: 'attempts', header: 'Answers', align: 'right', cell: (row) => formatNumber(row.attempts) },
  {
    key: 'last',
    header: 'Last answer',
    wideOnly: true,
    cell: (row) => (row.lastAt === null ? 'time not known' : formatTime(row.lastAt)),
  },
];

const Found = ({ courseId }: { readonly courseId: number }) => {
  const [typed, setTyped] = useState('');
  const [page, setPage] = useState(1);
  const [search] = useDebouncedValue(typed, TYPING_MILLISECONDS);
  const query = useQuery(learnersQuery(courseId, search, (page - 1) * PAGE, PAGE));
  return (
    <Stack gap="sm">
      <TextInput
        maw={320}
        label="Find a learner"
        leftSection={<IconSearch size={15} aria-hidden />}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setPage(1);
        }}
      />
      <Loaded query={query} what="the learners" height={400}>
        {({ learners, total }) => (
          <>
            <DataTable
              label="Learners"
              noun="learner"
              rows={learners}
              total={total}
              columns={COLUMNS}
              rowKey={(row) => String(row.id)}
              empty={
                <EmptyState title={search ? 'Nobody has that name' : 'No learners yet'}>
                  {search ? 'Try a part of the name.' : 'Import records of answers on the Records screen.'}
                </EmptyState>
              }
            />
            {total > PAGE && (
              <Pagination
                size="sm"
                total={Math.ceil(total / PAGE)}
                value={page}
                onChange={setPage}
                getControlProps={(control) => ({ 'aria-label': `${control} page` })}
                getItemProps={(item) => ({ 'aria-label': `Page ${item}` })}
              />
            )}
          </>
        )}
      </Loaded>
    </Stack>
  );
};

export const LearnerChooser = () => {
  const { course, loading, error } = useCourse();
  return (
    <Page
      title="Learners"
      purpose={
        course ? (
          <Group gap="xs">
            <Text span inherit>
              {plural(course.learners, 'learner')} of {course.name}: choose one to see their next steps.
            </Text>
            {course.simulated && <SimulatedBadge />}
          </Group>
        ) : undefined
      }
    >
      {course ? <Found key={course.id} courseId={course.id} /> : <NoCourse loading={loading} error={error} />}
    </Page>
  );
};
