/** `solve`: one problem file by one solver, in the file's own objective; `--list` shows the solvers. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describeBytes, type Json } from '@qurriculum/evidence';
import {
  FILE_FORMATS,
  type FileFormat,
  type ProblemFile,
  problemHash,
  problemViolations,
  readProblemBytes,
  type SampleSet,
  type SolveProgress,
  type Solver,
  type Violation,
} from '@qurriculum/problems';
import { createSolveTrace, findConflict, type JobHandle, pickSolver, type Solvers } from '@qurriculum/solvers';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import { type Command, type CommandContext, type CommandResult, UsageError } from '../command.ts';
import { choiceOption, flag, numberOption, onePositional, textOption } from '../options.ts';
import { recordedRun } from '../recorded-run.ts';
import { speedOf } from './solve-figures.ts';
import { listSolvers } from './solve-list.ts';
import {
  allSolvers,
  askAboutJob,
  isRemote,
  isSubmitOnly,
  jobFileFor,
  REMOTE_DETAILS,
  REMOTE_OPTIONS,
  readJob,
  solveOrResume,
  solversFor,
  submitJob,
  writeJob,
} from './solve-remote.ts';

/** Long enough for good answers on the published instances, short enough to wait for. */
const DEFAULT_SECONDS = 10;
const DEFAULT_SOLVER = 'auto';

const platform = createNodePlatform();
const solvers = allSolvers(platform);

export const solve: Command = {
  name: 'solve',
  summary: 'Solves a Max-Cut, QUBO, LP, Ocean or assignment file by a solver of your choice.',
  usage:
    'FILE [--format NAME] [--solver NAME] [--time S | --work KEY=N,...] [--seed N] | --list | --poll, --resume or --cancel JOB',
  details: [
    'FILE ends in .mc (Max-Cut, rudy format), .bqp (Beasley: maximise, off-diagonal entries count twice), .qubo (qbsolv:',
    'minimise), .lp (CPLEX LP format: binary and integer variables, products in objective and constraints, also as written',
    "by dimod.lp), .json (a BQM by Ocean's to_serializable), .bqm or .cqm (Ocean's to_file, version 2.0: dimod from 0.12.4);",
    '--format gap reads an assignment file of the OR-Library (agents, jobs, costs, weights, capacities; minimise).',
    "Objective and bound are the file's own: the bound is what no answer can pass (null where nothing is proved).",
    'An answer that breaks constraints names each of them and by how much.',
    '',
    'Solvers:',
    ...Array.from(solvers.values(), ({ name, description }) => `  ${name.padEnd(12)} ${description}`),
    '',
    'With --time the same sequence of work is cut when time is up, so that how far it comes depends on the machine. With',
    '--work instead (reads=32,sweeps=1000 for annealing) the same seed gives the same answer everywhere.',
    '',
    ...REMOTE_DETAILS,
    '',
    'Example: qurriculum solve G22.mc --time 5 --seed 1 --json',
  ].join('\n'),
  options: {
    solver: { type: 'string', value: 'NAME', description: `the solver (default ${DEFAULT_SOLVER})` },
    time: { type: 'string', value: 'S', description: `seconds at most (default ${DEFAULT_SECONDS}, none with --work)` },
    work: { type: 'string', value: 'KEY=N,...', description: "work in the solver's own unit" },
    format: { type: 'string', value: 'NAME', description: `${FILE_FORMATS.join(', ')} (default: the ending of FILE)` },
    threads: { type: 'string', value: 'N', description: 'threads at most, for solvers that use several (default 1)' },
    list: { type: 'boolean', description: 'show every solver, its kind, what it accepts, whether it is configured' },
    seed: { type: 'string', value: 'N', description: 'seed of solvers that draw (default 0)' },
    ...REMOTE_OPTIONS,
  },
  async run(context) {
    if (flag(context, 'list')) return listSolvers(solvers);
    const asked = await askAboutJob(context);
    if (asked) return asked;
    const request = await readRequest(context);
    const { name, solver, file, work, seed, jobFile } = request;
    const refusal = solver.refuses(file.problem);
    if (refusal !== null) throw new Error(`solve: ${solver.name} does not take ${path.basename(name)}: ${refusal}.`);
    if (isSubmitOnly(context)) {
      return submitJob(solver, file.problem, { work, seed, signal: context.signal }, jobFile);
    }
    return solveRecorded(request, context);
  },
};

