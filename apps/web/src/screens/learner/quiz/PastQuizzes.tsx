/** Earlier short checks, newest first; each opens to its result. */
import { Text } from '@mantine/core';
import { useState } from 'react';
import type { QuizView } from '../../../api/quizzes.ts';
import { formatTime } from '../../../components/format.ts';
import classes from './Quiz.module.css';
import { QuizOutcome } from './QuizOutcome.tsx';
import { sayProgress, saySize } from './words.ts';

const Past = ({ quiz, isSelf }: { readonly quiz: QuizView; readonly isSelf: boolean }) => {
  const [opened, setOpened] = useState(false);
  return (
    <li>
      <details className={classes['review']} onToggle={(event) => setOpened(event.currentTarget.open)}>
        <summary>
          {formatTime(quiz.startedAt)}: {saySize(quiz)}
          {quiz.state === 'stopped' && ', stopped early'}
        </summary>
        {opened && <QuizOutcome quiz={quiz} isSelf={isSelf} quiet />}
      </details>
    </li>
  );
};

export const PastQuizzes = ({ quizzes, isSelf }: { quizzes: readonly QuizView[]; isSelf: boolean }) => {
  const open = quizzes.find(({ state }) => state === 'open');
  const ended = quizzes.filter(({ state }) => state !== 'open');
  if (isSelf && ended.length === 0) return null;
  return (
    <div>
      {open && !isSelf && (
        <Text size="sm" mb="xs">
          One is under way: {sayProgress(open).toLowerCase()}.
        </Text>
      )}
      {ended.length === 0 ? (
        <Text size="sm" c="dimmed">
          No short check has been finished yet. Learners start one on their own screen.
        </Text>
      ) : (
        <>
          <Text size="sm" fw={600} mb={4}>
            {isSelf ? 'Earlier ones' : 'Finished'}
          </Text>
          <ul className={classes['plain']}>
            {ended.map((quiz) => (
              <Past key={quiz.id} quiz={quiz} isSelf={isSelf} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
};
