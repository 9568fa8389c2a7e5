/** The session that was chosen in the calendar: who, when, where, what is pinned, why, and how to change it. */
import { Anchor, Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { IconArrowsMove, IconCalendarEvent, IconHelpCircle, IconPencil, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import type { SessionView } from '../../../api/schedule.ts';
import type { Seat } from '../../../api/schedule-proposals.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { movesAway, type Subject, toCalendar } from '../calendar/view.ts';
import { sayInstant } from '../calendar/week.ts';
import type { Tutoring } from '../useTutoring.ts';
import type { Change } from './ConsequencesDialog.tsx';
import { MoveDialog } from './MoveDialog.tsx';
import { Pins } from './Pins.tsx';
import { WhyDialog } from './WhyDialog.tsx';

export interface SessionPanelProps {
  readonly tutoring: Tutoring;
  readonly subject: Subject;
  readonly session: SessionView | null;
  /** Picks the session up in the calendar. */
  readonly onPickUp: () => void;
  readonly onChange: (change: Change) => void;
}

const Members = ({ session, onWhy }: { readonly session: SessionView; readonly onWhy: (seat: number) => void }) => (
  <List size="sm" listStyleType="none" spacing={4}>
    {session.members.map(({ learnerId, name }) => (
      <List.Item key={learnerId} styles={{ itemWrapper: { width: '100%' }, itemLabel: { width: '100%' } }}>
        <Group justify="space-between" gap={6}>
          <Anchor component={Link} to={`/learner/${learnerId}`} size="sm">
            {name}
          </Anchor>
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconHelpCircle size={14} aria-hidden />}
            aria-label={`Why this tutor for ${name}?`}
            onClick={() => onWhy(learnerId)}
          >
            Why this tutor?
          </Button>
        </Group>
      </List.Item>
    ))}
  </List>
);

/** What, when, with whom and where; `children` below. */
export const SessionHead = ({
  session,
  timeZone,
  children,
}: {
  readonly session: SessionView;
  readonly timeZone: string;
  readonly children?: ReactNode;
}) => (
  <div>
    <Title order={3}>{session.skill.name}</Title>
    <Text size="sm">{sayInstant(session.start, timeZone)}</Text>
    <Text size="sm">
      {session.tutorName}
      {session.roomName !== null && `, ${session.roomName}`}
    </Text>
    {children}
  </div>
);

const Session = (props: SessionPanelProps & { readonly session: SessionView }) => {
  const { tutoring, subject, session, onPickUp, onChange } = props;
  const [why, setWhy] = useState<(Seat & { readonly title: string }) | null>(null);
  const [moving, setMoving] = useState(false);
  const { timeZone } = tutoring.setting;
  const { changed } = toCalendar(session, subject, tutoring.index);
  const seatOf = (learnerId: number): Seat & { readonly title: string } => ({
    ...{ learnerId, skillId: session.skill.id, tutorId: session.tutorId, slotId: session.slotId },
    title: `Why ${session.tutorName}?`,
  });
  return (
    <Stack gap="sm">
      <SessionHead session={session} timeZone={timeZone}>
        {tutoring.index.published !== null && (
          <Text size="xs" c={changed ? 'var(--q-warn)' : 'dimmed'} fw={changed ? 600 : 400}>
            {changed ? 'Not published yet' : 'As published'}
          </Text>
        )}
      </SessionHead>
      <Members session={session} onWhy={(learnerId) => setWhy(seatOf(learnerId))} />
      {tutoring.setting.may.edit && (
        <>
          <Pins key={session.id} tutoring={tutoring} session={session} />
          <Group gap={6}>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconArrowsMove size={14} aria-hidden />}
              onClick={onPickUp}
            >
              Pick up
            </Button>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPencil size={14} aria-hidden />}
              onClick={() => setMoving(true)}
            >
              Change
            </Button>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconTrash size={14} aria-hidden />}
              onClick={() => onChange({ title: `Take ${session.skill.name} away`, moves: movesAway(session, subject) })}
            >
              Take away
            </Button>
          </Group>
        </>
      )}
      <MoveDialog
        key={`move ${session.id}`}
        tutoring={tutoring}
        session={session}
        subject={subject}
        opened={moving}
        onClose={() => setMoving(false)}
        onChange={onChange}
      />
      <WhyDialog tutoring={tutoring} seat={why} onClose={() => setWhy(null)} />
    </Stack>
  );
};

export const SessionPanel = (props: SessionPanelProps) =>
  props.session === null ? (
    <EmptyState title="No session chosen" icon={<IconCalendarEvent size={20} />}>
      Choose a session in the calendar to see more of it.
    </EmptyState>
  ) : (
    <Session {...props} session={props.session} />
  );
