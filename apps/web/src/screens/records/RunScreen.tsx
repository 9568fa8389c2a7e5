/** One stored run: everything needed to do it again and to judge it. */
import { Anchor, Code, Group, List, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { type RunDetail, runQuery } from '../../api/runs.ts';
import { Loaded } from '../../app/Loaded.tsx';
import { Page } from '../../app/Page.tsx';
import { SimulatedBadge } from '../../components/Badges.tsx';
import { Card } from '../../components/Card.tsx';
import { Figure } from '../../components/Figure.tsx';
import { formatTime, plural } from '../../components/format.ts';
import classes from './RunScreen.module.css';

type RunRecord = RunDetail['record'];

const Pairs = ({ pairs }: { readonly pairs: readonly (readonly [string, string | number])[] }) =>
  pairs.length === 0 ? (
    <Text size="sm" c="dimmed">
      nothing stated
    </Text>
  ) : (
    <dl className={classes['pairs']}>
      {pairs.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );

const Inputs = ({ run }: { readonly run: RunRecord }) =>
  run.inputs.length === 0 ? (
    <Text size="sm" c="dimmed">
      No inputs were recorded.
    </Text>
  ) : (
    <List size="sm" spacing="xs">
      {run.inputs.map((input) => (
        <List.Item key={`${input.name}-${input.sha256}`}>
          <Group gap="xs">
            {input.name}
            {input.rows !== undefined && `, ${plural(input.rows, 'row')}`}
            {input.simulated && <SimulatedBadge />}
          </Group>
          {input.sha256 && (
            <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              SHA-256 {input.sha256}
            </Text>
          )}
        </List.Item>
      ))}
    </List>
  );

const Body = ({ run }: { readonly run: RunRecord }) => (
  <Stack gap="md">
    <Card title="Cost">
      <SimpleGrid cols={{ base: 2, sm: 5 }}>
        <Figure label="Wall time" value={run.cost.wallSeconds} unit="s" />
        <Figure label="Processor time" value={run.cost.cpuSeconds} unit="s" />
        <Figure label="Waiting in queues" value={run.cost.queueSeconds} unit="s" />
        <Figure label="Quantum processor" value={run.cost.qpuSeconds} unit="s" />
        <Figure label="Money" value={run.cost.money?.amount ?? 0} unit={run.cost.money?.currency} />
      </SimpleGrid>
    </Card>
    <Card title="Inputs">
      <Inputs run={run} />
    </Card>
    <Card title="How it was run">
      <Stack gap="sm">
        <Pairs
          pairs={[
            ['seed', run.seed],
            ...Object.entries(run.budget).map(([name, value]) => [`budget: ${name}`, value] as const),
            ...Object.entries(run.versions),
            ...(run.problemHash === null ? [] : [['problem, SHA-256', run.problemHash] as const]),
            ...(run.bound === null ? [] : [['bound', run.bound] as const]),
          ]}
        />
      </Stack>
    </Card>
    <Card title="Result">
      <Code block className={classes['result']}>
        {JSON.stringify(run.result, null, 2)}
      </Code>
    </Card>
  </Stack>
);

export const RunScreen = () => {
  const { runId = '' } = useParams();
  const query = useQuery(runQuery(runId));
  return (
    <Page
      title={query.data ? `Run: ${query.data.kind}, ${query.data.subject}` : 'Run'}
      purpose={query.data && `${formatTime(query.data.startedAt)} · ${query.data.id}`}
      actions={
        <Anchor component={Link} to="/records" size="sm">
          All runs
        </Anchor>
      }
    >
      <Loaded query={query} what="the run" height={420}>
        {({ record }) => <Body run={record} />}
      </Loaded>
    </Page>
  );
};
