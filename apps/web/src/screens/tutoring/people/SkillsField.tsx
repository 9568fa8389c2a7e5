/** What a tutor teaches, and how well: each skill with the share of a learner's gain that a session brings. */
import { ActionIcon, Group, NumberInput, Select, Stack, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ScheduleView } from '../../../api/schedule.ts';
import classes from './fields.module.css';

type Taught = ScheduleView['tutors'][number]['skills'];

/** Skills listed at once; typing finds the others. */
const LISTED = 100;

export interface SkillsFieldProps {
  readonly skills: ScheduleView['skills'];
  readonly value: Taught;
  readonly onChange: (value: Taught) => void;
}

export const SkillsField = ({ skills, value, onChange }: SkillsFieldProps) => {
  const names = new Map(skills.map(({ id, name }) => [id, name]));
  const taught = new Set(value.map(({ skillId }) => skillId));
  return (
    <Stack gap={6}>
      <Select
        label="Teaches"
        description="100 %: a session brings all that a learner can gain; less where somebody teaches it less well."
        placeholder="Add a skill"
        searchable
        limit={LISTED}
        data={skills.filter(({ id }) => !taught.has(id)).map(({ id, name }) => ({ value: String(id), label: name }))}
        value={null}
        nothingFoundMessage="No other skill of that name"
        onChange={(id) => id !== null && onChange([{ skillId: Number(id), quality: 1 }, ...value])}
      />
      {value.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nothing yet: nobody is taught by this person.
        </Text>
      ) : (
        <ul className={classes['list']} aria-label="Skills taught">
          {value.map(({ skillId, quality }) => {
            const name = names.get(skillId) ?? `Skill ${skillId}`;
            return (
              <Group component="li" key={skillId} gap="xs" wrap="nowrap" justify="space-between">
                <Text size="sm">{name}</Text>
                <Group gap={4} wrap="nowrap">
                  <NumberInput
                    size="xs"
                    w={84}
                    aria-label={`How well: ${name}`}
                    suffix=" %"
                    min={0}
                    max={100}
                    value={Math.round(quality * 1000) / 10}
                    onChange={(next) =>
                      onChange(
                        value.map((one) =>
                          one.skillId === skillId ? { skillId, quality: (Number(next) || 0) / 100 } : one,
                        ),
                      )
                    }
                  />
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`Does not teach ${name}`}
                    onClick={() => onChange(value.filter((one) => one.skillId !== skillId))}
                  >
                    <IconX size={14} aria-hidden />
                  </ActionIcon>
                </Group>
              </Group>
            );
          })}
        </ul>
      )}
    </Stack>
  );
};
