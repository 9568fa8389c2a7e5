/** `solve`: one Max-Cut or QUBO file by one solver, in the file's own objective. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describeBytes, type Json } from '@qurriculum/evidence';
import { type ProblemFile, problemHash, readProblemFile, type SampleSet, type Solver } from '@qurriculum/problems';
import { createSolvers } from '@qurriculum/solvers';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import { type Command, type CommandContext, UsageError } from '../command.ts';
import { numberOption, onePositional, textOption } from '../options.ts';
import { recordedRun } from '../recorded-run.ts';

/** Long enough for good answers on the published instances, short enough to wait for. */
const DEFAULT_SECONDS = 10;
const DEFAULT_SOLVER = 'anneal';

const solvers = createSolvers(createNodePlatform());

export const solve: Command = {
  name: 'solve',
  summary: 'Solves a Max-Cut (.mc) or QUBO (.bqp) file by a solver of your choice.',
  usage: 'FILE [--solver NAME] [--time S | --work KEY=N,...] [--seed N]',
  details: [
    'FILE ends in .mc (Max-Cut, rudy format) or .bqp (Beasley: maximise, off-diagonal entries count twice). Objective and',
    "bound are the file's own: larger is better, the bound is what no answer can exceed (null where nothing is proved).",
    '',
    'Solvers:',
    ...Array.from(solvers.values(), ({ name, description }) => `  ${name.padEnd(12)} ${description}`),
    '',
    'With --time the same sequence of work is cut when time is up, so that how far it comes depends on the machine. With',
    '--work instead (reads=32,sweeps=1000 for annealing) the same seed gives the same answer everywhere.',
    '',
    'Example: qurriculum solve G22.mc --solver anneal --time 5 --seed 1 --json',
  ].join('\n'),
  options: {
    solver: { type: 'string', value: 'NAME', description: `the solver (default ${DEFAULT_SOLVER})` },
    time: { type: 'string', value: 'S', description: `seconds at most (default ${DEFAULT_SECONDS}, none with --work)` },
    work: { type: 'string', value: 'KEY=N,...', description: "work in the solver's own unit" },
    seed: { type: 'string', value: 'N', description: 'seed of solvers that draw (default 0)' },
  },
  async run(context) {
    const name = onePositional(context, 'FILE');
    const solver = readSolver(context);
    const seed = numberOption(context, 'seed', 0, { least: 0, most: 2 ** 32 - 1, integer: true });
    const work = readWorkOption(context);
    const seconds = numberOption(context, 'time', work ? undefined : DEFAULT_SECONDS, { least: 0.001, most: 1e6 });
    const bytes = await readBytes(name);
    const file = readProblemFile(new TextDecoder().decode(bytes), path.basename(name));
    const refusal = solver.refuses(file.problem);
    if (refusal !== null) throw new Error(`solve: ${solver.name} does not take ${path.basename(name)}: ${refusal}.`);
    const budget = { ...work, ...(seconds === undefined ? {} : { seconds }) };
    const hash = await problemHash(file.problem);
    const { value, run } = await recordedRun(
      {
        kind: 'solve',
        subject: solver.name,
        seed,
        budget,
        problemHash: hash,
        versions: { [solver.name]: solver.version },
      },
      async () => {
        const set = await solver.solve(file.problem, {
          seconds,
          work,
          seed,
          signal: context.signal,
          onProgress: ({ fraction, bestEnergy }) => {
            const best = bestEnergy === null ? '' : ` (best ${file.objectiveOf(bestEnergy)})`;
            context.progress(`Solving by ${solver.name}${best}`, fraction);
          },
        });
        const answer = answerOf(file, set);
        const inputs = [await describeBytes(bytes, { name: path.basename(name) })];
        const result: Json = { ...answer, workDone: { ...set.workDone }, stoppedEarly: set.stoppedEarly };
        return { value: { set, answer }, inputs, result };
      },
    );
    const { set, answer } = value;
    const { wallSeconds, cpuSeconds } = set.cost;
    const record = { ...run, bound: answer.bound, cost: set.cost };
    return {
      json: { ...answer, solver: solver.name, seed, wallSeconds, cpuSeconds, run: record },
      text: describe(file, solver, seed, set, answer),
    };
  },
};

interface Answer {
  readonly objective: number | null;
  readonly sense: ProblemFile['sense'];
  readonly bound: number | null;
  readonly feasible: boolean;
  readonly status: SampleSet['status'];
}

function answerOf(file: ProblemFile, { samples, lowerBound, status }: SampleSet): Answer {
  const best = samples.at(0);
  return {
    objective: best ? file.objectiveOf(best.energy) : null,
    sense: file.sense,
    bound: lowerBound === null ? null : file.objectiveOf(lowerBound),
    feasible: best?.feasible ?? false,
    status,
  };
}

function readSolver(context: CommandContext): Solver {
  const name = textOption(context, 'solver') ?? DEFAULT_SOLVER;
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
  const size = `${file.problem.variables.length} variables, ${file.problem.bias.length / 2} pairs`;
  const gap = objective !== null && bound !== null ? ` (gap ${gapText(objective, bound)})` : '';
  return [
    `${file.objectiveName}: ${objective ?? 'none found'} (${file.sense}; ${size})`,
    bound === null ? 'bound: none, this solver proves nothing' : `bound: ${bound}${gap}`,
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
