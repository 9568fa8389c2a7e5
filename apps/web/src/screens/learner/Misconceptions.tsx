/** Misconceptions that a learner may hold, for the learner and for staff: what it is, how sure that is, what helps. */
import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { type LearnerMisconceptions, learnerMisconceptionsQuery } from '../../api/items.ts';
import { Loaded } from '../../app/Loaded.tsx';
import { EstimatedBadge, SimulatedBadge } from '../../components/Badges.tsx';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatNumber, plural } from '../../components/format.ts';

type Found = LearnerMisconceptions['misconceptions'][number];

/** Less likely than not is not worth a worry. */
const LIKELY = 0.5;

const sayCertainty = (probability: number): string => {
  const word = probability >= 0.9 ? 'very likely' : probability >= 0.7 ? 'likely' : 'perhaps';
  return `${word}, ${formatNumber(probability, { unit: '%' })} sure`;
};

interface ListProps {
  readonly data: LearnerMisconceptions;
  readonly isSelf: boolean;
  /** Absent where the learner cannot practise here. */
  readonly onPractise?: (skillId: number, skillName: string) => void;
}

const Row = ({ found, onPractise }: { readonly found: Found; readonly onPractise?: ListProps['onPractise'] }) => {
  const { practise } = found;
  return (
    <Group justify="space-between" align="flex-start" gap="xs" component="li">
      <div style={{ flex: '1 1 16rem' }}>
        <Text size="sm" fw={600}>
          {found.name}{' '}
          <Text span size="xs" c="dimmed">
            {sayCertainty(found.probability)}
          </Text>
        </Text>
        {found.description !== '' && <Text size="sm">{found.description}</Text>}
        <Text size="xs" c="dimmed">
          Seen in {formatNumber(found.shown)} of the last {plural(found.met, 'answer')} where it could show.
          {practise && !onPractise && ` Exercises on “${practise.name}” help.`}
        </Text>
      </div>
      {practise && onPractise && (
        <Button size="xs" variant="default" onClick={() => onPractise(practise.id, practise.name)}>
          Practise: {practise.name}
        </Button>
      )}
    </Group>
  );
};

const List = ({ data, isSelf, onPractise }: ListProps) => {
  const likely = data.misconceptions.filter(({ probability }) => probability >= LIKELY);
  if (likely.length > 0) {
    return (
      <Stack gap="md" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {likely.map((found) => (
          <Row key={found.id} found={found} onPractise={onPractise} />
        ))}
      </Stack>
    );
  }
  if (data.analysedAt !== null) {
    return (
      <EmptyState title="None seen" icon={<IconBulb size={20} />}>
        {isSelf ? 'Your last wrong answers' : 'The last wrong answers'} have nothing in common that points to one.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="Nobody has looked yet" icon={<IconBulb size={20} />}>
      Have the exercises looked at on the{' '}
      <Anchor component={Link} to="/class" inherit underline="always">
        Class
      </Anchor>{' '}
      screen.
    </EmptyState>
  );
};

export interface MisconceptionsProps {
  readonly learnerId: number;
  readonly isSelf: boolean;
  readonly onPractise?: ListProps['onPractise'];
}

export const Misconceptions = ({ learnerId, isSelf, onPractise }: MisconceptionsProps) => {
  const query = useQuery(learnerMisconceptionsQuery(learnerId));
  const { data } = query;
  const origin = data?.analysedAt
    ? {
        how: 'From the last answers in practice: which wrong answers came, compared with how they come in the whole class.',
        ...{ runId: data.runId ?? undefined, at: data.analysedAt },
      }
    : undefined;
  // Before anybody has looked at the class's answers there is nothing a learner could do here.
  if (isSelf && data?.analysedAt === null) return null;
  return (
    <Card
      title={isSelf ? 'What may be holding you up' : 'Misconceptions'}
      note={
        <Group gap={6}>
          Ways of thinking that lead to the same wrong answers. <EstimatedBadge />{' '}
          {data?.simulated && <SimulatedBadge />}
        </Group>
      }
      origin={origin}
    >
      <Loaded query={query} what="misconceptions" height={120}>
        {(found) => <List data={found} isSelf={isSelf} onPractise={onPractise} />}
      </Loaded>
    </Card>
  );
};
