/** Who needs help with what, the most urgent first, with the evidence in words. */
import { Anchor, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconMoodCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { HelpListView } from '../../api/class.ts';
import { SimulatedBadge } from '../../components/Badges.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatNumber } from '../../components/format.ts';
import { MasteryBar } from '../../components/Mastery.tsx';
import classes from './HelpList.module.css';
import type { Intervention } from './InterveneDialog.tsx';

type Need = HelpListView['needs'][number];

const KINDS: Readonly<Record<Need['kind'], string>> = {
  stuck: 'stuck',
  gap: 'gap',
  forgetting: 'forgetting',
  inactive: 'not active',
};

/** Shown before "all": the ones to act on first. */
const FIRST = 8;

const NeedRow = ({ need, onIntervene }: { readonly need: Need; readonly onIntervene: (on: Intervention) => void }) => (
  <li className={classes['need']}>
    <div className={classes['what']}>
      <Group gap={6}>
        <Anchor component={Link} to={`/learner/${need.learnerId}`} fw={600} size="sm">
          {need.learnerName}
        </Anchor>
        <Badge size="sm" radius="sm" variant="light" tt="none" className={classes['kind']} data-kind={need.kind}>
          {KINDS[need.kind]}
        </Badge>
        {need.simulated && <SimulatedBadge />}
      </Group>
      <Text size="sm">
        <strong>{need.skill.name}.</strong> {need.reason}
      </Text>
    </div>
    <div className={classes['mastery']}>
      <MasteryBar
        label={`Mastery of ${need.skill.name}, ${need.learnerName}`}
        mastery={need.mastery.mean}
        interval={need.mastery}
      />
    </div>
    <Button
      size="xs"
      variant="default"
      aria-label={`Change next steps: ${need.learnerName}, ${need.skill.name}`}
      onClick={() =>
        onIntervene({
          learnerId: need.learnerId,
          learnerName: need.learnerName,
          skillId: need.skill.id,
          skillName: need.skill.name,
        })
      }
    >
      Change next steps
    </Button>
  </li>
);

export interface HelpListProps {
  readonly needs: readonly Need[];
  readonly onIntervene: (on: Intervention) => void;
}

export const HelpList = ({ needs, onIntervene }: HelpListProps) => {
  const [all, setAll] = useState(false);
  if (needs.length === 0) {
    return (
      <EmptyState title="Nobody stands out" icon={<IconMoodCheck size={20} />}>
        When somebody is stuck, has a gap that holds up other skills, forgets, or stops practising, they stand here.
      </EmptyState>
    );
  }
  return (
    <Stack gap="sm">
      <ul className={classes['list']}>
        {(all ? needs : needs.slice(0, FIRST)).map((need) => (
          <NeedRow key={`${need.learnerId}-${need.skill.id}-${need.kind}`} need={need} onIntervene={onIntervene} />
        ))}
      </ul>
      {needs.length > FIRST && (
        <Group>
          <Button size="xs" variant="subtle" onClick={() => setAll(!all)} aria-expanded={all}>
            {all ? `The first ${FIRST} only` : `All ${formatNumber(needs.length)}`}
          </Button>
        </Group>
      )}
    </Stack>
  );
};
