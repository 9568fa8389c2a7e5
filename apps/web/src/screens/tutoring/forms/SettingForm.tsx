/** A form on the screen itself that changes a part of the setting: its fields, what stands in the way, one button. */
import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { faultsByField } from '../../../api/problem.ts';
import { changeSetting, type ScheduleView, type SettingBody } from '../../../api/schedule.ts';
import { useScheduleWrite } from '../useTutoring.ts';
import { WriteProblem } from '../WriteProblem.tsx';
import type { Faults } from './NamedDialog.tsx';
import { WriteForm } from './WriteForm.tsx';

export interface SettingFormProps {
  readonly setting: ScheduleView;
  /** What the button says, and what is said once it is done. */
  readonly button: string;
  readonly done: string;
  /** The one thing to do on the screen, while there is nothing else yet. */
  readonly isFirst?: boolean;
  /** False while something is missing or wrong. */
  readonly ready?: boolean;
  /** What is sent besides the version. */
  readonly body: () => Omit<SettingBody, 'version'>;
  readonly onDone?: () => void;
  /** Beside the button. */
  readonly note?: ReactNode;
  readonly children: (faults: Faults) => ReactNode;
}

export const SettingForm = (props: SettingFormProps) => {
  const { setting, button, done, isFirst = false, ready = true, body, onDone, note, children } = props;
  const { courseId, version } = setting;
  const save = useScheduleWrite(
    courseId,
    () => changeSetting(courseId, { version, ...body() }),
    () => {
      onDone?.();
      notifications.show({ message: done });
    },
  );
  return (
    <WriteForm save={save}>
      {children(faultsByField(save.error))}
      <WriteProblem courseId={courseId} error={save.error} onLoaded={save.reset} />
      <Group gap="sm">
        <Button
          type="submit"
          variant={isFirst ? 'filled' : 'default'}
          disabled={!ready || !setting.may.edit}
          loading={save.isPending}
        >
          {button}
        </Button>
        <Text size="xs" c="dimmed" component="div">
          {note}
        </Text>
      </Group>
    </WriteForm>
  );
};
