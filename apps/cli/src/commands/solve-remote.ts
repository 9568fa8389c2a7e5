/**
 * What `solve` does with solvers on other people's machines: limits on what a job may cost, and a file that keeps a job's
 * handle, so that a later command can ask for it, wait for it or cancel it.
 */
import { writeFileSync } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Platform, Problem, SampleSet, SolveOptions, Solver } from '@qurriculum/problems';
import {
  createSolvers,
  type JobHandle,
  type PriceTable,
  type RemoteOptions,
  type RemoteSolver,
  type Solvers,
  type UnitPrices,
} from '@qurriculum/solvers';
import { braketFromEnvironment } from '@qurriculum/solvers/platform/braket-node';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import { type CommandContext, type CommandResult, type OptionSpec, UsageError } from '../command.ts';
import { flag, numberOption, textOption } from '../options.ts';

export const REMOTE_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  'max-cost': {
    type: 'string',
    value: 'N',
    description: 'remote: most that a job may cost (default 0: nothing is sent)',
  },
  currency: { type: 'string', value: 'C', description: 'remote: of --max-cost (default USD)' },
  'price-age': { type: 'string', value: 'DAYS', description: 'remote: oldest price to rely on (default 90)' },
  prices: { type: 'string', value: 'FILE', description: "remote: JSON with your contract's prices" },
  job: {
    type: 'string',
    value: 'FILE',
    description: 'remote: where the handle is kept (default NAME.SOLVER.job.json)',
  },
  submit: { type: 'boolean', description: 'remote: send the job, keep its handle, do not wait' },
  poll: { type: 'string', value: 'FILE', description: 'remote: how the job of this handle stands' },
  resume: { type: 'string', value: 'FILE', description: 'remote: wait for the job of this handle and read its answer' },
  cancel: { type: 'string', value: 'FILE', description: 'remote: cancel the job of this handle at the vendor' },
};

export const REMOTE_DETAILS: readonly string[] = [
  'Remote solvers send a job only when its estimated cost is within --max-cost and the price is known and not too old. D-Wave,',
  'IonQ and IBM publish no price that is built in: give that of your contract by --prices, JSON such as',
  '{"dwave/qpu": {"currency": "USD", "perQpuSecond": 0.5, "date": "2026-11-01", "source": "our contract"}}.',
  'The job is waited for without a limit unless --time gives one; at its end, or by Ctrl-C, the job is cancelled at the vendor.',
  'For long queues: solve FILE --solver NAME --max-cost N --submit, later solve --poll, --resume or --cancel with the file that',
  'keeps the handle. No credential is in it.',
];

/** A handle, and the problem that it belongs to. */
export interface KeptJob {
  readonly format: 1;
  /** 'read' once its answer was read: the file may then be written over. */
  readonly state: 'sent' | 'read';
  readonly problem: { readonly file: string; readonly format?: string };
  readonly handle: JobHandle;
}

/** All solvers; with a context, limits and prices of its options hold for the remote ones. */
export async function solversFor(context?: CommandContext, keep?: (handle: JobHandle) => void): Promise<Solvers> {
  return allSolvers(createNodePlatform(), context && (await readLimits(context)), keep);
}

/** All solvers as they are without options: enough to list them. */
export function allSolvers(
  platform: Platform,
  limits: RemoteOptions = {},
  onSubmitted?: (handle: JobHandle) => void,
): Solvers {
  return createSolvers(platform, [], { ...limits, onSubmitted, braket: braketFromEnvironment(platform) });
}

async function readLimits(context: CommandContext): Promise<RemoteOptions> {
  const amount = numberOption(context, 'max-cost', 0, { least: 0 });
  const currency = textOption(context, 'currency') ?? 'USD';
  const priceAgeDays = numberOption(context, 'price-age', 90, { least: 0 });
  const file = textOption(context, 'prices');
  return {
    limits: { amount, currency, priceAgeDays },
    prices: file === undefined ? {} : readPrices(await readJson(file, 'prices'), file),
  };
}

const AMOUNTS = ['perTask', 'perShot', 'perQpuSecond', 'perSolverSecond'] as const;

