/** The way to ask of any number where it came from: a small button that opens the answer. */
import { ActionIcon, Anchor, List, Popover, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { Link } from 'react-router';
import { SimulatedBadge } from './Badges.tsx';
import { formatTime, plural } from './format.ts';

/** Where a figure comes from: said in words, and the stored run that it was read from. */
export interface Origin {
  /** One sentence: "Mean over 240 learners of the mastery that the model gives now." */
  readonly how: string;
  /** The stored run behind it, shown on the Records screen. */
  readonly runId?: string;
  /** ISO 8601. */
  readonly at?: string;
  readonly inputs?: readonly { readonly name: string; readonly rows?: number; readonly simulated?: boolean }[];
}

export const OriginButton = ({ origin, of }: { readonly origin: Origin; readonly of: string }) => (
  <Popover width={300} position="bottom-start" withArrow shadow="md" trapFocus returnFocus>
    <Popover.Target>
      {/* As large as fingers need; the line that it stands in stays as high as its text. */}
      <ActionIcon variant="subtle" color="gray" size={24} my={-3} aria-label={`Where does this come from: ${of}`}>
        <IconInfoCircle size={15} aria-hidden />
      </ActionIcon>
    </Popover.Target>
    <Popover.Dropdown>
      <Stack gap="xs" tabIndex={-1} data-autofocus>
        <Text size="sm">{origin.how}</Text>
        {origin.inputs && origin.inputs.length > 0 && (
          <List size="xs" spacing={4}>
            {origin.inputs.map((input) => (
              <List.Item key={input.name}>
                {input.name}
                {input.rows === undefined ? '' : `, ${plural(input.rows, 'row')}`}{' '}
                {input.simulated && <SimulatedBadge />}
              </List.Item>
            ))}
          </List>
        )}
        {origin.at && (
          <Text size="xs" c="dimmed">
            {formatTime(origin.at)}
          </Text>
        )}
        {origin.runId && (
          <Anchor component={Link} to={`/records/runs/${encodeURIComponent(origin.runId)}`} size="sm">
            The run behind it
          </Anchor>
        )}
      </Stack>
    </Popover.Dropdown>
  </Popover>
);
