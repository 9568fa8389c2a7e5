/** The plan: sessions with their steps, what people changed in it, and ways to change it. */
import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type LearnerView, learnerKey, makePlan, type PlanView, planQuery } from '../../api/learners.ts';
import { isNotFound } from '../../api/problem.ts';
import { Failure, Loaded } from '../../app/Loaded.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatNumber, formatTime } from '../../components/format.ts';
import { OriginButton } from '../../components/OriginButton.tsx';
import classes from './NextSteps.module.css';
import { Overrides } from './Overrides.tsx';
import { Step } from './Step.tsx';

export interface NextStepsProps {
  readonly learner: LearnerView;
  /** Absent where the course has nothing to practise with. */
  readonly onPractise?: (skillId: number, skillName: string) => void;
}

type Session = PlanView['sessions'][number];

/** How the plan was made, for whoever asks. Names of methods stand here and nowhere else on this screen. */
const originOf = (plan: PlanView) => ({
  how: `Planned by ${plan.solver}${plan.isChampion ? ', the method that has proved best here so far' : ''}, from ${plan.candidates}.${
    plan.gap === null
      ? ''
      : ` At most ${formatNumber(plan.gap, { unit: '%', decimals: 1 })} below the best plan possible.`
  }`,
  runId: plan.runId,
  at: plan.createdAt,
});

interface SessionStepsProps extends NextStepsProps {
  readonly plan: PlanView;
  readonly session: Session;
  /** Number of the session's first step. */
  readonly from: number;
}

const SessionSteps = ({ learner, plan, session, from, onPractise }: SessionStepsProps) => (
  <section className={classes['session']} aria-label={`Session ${session.number}`}>
    <Group justify="space-between" gap="xs">
      <Text fw={600} size="sm">
        {session.number === 1 ? 'Next session' : `Session ${session.number}`}
      </Text>
      <Text size="xs" c="dimmed">
        {formatNumber(session.minutes, { decimals: 0 })} of {formatNumber(session.minutesAvailable)} min
      </Text>
    </Group>
    {session.steps.length === 0 ? (
      <Text size="sm" c="dimmed">
        Nothing planned.
      </Text>
    ) : (
      <ol className={classes['steps']} start={from}>
        {session.steps.map((step, index) => (
          <Step
            key={`${step.skillId}-${step.kind}`}
            learner={learner}
            plan={plan}
            step={step}
            number={from + index}
            onPractise={onPractise}
            later={session.number > 1}
          />
        ))}
      </ol>
    )}
  </section>
);

const usePlanning = (learnerId: number) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => makePlan(learnerId),
    onSuccess: (plan) => {
      client.setQueryData(planQuery(learnerId).queryKey, plan);
      void client.invalidateQueries({ queryKey: learnerKey(learnerId) });
    },
  });
};

const Plan = ({ learner, plan, onPractise }: NextStepsProps & { readonly plan: PlanView }) => {
  const planning = usePlanning(learner.id);
  const starts = plan.sessions.map((_, index) =>
    plan.sessions.slice(0, index).reduce((count, session) => count + session.steps.length, 1),
  );
  return (
    <Stack gap="sm">
      {plan.warnings.map((warning) => (
        <Alert key={warning} color="yellow" p="xs">
          <Text size="sm">{warning}</Text>
        </Alert>
      ))}
      {plan.sessions.every((session) => session.steps.length === 0) && <NothingToDo />}
      {plan.sessions.map((session, index) => (
        <SessionSteps
          key={session.number}
          learner={learner}
          plan={plan}
          session={session}
          from={starts[index]}
          onPractise={onPractise}
        />
      ))}
      <Overrides learnerId={learner.id} overrides={plan.overrides} />
      <Group justify="space-between" gap="xs">
        <Group gap={4}>
          <Text size="xs" c="dimmed">
            Planned {formatTime(plan.createdAt)}
          </Text>
          <OriginButton origin={originOf(plan)} of="the plan" />
        </Group>
        <Button size="xs" variant="default" loading={planning.isPending} onClick={() => planning.mutate()}>
          Plan again
        </Button>
      </Group>
      {planning.isError && <Failure error={planning.error} />}
    </Stack>
  );
};

/** A learner's first visit: the plan is made at once; nobody has to know that there is such a thing. */
const FirstPlan = ({ learnerId }: { readonly learnerId: number }) => {
  const { mutate, isError, error } = usePlanning(learnerId);
  useEffect(() => mutate(), [mutate]);
  return isError ? (
    <Failure error={error} onRetry={() => mutate()} />
  ) : (
    <div role="status" aria-label="Planning the next steps">
      <Skeleton height={360} />
    </div>
  );
};

const NothingToDo = () => (
  <EmptyState title="Nothing to do right now" icon={<IconRoute size={20} />}>
    Every step towards the goals is done, skipped or left out. Set other goals, or take back what was left out.
  </EmptyState>
);

export const NextSteps = ({ learner, onPractise }: NextStepsProps) => {
  const plan = useQuery(planQuery(learner.id));
  if (isNotFound(plan.error)) return <FirstPlan learnerId={learner.id} />;
  return (
    <Loaded query={plan} what="the next steps" height={360}>
      {(data) => <Plan learner={learner} plan={data} onPractise={onPractise} />}
    </Loaded>
  );
};
