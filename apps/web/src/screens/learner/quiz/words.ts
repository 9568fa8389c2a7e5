/** What a short check found out about a skill, in words that fit the learner and whoever looks on. */
import type { QuizResult, QuizView } from '../../../api/quizzes.ts';
import { formatPercent } from '../../../components/format.ts';

type Finding = QuizResult['skills'][number];

/** "Known", "Not known yet" or "Not sure". */
export const sayFinding = ({ finding, asked }: Pick<Finding, 'finding' | 'asked'>): string => {
  if (asked === 0) return 'Not asked';
  return { knows: 'Known', 'not-yet': 'Not known yet', unsure: 'Not sure' }[finding];
};

/** "2 of 2 answers right; 93 % sure." */
export const saySure = ({ asked, right, known, finding }: Finding): string => {
  if (asked === 0) return 'There was no question about it, so nothing new is known.';
  const answers = `${right} of ${asked} ${asked === 1 ? 'answer' : 'answers'} right`;
  if (finding === 'unsure') return `${answers}; it could be either: ${formatPercent(known)} that it is known.`;
  return `${answers}; ${formatPercent(finding === 'knows' ? known : 1 - known)} sure.`;
};

/** "Question 3 of at most 10". */
export const sayProgress = ({ answered, most }: Pick<QuizView, 'answered' | 'most'>): string =>
  `Question ${answered + 1} of at most ${most}`;

/** One line about one that has ended: "4 skills, 7 questions". */
export const saySize = ({ skills, answered }: Pick<QuizView, 'skills' | 'answered'>): string =>
  `${skills.length} ${skills.length === 1 ? 'skill' : 'skills'}, ${answered} ${answered === 1 ? 'question' : 'questions'}`;
