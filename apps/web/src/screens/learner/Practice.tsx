/**
 * Practice: an exercise, hints one at a time, an answer that the server checks, what came of it, and the mastery that
 * moved. The answer is not in the page before it is given.
 */
import { Button, CloseButton, Group, Stack, Text } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { learnerKey, type SkillMapView, skillMapQuery } from '../../api/learners.ts';
import { type AnswerBody, askHint, type ExerciseView, type Hint, newExercise, sendAnswer } from '../../api/practice.ts';
import { Failure } from '../../app/Loaded.tsx';
import { Card } from '../../components/Card.tsx';
import { plural } from '../../components/format.ts';
import { MasteryBar } from '../../components/Mastery.tsx';
import { MathText } from '../../components/MathText.tsx';
import { AnswerForm } from './AnswerForm.tsx';
import { AnswerOutcome, type Checked } from './AnswerOutcome.tsx';
import classes from './Practice.module.css';
import { SelfReport } from './SelfReport.tsx';

export interface PracticeProps {
  readonly learnerId: number;
  readonly skillId: number;
  readonly skillName: string;
  readonly onClose: () => void;
}

/** The mastery that the page shows until the answer says a newer one. */
const useMasteryBefore = (learnerId: number, skillId: number) => {
  const view = useQueryClient().getQueryData<SkillMapView>(skillMapQuery(learnerId).queryKey);
  return view?.skills.find(({ id }) => id === skillId)?.mastery ?? null;
};

/** One exercise after another on one skill. */
const usePractice = (learnerId: number, skillId: number) => {
  const client = useQueryClient();
  const [hints, setHints] = useState<readonly Hint[]>([]);
  const [checked, setChecked] = useState<Checked | null>(null);
  const startedAt = useRef(0);
  const exercise = useMutation({
    mutationFn: () => newExercise(learnerId, skillId),
    onSuccess: () => {
      setHints([]);
      setChecked(null);
      startedAt.current = performance.now();
    },
  });
  const hint = useMutation({
    mutationFn: (exerciseId: string) => askHint(exerciseId),
    onSuccess: (next) => setHints((was) => [...was, next]),
  });
  const answer = useMutation({
    mutationFn: ({ exerciseId, ...body }: Omit<AnswerBody, 'seconds'> & { exerciseId: string }) =>
      sendAnswer(exerciseId, { ...body, seconds: Math.round((performance.now() - startedAt.current) / 100) / 10 }),
    onSuccess: (result) => {
      if (!result.accepted) return;
      setChecked(result);
      void client.invalidateQueries({ queryKey: learnerKey(learnerId) });
    },
  });
  const { mutate: next } = exercise;
  useEffect(() => next(), [next]);
  return { exercise, hint, answer, hints, checked };
};

const Hints = ({ hints }: { readonly hints: readonly Hint[] }) => (
  <div role="log" aria-label="Hints">
    {hints.length > 0 && (
      <ol className={classes['hints']}>
        {hints.map((hint) => (
          <li key={hint.number}>
            <MathText>{hint.hint}</MathText>
          </li>
        ))}
      </ol>
    )}
  </div>
);

interface OpenExerciseProps {
  readonly exercise: ExerciseView;
  readonly practice: ReturnType<typeof usePractice>;
}

const OpenExercise = ({ exercise, practice }: OpenExerciseProps) => {
  const { hint, answer, hints } = practice;
  const left = hints.length === 0 ? exercise.hintsAvailable : hints[hints.length - 1].remaining;
  const refused = answer.data && !answer.data.accepted ? answer.data.problem : null;
  return (
    <>
      <Hints hints={hints} />
      <AnswerForm
        exercise={exercise}
        problem={refused}
        busy={answer.isPending}
        onAnswer={(response) => answer.mutate({ exerciseId: exercise.id, response })}
      >
        {left > 0 && (
          <Button
            variant="default"
            leftSection={<IconBulb size={16} aria-hidden />}
            loading={hint.isPending}
            onClick={() => hint.mutate(exercise.id)}
          >
            Hint ({left} left)
          </Button>
        )}
        <Button
          variant="subtle"
          color="gray"
          disabled={answer.isPending}
          onClick={() => answer.mutate({ exerciseId: exercise.id, response: '', giveUp: true })}
        >
          Show me how
        </Button>
      </AnswerForm>
      {(hint.isError || answer.isError) && <Failure error={hint.error ?? answer.error} />}
    </>
  );
};

export const Practice = ({ learnerId, skillId, skillName, onClose }: PracticeProps) => {
  const practice = usePractice(learnerId, skillId);
  const { exercise, checked, hints } = practice;
  const before = useMasteryBefore(learnerId, skillId);
  const moved = checked?.mastery.find(({ id }) => id === skillId);
  const prompt = useRef<HTMLDivElement>(null);
  const given = exercise.data;
  useEffect(() => {
    if (given) prompt.current?.focus();
  }, [given]);
  return (
    <Card title="Practice" note={skillName} actions={<CloseButton aria-label="End the practice" onClick={onClose} />}>
      <Stack gap="md">
        <MasteryBar
          label={`Mastery of ${skillName}`}
          mastery={moved?.after ?? before?.mean ?? null}
          interval={moved ?? before ?? undefined}
        />
        {exercise.isError && <Failure error={exercise.error} onRetry={() => exercise.mutate()} />}
        {given && (
          <>
            <div ref={prompt} tabIndex={-1} className={classes['prompt']}>
              <MathText>{given.prompt}</MathText>
            </div>
            {checked ? (
              <>
                {hints.length > 0 && (
                  <Text size="xs" c="dimmed">
                    {plural(hints.length, 'hint')} used
                  </Text>
                )}
                <AnswerOutcome checked={checked} onNext={() => exercise.mutate()} loading={exercise.isPending} />
                <SelfReport key={given.id} exerciseId={given.id} />
              </>
            ) : (
              <OpenExercise key={given.id} exercise={given} practice={practice} />
            )}
            {given.attribution && (
              <Text size="xs" c="dimmed">
                {given.attribution}
              </Text>
            )}
          </>
        )}
        {!given && exercise.isPending && (
          <Group role="status">
            <Text size="sm" c="dimmed">
              Getting an exercise
            </Text>
          </Group>
        )}
      </Stack>
    </Card>
  );
};
