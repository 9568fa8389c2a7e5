/** `schedule solve`: a plan for one file, with its value by term, a bound, and what could not be met. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describeBytes, type Json } from '@qurriculum/evidence';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import type { Command, CommandContext, CommandResult } from '../command.ts';
import { numberOption, onePositional, textOption } from '../options.ts';
import { recordedRun } from '../recorded-run.ts';
import { type ScheduleAnswer, solveSource } from './schedule-answer.ts';
import { FILE_DETAILS, FORMAT_OPTION, readSource } from './schedule-files.ts';
import { allSolvers } from './solve-remote.ts';

const DEFAULT_SECONDS = 10;
const platform = createNodePlatform();

export const scheduleSolve: Command = {
  name: 'schedule solve',
  summary: 'Plans who teaches whom, when and where: a tutoring schedule, a course timetable or an assignment.',
  usage: 'FILE [--solver NAME] [--time S] [--seed N] [--out PLAN]',
  details: [
    ...FILE_DETAILS,
    '',
    'auto (default) searches with moves made for the problem, proves a bound, and lets HiGHS prove the optimum where it can;',
    'greedy and first-come are the rules of thumb that people use. Every other solver of `qurriculum solve --list` takes a',
    'tutoring schedule as a model with quadratic terms, and an assignment as it is; timetables are for auto alone.',
    'A tutoring plan is worth points (maximise); gap: (bound - objective) / |objective|. Exit code 1 where a rule is broken.',
    '',
    'Examples: qurriculum schedule solve week.json --time 10 --json > plan.json',
    '          qurriculum schedule solve comp01.ctt --time 60 --threads 2 --out comp01.sol',
  ].join('\n'),
  options: {
    solver: { type: 'string', value: 'NAME', description: 'the solver (default auto)' },
    time: { type: 'string', value: 'S', description: `seconds at most (default ${DEFAULT_SECONDS})` },
    seed: { type: 'string', value: 'N', description: 'seed of everything drawn (default 0)' },
    threads: { type: 'string', value: 'N', description: 'threads at most, where several are used (default 1)' },
    out: { type: 'string', value: 'PLAN', description: "write the plan: JSON, or the format's own solution file" },
    ...FORMAT_OPTION,
  },
  async run(context): Promise<CommandResult> {
    const { name, bytes, source } = await readSource(context, onePositional(context, 'FILE'));
    const solver = textOption(context, 'solver') ?? 'auto';
    const seconds = numberOption(context, 'time', DEFAULT_SECONDS, { least: 0.01, most: 1e6 });
    const seed = numberOption(context, 'seed', 0, { least: 0, most: 2 ** 32 - 1, integer: true });
    const threads = numberOption(context, 'threads', 1, { least: 1, most: 1024, integer: true });
    const about = { kind: 'solve', subject: solver, seed, budget: { seconds } } as const;
    const { value, run } = await recordedRun(about, async () => {
      const started = performance.now();
      const solvers = allSolvers(platform);
      const answer = await solveSource(source, { solver, solvers, platform, seconds, seed, threads, context });
      const took = (performance.now() - started) / 1000;
      const inputs = [await describeBytes(bytes, { name: path.basename(name) })];
      const { assignments: _, planText: __, details, ...figures } = answer;
      return { value: { answer, took }, inputs, result: JSON.parse(JSON.stringify(figures)) as Json };
    });
    const { answer, took } = value;
    const { details, ...figures } = answer;
    await writePlan(context, answer);
    const json = { ...figures, ...details, solver, seed, seconds: took, run };
    return { json, text: describe(answer, solver, took), exitCode: answer.feasible ? 0 : 1 };
  },
};

async function writePlan(context: CommandContext, { planText, assignments }: ScheduleAnswer): Promise<void> {
  const out = textOption(context, 'out');
  if (out !== undefined) await writeFile(out, planText ?? `${JSON.stringify({ assignments }, null, 2)}\n`);
}

function describe(answer: ScheduleAnswer, solver: string, seconds: number): string {
  const { objective, sense, bound, gap, violations, terms, assignments, details } = answer;
  const signed = Object.entries(terms).map(([name, value]) => `${name} ${round(value)}`);
  const share =
    gap === null ? 'nothing proved' : gap < 1e-9 ? 'proved the best' : `at most ${(100 * gap).toFixed(2)} % away`;
  return [
    `objective: ${objective === null ? 'none found' : round(objective)} (${sense}; ${signed.join(', ')})`,
    `bound: ${bound === null ? 'none' : round(bound)} (${share})`,
    ...violations.map(({ message }) => `broken: ${message}`),
    ...(details.unmet ?? []).flatMap(({ message, fixes }) => [
      `unmet: ${message}`,
      ...fixes.map((fix) => `  would help: ${fix.message}${fix.value > 0 ? ` (+${round(fix.value)})` : ''}`),
    ]),
    `${assignments.length} assignments; ${solver}, ${seconds.toFixed(2)} s`,
  ].join('\n');
}

export const round = (value: number): string => `${Math.round(100 * value) / 100}`;
