/**
 * A short check: a few questions, each chosen where the answer tells most. The learner begins, answers and stops it, and
 * reads what was found out; staff read the results of earlier ones.
 */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { QuizView } from '../../../api/quizzes.ts';
import { Failure, Loaded } from '../../../app/Loaded.tsx';
import { useSession } from '../../../app/session.tsx';
import { Card } from '../../../components/Card.tsx';
import { PastQuizzes } from './PastQuizzes.tsx';
import { QuizOutcome } from './QuizOutcome.tsx';
import { QuizRun } from './QuizRun.tsx';
import { QuizStart } from './QuizStart.tsx';
import { type Quizzes, useQuizzes } from './useQuizzes.ts';
import { sayProgress } from './words.ts';

export interface QuizCardProps {
  readonly learnerId: number;
  readonly isSelf: boolean;
  /** False where the course has nothing to ask. */
  readonly canAsk: boolean;
  readonly onPractise?: (skillId: number, skillName: string) => void;
}

/** One that was begun before this page was opened. */
const GoOn = ({ quiz, quizzes, onChoose }: { quiz: QuizView; quizzes: Quizzes; onChoose: () => void }) => (
  <Stack gap="sm">
    <Text size="sm">
      {quiz.question === null
        ? 'You began a short check, and its question was taken out of the course since.'
        : `You began a short check: ${sayProgress(quiz).toLowerCase()} comes next.`}
    </Text>
    <Group gap="xs">
      {quiz.question !== null && <Button onClick={onChoose}>Go on</Button>}
      <Button
        variant="default"
        loading={quizzes.stop.isPending}
        onClick={() => quizzes.stop.mutate(quiz.id, { onSuccess: onChoose })}
      >
        Stop and see the result
      </Button>
    </Group>
  </Stack>
);

interface OwnProps extends QuizCardProps {
  readonly quizzes: Quizzes;
  readonly all: readonly QuizView[];
}

/** The learner's own: what stands in front changes from start to question to result. */
const OwnQuiz = ({ learnerId, canAsk, onPractise, quizzes, all }: OwnProps) => {
  const [beginning, setBeginning] = useState(false);
  /** The one that this page has in front, open or ended. */
  const [current, setCurrent] = useState<string | null>(null);
  const open = all.find(({ state }) => state === 'open');
  const shown = all.find(({ id, state }) => id === current && state !== 'open');
  const begin = (body: { skillIds?: number[] }): void => {
    setBeginning(true);
    quizzes.begin.mutate(body, {
      onSuccess: ({ id }) => setCurrent(id),
      onSettled: () => setBeginning(false),
    });
  };
  if (open?.question && (beginning || open.id === current)) return <QuizRun quiz={open} quizzes={quizzes} />;
  if (open) return <GoOn quiz={open} quizzes={quizzes} onChoose={() => setCurrent(open.id)} />;
  return (
    <Stack gap="lg">
      {shown && <QuizOutcome quiz={shown} isSelf onPractise={onPractise} />}
      {canAsk && <QuizStart learnerId={learnerId} again={shown !== undefined} quizzes={quizzes} onBegin={begin} />}
      {!canAsk && (
        <Text size="sm" c="dimmed">
          This course has no questions to ask yet. Whoever runs it can import content on the Records screen.
        </Text>
      )}
      <PastQuizzes quizzes={all.filter(({ id }) => id !== shown?.id)} isSelf />
    </Stack>
  );
};

const Checks = (props: QuizCardProps) => {
  const quizzes = useQuizzes(props.learnerId);
  return (
    <Card
      title="Short check"
      note={
        props.isSelf
          ? 'A few questions, to find out what you know already. Not a test: nobody marks it.'
          : 'A few questions that the learner can ask for, to find out what they know.'
      }
    >
      <Stack gap="md">
        <Loaded query={quizzes.list} what="short checks" height={80}>
          {(all) =>
            props.isSelf ? (
              <OwnQuiz {...props} quizzes={quizzes} all={all} />
            ) : (
              <PastQuizzes quizzes={all} isSelf={false} />
            )
          }
        </Loaded>
        {(quizzes.begin.isError || quizzes.stop.isError) && (
          <Failure error={quizzes.begin.error ?? quizzes.stop.error} />
        )}
      </Stack>
    </Card>
  );
};

/** For the learner and for staff; what it says of one learner is nothing for another. */
export const QuizCard = (props: QuizCardProps) => {
  const { person } = useSession();
  const isStaff = person !== null && person.role !== 'learner';
  return props.isSelf || isStaff ? <Checks {...props} /> : null;
};