/** What the words of the command ask for. */
interface SolveRequest {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly file: ProblemFile;
  readonly solver: Solver;
  readonly seed: number;
  readonly work: Record<string, number> | undefined;
  readonly seconds: number | undefined;
  readonly threads: number;
  /** The job to resume, and where the handle of this one is kept. */
  readonly job: Awaited<ReturnType<typeof readJob>> | null;
  readonly jobFile: string | null;
}

async function readRequest(context: CommandContext): Promise<SolveRequest> {
  const resumed = textOption(context, 'resume');
  const job = resumed === undefined ? null : await readJob(resumed);
  const name = job?.problem.file ?? onePositional(context, 'FILE');
  let jobFile = resumed ?? null;
  const format = (job?.problem.format as FileFormat | undefined) ?? readFormat(context);
  const keep = (handle: JobHandle): void => {
    if (jobFile) writeJob(jobFile, { format: 1, state: 'sent', problem: { file: path.resolve(name), format }, handle });
  };
  const solver = readSolver(context, await solversFor(context, keep), job?.handle.solver);
  if (isRemote(solver)) jobFile ??= await jobFileFor(context, name, solver);
  const seed = numberOption(context, 'seed', 0, { least: 0, most: 2 ** 32 - 1, integer: true });
  const work = readWorkOption(context);
  const usual = work || isRemote(solver) ? undefined : DEFAULT_SECONDS;
  const seconds = numberOption(context, 'time', usual, { least: 0.001, most: 1e6 });
  const threads = numberOption(context, 'threads', 1, { least: 1, most: 1024, integer: true });
  const bytes = await readBytes(name);
  const file = await readProblemBytes(bytes, path.basename(name), format);
  return { name, bytes, file, solver, seed, work, seconds, threads, job, jobFile };
}

/** Solves, and writes the record of the run. */
async function solveRecorded(request: SolveRequest, context: CommandContext): Promise<CommandResult> {
  const { name, bytes, file, solver, seed, work, seconds, threads, job, jobFile } = request;
  const trace = createSolveTrace(platform.now);
  const onProgress = ({ fraction, bestEnergy }: SolveProgress): void => {
    trace.see(bestEnergy);
    const text = bestEnergy === null ? '' : ` (best ${file.objectiveOf(bestEnergy)})`;
    context.progress(`Solving by ${solver.name}${text}`, fraction);
  };
  const about = {
    kind: 'solve',
    subject: solver.name,
    seed,
    budget: { ...work, ...(seconds === undefined ? {} : { seconds }) },
    problemHash: await problemHash(file.problem),
    versions: { [solver.name]: solver.version },
  } as const;
  const { value, run } = await recordedRun(about, async () => {
    const options = { seconds, work, seed, threads, signal: context.signal, onProgress };
    const set = await solveOrResume(solver, file.problem, options, job);
    if (jobFile) writeJob(jobFile, { ...(await readJob(jobFile)), state: 'read' });
    const answer = { ...answerOf(file, set), conflict: await conflictOf(file, set, context.signal) };
    const inputs = [await describeBytes(bytes, { name: path.basename(name) })];
    const result: Json = {
      ...answer,
      violations: answer.violations.map((each) => ({ ...each })),
      workDone: { ...set.workDone },
      stoppedEarly: set.stoppedEarly,
    };
    return { value: { set, answer }, inputs, result };
  });
  const { set, answer } = value;
  const { wallSeconds, cpuSeconds } = set.cost;
  const record = { ...run, bound: answer.bound, cost: set.cost };
  const figures = { bestAtSeconds: trace.bestAt(set), ...speedOf(set) };
  return {
    json: { ...answer, solver: solver.name, seed, threads, wallSeconds, cpuSeconds, ...figures, run: record },
    text: describe(file, solver, seed, set, answer),
  };
}

interface Answer {
  readonly objective: number | null;
  readonly sense: ProblemFile['sense'];
  readonly bound: number | null;
  readonly feasible: boolean;
  readonly status: SampleSet['status'];
  /** The constraints that the best sample breaks, and by how much. */
  readonly violations: readonly Violation[];
  /** Constraints that cannot be kept together; null where the file is not proved infeasible. */
  readonly conflict: readonly string[] | null;
}

