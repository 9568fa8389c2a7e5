/** One item of each OATutor step: the problem's text, the step's, its answer, and the tutoring pathway as hints and steps. */
import { answerFromText } from '../answers/answer-from-text.ts';
import type { AnswerSpec } from '../items/answer-spec.ts';
import type { Choice, Hint, Item } from '../items/item.ts';
import type { OatutorHint, OatutorProblem, OatutorStep } from './oatutor-schema.ts';
import { readTerms, readText } from './oatutor-text.ts';

/** An item, or why there is none. */
export type MappedStep = { readonly item: Item } | { readonly reason: string };

/** The course's own terms, for problems that state none. */
export interface Terms {
  readonly licence?: string | undefined;
  readonly credit?: string | undefined;
}

interface Question {
  readonly answer: AnswerSpec;
  readonly choices?: readonly Choice[];
  readonly solution: string;
}

export function itemOfStep(
  problem: OatutorProblem,
  step: OatutorStep,
  listed: readonly string[],
  terms: Terms,
): MappedStep {
  const skills = listed.filter((skill) => skill !== '');
  if (skills.length === 0) return { reason: 'no skill is given for it' };
  const parts = [problem.body, step.stepTitle, step.stepBody].map((part) => readText(part ?? ''));
  const prompt = parts
    .map(({ text }) => text)
    .filter((text) => text !== '')
    .join('\n\n');
  const figures = parts.flatMap((part) => part.figures);
  if (prompt === '' && figures.length === 0) return { reason: 'it asks nothing: body, title and text are empty' };
  const asked = [problem.title ?? '', prompt].join(' ');
  const question = readQuestion(step.stepAnswer[0], step, asked);
  if ('reason' in question) return question;
  const pathway = Object.values(step.tutoring ?? {})[0] ?? [];
  const entries = pathway.flatMap(({ subHints = [], ...entry }) => [entry, ...subHints]);
  const licence = readTerms(problem.license) ?? terms.licence;
  const credit = readTerms(problem.oer) ?? terms.credit;
  return {
    item: {
      id: step.id,
      skills,
      prompt: prompt === '' ? (problem.title ?? '') : prompt,
      answer: question.answer,
      ...(question.choices && { choices: question.choices }),
      solution: question.solution,
      steps: entries.map(stepText),
      hints: entries.map(readHint),
      ...(figures.length > 0 && { missingFigures: [...new Set(figures)] }),
      ...(licence !== undefined && { licence }),
      ...(credit !== undefined && { credit }),
    },
  };
}

interface Answered {
  readonly problemType?: string | undefined;
  readonly answerType?: string | undefined;
  readonly choices?: readonly string[] | undefined;
}

function readQuestion(right: string, answered: Answered, asked: string): Question | { readonly reason: string } {
  if (answered.problemType === 'MultipleChoice') return readChoices(right, answered.choices ?? []);
  if (answered.problemType !== 'TextBox') return { reason: `problem type "${answered.problemType}" is not known` };
  const solution = readText(right).text;
  const context = { factored: /factor/i.test(asked), rounded: /round|nearest|decimal place|approximat/i.test(asked) };
  const answer = isDoubtful(right, answered.answerType) ? null : answerFromText(right, context);
  if (answer !== null) return { answer, solution };
  // LaTeX that we cannot read cannot be typed either.
  if (right.includes('\\')) return { reason: `answer "${right}" is LaTeX that is not understood` };
  return { answer: { kind: 'exact', accepted: [right.replaceAll('$$', '')] }, solution };
}

/** OATutor compares such answers as text; with brackets after a division the text does not mean what its author meant. */
const isDoubtful = (right: string, answerType: string | undefined): boolean =>
  answerType === 'string' && /\/\s*\w*\(/.test(right);

function readChoices(right: string, texts: readonly string[]): Question | { readonly reason: string } {
  const distinct = [...new Set(texts)];
  if (!distinct.includes(right)) return { reason: `the right answer "${right}" is not among the choices` };
  if (distinct.length < 2) return { reason: 'it has fewer than two different choices' };
  const choices = distinct.map((text, k) => ({ id: choiceId(k), text: readText(text).text || text }));
  return {
    answer: { kind: 'choice', correct: [choiceId(distinct.indexOf(right))] },
    choices,
    solution: readText(right).text,
  };
}

const choiceId = (k: number): string => String.fromCharCode('a'.charCodeAt(0) + k);

type Entry = Omit<OatutorHint, 'subHints'>;

const wording = ({ title = '', text = '' }: Entry): string => readText(text).text || readText(title).text;

function stepText(entry: Entry): string {
  const text = wording(entry);
  const answer = entry.hintAnswer?.[0];
  return answer === undefined ? text : `${text} ${readText(answer).text}`.trim();
}

function readHint(entry: Entry): Hint {
  const text = wording(entry);
  if (entry.type !== 'scaffold' || entry.hintAnswer === undefined) return { text };
  const question = readQuestion(entry.hintAnswer[0] ?? '', entry, text);
  if ('reason' in question) return { text: stepText(entry) };
  return { text, question: { answer: question.answer, ...(question.choices && { choices: question.choices }) } };
}
