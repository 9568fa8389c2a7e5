/** A learner's quizzes and what can be done with them; the list on screen follows each answer at once. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { learnerKey } from '../../../api/learners.ts';
import {
  answerQuiz,
  beginQuiz,
  type QuizAnswerBody,
  type QuizBody,
  type QuizView,
  quizzesQuery,
  stopQuiz,
} from '../../../api/quizzes.ts';

export const useQuizzes = (learnerId: number) => {
  const client = useQueryClient();
  const list = useQuery(quizzesQuery(learnerId));
  const show = (quiz: QuizView): void => {
    client.setQueryData(quizzesQuery(learnerId).queryKey, (was: QuizView[] | undefined) => [
      quiz,
      ...(was ?? []).filter(({ id }) => id !== quiz.id),
    ]);
    // The answers moved mastery and, at the end, the plan; the list itself is as new as can be.
    if (quiz.state === 'open') return;
    void client.invalidateQueries({
      queryKey: learnerKey(learnerId),
      predicate: ({ queryKey }) => queryKey[2] !== 'quizzes',
    });
  };
  const refresh = (): void => void client.invalidateQueries({ queryKey: quizzesQuery(learnerId).queryKey });
  const begin = useMutation({
    mutationFn: (body: QuizBody) => beginQuiz(learnerId, body),
    onSuccess: show,
    onError: refresh,
  });
  const answer = useMutation({
    mutationFn: ({ quizId, ...body }: QuizAnswerBody & { quizId: string }) => answerQuiz(quizId, body),
    onSuccess: (result) => {
      if (result.accepted) show(result.quiz);
    },
    // Answered in another window, or ended there: what is on screen is old.
    onError: refresh,
  });
  const stop = useMutation({ mutationFn: (quizId: string) => stopQuiz(quizId), onSuccess: show, onError: refresh });
  return { list, begin, answer, stop };
};

export type Quizzes = ReturnType<typeof useQuizzes>;
