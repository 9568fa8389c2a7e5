/** Something happened: say what, set how readily other sessions may move, and get the ways to put it right. */
import { ActionIcon, Button, Group, Modal, Slider, Stack, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { startRepair } from '../../../api/schedule-proposals.ts';
import type { Week } from '../calendar/week.ts';
import { PlanningProgress } from '../plan/PlanningProgress.tsx';
import { type Proposed, usePlanning } from '../plan/usePlanning.ts';
import type { Tutoring } from '../useTutoring.ts';
import { EventFields, type Happened } from './EventFields.tsx';

/** Points per moved session: the planner's own default, and the most that the slider offers. */
const USUAL_PRICE = 3;
const HIGHEST_PRICE = 20;

const MARKS = [
  { value: 0, label: 'freely' },
  { value: USUAL_PRICE, label: 'usual' },
  { value: HIGHEST_PRICE, label: 'hardly ever' },
];

const PriceSlider = ({ price, onChange }: { readonly price: number; readonly onChange: (price: number) => void }) => (
  <div>
    <Text size="sm" fw={500} id="move-price">
      May other sessions move, where that helps?
    </Text>
    <Text size="xs" c="dimmed">
      A session that nothing broke moves only where the plan gains at least {price} {price === 1 ? 'point' : 'points'}{' '}
      by it. Asked of the balanced answer; the others show both ends.
    </Text>
    <Slider
      mt="xs"
      mb="xl"
      mx="xl"
      min={0}
      max={HIGHEST_PRICE}
      step={1}
      value={price}
      onChange={onChange}
      marks={MARKS}
      label={(value) => `${value} points`}
      thumbProps={{ 'aria-labelledby': 'move-price' }}
    />
  </div>
);

const Listed = ({
  list,
  onRemove,
}: {
  readonly list: readonly Happened[];
  readonly onRemove: (at: number) => void;
}) => (
  <Stack component="ul" gap={4} m={0} p={0} aria-label="What happened" style={{ listStyle: 'none' }}>
    {list.map(({ text }, index) => (
      <Group component="li" key={text} gap={6} wrap="nowrap" justify="space-between">
        <Text size="sm">
          {index + 1}. {text}
        </Text>
        <ActionIcon variant="subtle" color="gray" aria-label={`Take out: ${text}`} onClick={() => onRemove(index)}>
          <IconX size={14} aria-hidden />
        </ActionIcon>
      </Group>
    ))}
  </Stack>
);

export interface EventsDialogProps {
  readonly tutoring: Tutoring;
  readonly week: Week;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onProposal: (proposed: Proposed) => void;
}

export const EventsDialog = ({ tutoring, week, opened, onClose, onProposal }: EventsDialogProps) => {
  const { courseId, version } = tutoring;
  const [list, setList] = useState<readonly Happened[]>([]);
  const [price, setPrice] = useState(tutoring.setting.weights.change || USUAL_PRICE);
  const repair = usePlanning(
    courseId,
    () => startRepair(courseId, { version, events: list.flatMap(({ events }) => events), changeCost: price }),
    onProposal,
  );
  return (
    <Modal opened={opened} onClose={onClose} title="Something happened" size="lg">
      <Stack gap="md">
        <EventFields tutoring={tutoring} week={week} onAdd={(happened) => setList((was) => [...was, happened])} />
        {list.length > 0 && (
          <Listed list={list} onRemove={(at) => setList((was) => was.filter((_, index) => index !== at))} />
        )}
        <PriceSlider price={price} onChange={setPrice} />
        <PlanningProgress courseId={courseId} planning={repair} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Leave it
          </Button>
          <Button disabled={list.length === 0} loading={repair.busy} onClick={() => repair.begin.mutate(undefined)}>
            Show the ways to put it right
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
