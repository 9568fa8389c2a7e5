/** Misconceptions that the class shows: how many seem to hold each, who, and which exercises help. */
import { Anchor, Button, Collapse, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBulb } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ClassMisconception, ItemAnalysis } from '../../../api/items.ts';
import { EstimatedBadge, SimulatedBadge } from '../../../components/Badges.tsx';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { formatNumber, plural } from '../../../components/format.ts';
import type { Intervention } from '../InterveneDialog.tsx';
import classes from './ClassMisconceptions.module.css';

/** Shown before "all". */
const FIRST = 6;

/** "about 14 of 60 learners (9 to 19)": whole people. */
const sayHolders = ({ holders, met }: ClassMisconception): string =>
  `about ${formatNumber(Math.round(holders.mean))} of ${plural(met, 'learner')} who could have shown it (${formatNumber(
    Math.floor(holders.low),
  )} to ${formatNumber(Math.ceil(holders.high))})`;

interface RowProps {
  readonly found: ClassMisconception;
  readonly onIntervene: (on: Intervention) => void;
}

const Holders = ({ found, onIntervene }: RowProps) => (
  <ul className={classes['holders']}>
    {found.learners.map((learner) => (
      <li key={learner.id}>
        <Group gap="xs" justify="space-between">
          <Text size="sm">
            <Anchor component={Link} to={`/learner/${learner.id}`} inherit>
              {learner.name}
            </Anchor>{' '}
            <Text span size="xs" c="dimmed">
              {formatNumber(learner.probability, { unit: '%' })} sure
            </Text>
          </Text>
          {found.practise && (
            <Button
              size="compact-xs"
              variant="default"
              aria-label={`Change next steps: ${learner.name}, ${found.practise.name}`}
              onClick={() =>
                found.practise &&
                onIntervene({
                  ...{ learnerId: learner.id, learnerName: learner.name },
                  ...{ skillId: found.practise.id, skillName: found.practise.name },
                })
              }
            >
              Change next steps
            </Button>
          )}
        </Group>
      </li>
    ))}
  </ul>
);

const Row = ({ found, onIntervene }: RowProps) => {
  const [opened, { toggle }] = useDisclosure(false);
  const count = found.learners.length;
  return (
    <li className={classes['misconception']}>
      <Group justify="space-between" align="flex-start" gap="xs">
        <div className={classes['what']}>
          <Text size="sm" fw={600}>
            {found.name}
          </Text>
          {found.description !== '' && <Text size="sm">{found.description}</Text>}
          <Text size="sm">
            <strong>{sayHolders(found)}</strong>; shown in {plural(found.shown, 'answer')}.
            {found.practise && ` Exercises on “${found.practise.name}” help.`}
          </Text>
        </div>
        {count > 0 && (
          <Button size="xs" variant="subtle" onClick={toggle} aria-expanded={opened} aria-label={`Who: ${found.name}`}>
            {opened ? 'Hide names' : 'Who'}
          </Button>
        )}
      </Group>
      {count > 0 && (
        <Collapse expanded={opened}>
          <Holders found={found} onIntervene={onIntervene} />
        </Collapse>
      )}
    </li>
  );
};

export interface ClassMisconceptionsProps {
  readonly analysis: ItemAnalysis;
  readonly onIntervene: (on: Intervention) => void;
}

export const ClassMisconceptions = ({ analysis, onIntervene }: ClassMisconceptionsProps) => {
  const [all, setAll] = useState(false);
  const { misconceptions, whyNoMisconceptions, runId, createdAt, simulated } = analysis;
  // Half a learner expected: fewer is nobody.
  const list = misconceptions?.list.filter(({ holders }) => holders.mean >= 0.5) ?? [];
  const origin = misconceptions && {
    how:
      `${plural(misconceptions.answers, 'practice answer')} of ${plural(misconceptions.learners, 'learner')}: which wrong ` +
      `answers came, and how often they come without the misconception. Fitted on ${plural(misconceptions.fitted, 'learner')}; ` +
      'numbers in brackets are 95 % intervals.',
    ...{ runId: runId ?? undefined, at: createdAt },
  };
  return (
    <Card
      title="Misconceptions in the class"
      note={
        <Group gap={6}>
          What wrong answers in practice have in common. <EstimatedBadge /> {simulated && <SimulatedBadge />}
        </Group>
      }
      origin={origin ?? undefined}
    >
      {list.length === 0 ? (
        <EmptyState title="None seen" icon={<IconBulb size={20} />}>
          {whyNoMisconceptions ?? 'Wrong answers in practice point to no misconception that anybody holds.'}
        </EmptyState>
      ) : (
        <Stack gap="sm">
          <ul className={classes['list']}>
            {(all ? list : list.slice(0, FIRST)).map((found) => (
              <Row key={found.id} found={found} onIntervene={onIntervene} />
            ))}
          </ul>
          {list.length > FIRST && (
            <Group>
              <Button size="xs" variant="subtle" onClick={() => setAll(!all)} aria-expanded={all}>
                {all ? `The first ${FIRST} only` : `All ${formatNumber(list.length)}`}
              </Button>
            </Group>
          )}
        </Stack>
      )}
    </Card>
  );
};
