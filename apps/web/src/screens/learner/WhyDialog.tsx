/** "Why this?": the evidence, what the step opens, which goals it serves, what it is worth, and the plan without it. */
import { Group, List, Modal, Stack, Text, Title } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type ExplanationView, explanationQuery, type PlanStep, type PlanView } from '../../api/learners.ts';
import { Loaded } from '../../app/Loaded.tsx';
import { SimulatedBadge } from '../../components/Badges.tsx';
import { plural } from '../../components/format.ts';
import { MasteryBar } from '../../components/Mastery.tsx';
import { OriginButton } from '../../components/OriginButton.tsx';
import { TermBars } from '../../components/TermBars.tsx';
import classes from './WhyDialog.module.css';

const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section>
    <Title order={3} size="sm" mb={4}>
      {title}
    </Title>
    {children}
  </section>
);

const RecentAnswers = ({ recent }: { readonly recent: readonly boolean[] }) =>
  recent.length === 0 ? null : (
    <Group
      gap={3}
      role="img"
      aria-label={`Last answers: ${recent.map((right) => (right ? 'right' : 'wrong')).join(', ')}`}
    >
      <Text span size="xs" c="dimmed" mr={4}>
        last answers
      </Text>
      {recent.map((right, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: answers in their order, never changed in place
        <span key={index} className={classes['answer']} data-right={right || undefined}>
          {right ? <IconCheck size={12} stroke={3} aria-hidden /> : <IconX size={12} stroke={3} aria-hidden />}
        </span>
      ))}
    </Group>
  );

const Evidence = ({ explanation }: { readonly explanation: ExplanationView }) => {
  const { evidence, skill } = explanation;
  return (
    <Part title="What the answers say">
      <Stack gap={6}>
        <Text size="sm">{evidence.text}</Text>
        <MasteryBar label={`Mastery of ${skill.name}`} mastery={evidence.mastery.mean} interval={evidence.mastery} />
        <RecentAnswers recent={evidence.recent} />
      </Stack>
    </Part>
  );
};

const Leads = ({ explanation }: { readonly explanation: ExplanationView }) => (
  <Part title="Where it leads">
    <Stack gap={4}>
      {explanation.serves.length > 0 && (
        <List size="sm" spacing={2}>
          {explanation.serves.map((goal) => (
            <List.Item key={goal.id}>
              Goal: {goal.name}
              {goal.distance > 0 && (
                <Text span c="dimmed" size="sm">
                  , {plural(goal.distance, 'step')} further on
                </Text>
              )}
            </List.Item>
          ))}
        </List>
      )}
      <Text size="sm">
        {explanation.opens.length === 0
          ? 'It opens no further skill by itself.'
          : `It opens ${explanation.opens.map((skill) => skill.name).join(', ')}.`}
      </Text>
    </Stack>
  </Part>
);

const Worth = ({ explanation }: { readonly explanation: ExplanationView }) => (
  <Part title="What counts for it">
    <TermBars terms={explanation.terms} />
  </Part>
);

const Without = ({ explanation }: { readonly explanation: ExplanationView }) => {
  const { runnerUp } = explanation;
  return (
    <Part title="Without this step">
      <Group gap={4} align="flex-start" wrap="nowrap">
        <Text size="sm">{runnerUp.text}</Text>
        <OriginButton
          of="the plan without this step"
          origin={{ how: 'The best plan in which this step does not occur, computed just now.', runId: runnerUp.runId }}
        />
      </Group>
    </Part>
  );
};

export interface WhyDialogProps {
  readonly learnerId: number;
  readonly plan: PlanView;
  readonly step: PlanStep;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export const WhyDialog = ({ learnerId, plan, step, opened, onClose }: WhyDialogProps) => {
  const query = useQuery({ ...explanationQuery(learnerId, plan.id, step.skillId), enabled: opened });
  return (
    <Modal opened={opened} onClose={onClose} title={`Why ${step.skillName}?`} size="lg">
      <Stack gap="md">
        <Group gap="xs">
          <Text size="sm" fw={550}>
            {step.reason}
          </Text>
          {plan.simulated && <SimulatedBadge />}
        </Group>
        <Loaded query={query} what="the explanation" height={280}>
          {(explanation) => (
            <>
              <Evidence explanation={explanation} />
              <Leads explanation={explanation} />
              <Worth explanation={explanation} />
              <Without explanation={explanation} />
            </>
          )}
        </Loaded>
      </Stack>
    </Modal>
  );
};
