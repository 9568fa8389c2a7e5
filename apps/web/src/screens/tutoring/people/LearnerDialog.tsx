/** When a learner can come, with or without others, and how much it counts. */
import { Checkbox, List, NumberInput, Text } from '@mantine/core';
import { useState } from 'react';
import { putLearner, type ScheduleLearnerView, type ScheduleView } from '../../../api/schedule.ts';
import { plural } from '../../../components/format.ts';
import { weekTimes } from '../calendar/week.ts';
import { useScheduleWrite } from '../useTutoring.ts';
import { FormDialog } from './FormDialog.tsx';
import { usualTimes, withTimes } from './times.ts';
import { WeekTimesField } from './WeekTimesField.tsx';

export interface LearnerDialogProps {
  readonly setting: ScheduleView;
  readonly learner: ScheduleLearnerView;
  readonly onClose: () => void;
}

const Needs = ({ needs }: Pick<ScheduleLearnerView, 'needs'>) =>
  needs.length === 0 ? (
    <Text size="sm" c="dimmed">
      Nothing that a tutor could help with now.
    </Text>
  ) : (
    <List size="sm">
      {needs.map(({ skill, sessions, reason }) => (
        <List.Item key={skill.id}>
          {skill.name}, {plural(sessions, 'session')}.{' '}
          <Text span size="sm" c="dimmed">
            {reason}
          </Text>
        </List.Item>
      ))}
    </List>
  );

export const LearnerDialog = ({ setting, learner, onClose }: LearnerDialogProps) => {
  const { courseId, version } = setting;
  const times = weekTimes(setting.slots, setting.timeZone);
  const [free, setFree] = useState(() => usualTimes(learner.available, times));
  const [alone, setAlone] = useState(learner.company === 'alone');
  const [priority, setPriority] = useState(learner.priority);
  const { languages, access, apart, needs, needsOverridden } = learner;
  const save = useScheduleWrite(
    courseId,
    () =>
      putLearner(courseId, learner.learnerId, {
        version,
        learner: {
          ...{ languages, access, apart, priority, company: alone ? 'alone' : 'any' },
          available: withTimes(learner.available, times, free),
          needs: needsOverridden
            ? needs.map(({ skill, sessions, gain }) => ({ skillId: skill.id, sessions, gain }))
            : null,
        },
      }),
    onClose,
  );
  return (
    <FormDialog
      courseId={courseId}
      title={learner.name}
      onClose={onClose}
      onSubmit={() => save.mutate(undefined)}
      write={save}
      ready
    >
      <WeekTimesField label="Usually free" times={times.map(({ time }) => time)} value={free} onChange={setFree} />
      <Checkbox
        label="Only alone, never in a group"
        checked={alone}
        onChange={(event) => setAlone(event.currentTarget.checked)}
      />
      <NumberInput
        label="How much it counts"
        description="1: as everybody; 2: what is gained counts twice."
        min={0}
        max={100}
        maw={240}
        value={priority}
        onChange={(next) => setPriority(Number(next) || 0)}
      />
      <Text size="sm" fw={600}>
        What help is needed with
      </Text>
      <Needs needs={needs} />
    </FormDialog>
  );
};
