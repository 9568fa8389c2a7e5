/** What a list, plot or page shows when there is nothing to show: why, and what to do about it. */
import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './EmptyState.module.css';

export interface EmptyStateProps {
  /** Why there is nothing: "No records yet". */
  readonly title: string;
  /** What to do: one or two sentences. */
  readonly children: ReactNode;
  /** The button or link that does it. */
  readonly action?: ReactNode;
  readonly icon?: ReactNode;
}

export const EmptyState = ({ title, children, action, icon }: EmptyStateProps) => (
  <Stack align="center" gap="xs" className={classes['root']}>
    {icon && (
      <span className={classes['icon']} aria-hidden>
        {icon}
      </span>
    )}
    <Title order={3}>{title}</Title>
    <Text size="sm" c="dimmed" ta="center" maw={420} component="div">
      {children}
    </Text>
    {action}
  </Stack>
);
