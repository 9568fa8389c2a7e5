/** Whose recent answers came too quickly to be read, or after long pauses, with the signs and how sure they are. */
import { Anchor, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconMoodCheck, IconStopwatch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { type ClassEngagementView, classEngagementQuery } from '../../api/engagement.ts';
import { Loaded } from '../../app/Loaded.tsx';
import { SimulatedBadge } from '../../components/Badges.tsx';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { HOW_EFFORT, sayEffort, VERDICTS } from '../../components/effort/words.ts';
import { formatNumber, plural } from '../../components/format.ts';
import classes from './HelpList.module.css';

type Listed = ClassEngagementView['learners'][number];

const EffortRow = ({ learnerId, learnerName, simulated, engagement }: Listed) => (
  <li className={classes['need']} style={{ gridTemplateColumns: 'minmax(0, 1fr)' }}>
    <div className={classes['what']}>
      <Group gap={6}>
        <Anchor component={Link} to={`/learner/${learnerId}`} fw={600} size="sm">
          {learnerName}
        </Anchor>
        <Badge size="sm" radius="sm" variant="light" tt="none" className={classes['kind']}>
          {VERDICTS[engagement.verdict]}
        </Badge>
        {simulated && <SimulatedBadge />}
      </Group>
      {engagement.reasons.map((reason) => (
        <Text key={reason} size="sm">
          {reason}
        </Text>
      ))}
      <Text size="xs" c="dimmed">
        {sayEffort(engagement)}
      </Text>
    </div>
  </li>
);

/** Shown before "all". */
const FIRST = 5;

const EffortRows = ({ fit, learners, counts }: ClassEngagementView) => {
  const [all, setAll] = useState(false);
  if (fit === null) {
    return (
      <EmptyState title="Nothing to go by yet" icon={<IconStopwatch size={20} />}>
        Practice here is timed, and so are records with a column of seconds taken. Once there are some, this shows whose
        answers come too quickly to be read.
      </EmptyState>
    );
  }
  const others = [
    ...(counts.engaged > 0 ? [`${plural(counts.engaged, 'learner')} as usual`] : []),
    ...(counts.mixed > 0 ? [`${counts.mixed} in between`] : []),
    ...(counts.unknown > 0 ? [`${counts.unknown} with too few answers to say`] : []),
  ].join(', ');
  return (
    <Stack gap="sm">
      {learners.length === 0 ? (
        <EmptyState title="Nobody stands out" icon={<IconMoodCheck size={20} />}>
          When many of somebody's answers come too quickly to be read, or after long pauses, they stand here.
        </EmptyState>
      ) : (
        <ul className={classes['list']}>
          {(all ? learners : learners.slice(0, FIRST)).map((each) => (
            <EffortRow key={each.learnerId} {...each} />
          ))}
        </ul>
      )}
      {learners.length > FIRST && (
        <Group>
          <Button size="xs" variant="subtle" onClick={() => setAll(!all)} aria-expanded={all}>
            {all ? `The first ${FIRST} only` : `All ${formatNumber(learners.length)}`}
          </Button>
        </Group>
      )}
      {others !== '' && (
        <Text size="xs" c="dimmed">
          {learners.length === 0 ? others : `Others: ${others}`}.
        </Text>
      )}
    </Stack>
  );
};

export const EffortList = ({ courseId }: { readonly courseId: number }) => {
  const effort = useQuery(classEngagementQuery(courseId));
  const fit = effort.data?.fit;
  return (
    <Card
      title="Quick guesses and long pauses"
      note="Signs in the recent answers, not reasons: ask before you judge."
      origin={fit ? { how: `${HOW_EFFORT} ${fit.note}`, runId: fit.runId, at: fit.fittedAt } : undefined}
    >
      <Loaded query={effort} what="response times" height={120}>
        {(data) => <EffortRows {...data} />}
      </Loaded>
    </Card>
  );
};
