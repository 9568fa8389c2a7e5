/** How far a learner is: skills mastered, goals with their mastery, answers given. */
import { Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTargetArrow } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type LearnerView, skillMapQuery } from '../../api/learners.ts';
import { Figure } from '../../components/Figure.tsx';
import { formatNumber } from '../../components/format.ts';
import { MasteryBar } from '../../components/Mastery.tsx';
import type { Origin } from '../../components/OriginButton.tsx';
import { GoalsDialog } from './GoalsDialog.tsx';
import classes from './Progress.module.css';

const originOf = ({ model }: LearnerView): Origin =>
  model === null
    ? { how: 'No model has been fitted to these records yet.' }
    : {
        how: `Mastery as the model ${model.name} sees it after the last answer.`,
        runId: model.runId,
        at: model.fittedAt,
      };

const Goals = ({ learner }: { readonly learner: LearnerView }) => (
  <ul className={classes['goals']}>
    {learner.goals.map((goal) => (
      <li key={goal.id} className={classes['goal']}>
        <Group gap={6} wrap="nowrap">
          <IconTargetArrow size={16} aria-hidden className={classes['icon']} />
          <Text size="sm">
            {goal.name}
            {goal.by !== null && (
              <Text span size="xs" c="dimmed">
                {' '}
                by {goal.by}
              </Text>
            )}
          </Text>
        </Group>
        <MasteryBar
          label={`Mastery of ${goal.name}`}
          mastery={goal.mastery?.mean ?? null}
          interval={goal.mastery ?? undefined}
        />
      </li>
    ))}
  </ul>
);

export const Progress = ({ learner }: { readonly learner: LearnerView }) => {
  const skills = useQuery(skillMapQuery(learner.id));
  const [opened, { open, close }] = useDisclosure(false);
  const mastered = skills.data?.skills.filter((skill) => skill.state === 'mastered').length ?? null;
  const origin = originOf(learner);
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 2 }}>
        <Figure
          label="Skills mastered"
          value={mastered}
          origin={origin}
          note={`of ${formatNumber(learner.course.skills)} in the course`}
          size="lg"
        />
        <Figure
          label="Answers"
          value={learner.attempts}
          note={
            learner.attempts === 0
              ? 'none so far'
              : `${formatNumber(learner.correct / learner.attempts, { unit: '%' })} right`
          }
          size="lg"
        />
      </SimpleGrid>
      <div>
        <Group justify="space-between" gap="xs" mb={6}>
          <Text size="sm" fw={600}>
            Goals
            {learner.goalsAreDefault && (
              <Text span size="xs" c="dimmed" fw={400}>
                {' '}
                chosen by default: the last skills of the course
              </Text>
            )}
          </Text>
          <Button size="compact-xs" variant="default" onClick={open}>
            Change
          </Button>
        </Group>
        <Goals learner={learner} />
      </div>
      <Text size="xs" c="dimmed">
        {formatNumber(learner.minutesPerSession)} minutes a session
        {learner.minutesAreDefault && ', the usual length, because nothing else was said'}.
      </Text>
      {opened && <GoalsDialog learner={learner} onClose={close} />}
    </Stack>
  );
};
