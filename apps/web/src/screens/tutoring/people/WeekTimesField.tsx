/** Times of the week, chosen from those that the schedule has. */
import { Button, Group, MultiSelect, Stack } from '@mantine/core';

export interface WeekTimesFieldProps {
  readonly label: string;
  readonly times: readonly string[];
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
}

export const WeekTimesField = ({ label, times, value, onChange }: WeekTimesFieldProps) => (
  <Stack gap={4}>
    <MultiSelect label={label} searchable data={times} value={[...value]} onChange={onChange} />
    <Group gap={6}>
      <Button size="compact-xs" variant="subtle" onClick={() => onChange([...times])}>
        All times
      </Button>
      <Button size="compact-xs" variant="subtle" onClick={() => onChange([])}>
        None
      </Button>
    </Group>
  </Stack>
);
