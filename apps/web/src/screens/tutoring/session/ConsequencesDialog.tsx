/** What a change by hand would do, before it is done: in words, by part of the value, for whom; then accept or put back. */
import { Alert, Badge, Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { applyMoves, type ConsequencesView, previewMoves, type ScheduleMove } from '../../../api/schedule.ts';
import { Loaded } from '../../../app/Loaded.tsx';
import { formatNumber } from '../../../components/format.ts';
import { TermBars } from '../../../components/TermBars.tsx';
import { ChangesTable } from '../ChangesTable.tsx';
import { type Tutoring, useScheduleWrite } from '../useTutoring.ts';
import { WriteProblem } from '../WriteProblem.tsx';
import { POINTS, signed, termsOf } from '../words.ts';

export interface Change {
  /** 'Move Fractions with Ms Okafor' */
  readonly title: string;
  readonly moves: readonly ScheduleMove[];
}

const previewOf = (courseId: number, version: number, moves: readonly ScheduleMove[]) => ({
  // Apart from the schedule's own keys: a preview is of one version and never stale.
  queryKey: ['schedule-preview', courseId, version, moves],
  queryFn: () => previewMoves(courseId, { version, moves: [...moves] }),
  staleTime: Number.POSITIVE_INFINITY,
});

const Worth = ({ value }: { readonly value: number }) => {
  const size = Math.abs(value);
  if (size < 0.005) return <>The plan is worth as much as before.</>;
  return (
    <>
      The plan is worth {formatNumber(size, { decimals: 2 })} points {value < 0 ? 'less' : 'more'} than before.
    </>
  );
};

const KINDS = { learner: 'learner', tutor: 'tutor', room: 'room' } as const;

const Consequences = ({ view, timeZone }: { readonly view: ConsequencesView; readonly timeZone: string }) => {
  const terms = termsOf(view.terms);
  return (
    <Stack gap="sm">
      {!view.allowed && (
        <Alert
          color="red"
          icon={<IconAlertTriangle size={18} aria-hidden />}
          title="This cannot be done: it breaks a rule that is always kept"
        >
          <List size="sm">
            {view.violations.map(({ rule, message }) => (
              <List.Item key={`${rule} ${message}`}>{message}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <Text size="sm" fw={600}>
        <Worth value={view.value} />
      </Text>
      {terms.length > 0 && <TermBars terms={terms} />}
      <Group gap={6}>
        <Text size="sm">Affected:</Text>
        {view.affected.map(({ kind, id, name }) => (
          <Badge key={`${kind} ${id}`} size="sm" radius="sm" variant="light" color="gray" tt="none" c="var(--q-text)">
            {KINDS[kind]} {name}
          </Badge>
        ))}
      </Group>
      <ChangesTable label="What changes" changes={view.changes} timeZone={timeZone} />
      <Text size="xs" c="dimmed">
        {POINTS}
      </Text>
    </Stack>
  );
};

export interface ConsequencesDialogProps {
  readonly tutoring: Tutoring;
  /** Null while the dialog is closed. */
  readonly change: Change | null;
  /** `done`: it was accepted. */
  readonly onClose: (done: boolean) => void;
}

export const ConsequencesDialog = ({ tutoring, change, onClose }: ConsequencesDialogProps) => {
  const { courseId, version } = tutoring;
  const moves = change?.moves ?? [];
  const preview = useQuery({
    ...previewOf(courseId, version, moves),
    enabled: change !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const accept = useScheduleWrite(
    courseId,
    () => applyMoves(courseId, { version, moves: [...moves] }),
    () => onClose(true),
  );
  const close = (): void => {
    accept.reset();
    onClose(false);
  };
  return (
    <Modal opened={change !== null} onClose={close} title={change?.title ?? ''} size="xl">
      <Stack gap="md">
        {preview.isError ? (
          <WriteProblem courseId={courseId} error={preview.error} onLoaded={() => void preview.refetch()} />
        ) : (
          <Loaded query={preview} what="what would change" height={280}>
            {(view) => <Consequences view={view} timeZone={tutoring.setting.timeZone} />}
          </Loaded>
        )}
        <WriteProblem courseId={courseId} error={accept.error} onLoaded={accept.reset} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close} data-autofocus>
            Put it back
          </Button>
          <Button
            onClick={() => accept.mutate(undefined)}
            loading={accept.isPending}
            disabled={preview.data?.allowed !== true || preview.isPlaceholderData || accept.isError}
          >
            {preview.data && Math.abs(preview.data.value) >= 0.005
              ? `Make this change (${signed(preview.data.value, (size) => formatNumber(size, { decimals: 2 }))} points)`
              : 'Make this change'}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
