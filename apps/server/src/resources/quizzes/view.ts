/** Quizzes as they leave the server: before an answer nothing that tells it, after the quiz everything. */
import { viewExercise } from '../practice/exercise.ts';
import type { QuizRow, StoredQuestion } from './rows.ts';
import type { QuizDetail, QuizView } from './schema.ts';

/** The quiz without its answers. The questions of one that has ended need not be at hand. */
export function viewQuiz(quiz: QuizRow, questions: readonly StoredQuestion[]): QuizView {
  const { id, learnerId, state, setup, result } = quiz;
  const open = state === 'open' ? questions.find(({ answeredAt }) => answeredAt === null) : undefined;
  const answered = questions.filter(({ answeredAt }) => answeredAt !== null);
  return {
    ...{ id, learnerId, state, result, most: setup.most },
    startedAt: quiz.startedAt.toISOString(),
    finishedAt: quiz.finishedAt?.toISOString() ?? null,
    skills: setup.skills.map((skill) => ({ id: skill.id, key: skill.key, name: skill.name })),
    answered: result?.answered ?? answered.length,
    question: open === undefined ? null : { ...viewQuestion(id, open), number: open.position, why: open.why },
    lastCorrect: answered.length === 0 ? null : (answered[answered.length - 1].correct ?? null),
  };
}

/** Hints would make a right answer say less. */
const viewQuestion = (quizId: string, { position, item, source, skill }: StoredQuestion) => ({
  ...viewExercise(`${quizId}/${position}`, { item, source }, skill),
  hintsAvailable: 0,
});

/** What was asked and answered, with the worked solutions. */
export function reviewOf(questions: readonly StoredQuestion[]): QuizDetail['review'] {
  return questions.flatMap((question) => {
    const { position, skill, item, response, correct, answeredAt, why } = question;
    if (answeredAt === null) return [];
    const given = response === null ? null : [response].flat().map((part) => worded(item.choices ?? [], part));
    return [
      {
        ...{ number: position, skill, prompt: item.prompt, correct: correct === true, why },
        ...{ response: given === null ? null : given.join(', '), answer: item.solution, steps: [...item.steps] },
      },
    ];
  });
}

const worded = (choices: readonly { readonly id: string; readonly text: string }[], part: string): string =>
  choices.find(({ id }) => id === part)?.text ?? part;
