/** Which week is looked at: chosen from a list, or one on and one back. */
import { ActionIcon, Group, Select, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { ChosenWeek } from '../useChosenWeek.ts';
import { sayZone } from './week.ts';

export interface WeekSwitchProps {
  readonly weeks: ChosenWeek;
  readonly timeZone: string;
  readonly onWeek: (week: number) => void;
}

export const WeekSwitch = ({ weeks, timeZone, onWeek }: WeekSwitchProps) => (
  <>
    <Group gap={4} wrap="nowrap">
      <ActionIcon
        variant="default"
        size="input-xs"
        aria-label="The week before"
        disabled={weeks.at === 0}
        onClick={() => onWeek(weeks.at - 1)}
      >
        <IconChevronLeft size={16} aria-hidden />
      </ActionIcon>
      <Select
        size="xs"
        w={232}
        aria-label="Week"
        allowDeselect={false}
        data={weeks.all.map(({ label }, index) => ({ value: String(index), label }))}
        value={String(weeks.at)}
        onChange={(next) => onWeek(Number(next ?? weeks.at))}
      />
      <ActionIcon
        variant="default"
        size="input-xs"
        aria-label="The week after"
        disabled={weeks.at >= weeks.all.length - 1}
        onClick={() => onWeek(weeks.at + 1)}
      >
        <IconChevronRight size={16} aria-hidden />
      </ActionIcon>
    </Group>
    <Text size="xs" c="dimmed">
      Week {weeks.at + 1} of {weeks.all.length}. Times: {sayZone(weeks.week, timeZone)}
    </Text>
  </>
);
