/** A number on screen: value, unit, interval, what to be careful about, and a way to ask where it came from. */
import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Caveat, CaveatBadge } from './Badges.tsx';
import classes from './Figure.module.css';
import { formatInterval, formatNumber, type Interval } from './format.ts';
import { type Origin, OriginButton } from './OriginButton.tsx';

export interface FigureProps {
  /** What is counted or measured, in plain words. */
  readonly label: string;
  /** Null where there is no figure yet: a dash is shown, never a zero. */
  readonly value: number | null;
  /** 'minutes', 'skills', '%' (then the value is a share between 0 and 1), ... */
  readonly unit?: string;
  /** In the unit of the value. */
  readonly interval?: Interval;
  /** Significant decimals; default: what the size of the value calls for. */
  readonly decimals?: number;
  readonly caveats?: readonly Caveat[];
  readonly origin?: Origin;
  /** One line of context below: "of 62 in this course". */
  readonly note?: ReactNode;
  readonly size?: 'md' | 'lg';
}

export const Figure = ({ label, value, unit, interval, decimals, caveats, origin, note, size = 'md' }: FigureProps) => (
  <Stack gap={2} className={classes['root']}>
    <Group gap={4} wrap="nowrap" align="center" mih={22}>
      <Text size="xs" c="dimmed" fw={500}>
        {label}
      </Text>
      {origin && <OriginButton origin={origin} of={label} />}
    </Group>
    <Group gap="xs" align="baseline">
      <span className={size === 'lg' ? classes['large'] : classes['value']}>
        {value === null ? '–' : formatNumber(value, { unit, decimals })}
        {value !== null && unit && unit !== '%' && <span className={classes['unit']}> {unit}</span>}
      </span>
      {interval && value !== null && (
        <Text span size="xs" c="dimmed">
          {formatInterval(interval, { unit, decimals })}
        </Text>
      )}
      {caveats?.map((caveat) => (
        <CaveatBadge key={caveat} caveat={caveat} />
      ))}
    </Group>
    {note && (
      <Text size="xs" c="dimmed">
        {note}
      </Text>
    )}
  </Stack>
);
