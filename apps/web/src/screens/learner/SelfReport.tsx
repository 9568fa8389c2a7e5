/** One tap after an exercise: how did that go? Not asked twice, and never in the way of the next exercise. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { sendSelfReport } from '../../api/engagement.ts';
import { Failure } from '../../app/Loaded.tsx';

const CHOICES: readonly { readonly value: number; readonly label: string }[] = [
  { value: 1, label: 'Focused' },
  { value: 0.5, label: 'So-so' },
  { value: 0, label: 'Not really into it' },
];

export const SelfReport = ({ exerciseId }: { readonly exerciseId: string }) => {
  const said = useMutation({ mutationFn: (value: number) => sendSelfReport(exerciseId, value) });
  return (
    <Stack gap={6}>
      <Group gap="xs" role="group" aria-label="How did that go?">
        <Text size="sm">How did that go?</Text>
        {CHOICES.map(({ value, label }) => (
          <Button
            key={value}
            size="compact-sm"
            variant={said.variables === value ? 'light' : 'default'}
            aria-pressed={said.variables === value}
            loading={said.isPending && said.variables === value}
            onClick={() => said.mutate(value)}
          >
            {label}
          </Button>
        ))}
        <Text size="xs" c="dimmed" role="status">
          {said.isSuccess ? 'Noted.' : 'You need not say.'}
        </Text>
      </Group>
      {said.isError && <Failure error={said.error} />}
      <Text size="xs" c="dimmed">
        How long an answer takes, the hints you use and what you say here are kept with it. Your teachers see when many
        answers come very quickly or after long pauses. It is a sign to ask you, not a mark.
      </Text>
    </Stack>
  );
};
