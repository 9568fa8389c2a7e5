/** A query on screen: a quiet placeholder while it loads, the reason and a way to try again when it fails. */
import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isUnreachable } from '../api/problem.ts';
import { SaidError } from '../components/ProblemText.tsx';

/** An error with what to do about it; unreachable servers are announced once for the whole app, by `ServerGone`. */
export const Failure = ({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) => (
  <Alert
    color="red"
    variant="light"
    icon={<IconAlertTriangle size={18} aria-hidden />}
    title={isUnreachable(error) ? 'No answer from the server' : 'This did not work'}
    role="alert"
  >
    <Stack gap="xs">
      <Text size="sm">
        <SaidError error={error} />
      </Text>
      {onRetry && (
        <Group>
          <Button size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        </Group>
      )}
    </Stack>
  </Alert>
);

export interface LoadedProps<Data> {
  readonly query: UseQueryResult<Data>;
  /** What is being loaded, for screen readers: "the skill map". */
  readonly what: string;
  readonly children: (data: Data) => ReactNode;
  /** Height of the placeholder, so that nothing jumps. */
  readonly height?: number;
}

export const Loaded = <Data,>({ query, what, children, height = 160 }: LoadedProps<Data>) => {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div role="status" aria-label={`Loading ${what}`}>
      <Skeleton height={height} />
    </div>
  );
};
