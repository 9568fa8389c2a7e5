/** One question after the other: how far, what for, the answer, and a way to stop. */
import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { QuizQuestion, QuizView } from '../../../api/quizzes.ts';
import { Failure } from '../../../app/Loaded.tsx';
import { MathText } from '../../../components/MathText.tsx';
import { AnswerForm } from '../AnswerForm.tsx';
import practice from '../Practice.module.css';
import classes from './Quiz.module.css';
import type { Quizzes } from './useQuizzes.ts';
import { sayProgress } from './words.ts';

/** How far, and how the answer before came out; read aloud when it changes. */
const Head = ({ quiz }: { readonly quiz: QuizView }) => {
  const Icon = quiz.lastCorrect ? IconCheck : IconX;
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap="xs" role="status">
        <Text size="sm" fw={600}>
          {sayProgress(quiz)}
        </Text>
        {quiz.lastCorrect !== null && (
          <Group gap={4} className={classes['last']} data-right={quiz.lastCorrect || undefined}>
            <Icon size={16} stroke={2.5} aria-hidden />
            <Text span size="sm">
              The answer before was {quiz.lastCorrect ? 'right' : 'not right'}
            </Text>
          </Group>
        )}
      </Group>
      <Progress value={(100 * quiz.answered) / quiz.most} aria-label="Questions answered, of the most there can be" />
    </Stack>
  );
};

interface QuestionProps {
  readonly quiz: QuizView;
  readonly question: QuizQuestion;
  readonly quizzes: Quizzes;
}

const Question = ({ quiz, question, quizzes }: QuestionProps) => {
  const { answer, stop } = quizzes;
  const prompt = useRef<HTMLDivElement>(null);
  const startedAt = useRef(0);
  useEffect(() => {
    startedAt.current = performance.now();
    prompt.current?.focus();
  }, []);
  const send = (response: string | string[], giveUp = false): void => {
    const seconds = Math.round((performance.now() - startedAt.current) / 100) / 10;
    answer.mutate({ quizId: quiz.id, question: question.number, response, giveUp, seconds });
  };
  const ofThis = answer.variables?.question === question.number;
  const refused = ofThis && answer.data && !answer.data.accepted ? answer.data.problem : null;
  return (
    <Stack gap="md">
      <div ref={prompt} tabIndex={-1} className={practice['prompt']}>
        <MathText>{question.prompt}</MathText>
      </div>
      <AnswerForm
        exercise={question}
        problem={refused}
        emptyHint="Give an answer first, or say that you do not know."
        busy={answer.isPending}
        onAnswer={(response) => send(response)}
      >
        <Button variant="default" disabled={answer.isPending} onClick={() => send('', true)}>
          I do not know
        </Button>
        <Button
          variant="subtle"
          color="gray"
          disabled={answer.isPending}
          loading={stop.isPending}
          onClick={() => stop.mutate(quiz.id)}
        >
          Stop here
        </Button>
      </AnswerForm>
      <details className={classes['why']}>
        <summary>Why this question?</summary>
        <Text size="sm">{question.why.text}</Text>
      </details>
      {ofThis && answer.isError && <Failure error={answer.error} />}
      {question.attribution && (
        <Text size="xs" c="dimmed">
          {question.attribution}
        </Text>
      )}
    </Stack>
  );
};

export const QuizRun = ({ quiz, quizzes }: { readonly quiz: QuizView; readonly quizzes: Quizzes }) => (
  <Stack gap="md">
    <Head quiz={quiz} />
    {quiz.question && <Question key={quiz.question.id} quiz={quiz} question={quiz.question} quizzes={quizzes} />}
  </Stack>
);
