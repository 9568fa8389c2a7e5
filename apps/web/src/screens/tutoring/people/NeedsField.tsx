/** What help a learner needs: as their answers say, or as somebody set it by hand. */
import { ActionIcon, Group, List, NumberInput, Select, Stack, Switch, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ScheduleLearnerView, ScheduleView } from '../../../api/schedule.ts';
import { formatNumber, plural } from '../../../components/format.ts';
import type { Faults } from '../forms/NamedDialog.tsx';
import classes from './fields.module.css';

/** A need that was set by hand; without a gain that is worked out. */
export interface NeedByHand {
  readonly skillId: number;
  readonly sessions: number;
  readonly gain?: number;
}

const LISTED = 100;

const Worked = ({ needs }: { readonly needs: NeedsFieldProps['worked'] }) =>
  needs === null || needs.length === 0 ? (
    <Text size="sm" c="dimmed">
      {needs === null
        ? 'Worked out from answers and plans once this is saved.'
        : 'Nothing that a tutor could help with now.'}
    </Text>
  ) : (
    <List size="sm">
      {needs.map(({ skill, sessions, gain, reason }) => (
        <List.Item key={skill.id}>
          {skill.name}, {plural(sessions, 'session')}, each expected to bring {formatNumber(gain)} points.{' '}
          <Text span size="sm" c="dimmed">
            {reason}
          </Text>
        </List.Item>
      ))}
    </List>
  );

interface RowProps {
  readonly name: string;
  readonly need: NeedByHand;
  readonly fault: string | undefined;
  readonly onChange: (need: NeedByHand) => void;
  readonly onRemove: () => void;
}

const Row = ({ name, need: { skillId, sessions, gain }, fault, onChange, onRemove }: RowProps) => (
  <Group component="li" gap="xs" justify="space-between">
    <Text size="sm" style={{ flex: '1 1 12rem' }}>
      {name}
      {fault !== undefined && (
        <Text span size="xs" c="var(--q-bad)" display="block">
          {fault}
        </Text>
      )}
    </Text>
    <Group gap={6} wrap="nowrap">
      <NumberInput
        size="xs"
        w={112}
        aria-label={`Sessions: ${name}`}
        suffix={sessions === 1 ? ' session' : ' sessions'}
        min={1}
        max={200}
        allowDecimal={false}
        value={sessions}
        onChange={(next) => onChange({ skillId, sessions: Number(next) || 1, ...(gain !== undefined && { gain }) })}
      />
      <NumberInput
        size="xs"
        w={132}
        aria-label={`Points that a session brings: ${name}`}
        placeholder="worked out"
        suffix=" points"
        min={0}
        max={100}
        decimalScale={1}
        value={gain ?? ''}
        onChange={(next) => onChange({ skillId, sessions, ...(next !== '' && { gain: Number(next) }) })}
      />
      <ActionIcon variant="subtle" color="gray" aria-label={`Take out ${name}`} onClick={onRemove}>
        <IconX size={14} aria-hidden />
      </ActionIcon>
    </Group>
  </Group>
);

const ByHand = ({ skills, value, faults, onChange }: Omit<NeedsFieldProps, 'worked'> & { value: NeedByHand[] }) => {
  const names = new Map(skills.map(({ id, name }) => [id, name]));
  const named = new Set(value.map(({ skillId }) => skillId));
  return (
    <Stack gap={6}>
      {value.length > 0 && (
        <ul className={classes['list']} aria-label="Help that was set by hand">
          {value.map((need, index) => (
            <Row
              key={need.skillId}
              name={names.get(need.skillId) ?? `Skill ${need.skillId}`}
              need={need}
              fault={faults[`learner.needs.${index}.sessions`] ?? faults[`learner.needs.${index}.gain`]}
              onChange={(next) => onChange(value.map((one) => (one.skillId === need.skillId ? next : one)))}
              onRemove={() => onChange(value.filter((one) => one.skillId !== need.skillId))}
            />
          ))}
        </ul>
      )}
      <Select
        aria-label="Add a skill that help is needed with"
        placeholder="Add a skill"
        searchable
        limit={LISTED}
        data={skills.filter(({ id }) => !named.has(id)).map(({ id, name }) => ({ value: String(id), label: name }))}
        value={null}
        onChange={(id) => id !== null && onChange([...value, { skillId: Number(id), sessions: 1 }])}
      />
      {value.length === 0 && (
        <Text size="sm" c="dimmed">
          Nothing named: no sessions are planned for this learner.
        </Text>
      )}
    </Stack>
  );
};

export interface NeedsFieldProps {
  readonly skills: ScheduleView['skills'];
  /** What holds while nothing is set by hand; null where that is not known yet. */
  readonly worked: ScheduleLearnerView['needs'] | null;
  /** Null: as the answers say. */
  readonly value: NeedByHand[] | null;
  readonly faults: Faults;
  readonly onChange: (value: NeedByHand[] | null) => void;
}

export const NeedsField = ({ skills, worked, value, faults, onChange }: NeedsFieldProps) => (
  <Stack component="fieldset" gap={6} m={0} p={0} style={{ border: 0, minWidth: 0 }}>
    <Text component="legend" size="sm" fw={600} mb={6}>
      What help is needed with
    </Text>
    <Switch
      label="Set by hand, whatever the answers say"
      checked={value !== null}
      onChange={(event) =>
        onChange(
          event.currentTarget.checked
            ? (worked ?? []).map(({ skill, sessions }) => ({ skillId: skill.id, sessions: Math.max(1, sessions) }))
            : null,
        )
      }
    />
    {value === null ? (
      <Worked needs={worked} />
    ) : (
      <ByHand skills={skills} value={value} faults={faults} onChange={onChange} />
    )}
  </Stack>
);
