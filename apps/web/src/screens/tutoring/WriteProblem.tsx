/**
 * Why a write to the schedule did not happen. Where somebody else was faster, it says what changed and offers to load it;
 * what was typed or chosen stays as it is.
 */
import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemError } from '../../api/problem.ts';
import { scheduleKey } from '../../api/schedule.ts';
import { ProblemText } from '../../components/ProblemText.tsx';

const CONFLICT = 409;

export interface WriteProblemProps {
  readonly courseId: number;
  readonly error: unknown;
  /** Takes the error back once the newest state is on screen. */
  readonly onLoaded: () => void;
}

export const WriteProblem = ({ courseId, error, onLoaded }: WriteProblemProps) => {
  const client = useQueryClient();
  const [loading, setLoading] = useState(false);
  if (!(error instanceof ProblemError) || error.problem.status !== CONFLICT) return <ProblemText error={error} />;
  const load = (): void => {
    setLoading(true);
    void client.invalidateQueries({ queryKey: scheduleKey(courseId) }).finally(() => {
      setLoading(false);
      onLoaded();
    });
  };
  return (
    <Alert
      color="yellow"
      role="alert"
      icon={<IconUsers size={18} aria-hidden />}
      title="Somebody else changed the schedule meanwhile"
    >
      <Stack gap="xs">
        <List size="sm">
          {(error.problem.errors ?? []).map(({ detail }) => (
            <List.Item key={detail}>{detail}</List.Item>
          ))}
        </List>
        <Text size="sm">Nothing of yours was stored, and nothing that you entered here is lost.</Text>
        <Group>
          <Button size="xs" onClick={load} loading={loading}>
            Load the newest, keep what I entered
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
};
