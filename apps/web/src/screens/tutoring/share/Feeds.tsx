/** Calendars to subscribe to: an address for each tutor, learner and room, to be copied or renewed. */
import { Button, CopyButton, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconCalendarShare, IconCheck, IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type FeedView, feedsQuery, renewFeed } from '../../../api/schedule-services.ts';
import { Loaded } from '../../../app/Loaded.tsx';
import { Card } from '../../../components/Card.tsx';
import { type Column, DataTable } from '../../../components/DataTable.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { formatDay, formatNumber } from '../../../components/format.ts';
import { ProblemText } from '../../../components/ProblemText.tsx';
import { useScheduleWrite } from '../useTutoring.ts';

const KINDS = [
  { value: 'tutor', label: 'Tutors' },
  { value: 'learner', label: 'Learners' },
  { value: 'room', label: 'Rooms' },
] as const;

const addressOf = ({ path }: FeedView): string => new URL(path, window.location.origin).href;

const Actions = ({ feed, onRenew }: { readonly feed: FeedView; readonly onRenew: () => void }) => (
  <Group gap={6} wrap="nowrap">
    <CopyButton value={addressOf(feed)}>
      {({ copied, copy }) => (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`${copied ? 'Copied' : 'Copy link'}: ${feed.name}`}
          leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          onClick={copy}
          w={104}
        >
          {copied ? 'Copied' : 'Copy link'}
        </Button>
      )}
    </CopyButton>
    <Button size="compact-xs" variant="subtle" aria-label={`Renew the address: ${feed.name}`} onClick={onRenew}>
      Renew
    </Button>
  </Group>
);

const columnsOf = (onRenew: (feed: FeedView) => void): Column<FeedView>[] => [
  { key: 'name', header: 'Name', rowHeader: true, sort: (feed) => feed.name, cell: (feed) => feed.name },
  {
    key: 'events',
    header: 'Sessions',
    align: 'right',
    sort: (feed) => feed.events,
    cell: (feed) => formatNumber(feed.events),
  },
  {
    key: 'renewed',
    header: 'Address since',
    wideOnly: true,
    sort: (feed) => feed.renewedAt,
    cell: (feed) => formatDay(feed.renewedAt),
  },
  { key: 'link', header: 'Link', cell: (feed) => <Actions feed={feed} onRenew={() => onRenew(feed)} /> },
];

export const Feeds = ({ courseId }: { readonly courseId: number }) => {
  const query = useQuery(feedsQuery(courseId));
  const [kind, setKind] = useState<FeedView['kind']>('tutor');
  const renew = useScheduleWrite(courseId, ({ kind: of, id }: FeedView) => renewFeed(courseId, { kind: of, id }));
  return (
    <Card
      title="Calendars to subscribe to"
      note="For any calendar program. Whoever has the address sees the calendar; renewing it shuts the old one out."
    >
      <Stack gap="sm" align="stretch">
        <SegmentedControl
          size="xs"
          w="fit-content"
          aria-label="Whose calendars"
          data={KINDS.map((one) => ({ ...one }))}
          value={kind}
          onChange={(next) => setKind(next as FeedView['kind'])}
        />
        <ProblemText error={renew.error} />
        <Loaded query={query} what="the calendars" height={200}>
          {(feeds) => (
            <DataTable
              key={kind}
              label="Calendars to subscribe to"
              noun="calendar"
              rows={feeds.filter((feed) => feed.kind === kind)}
              columns={columnsOf((feed) => renew.mutate(feed))}
              rowKey={({ id }) => id}
              searchText={({ name }) => name}
              pageSize={20}
              empty={
                <EmptyState title="No calendars of these yet" icon={<IconCalendarShare size={20} />}>
                  <Text span inherit>
                    They appear with the first plan that is published.
                  </Text>
                </EmptyState>
              }
            />
          )}
        </Loaded>
      </Stack>
    </Card>
  );
};
