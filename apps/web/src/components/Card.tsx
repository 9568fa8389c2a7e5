/** A titled section of a screen, a landmark with its title as name. */
import { Group, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './Card.module.css';

export interface CardProps {
  readonly title: string;
  /** One line below the title. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export const Card = ({ title, note, actions, children }: CardProps) => {
  const id = useId();
  return (
    <section className={classes['card']} aria-labelledby={id}>
      <Group justify="space-between" align="flex-start" gap="xs" mb="sm">
        <div className={classes['head']}>
          <Title order={2} id={id}>
            {title}
          </Title>
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