/** Which constraints clash, asked of HiGHS once a solver has proved that some do. */
async function conflictOf(file: ProblemFile, set: SampleSet, signal: AbortSignal): Promise<readonly string[] | null> {
  const highs = pickSolver(solvers, 'highs');
  if (set.status !== 'infeasible' || file.problem.type === 'bqm' || highs.refuses(file.problem) !== null) return null;
  return findConflict(highs, file.problem, { signal });
}

function answerOf(file: ProblemFile, { samples, lowerBound, status }: SampleSet): Omit<Answer, 'conflict'> {
  const best = samples.at(0);
  return {
    objective: best ? file.objectiveOf(best.energy) : null,
    sense: file.sense,
    bound: lowerBound === null ? null : file.objectiveOf(lowerBound),
    feasible: best?.feasible ?? false,
    status,
    violations: best ? problemViolations(file.problem, best.values) : [],
  };
}

function readFormat(context: CommandContext): FileFormat | undefined {
  return choiceOption<FileFormat | ''>(context, 'format', FILE_FORMATS, '') || undefined;
}

function readSolver(context: CommandContext, solvers: Solvers, resumed: string | undefined): Solver {
  const name = resumed ?? textOption(context, 'solver') ?? DEFAULT_SOLVER;
  const solver = solvers.get(name);
  if (!solver) throw new UsageError(`--solver: expected one of ${[...solvers.keys()].join(', ')}, got "${name}".`);
  return solver;
}

/** `reads=32,sweeps=1000` as numbers; undefined when not given. */
function readWorkOption(context: CommandContext): Record<string, number> | undefined {
  const text = textOption(context, 'work');
  if (text === undefined) return undefined;
  const work: Record<string, number> = {};
  for (const part of text.split(',')) {
    const [key, value, ...rest] = part.split('=');
    if (!/^[a-z]\w*$/i.test(key) || !/^\d+$/.test(value ?? '') || rest.length > 0) {
      throw new UsageError(`--work: expected KEY=N,... such as reads=32,sweeps=1000, got "${text}".`);
    }
    work[key] = Number(value);
  }
  return work;
}

async function readBytes(name: string): Promise<Uint8Array> {
  try {
    return await readFile(name);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Error(`solve: expected a file that can be read, got ${reason} for ${name}; check the path.`);
  }
}

function describe(file: ProblemFile, solver: Solver, seed: number, set: SampleSet, answer: Answer): string {
  const { objective, bound } = answer;
  const { wallSeconds, cpuSeconds } = set.cost;
  const { problem } = file;
  const parts =
    problem.type === 'bqm' ? `${problem.bias.length / 2} pairs` : `${problem.constraints.length} constraints`;
  const size = `${problem.variables.length} variables, ${parts}`;
  const gap = objective !== null && bound !== null ? ` (gap ${gapText(objective, bound)})` : '';
  return [
    `${file.objectiveName}: ${objective ?? 'none found'} (${file.sense}; ${size})`,
    bound === null ? 'bound: none, this solver proves nothing' : `bound: ${bound}${gap}`,
    ...(answer.conflict ? [`cannot be kept together: ${answer.conflict.join('; ')}`] : []),
    ...answer.violations.map((violation) => `broken: ${violation.name}, by ${violation.amount}`),
    `status: ${set.status}${set.stoppedEarly ? ', stopped early' : ''}; done: ${workText(set.workDone)}`,
    `${solver.name} ${solver.version}, seed ${seed}, ${wallSeconds.toFixed(2)} s wall, ${cpuSeconds.toFixed(2)} s CPU`,
  ].join('\n');
}

function gapText(objective: number, bound: number): string {
  const gap = Math.abs(bound - objective) / Math.max(1, Math.abs(objective));
  return gap < 1e-9 ? '0 %, proved' : `${(100 * gap).toFixed(2)} %`;
}

function workText(work: SampleSet['workDone']): string {
  const parts = Object.entries(work).map(([key, value]) => `${value} ${key}`);
  return parts.length > 0 ? parts.join(', ') : 'not reported';
}
