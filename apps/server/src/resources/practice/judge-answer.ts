/** What an answer is worth, for whatever asked the question: practice and quizzes judge alike. */
import type { Item } from '@qurriculum/course';
import { checkAnswer } from '@qurriculum/course/answers';

export interface Response {
  readonly response: string | readonly string[];
  /** "I don't know": wrong, and shows no misconception. */
  readonly giveUp?: boolean;
}

export type JudgedAnswer =
  | { readonly accepted: false; readonly problem: string }
  | {
      readonly accepted: true;
      readonly correct: boolean;
      readonly feedback: string | null;
      readonly misconception: string | null;
    };

/** What cannot be read, or has the right value in a form that was not asked for, is not counted. */
export function judgeAnswer({ answer }: Pick<Item, 'answer'>, { response, giveUp }: Response): JudgedAnswer {
  if (giveUp) return { accepted: true, correct: false, feedback: null, misconception: null };
  const { correct, problem, formMissing, feedback, misconception } = checkAnswer(answer, response as string | string[]);
  if (problem !== undefined) return { accepted: false, problem };
  if (formMissing === true) {
    return { accepted: false, problem: feedback ?? 'The value is right; write it in the form that is asked for.' };
  }
  return { accepted: true, correct, feedback: feedback ?? null, misconception: misconception ?? null };
}
