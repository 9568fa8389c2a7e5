/**
 * A short check: a few questions, each chosen where the answer tells most. The learner begins, answers and stops it, and
 * reads what was found out; staff read the results of earlier ones.
 */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { QuizView } from '../../../api/quizzes.ts';
import { Failure, Loaded } from '../../../app/Loaded.tsx';
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
const GoOn = ({ quiz, quizzes, onGoOn }: { quiz: QuizView; quizzes: Quizzes; onGoOn: () => void }) => (
  <Stack gap="sm">
    <Text size="sm">
      {quiz.question === null
        ? 'You began a short check, and its question was taken out of the course since.'
        : `You began a short check: ${sayProgress(quiz).toLowerCase()} comes next.`}
    </Text>
    <Group gap="xs">
      {quiz.question !== null && <Button onClick={onGoOn}>Go on</Button>}
      <Button variant="default" loading={quizzes.stop.isPending} onClick={() => quizzes.stop.mutate(quiz.id)}>
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
  const [going, setGoing] = useState(false);
  const [ended, setEnded] = useState<string | null>(null);
  const open = all.find(({ state }) => state === 'open');
  const shown = all.find(({ id, state }) => id === ended && state !== 'open');
  const begin = (body: { skillIds?: number[] }): void => {
    setGoing(true);
    quizzes.begin.mutate(body, { onSuccess: ({ id }) => setEnded(id), onError: () => setGoing(false) });
  };
  if (open && (going || open.id === ended)) return <QuizRun quiz={open} quizzes={quizzes} />;
  if (open) {
    const goOn = (): void => {
      setEnded(open.id);
      setGoing(true);
    };
    return <GoOn quiz={open} quizzes={quizzes} onGoOn={goOn} />;
  }
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

export const QuizCard = (props: QuizCardProps) => {
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
