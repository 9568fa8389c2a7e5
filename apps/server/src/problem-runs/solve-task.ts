/**
 * The thread's half of a solve: one problem file, one solver, one seed. It tells the curve of the best so far with its
 * progress, in the file's own objective.
 */
import { noCost, type RunCost, type TracePoint } from '@qurriculum/evidence';
import {
  type FileFormat,
  type ProblemFile,
  problemHash,
  problemViolations,
  readProblemBytes,
  type SampleSet,
} from '@qurriculum/problems';
import { createSolvers, createSolveTrace, type JobHandle, pickSolver, type SolveTrace } from '@qurriculum/solvers';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import type { TaskContext } from '../compute/tasks.ts';
import { coolDown, warmUp } from '../compute/warm-up.ts';
import { storedBytes } from './content.ts';
import type { SpendingLimit } from './options.ts';

export interface SolveInput {
  /** As the store has it. */
  readonly content: string;
  readonly name: string;
  readonly format: FileFormat;
  readonly sha256: string;
  readonly solver: string;
  readonly seconds: number;
  readonly seed: number;
  /** Most that this solve may cost; null: nothing. */
  readonly limit: SpendingLimit | null;
}

/** What is told while it runs. */
export interface SolveDetail {
  readonly trace: readonly TracePoint[];
}

/** How a solve ended. Objectives are the file's own. */
export interface SolveOutcome {
  /** Of the best sample, also of one that breaks constraints; null where there is none. */
  readonly objective: number | null;
  readonly feasible: boolean;
  /** The constraints that the best sample breaks, and by how much. */
  readonly violations: readonly { readonly name: string; readonly amount: number }[];
  /** What no answer can pass, where the solver proved it. */
  readonly bound: number | null;
  readonly status: SampleSet['status'];
  readonly stoppedEarly: boolean;
  readonly workDone: Readonly<Record<string, number>>;
  /** Seconds to the best sample. */
  readonly bestAtSeconds: number | null;
  readonly trace: readonly TracePoint[];
  /** Why there is no answer, in words; null where there is one. */
  readonly failed: string | null;
  readonly cost: RunCost;
  readonly version: string;
  readonly problemHash: string;
}

/** How often the curve so far is told. */
const TELL_SECONDS = 0.25;

const platform = createNodePlatform();

export async function run(input: SolveInput, context: TaskContext<SolveDetail>): Promise<SolveOutcome> {
  const { file, hash } = await readOnce(input);
  let sent: JobHandle | undefined;
  const limits = input.limit === null ? {} : { ...input.limit };
  const solvers = createSolvers(platform, [], { limits, onSubmitted: (handle) => (sent = handle) });
  const solver = pickSolver(solvers, input.solver);
  const identity = { version: solver.version, problemHash: hash };
  await warmUp(solver, file.problem.type);
  const { signal } = context;
  const { seconds, seed } = input;
  const trace = createSolveTrace(platform.now);
  const started = platform.now();
  const tell = teller(file, trace, context);
  try {
    const onProgress = ({ fraction, bestEnergy }: { fraction: number; bestEnergy: number | null }): void =>
      tell(fraction, trace.see(bestEnergy));
    const set = await solver.solve(file.problem, { seconds, seed, signal, onProgress });
    signal.throwIfAborted();
    if (set.stoppedEarly) coolDown(solver);
    return { ...answerOf(file, set, trace), ...identity };
  } catch (error) {
    signal.throwIfAborted();
    coolDown(solver);
    const failed = error instanceof Error ? error.message : String(error);
    // What was sent may be charged although no answer came: the estimate counts against the limit.
    const money = sent === undefined ? null : { amount: sent.estimate.amount, currency: sent.estimate.currency };
    const cost = { ...noCost, wallSeconds: platform.now() - started, money };
    return { ...noAnswer, failed, trace: pointsOf(file, trace), cost, ...identity };
  }
}

/** An answer that is none. */
export const noAnswer: Omit<SolveOutcome, 'failed' | 'cost' | 'version' | 'problemHash'> = {
  ...{ objective: null, feasible: false, violations: [], bound: null, status: 'unknown', stoppedEarly: false },
  ...{ workDone: {}, bestAtSeconds: null, trace: [] },
};

function answerOf(file: ProblemFile, set: SampleSet, trace: SolveTrace): Omit<SolveOutcome, 'version' | 'problemHash'> {
  const { lowerBound, status, stoppedEarly, workDone, cost } = set;
  const best = set.samples.at(0);
  trace.finish(set);
  return {
    objective: best === undefined ? null : file.objectiveOf(best.energy),
    feasible: best?.feasible ?? false,
    violations: best === undefined ? [] : problemViolations(file.problem, best.values).map((each) => ({ ...each })),
    bound: lowerBound === null ? null : file.objectiveOf(lowerBound),
    bestAtSeconds: best === undefined ? null : trace.bestAt(set),
    trace: pointsOf(file, trace),
    failed: null,
    ...{ status, stoppedEarly, workDone, cost },
  };
}

const pointsOf = (file: ProblemFile, trace: SolveTrace): TracePoint[] =>
  trace.points().map(({ seconds, energy }) => ({ seconds, objective: file.objectiveOf(energy) }));

/** Tells at most every quarter of a second, and the curve only where it has grown. */
function teller(file: ProblemFile, trace: SolveTrace, { progress }: TaskContext<SolveDetail>) {
  let last = Number.NEGATIVE_INFINITY;
  let grown = false;
  return (fraction: number, better: boolean): void => {
    grown ||= better;
    if (platform.now() - last < TELL_SECONDS) return;
    last = platform.now();
    progress(fraction, '', grown ? { trace: pointsOf(file, trace) } : undefined);
    grown = false;
  };
}

/** The file that this thread read last: the solves of one run read the same one. */
let held: { readonly key: string; readonly file: ProblemFile; readonly hash: string } | undefined;

async function readOnce({ content, name, format, sha256 }: SolveInput): Promise<{ file: ProblemFile; hash: string }> {
  const key = `${format} ${name} ${sha256}`;
  if (held?.key !== key) {
    const file = await readProblemBytes(storedBytes(content, format), name, format);
    held = { key, file, hash: await problemHash(file.problem) };
  }
  return held;
}
