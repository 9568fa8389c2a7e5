/** "Why this tutor?": what counts for the session, the next best place, and what would have to change for it. */
import { List, Modal, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ScheduleExplanationView, type Seat, scheduleExplanationQuery } from '../../../api/schedule-proposals.ts';
import { Loaded } from '../../../app/Loaded.tsx';
import { formatNumber } from '../../../components/format.ts';
import { TermBars } from '../../../components/TermBars.tsx';
import { sayInstant } from '../calendar/week.ts';
import type { Tutoring } from '../useTutoring.ts';
import { POINTS } from '../words.ts';

const RunnerUp = ({ why, timeZone }: { readonly why: ScheduleExplanationView; readonly timeZone: string }) => {
  const { runnerUp, wouldChange } = why;
  if (runnerUp === null) return <Text size="sm">There is no other place where this session could be held.</Text>;
  return (
    <Stack gap={4}>
      {runnerUp.place && (
        <Text size="sm" fw={600}>
          {runnerUp.place.tutorName}, {sayInstant(runnerUp.place.start, timeZone)}: the plan would{' '}
          {runnerUp.loss < 0 ? 'gain' : 'lose'} {formatNumber(Math.abs(runnerUp.loss), { decimals: 2 })} points
        </Text>
      )}
      <Text size="sm">{runnerUp.text}</Text>
      {wouldChange.length > 0 && (
        <>
          <Title order={3} size="sm" mt="xs">
            What would have to change for it
          </Title>
          <List size="sm">
            {wouldChange.map((text) => (
              <List.Item key={text}>{text}</List.Item>
            ))}
          </List>
        </>
      )}
    </Stack>
  );
};

const Why = ({ why, timeZone }: { readonly why: ScheduleExplanationView; readonly timeZone: string }) => (
  <Stack gap="md">
    <Text size="sm">
      {why.learnerName} learns {why.skill.name} with {why.is.tutorName}, {sayInstant(why.is.start, timeZone)}.
    </Text>
    <section>
      <Title order={3} size="sm" mb={4}>
        What counts for it: {formatNumber(why.total, { decimals: 2 })} points
      </Title>
      <TermBars terms={why.terms.map(({ text, value }) => ({ name: text, value }))} />
    </section>
    <section>
      <Title order={3} size="sm" mb={4}>
        The next best
      </Title>
      <RunnerUp why={why} timeZone={timeZone} />
    </section>
    <Text size="xs" c="dimmed">
      {POINTS}
    </Text>
  </Stack>
);

export interface WhyDialogProps {
  readonly tutoring: Tutoring;
  /** Null while the dialog is closed. */
  readonly seat: (Seat & { readonly title: string }) | null;
  readonly onClose: () => void;
}

const NOBODY: Seat = { learnerId: 0, skillId: 0, tutorId: '', slotId: '' };

export const WhyDialog = ({ tutoring, seat, onClose }: WhyDialogProps) => {
  const { learnerId, skillId, tutorId, slotId } = seat ?? NOBODY;
  const query = useQuery({
    ...scheduleExplanationQuery(tutoring.courseId, tutoring.version, { learnerId, skillId, tutorId, slotId }),
    enabled: seat !== null,
  });
  return (
    <Modal opened={seat !== null} onClose={onClose} title={seat?.title ?? ''} size="lg">
      <Loaded query={query} what="the reasons" height={280}>
        {(why) => <Why why={why} timeZone={tutoring.setting.timeZone} />}
      </Loaded>
    </Modal>
  );
};