function readPrices(value: unknown, file: string): PriceTable {
  const wrong = (expected: string): Error =>
    new UsageError(`--prices: expected ${expected} in ${file}, got something else; see solve --help.`);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong('an object of offers');
  const entries = Object.entries(value).map(([offer, each]: [string, unknown]): [string, UnitPrices] => {
    const row = (typeof each === 'object' && each !== null ? each : {}) as Record<string, unknown>;
    const { currency, date, source } = row;
    if (typeof currency !== 'string' || typeof date !== 'string' || typeof source !== 'string') {
      throw wrong(`currency, date and source for ${offer}`);
    }
    const given = AMOUNTS.filter((name) => row[name] !== undefined);
    const valid = given.every((name) => typeof row[name] === 'number' && Number(row[name]) >= 0);
    if (given.length === 0 || !valid) throw wrong(`one of ${AMOUNTS.join(', ')}, at least 0, for ${offer}`);
    return [offer, { currency, date, source, ...Object.fromEntries(given.map((name) => [name, Number(row[name])])) }];
  });
  return Object.fromEntries(entries);
}

export function isRemote(solver: Solver): solver is RemoteSolver {
  return 'submit' in solver && 'resume' in solver;
}

/** Where the handle of a new job goes. @throws Error when an unread one is there. */
export async function jobFileFor(context: CommandContext, problemFile: string, solver: Solver): Promise<string> {
  const file = textOption(context, 'job') ?? `${path.basename(problemFile)}.${solver.name}.job.json`;
  const there = await access(file).then(
    () => true,
    () => false,
  );
  if (there && (await readJob(file)).state !== 'read') {
    throw new Error(
      `solve: expected no unread job in ${file}, got one; use --resume or --cancel with it, or another --job.`,
    );
  }
  return file;
}

/** At once, so that nothing can come between a job that costs and its handle. */
export function writeJob(file: string, job: KeptJob): void {
  writeFileSync(file, `${JSON.stringify(job, null, 2)}\n`);
}

export async function readJob(file: string): Promise<KeptJob> {
  const job = (await readJson(file, 'job')) as Partial<KeptJob> | null;
  const { handle, problem } = job ?? {};
  if (job?.format === 1 && typeof problem?.file === 'string' && typeof handle?.id === 'string' && handle.solver) {
    return job as KeptJob;
  }
  throw new UsageError(
    `solve: expected a file that solve wrote for a job, got ${file}; give the one named by --submit.`,
  );
}

async function readJson(file: string, what: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--${what}: expected a file with JSON, got ${reason}; check ${file}.`);
  }
}

/** `--poll` and `--cancel`; null when neither was asked for. */
export async function askAboutJob(context: CommandContext): Promise<CommandResult | null> {
  const file = textOption(context, 'poll') ?? textOption(context, 'cancel');
  if (file === undefined) return null;
  const { handle } = await readJob(file);
  const solver = (await solversFor(context)).get(handle.solver);
  if (!solver || !isRemote(solver))
    throw new UsageError(`solve: expected a remote solver in ${file}, got ${handle.solver}.`);
  const asked = textOption(context, 'cancel') !== undefined;
  if (asked) await solver.cancel(handle);
  const status = await solver.poll(handle, context.signal);
  const reason = status.reason === undefined ? '' : ` (${status.reason})`;
  return {
    json: { job: handle.id, solver: handle.solver, ...status, cancelAsked: asked },
    text: `${handle.solver} job ${handle.id}: ${status.state}${reason}`,
  };
}

export const isSubmitOnly = (context: CommandContext): boolean => flag(context, 'submit');

/** Sends the job; its handle is kept in the file by then. */
export async function submitJob(
  solver: Solver,
  problem: Problem,
  options: SolveOptions,
  file: string | null,
): Promise<CommandResult> {
  if (!isRemote(solver)) throw new UsageError(`--submit: expected a remote solver, got ${solver.name}.`);
  const handle = await solver.submit(problem, options);
  const { amount, currency } = handle.estimate;
  return {
    json: { job: handle.id, solver: solver.name, file, estimate: handle.estimate },
    text: `${solver.name} took job ${handle.id}, estimated at ${amount.toFixed(2)} ${currency}; solve --resume ${file}`,
  };
}

/** Solves, or waits for the job that was sent before. */
export function solveOrResume(
  solver: Solver,
  problem: Problem,
  options: SolveOptions,
  job: KeptJob | null,
): Promise<SampleSet> {
  if (job === null) return solver.solve(problem, options);
  if (!isRemote(solver))
    throw new UsageError(`--resume: expected a job of a remote solver, got one of ${solver.name}.`);
  return solver.resume(problem, job.handle, options);
}
