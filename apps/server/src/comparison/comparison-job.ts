/**
 * The job that compares: draws learners, puts each one's planning problem to every contender, lets the policies teach
 * simulated learners, and stores every run. It changes nobody's plans: only a person makes a contender the champion.
 */
import os from 'node:os';
import { type LearnerOutcome, policyNames, type SettledComparison, settleComparison } from '@qurriculum/decisions';
import { addCosts } from '@qurriculum/evidence';
import { createRandom, mixSeed } from '@qurriculum/random';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { defineTask } from '../compute/tasks.ts';
import { defineJob, type JobContext } from '../jobs/definition.ts';
import { allContenders } from '../planning/contenders.ts';
import { type CourseGraph, loadCourseGraph } from '../planning/course-graph.ts';
import { loadLearnerState } from '../planning/learner-state.ts';
import type { SolverView } from '../resources/comparisons/schema.ts';
import { courseInputs, isSimulated } from '../runs.ts';
import type { Database } from '../store/database.ts';
import type { ComparisonOptions } from './options.ts';
import type { ProblemOutcome, run as runProblem } from './problem-task.ts';
import type { run as runSimulation } from './simulate-task.ts';
import { type PosedProblem, storeComparison } from './store-comparison.ts';
import type { run as runSummary } from './summary-task.ts';

const problemTask = defineTask<typeof runProblem>(new URL('./problem-task.ts', import.meta.url));
const simulateTask = defineTask<typeof runSimulation>(new URL('./simulate-task.ts', import.meta.url));
const summaryTask = defineTask<typeof runSummary>(new URL('./summary-task.ts', import.meta.url));

/** Fewer have no spread, and so no interval. */
const LEAST_PROBLEMS = 2;

const payload = z.object({ comparisonId: z.number().int().positive(), courseId: z.number().int().positive() });

export const comparisonJob = defineJob<z.output<typeof payload>>({
  name: 'comparison',
  payload,
  title: () => 'Comparing solvers',
  course: ({ courseId }) => courseId,
  async run({ comparisonId, courseId }, context) {
    const { store, compute, signal } = context;
    const startedAt = new Date();
    const options = await loadOptions(store.db, comparisonId);
    const contenders = describeContenders(options.solvers);
    const course = await loadCourseGraph(store.db, courseId);
    const inputs = await courseInputs(store.db, courseId);
    const problemShare = options.simulatedLearners === 0 ? 0.95 : 0.55;
    const posed = await askAll(context, course, options, problemShare);
    const problems = posed.map(({ outcome }) => outcome);
    const settled = settleSimulation(options);
    const rows = settled && (await simulateAll(context, course, settled, problemShare));
    context.progress(0.96, 'Summing up');
    const summary = await compute.run(
      summaryTask,
      {
        ...{ champion: options.champion, contenders, problems, seed: options.seed },
        simulated: isSimulated(inputs),
        simulation: settled && rows && { options: settled, rows },
      },
      { signal },
    );
    const cost = addCosts(problems.flatMap(({ answers }) => answers.map((answer) => answer.cost)));
    const planningSeconds = (rows ?? []).reduce(
      (sum, { outcomes }) => outcomes.reduce((own, outcome) => own + outcome.planningSeconds, sum),
      0,
    );
    return context.finish((transaction) =>
      storeComparison(transaction.db, {
        ...{ comparisonId, courseId, options, contenders, startedAt, inputs, posed, summary, cost, planningSeconds },
      }),
    );
  },
});

async function loadOptions(db: Kysely<Database>, id: number): Promise<ComparisonOptions> {
  const row = await db.selectFrom('comparison').select('options').where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new Error(`comparison: expected the comparison ${id}, got none; start it again.`);
  return row.options as unknown as ComparisonOptions;
}

/** In the order asked for, as screens list them. */
function describeContenders(names: readonly string[]): SolverView[] {
  const all = allContenders();
  return names.flatMap((name) => {
    const found = all.find((contender) => contender.name === name);
    return found === undefined ? [] : [{ name, kind: found.kind, description: found.description }];
  });
}

/** Goes through the learners in the order drawn until enough of them have something to plan. */
async function askAll(
  context: JobContext,
  course: CourseGraph,
  options: ComparisonOptions,
  share: number,
): Promise<PosedProblem[]> {
  const { store, compute, signal } = context;
  const posed: PosedProblem[] = [];
  for (const learner of await drawLearners(store.db, course.courseId, options.seed)) {
    if (posed.length === options.learners) break;
    signal.throwIfAborted();
    context.progress(share * (posed.length / options.learners), `Problem ${posed.length + 1} of ${options.learners}`);
    const { path } = await loadLearnerState(store.db, learner, course);
    const seed = mixSeed(options.seed, 'problem', learner);
    // One at a time, in a thread that does nothing else: solvers are timed.
    const outcome: ProblemOutcome | null = await compute.run(
      problemTask,
      { state: path, contenders: options.solvers, seconds: options.seconds, seed },
      { signal },
    );
    if (outcome !== null) posed.push({ learner, seed, outcome });
  }
  if (posed.length < LEAST_PROBLEMS) {
    const message = `comparison: expected at least ${LEAST_PROBLEMS} learners with something left to plan, got ${posed.length}; import more records.`;
    throw Object.assign(new Error(message), { code: 'too-few-problems' });
  }
  return posed;
}

/** Learners with answers, shuffled by seed. */
async function drawLearners(db: Kysely<Database>, courseId: number, seed: number): Promise<number[]> {
  const rows = await db
    .selectFrom('learner')
    .select('id')
    .where('course_id', '=', courseId)
    .where(({ exists, selectFrom }) =>
      exists(selectFrom('mastery').select('skill_id').whereRef('mastery.learner_id', '=', 'learner.id')),
    )
    .orderBy('id')
    .execute();
  return createRandom(seed)
    .fork('learners')
    .shuffle(rows.map(({ id }) => id));
}

function settleSimulation({ simulatedLearners, seed }: ComparisonOptions): SettledComparison | null {
  if (simulatedLearners === 0) return null;
  // One learner has no spread.
  return settleComparison({ learners: Math.max(2, simulatedLearners), policies: policyNames, seed });
}

/** Every policy with every simulated learner, as many at once as there are threads. */
async function simulateAll(
  { compute, signal, progress }: JobContext,
  { graph }: CourseGraph,
  options: SettledComparison,
  from: number,
): Promise<LearnerOutcome[]> {
  const rows: LearnerOutcome[] = [];
  let next = 0;
  let done = 0;
  const lane = async (): Promise<void> => {
    while (next < options.learners) {
      const learner = next++;
      rows[learner] = await compute.run(simulateTask, { graph, options, learner }, { signal });
      done++;
      progress(from + (0.95 - from) * (done / options.learners), `Simulated learner ${done} of ${options.learners}`);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, os.availableParallelism() - 1) }, lane));
  return rows;
}
