/** A titled section of a screen, a landmark with its title as name. */
import { Group, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './Card.module.css';
import { type Origin, OriginButton } from './OriginButton.tsx';

export interface CardProps {
  readonly title: string;
  /** One line below the title. */
  readonly note?: ReactNode;
  /** Where what it shows comes from. */
  readonly origin?: Origin;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export const Card = ({ title, note, origin, actions, children }: CardProps) => {
  const id = useId();
  return (
    <section className={classes['card']} aria-labelledby={id}>
      <Group justify="space-between" align="flex-start" gap="xs" mb="sm">
        <div className={classes['head']}>
          <Group gap={4}>
            <Title order={2} id={id}>
              {title}
            </Title>
            {origin && <OriginButton origin={origin} of={title} />}
          </Group>
          {note && (
            <Text size="xs" c="dimmed" component="div">
              {note}
            </Text>
          )}
        </div>
        {actions}
      </Group>
      {children}
    </section>
  );
};
