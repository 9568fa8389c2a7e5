/** A finished comparison into the store: the runs first, then what screens show, which names them. */
import { noCost, type Provenance, type RunCost } from '@qurriculum/evidence';
import type { Kysely } from 'kysely';
import { findContender } from '../planning/contenders.ts';
import type { ComparisonView, SolverView } from '../resources/comparisons/schema.ts';
import { storeRun } from '../runs.ts';
import type { Database } from '../store/database.ts';
import type { SolverFigures } from './figures.ts';
import type { ComparisonOptions } from './options.ts';
import type { ProblemOutcome } from './problem-task.ts';
import type { ComparisonSummary } from './summary-task.ts';

/** A problem with where it comes from. */
export interface PosedProblem {
  readonly learner: number;
  readonly seed: number;
  readonly outcome: ProblemOutcome;
}

export interface FinishedComparison {
  readonly comparisonId: number;
  readonly courseId: number;
  readonly options: ComparisonOptions;
  readonly contenders: readonly SolverView[];
  readonly startedAt: Date;
  readonly inputs: readonly Provenance[];
  readonly posed: readonly PosedProblem[];
  readonly summary: ComparisonSummary;
  /** Of all answers together. */
  readonly cost: RunCost;
  /** What the policies took to plan for simulated learners, all together. */
  readonly planningSeconds: number;
}

/** What a comparison leaves in its row; the rest of the view is in the columns. */
export type ComparisonBody = Omit<
  ComparisonView,
  'id' | 'courseId' | 'status' | 'jobId' | 'createdAt' | 'runId' | 'solvers'
> & { readonly solvers: readonly SolverFigures[] };

export type StoredComparison = { readonly comparisonId: number; readonly runId: string };

export async function storeComparison(db: Kysely<Database>, finished: FinishedComparison): Promise<StoredComparison> {
  const { comparisonId, options, posed, summary } = finished;
  const { comparisons, simulation, ...figures } = summary;
  for (const problem of posed) await storeSolves(db, finished, problem);
  const place = { course: finished.courseId, startedAt: finished.startedAt };
  const run = await storeRun(db, place, {
    kind: 'compare',
    subject: 'path planning',
    inputs: finished.inputs,
    versions: versionsOf(finished.contenders),
    seed: options.seed,
    budget: { problems: posed.length, secondsPerProblem: options.seconds },
    // Problems by number, not by learner: the run outlives a learner who is removed.
    result: {
      champion: options.champion,
      ...figures,
      comparisons,
      problems: posed.map(({ outcome: { problemHash, variables } }) => ({ problemHash, variables })),
    },
    cost: finished.cost,
  });
  const body: ComparisonBody = {
    ...{ champion: options.champion, problems: posed.length, seconds: options.seconds },
    ...figures,
    simulation: simulation && { ...simulation, runId: await storeSimulation(db, finished, simulation) },
  };
  await db
    .updateTable('comparison')
    .set({ run_id: run.id, body: JSON.stringify(body) })
    .where('id', '=', comparisonId)
    .execute();
  return { comparisonId, runId: run.id };
}

/** A run for every solver that worked on the problem; the policies' answers are in the run of the comparison. */
async function storeSolves(
  db: Kysely<Database>,
  { courseId, contenders, startedAt, inputs, options }: FinishedComparison,
  { learner, seed, outcome }: PosedProblem,
): Promise<void> {
  const solvers = contenders.filter(({ kind }) => kind !== 'policy');
  for (const { contender, cost, bound, ...answer } of outcome.answers) {
    const solver = solvers.find(({ name }) => name === contender);
    if (solver === undefined || (answer.refused !== null && bound === null && cost.cpuSeconds === 0)) continue;
    await storeRun(
      db,
      { course: courseId, learner, startedAt },
      {
        ...{ kind: 'solve', subject: contender, problemHash: outcome.problemHash, inputs, seed },
        versions: versionsOf([solver]),
        budget: { seconds: options.seconds },
        ...{ result: answer, bound, cost },
      },
    );
  }
}

async function storeSimulation(
  db: Kysely<Database>,
  finished: FinishedComparison,
  simulation: NonNullable<ComparisonSummary['simulation']>,
): Promise<string> {
  const run = await storeRun(
    db,
    { course: finished.courseId, startedAt: finished.startedAt },
    {
      ...{ kind: 'simulate', subject: 'path policies', seed: finished.options.seed },
      inputs: [{ name: "The learner simulator on the course's graph", simulated: true }],
      budget: { learners: simulation.learners },
      result: simulation,
      cost: { ...noCost, wallSeconds: finished.planningSeconds },
    },
  );
  return run.id;
}

function versionsOf(contenders: readonly SolverView[]): Record<string, string> {
  return Object.fromEntries(
    contenders.flatMap(({ name }) => {
      const version = findContender(name)?.solver?.version;
      return version === undefined ? [] : [[name, version]];
    }),
  );
}
