/** The questions of a short check that has ended: answers, worked solutions, and for staff the figures of the choice. */
import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type QuizDetail, type QuizView, quizQuery } from '../../../api/quizzes.ts';
import { Loaded } from '../../../app/Loaded.tsx';
import { FoldedTable } from '../../../components/FoldedTable.tsx';
import { formatNumber } from '../../../components/format.ts';
import { MathText } from '../../../components/MathText.tsx';
import practice from '../Practice.module.css';
import classes from './Quiz.module.css';

type Reviewed = QuizDetail['review'][number];

const Answered = ({ question }: { readonly question: Reviewed }) => (
  <li className={classes['reviewed']}>
    <Text size="sm" component="div">
      <MathText>{question.prompt}</MathText>
    </Text>
    <Text size="sm" component="div" className={classes['last']} data-right={question.correct || undefined}>
      <strong>{question.correct ? 'Right' : 'Not right'}</strong>: {question.response ?? 'I do not know'}
    </Text>
    {!question.correct && (
      <Text size="sm" component="div">
        The answer: <MathText>{question.answer}</MathText>
      </Text>
    )}
    {question.steps.length > 0 && (
      <details className={classes['why']}>
        <summary>Step by step: question {question.number}</summary>
        <ol className={practice['steps']}>
          {question.steps.map((step, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps of one solution, in their order
            <li key={index}>
              <MathText>{step}</MathText>
            </li>
          ))}
        </ol>
      </details>
    )}
  </li>
);

/** How each question was chosen, in figures. */
const Choices = ({ review }: { readonly review: readonly Reviewed[] }) => (
  <FoldedTable
    summary="How the questions were chosen"
    label="How the questions were chosen"
    columns={[
      'Question',
      'Why',
      'Chance of a right answer before',
      'Expected to tell (bits)',
      'Place among the askable',
    ]}
    rows={review.map(({ number, why }) => [
      number,
      why.text,
      formatNumber(why.chanceRight, { unit: '%' }),
      formatNumber(why.bits, { decimals: 2 }),
      `${why.rank} of ${why.eligible}`,
    ])}
  />
);

export const QuizReview = ({ quiz, isSelf }: { readonly quiz: QuizView; readonly isSelf: boolean }) => {
  const [opened, setOpened] = useState(false);
  const query = useQuery({ ...quizQuery(quiz.learnerId, quiz.id), enabled: opened });
  return (
    <details className={classes['review']} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>The questions, with their answers</summary>
      {opened && (
        <Loaded query={query} what="the questions" height={120}>
          {({ review }) => (
            <Stack gap="sm">
              <ol className={classes['questions']}>
                {review.map((question) => (
                  <Answered key={question.number} question={question} />
                ))}
              </ol>
              {!isSelf && <Choices review={review} />}
            </Stack>
          )}
        </Loaded>
      )}
    </details>
  );
};
