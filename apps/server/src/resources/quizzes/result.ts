/** What a quiz found out: per skill before and after, in words and figures, with the run behind it. */
import type { StopReason } from '@qurriculum/decisions';
import { noCost } from '@qurriculum/evidence';
import type { Kysely } from 'kysely';
import { loadMisconceptions } from '../../planning/course-graph.ts';
import { courseInputs, isSimulated, storeRun } from '../../runs.ts';
import type { Database } from '../../store/database.ts';
import { masteryOf } from '../learners/service.ts';
import { believed, quizRule, settledAt } from './decide.ts';
import type { QuizRow, StoredQuestion } from './rows.ts';
import type { QuizResult } from './schema.ts';
import type { QuizSetup } from './setup.ts';
import { endInWords, findingOf } from './words.ts';

type Db = Kysely<Database>;

/** Ends a quiz: its result and its run are stored with it. */
export async function finishQuiz(
  db: Db,
  quiz: QuizRow,
  questions: readonly StoredQuestion[],
  stop: StopReason | 'stopped',
): Promise<{ state: 'done' | 'stopped'; result: QuizResult }> {
  const answered = questions.filter((question) => question.answeredAt !== null);
  const { setup } = quiz;
  const skills = await findings(db, quiz, answered);
  const inputs = await courseInputs(db, quiz.courseId);
  const ending = endInWords(stop, answered.length, setup.most);
  const run = await storeRun(
    db,
    { course: quiz.courseId, learner: quiz.learnerId, startedAt: quiz.startedAt },
    {
      ...{ kind: 'evaluate', subject: 'quiz', inputs, seed: setup.seed },
      ...(setup.model && { versions: { [setup.model.name]: setup.model.version } }),
      budget: { questions: setup.most },
      result: {
        ...{ quiz: quiz.id, rule: quizRule, settledAt, stop, ending },
        model: setup.model && { ...setup.model },
        answers: answered.map(({ position, itemId, correct }) => ({ question: position, item: itemId, correct })),
        skills: skills.map(({ key, asked, right, before, after, known, finding }) => {
          return { skill: key, asked, right, before, after, known, finding };
        }),
      },
      cost: { ...noCost, wallSeconds: (Date.now() - quiz.startedAt.getTime()) / 1000 },
    },
  );
  const result: QuizResult = {
    ...{ ending, stop, skills, answered: answered.length },
    misconceptions: await misconceptionsIn(db, quiz.courseId, answered),
    model: setup.model && { name: setup.model.name, from: setup.model.from },
    simulated: isSimulated(inputs),
    runId: run.id,
  };
  const state = stop === 'stopped' ? 'stopped' : 'done';
  await db
    .updateTable('quiz')
    .set({ state, result: JSON.stringify(result), finished_at: new Date() })
    .where('id', '=', quiz.id)
    .execute();
  return { state, result };
}

/** The questions that were answered, as the decision counts them. */
export const answersOf = (questions: readonly StoredQuestion[]) =>
  questions.flatMap(({ bank, correct, answeredAt }) =>
    answeredAt === null ? [] : [{ bank, right: correct === true }],
  );

async function findings(
  db: Db,
  { setup, learnerId }: { readonly setup: QuizSetup; readonly learnerId: number },
  answered: readonly StoredQuestion[],
): Promise<QuizResult['skills']> {
  const now = await masteryOf(db, learnerId);
  const known = believed(setup, answersOf(answered));
  return setup.skills.map(({ id, key, name, before }, k) => {
    const own = answered.filter(({ bank }) => setup.bank[bank].skills.includes(k));
    return {
      ...{ id, key, name, before },
      asked: own.length,
      right: own.filter(({ correct }) => correct).length,
      // Without a model nothing is estimated, whatever an earlier one has left.
      after: setup.model === null || own.length === 0 ? before : (now.get(id)?.estimate ?? before),
      known: known[k],
      finding: findingOf(known[k]),
    };
  });
}

async function misconceptionsIn(
  db: Db,
  courseId: number,
  answered: readonly StoredQuestion[],
): Promise<QuizResult['misconceptions']> {
  const seen = answered.flatMap(({ misconception }) => misconception ?? []);
  if (seen.length === 0) return [];
  const described = await loadMisconceptions(db, courseId);
  return [...new Set(seen)].flatMap((id) => {
    const found = described.get(id);
    if (found === undefined) return [];
    const { name, description } = found;
    return [{ id, name, description, times: seen.filter((other) => other === id).length }];
  });
}
