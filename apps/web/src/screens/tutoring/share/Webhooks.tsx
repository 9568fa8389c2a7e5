/** Other programs that are told when a plan is published or repaired, and how the last messages fared. */
import { ActionIcon, Badge, Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { faultsByField } from '../../../api/problem.ts';
import {
  addWebhook,
  removeWebhook,
  testWebhook,
  type WebhookView,
  webhooksQuery,
} from '../../../api/schedule-services.ts';
import { Loaded } from '../../../app/Loaded.tsx';
import { Card } from '../../../components/Card.tsx';
import { FoldedTable } from '../../../components/FoldedTable.tsx';
import { formatTime } from '../../../components/format.ts';
import { ProblemText } from '../../../components/ProblemText.tsx';
import { WriteForm } from '../forms/WriteForm.tsx';
import { useScheduleWrite } from '../useTutoring.ts';

/** As the server asks for: shorter ones can be guessed. */
const SHORTEST_SECRET = 16;

const EVENTS: Readonly<Record<WebhookView['deliveries'][number]['event'], string>> = {
  'schedule.published': 'published',
  'schedule.repaired': 'repaired',
  'schedule.test': 'test',
};

const COLOURS = { delivered: 'good', failed: 'bad', waiting: 'note' } as const;

const Deliveries = ({ deliveries }: Pick<WebhookView, 'deliveries'>) =>
  deliveries.length === 0 ? (
    <Text size="xs" c="dimmed">
      Nothing sent yet.
    </Text>
  ) : (
    <FoldedTable
      summary={`Last message: ${deliveries[0].state}, ${formatTime(deliveries[0].lastAt ?? deliveries[0].createdAt)}`}
      label="Messages"
      columns={['When', 'What', 'State', 'Tries', 'Answer']}
      rows={deliveries.map(({ createdAt, event, state, attempts, status, error }) => [
        formatTime(createdAt),
        EVENTS[event],
        state,
        attempts,
        error ?? status ?? '–',
      ])}
    />
  );

const Webhook = ({ courseId, webhook }: { readonly courseId: number; readonly webhook: WebhookView }) => {
  const remove = useScheduleWrite(courseId, () => removeWebhook(courseId, webhook.id));
  const test = useScheduleWrite(courseId, () => testWebhook(courseId, webhook.id));
  const state = webhook.deliveries[0]?.state;
  return (
    <Stack component="li" gap={4}>
      <Group justify="space-between" gap="xs">
        <Group gap={6} style={{ minWidth: 0 }}>
          <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
            {webhook.url}
          </Text>
          {state && (
            <Badge
              size="sm"
              radius="sm"
              variant="light"
              tt="none"
              c={`var(--q-${COLOURS[state]})`}
              bg={`var(--q-${COLOURS[state]}-soft)`}
            >
              {state}
            </Badge>
          )}
        </Group>
        <Group gap={6}>
          <Button size="compact-xs" variant="default" loading={test.isPending} onClick={() => test.mutate(undefined)}>
            Send a test
          </Button>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove ${webhook.url}`}
            loading={remove.isPending}
            onClick={() => remove.mutate(undefined)}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
      </Group>
      <Deliveries deliveries={webhook.deliveries} />
      <ProblemText error={remove.error ?? test.error} />
    </Stack>
  );
};

const AddWebhook = ({ courseId }: { readonly courseId: number }) => {
  const [url, setUrl] = useState('');
  const [secret, setSecret] = useState('');
  const add = useScheduleWrite(
    courseId,
    () => addWebhook(courseId, { url: url.trim(), secret }),
    () => {
      setUrl('');
      setSecret('');
    },
  );
  const faults = faultsByField(add.error);
  return (
    <WriteForm save={add}>
      <Group gap="sm" align="flex-start">
        <TextInput
          label="Address"
          placeholder="https://example.org/hook"
          w={320}
          maw="100%"
          value={url}
          error={faults['url']}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <PasswordInput
          label="Secret"
          description={`Signs each message; ${SHORTEST_SECRET} characters or more. It is never shown again.`}
          w={320}
          maw="100%"
          autoComplete="new-password"
          value={secret}
          error={faults['secret']}
          onChange={(event) => setSecret(event.currentTarget.value)}
        />
      </Group>
      {Object.keys(faults).length === 0 && <ProblemText error={add.error} />}
      <Group>
        <Button
          type="submit"
          variant="default"
          loading={add.isPending}
          disabled={url.trim() === '' || secret.length < SHORTEST_SECRET}
        >
          Add
        </Button>
      </Group>
    </WriteForm>
  );
};

export const Webhooks = ({ courseId }: { readonly courseId: number }) => {
  const query = useQuery(webhooksQuery(courseId));
  return (
    <Card title="Tell other programs" note="Each gets a signed message when a plan is published or repaired.">
      <Stack gap="md">
        <Loaded query={query} what="the addresses" height={60}>
          {(webhooks) =>
            webhooks.length === 0 ? (
              <Text size="sm" c="dimmed">
                None yet. Add the address of a program that should know.
              </Text>
            ) : (
              <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
                {webhooks.map((webhook) => (
                  <Webhook key={webhook.id} courseId={courseId} webhook={webhook} />
                ))}
              </Stack>
            )
          }
        </Loaded>
        <AddWebhook courseId={courseId} />
      </Stack>
    </Card>
  );
};
