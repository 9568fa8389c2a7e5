/** Times of the week, chosen from those that the schedule has; and when somebody is there over a term with its exceptions. */
import { Button, Group, MultiSelect, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { ScheduleView } from '../../../api/schedule.ts';
import { weekTimes } from '../calendar/week.ts';
import { usualTimes, withTimes } from './times.ts';

export interface TimesOfWeekProps {
  readonly label: string;
  readonly times: readonly string[];
  readonly value: readonly string[];
  readonly error?: string | undefined;
  /** Said beside the buttons. */
  readonly note?: string;
  readonly onChange: (value: string[]) => void;
}

export const TimesOfWeek = ({ label, times, value, error, note, onChange }: TimesOfWeekProps) => (
  <Stack gap={4}>
    <MultiSelect
      label={label}
      searchable
      data={times}
      value={[...value]}
      error={error}
      onChange={onChange}
      styles={{ pillsList: { maxHeight: '8.5rem', overflowY: 'auto' } }}
    />
    <Group gap={6}>
      <Button size="compact-xs" variant="subtle" onClick={() => onChange([...times])}>
        All times
      </Button>
      <Button size="compact-xs" variant="subtle" onClick={() => onChange([])}>
        None
      </Button>
      <Text size="xs" c="dimmed">
        {note}
      </Text>
    </Group>
  </Stack>
);

export interface WeekTimesFieldProps {
  readonly label: string;
  readonly setting: Pick<ScheduleView, 'slots' | 'timeZone'>;
  /** Slots of the term, by id. */
  readonly value: readonly string[];
  readonly error?: string | undefined;
  readonly onChange: (value: string[]) => void;
}

export const WeekTimesField = ({ label, setting, value, error, onChange }: WeekTimesFieldProps) => {
  const times = useMemo(() => weekTimes(setting.slots, setting.timeZone), [setting]);
  return (
    <TimesOfWeek
      label={label}
      times={times.map(({ time }) => time)}
      value={usualTimes(value, times)}
      error={error}
      note={`${value.length} of ${setting.slots.length} times of the term. Weeks that differ stay as they are.`}
      onChange={(wanted) => onChange(withTimes(value, times, wanted))}
    />
  );
};
