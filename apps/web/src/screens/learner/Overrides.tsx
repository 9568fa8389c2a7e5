/** What people have changed in a plan: who, what, why, with a way to take it back. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { learnerKey, type OverrideView, planQuery, withdrawOverride } from '../../api/learners.ts';
import { Failure } from '../../app/Loaded.tsx';
import { formatTime } from '../../components/format.ts';
import { sayPerson } from '../../components/person-name.ts';
import classes from './NextSteps.module.css';

const DONE: Readonly<Record<OverrideView['action'], string>> = {
  pin: 'kept for the next session',
  skip: 'skipped for now',
  forbid: 'left out',
};

export const Overrides = ({
  learnerId,
  overrides,
}: {
  readonly learnerId: number;
  readonly overrides: readonly OverrideView[];
}) => {
  const client = useQueryClient();
  const withdraw = useMutation({
    mutationFn: (id: number) => withdrawOverride(id),
    onSuccess: (plan) => {
      client.setQueryData(planQuery(learnerId).queryKey, plan);
      void client.invalidateQueries({ queryKey: learnerKey(learnerId) });
    },
  });
  if (overrides.length === 0) return null;
  return (
    <Stack gap={6}>
      <Text size="xs" fw={600} c="dimmed">
        Changed by people
      </Text>
      <ul className={classes['overrides']}>
        {overrides.map((override) => (
          <li key={override.id} className={classes['override']}>
            <Text size="sm" style={{ flex: '1 1 12rem' }}>
              <strong>{override.skillName}</strong> {DONE[override.action]}
              {override.reason && <>: “{override.reason}”</>}
              <Text span size="xs" c="dimmed">
                {' '}
                {sayPerson(override.byPerson)}, {formatTime(override.createdAt)}
              </Text>
            </Text>
            <Group>
              <Button
                size="compact-xs"
                variant="default"
                loading={withdraw.isPending && withdraw.variables === override.id}
                onClick={() => withdraw.mutate(override.id)}
                aria-label={`Take back: ${override.skillName}`}
              >
                Take back
              </Button>
            </Group>
          </li>
        ))}
      </ul>
      {withdraw.isError && <Failure error={withdraw.error} />}
    </Stack>
  );
};
