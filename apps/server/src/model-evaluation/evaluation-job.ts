/** The job that evaluates tracing models on a course's own records. It changes nobody's mastery: a person chooses. */
import { type Json, noCost } from '@qurriculum/evidence';
import { z } from 'zod';
import { defineTask } from '../compute/tasks.ts';
import { readInteractionText } from '../estimates/interaction-text.ts';
import { readGroups } from '../estimates/learner-groups.ts';
import { defineJob } from '../jobs/definition.ts';
import { courseInputs, isSimulated, storeRun } from '../runs.ts';
import type { Store } from '../store/store.ts';
import type { run as runEvaluation } from './evaluate-models-task.ts';
import type { ModelEvaluationOptions } from './options.ts';

const evaluateTask = defineTask<typeof runEvaluation>(new URL('./evaluate-models-task.ts', import.meta.url));

/** Fewer can be neither fitted on nor predicted. */
const LEAST_LEARNERS = 10;

const payload = z.object({ evaluationId: z.number().int().positive(), courseId: z.number().int().positive() });

export const evaluationJob = defineJob<z.output<typeof payload>>({
  name: 'model-evaluation',
  payload,
  title: () => 'Comparing models of what learners know',
  course: ({ courseId }) => courseId,
  async run({ evaluationId, courseId }, context) {
    const { store, compute, signal, progress } = context;
    const startedAt = new Date();
    const options = await loadOptions(store, evaluationId);
    await requireLearners(store, courseId);
    const inputs = await courseInputs(store.db, courseId);
    const text = await readInteractionText(store, courseId);
    const { versions, cpuSeconds, ...body } = await compute.run(
      evaluateTask,
      {
        ...{ ...options, text, groups: await readGroups(store.db, courseId) },
        simulated: isSimulated(inputs),
      },
      { signal, onProgress: progress, givesInput: true },
    );
    const wallSeconds = (Date.now() - startedAt.getTime()) / 1000;
    return context.finish(async ({ db }) => {
      const run = await storeRun(
        db,
        { course: courseId, startedAt },
        {
          ...{ kind: 'evaluate', subject: options.models.join(', '), inputs, versions, seed: options.seed },
          budget: { folds: body.folds },
          result: body as unknown as Json,
          cost: { ...noCost, wallSeconds, cpuSeconds },
        },
      );
      await db
        .updateTable('model_evaluation')
        .set({ run_id: run.id, body: JSON.stringify(body) })
        .where('id', '=', evaluationId)
        .execute();
      return { evaluationId, runId: run.id };
    });
  },
});

async function loadOptions({ db }: Store, id: number): Promise<ModelEvaluationOptions> {
  const row = await db.selectFrom('model_evaluation').select('options').where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new Error(`evaluation: expected the evaluation ${id}, got none; start it again.`);
  return row.options as unknown as ModelEvaluationOptions;
}

async function requireLearners({ db }: Store, courseId: number): Promise<void> {
  const { learners } = await db
    .selectFrom('interaction')
    .select(({ fn }) => fn.count<number>('learner_id').distinct().as('learners'))
    .where('course_id', '=', courseId)
    .executeTakeFirstOrThrow();
  if (Number(learners) >= LEAST_LEARNERS) return;
  const message = `evaluation: expected answers of at least ${LEAST_LEARNERS} learners, got ${learners}; import more records.`;
  throw Object.assign(new Error(message), { code: 'too-few-learners' });
}
