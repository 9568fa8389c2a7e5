/** The job that looks at a course's exercises. It changes no estimate of what anybody knows. */
import { type Json, noCost } from '@qurriculum/evidence';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { defineTask } from '../compute/tasks.ts';
import { readGroups } from '../estimates/learner-groups.ts';
import { defineJob } from '../jobs/definition.ts';
import { loadMisconceptions } from '../planning/course-graph.ts';
import type { ItemAnalysisView } from '../resources/items/schema.ts';
import { courseInputs, isSimulated, storeRun } from '../runs.ts';
import { toReal } from '../store/copy-text.ts';
import type { Database } from '../store/database.ts';
import type { Transaction } from '../store/store.ts';
import type { AnalyseItemsOutput, run as runAnalysis } from './analyse-items-task.ts';
import { coverageRule, LEAST_ANSWERS, LEAST_ITEMS, LEAST_PRACTISING } from './limits.ts';
import type { LearnerMisconception, MisconceptionFigures } from './misconception-figures.ts';
import { type FirstAnswers, readFirstAnswers } from './read-answers.ts';
import { readPractice } from './read-practice.ts';

const analyseTask = defineTask<typeof runAnalysis>(new URL('./analyse-items-task.ts', import.meta.url));

const payload = z.object({ analysisId: z.number().int().positive(), courseId: z.number().int().positive() });

/** What is stored; ids, dates and the names of learners come with the rows. */
export type StoredAnalysis = Omit<ItemAnalysisView, 'id' | 'createdAt' | 'runId'>;

/** Share of the bar for reading the answers. */
const READ_SHARE = 0.1;

export const itemAnalysisJob = defineJob<z.output<typeof payload>>({
  name: 'item-analysis',
  payload,
  title: () => 'Looking at the exercises',
  course: ({ courseId }) => courseId,
  async run({ analysisId, courseId }, context) {
    const { store, compute, signal, progress } = context;
    const startedAt = new Date();
    progress(0, 'Reading answers');
    const inputs = await courseInputs(store.db, courseId);
    const first = await readFirstAnswers(store, courseId, signal);
    const practice = await readPractice(store, courseId);
    const groups = await readGroups(store.db, courseId);
    const { items, learners, chunks } = first;
    const found = await compute.run(
      analyseTask,
      { items, learners, chunks, groups, practice },
      {
        ...{ signal, givesInput: true },
        onProgress: (fraction, label) => progress(READ_SHARE + (1 - READ_SHARE) * fraction, label),
      },
    );
    const body: StoredAnalysis = {
      simulated: isSimulated(inputs),
      ...describe(first, found),
      misconceptions: found.misconceptions && (await withNames(store.db, courseId, found.misconceptions)),
    };
    const wallSeconds = (Date.now() - startedAt.getTime()) / 1000;
    return context.finish(async (transaction) => {
      const run = await storeRun(
        transaction.db,
        { course: courseId, startedAt },
        {
          ...{ kind: 'fit', subject: `exercises: ${found.responses?.model ?? 'no response model'}`, inputs, seed: 0 },
          versions: {},
          result: summaryOf(body),
          cost: { ...noCost, wallSeconds, cpuSeconds: found.cpuSeconds },
        },
      );
      await keep(transaction, analysisId, courseId, run.id, body, found.misconceptions?.ofLearners ?? []);
      return { analysisId, runId: run.id };
    });
  },
});

function describe(first: FirstAnswers, found: AnalyseItemsOutput) {
  const { learners, itemsInRecords, learnersInRecords } = first;
  return {
    coverage: {
      ...{ items: found.items, itemsInRecords, learners: learners.length, learnersInRecords },
      ...{ answers: found.answers, rule: coverageRule },
    },
    responses: found.responses,
    whyNoResponses:
      found.responses === null
        ? `At least ${LEAST_ITEMS} exercises have to be answered by ${LEAST_ANSWERS} learners each; here ${found.items} are.`
        : null,
    whyNoMisconceptions:
      found.misconceptions === null
        ? `At least ${LEAST_PRACTISING} learners have to practise exercises whose wrong answers show a misconception.`
        : null,
  };
}

/** Names of misconceptions and skills, as they are now. Learners are named when it is read. */
async function withNames(
  db: Kysely<Database>,
  courseId: number,
  { list, learners, answers, fitted, findings }: MisconceptionFigures,
): Promise<StoredAnalysis['misconceptions']> {
  const catalogue = await loadMisconceptions(db, courseId);
  const skills = await db.selectFrom('skill').select(['id', 'name']).where('course_id', '=', courseId).execute();
  return {
    ...{ learners, answers, fitted, findings: [...findings] },
    list: list.map(({ practise, ...figures }) => ({
      ...figures,
      name: catalogue.get(figures.id)?.name ?? figures.id,
      description: catalogue.get(figures.id)?.description ?? '',
      practise: skills.find(({ id }) => id === practise) ?? null,
      learners: [],
    })),
  };
}

/** The run record keeps the figures of the whole, not a line per exercise: those are in the analysis. */
function summaryOf({ coverage, responses, misconceptions }: StoredAnalysis): Json {
  return {
    coverage,
    responses: responses && {
      ...{ model: responses.model, why: responses.why, converged: responses.converged },
      ...{ reliability: responses.reliability, groups: responses.groups },
      remarks: responses.items.reduce((sum, { remarks }) => sum + remarks.length, 0),
    },
    misconceptions: misconceptions && {
      ...{ learners: misconceptions.learners, answers: misconceptions.answers, fitted: misconceptions.fitted },
      held: misconceptions.list.map(({ id, holders, met }) => ({ id, met, holders })),
    },
  };
}

/** Estimates about people are kept of the newest analysis only. */
async function keep(
  { db }: Transaction,
  analysisId: number,
  courseId: number,
  runId: string,
  body: StoredAnalysis,
  ofLearners: readonly LearnerMisconception[],
): Promise<void> {
  await db
    .deleteFrom('learner_misconception')
    .where('analysis_id', 'in', (query) =>
      query.selectFrom('item_analysis').select('id').where('course_id', '=', courseId),
    )
    .execute();
  await db
    .updateTable('item_analysis')
    .set({ run_id: runId, body: JSON.stringify(body) })
    .where('id', '=', analysisId)
    .execute();
  // A learner may have been removed meanwhile.
  const there = new Set(
    (await db.selectFrom('learner').select('id').where('course_id', '=', courseId).execute()).map(({ id }) => id),
  );
  const rows = ofLearners
    .filter(({ learner }) => there.has(learner))
    .map(({ learner, ...rest }) => ({
      ...{ analysis_id: analysisId, learner_id: learner, ...rest },
      probability: toReal(rest.probability),
    }));
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    await db
      .insertInto('learner_misconception')
      .values(rows.slice(from, from + ROWS_AT_ONCE))
      .execute();
  }
}

/** Six values each, below the 65,535 parameters that PostgreSQL takes. */
const ROWS_AT_ONCE = 5000;
