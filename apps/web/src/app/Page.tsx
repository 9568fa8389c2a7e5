/**
 * The frame of every screen: its title in the window and as heading, one line of purpose, actions beside it. The heading
 * takes the focus after navigation, so that keyboards and screen readers begin where the new screen begins.
 */
import { Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation, useNavigationType } from 'react-router';

export interface PageProps {
  readonly title: string;
  readonly purpose?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export const Page = ({ title, purpose, actions, children }: PageProps) => {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  const navigation = useNavigationType();
  const shown = useRef<string | null>(null);

  useEffect(() => {
    document.title = `${title} · Qurriculum`;
  }, [title]);

  useEffect(() => {
    const first = shown.current === null && navigation === 'POP' && window.history.length <= 1;
    if (shown.current !== pathname && !first) heading.current?.focus({ preventScroll: true });
    shown.current = pathname;
  }, [pathname, navigation]);

  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-end" gap="sm">
        <div style={{ minWidth: 0 }}>
          <Title order={1} ref={heading} tabIndex={-1} style={{ overflowWrap: 'anywhere' }}>
            {title}
          </Title>
          {purpose && (
            <Text size="sm" c="dimmed" component="div">
              {purpose}
            </Text>
          )}
        </div>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
};
