/** One step of the plan: what, how long, why, and what can be done about it. */
import { ActionIcon, Badge, Button, Group, Menu, Text } from '@mantine/core';
import { IconBan, IconDotsVertical, IconPin, IconPlayerPlay, IconPlayerSkipForward } from '@tabler/icons-react';
import { useState } from 'react';
import type { LearnerView, OverrideBody, PlanStep, PlanView } from '../../api/learners.ts';
import { formatNumber } from '../../components/format.ts';
import { MasteryBar } from '../../components/Mastery.tsx';
import { sayPerson } from '../../components/person-name.ts';
import classes from './NextSteps.module.css';
import { OverrideDialog } from './OverrideDialog.tsx';
import { WhyDialog } from './WhyDialog.tsx';

export interface StepProps {
  readonly learner: LearnerView;
  readonly plan: PlanView;
  readonly step: PlanStep;
  readonly number: number;
  readonly onPractise?: (skillId: number, skillName: string) => void;
  /** Steps of later sessions: shorter, because nothing has to be done about them now. */
  readonly later?: boolean;
}

const StepMenu = ({ step, onChoose }: { step: PlanStep; onChoose: (action: OverrideBody['action']) => void }) => (
  <Menu position="bottom-end" width={240}>
    <Menu.Target>
      <ActionIcon variant="subtle" color="gray" aria-label={`Change this step: ${step.skillName}`}>
        <IconDotsVertical size={16} aria-hidden />
      </ActionIcon>
    </Menu.Target>
    <Menu.Dropdown>
      <Menu.Item leftSection={<IconPin size={16} aria-hidden />} onClick={() => onChoose('pin')}>
        Keep it in the next session
      </Menu.Item>
      <Menu.Item leftSection={<IconPlayerSkipForward size={16} aria-hidden />} onClick={() => onChoose('skip')}>
        Skip it for now
      </Menu.Item>
      <Menu.Item leftSection={<IconBan size={16} aria-hidden />} onClick={() => onChoose('forbid')}>
        Leave it out until I say so
      </Menu.Item>
    </Menu.Dropdown>
  </Menu>
);

const WhyButton = ({ step, onOpen }: { readonly step: PlanStep; readonly onOpen: () => void }) => (
  <Button size="compact-sm" variant="subtle" onClick={onOpen} aria-label={`Why this? ${step.skillName}`} flex="none">
    Why this?
  </Button>
);

interface NowBodyProps {
  readonly step: PlanStep;
  readonly first: boolean;
  readonly onPractise?: (skillId: number, skillName: string) => void;
  readonly onWhy: () => void;
}

/** What a step of the next session says and offers. */
const NowBody = ({ step, first, onPractise, onWhy }: NowBodyProps) => (
  <>
    <Text size="sm">{step.reason}</Text>
    <div className={classes['gain']}>
      <MasteryBar label={`Mastery of ${step.skillName} now`} mastery={step.masteryNow} />
      <Text size="xs" c="dimmed">
        likely {formatNumber(step.masteryAfter, { unit: '%' })} after
      </Text>
    </div>
    <Group gap="xs">
      {onPractise && (
        <Button
          size="xs"
          variant={first ? 'filled' : 'default'}
          leftSection={<IconPlayerPlay size={14} aria-hidden />}
          aria-label={`Practise ${step.skillName}`}
          onClick={() => onPractise(step.skillId, step.skillName)}
        >
          Practise
        </Button>
      )}
      <WhyButton step={step} onOpen={onWhy} />
      <Text size="xs" c="dimmed">
        about {formatNumber(step.minutes, { decimals: 0 })} min
      </Text>
    </Group>
  </>
);

export const Step = ({ learner, plan, step, number, onPractise, later = false }: StepProps) => {
  const [why, setWhy] = useState(false);
  const [change, setChange] = useState<OverrideBody['action'] | null>(null);
  return (
    <li className={classes['step']} data-first={number === 1 || undefined} data-later={later || undefined}>
      <span className={classes['number']} aria-hidden>
        {number}
      </span>
      <div className={classes['body']}>
        <Group justify="space-between" wrap="nowrap" align="flex-start" gap={4}>
          <Group gap={6}>
            <Text fw={600} size="sm">
              {step.skillName}
            </Text>
            {step.kind === 'review' && (
              <Badge size="sm" radius="sm" variant="default" tt="none">
                review
              </Badge>
            )}
            {step.pinnedBy !== null && (
              <Badge size="sm" radius="sm" variant="default" tt="none" leftSection={<IconPin size={11} aria-hidden />}>
                kept by {sayPerson(step.pinnedBy)}
              </Badge>
            )}
          </Group>
          <Group gap={0} wrap="nowrap">
            {later && <WhyButton step={step} onOpen={() => setWhy(true)} />}
            <StepMenu step={step} onChoose={setChange} />
          </Group>
        </Group>
        {later ? (
          <Text size="xs" c="dimmed">
            {step.reason}
          </Text>
        ) : (
          <NowBody step={step} first={number === 1} onPractise={onPractise} onWhy={() => setWhy(true)} />
        )}
      </div>
      <WhyDialog learnerId={learner.id} plan={plan} step={step} opened={why} onClose={() => setWhy(false)} />
      <OverrideDialog
        learnerId={learner.id}
        learnerName={learner.name}
        skillId={step.skillId}
        skillName={step.skillName}
        action={change}
        onClose={() => setChange(null)}
      />
    </li>
  );
};
