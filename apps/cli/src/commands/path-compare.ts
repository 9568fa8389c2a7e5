/** `path compare`: policies for learning paths, with the same simulated learners and the same luck. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { createSkillGraph, type SkillGraph } from '@qurriculum/course';
import { readSkillGraph } from '@qurriculum/course/formats';
import {
  type LearnerOutcome,
  type PathComparison,
  type PlanningProblem,
  type PolicyName,
  policyNames,
  type SettledComparison,
  sampleStates,
  settleComparison,
  solveSample,
  summarise,
} from '@qurriculum/decisions';
import { describeBytes, type Json } from '@qurriculum/evidence';
import { createHighsSolver } from '@qurriculum/solvers';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import { type Command, type CommandContext, UsageError } from '../command.ts';
import { choiceOption, flag, numberOption, onePositional, requiredText, textOption } from '../options.ts';
import { recordedRun } from '../recorded-run.ts';
import { comparisonText } from './path-compare-text.ts';
import type { CompareWork } from './path-compare-worker.ts';

/** Planning problems on which objective and gap are measured, and seconds HiGHS may take for one. */
const PROBLEMS = 40;
const SECONDS_PER_PROBLEM = 5;

export const pathCompare: Command = {
  name: 'path compare',
  summary: 'Compares policies for learning paths with simulated learners on a skill graph.',
  usage: '--graph FILE [--learners N] [--policies NAME,...] [--sessions N] [--seed N] [--law a|b] [--deadline]',
  details: [
    'Every learner gets 3 to 5 goals with all they build on (60 to 150 skills, some known already), drawn by seed. A policy',
    'sees answers only. Competent: true mastery of at least --competent (.8) of all goals together. Who does not get there',
    'counts with the horizon. With --deadline: 8 to 10 goals, 15 sessions, and what counts is the share of goals met.',
    'Everything is simulated. Intervals: 95 %, bootstrap over learners. Objective and gap: value of the next session on',
    `${PROBLEMS} planning problems (one session, a stated candidate set), against bounds proved by HiGHS.`,
    '',
    'Example: qurriculum path compare --graph marble-v1.json --learners 200 --seed 1 --json',
  ].join('\n'),
  options: {
    graph: { type: 'string', value: 'FILE', description: 'skills and prerequisites, in any layout that import takes' },
    learners: { type: 'string', value: 'N', description: 'simulated learners (default 200)' },
    policies: { type: 'string', value: 'NAME,...', description: `of ${policyNames.join(', ')} (default all)` },
    sessions: { type: 'string', value: 'N', description: 'horizon (default 150, with --deadline 15)' },
    seed: { type: 'string', value: 'N', description: 'seed of learners, luck and search (default 1)' },
    law: { type: 'string', value: 'a|b', description: 'how simulated learners learn and forget (default a)' },
    deadline: { type: 'boolean', description: 'many goals, few sessions' },
    competent: { type: 'string', value: 'M', description: 'true mastery that counts as competent (default .8)' },
    threads: { type: 'string', value: 'N', description: 'threads (default 2); the figures do not depend on it' },
  },
  async run(context) {
    if (context.positionals.length > 0) onePositional({ positionals: [] }, 'option --graph FILE and no other word');
    const file = requiredText(context, 'graph');
    const options = readOptions(context);
    const threads = numberOption(context, 'threads', 2, { least: 1, most: 64, integer: true });
    const about = {
      ...({ kind: 'compare', subject: options.policies.join(', '), seed: options.seed } as const),
      budget: { learners: options.learners, sessions: options.sessions, problems: PROBLEMS },
    } as const;
    const { value, run } = await recordedRun(about, async () => {
      const bytes = await readFile(file);
      const input = { ...(await describeBytes(bytes, { name: path.basename(file) })), simulated: true };
      const data = readSkillGraph(new TextDecoder().decode(bytes), path.basename(file));
      const graph = createSkillGraph(data.skills, data.prerequisites);
      const rows = await simulate(context, graph, options, Math.min(threads, options.learners));
      const problems = await solveProblems(context, graph, options);
      const comparison = summarise(options, rows, problems);
      return { value: comparison, inputs: [input], result: resultOf(options, comparison) };
    });
    const { policies, comparisons, champion } = value;
    return {
      json: { policies, comparisons, champion, settings: options, simulated: true, run },
      text: comparisonText(options, value),
    };
  },
};

function readOptions(context: CommandContext): SettledComparison {
  const whole = { integer: true } as const;
  return settleComparison({
    learners: numberOption(context, 'learners', undefined, { least: 2, most: 100_000, ...whole }),
    policies: readPolicies(context),
    sessions: numberOption(context, 'sessions', undefined, { least: 1, most: 10_000, ...whole }),
    seed: numberOption(context, 'seed', undefined, { least: 0, most: 2 ** 32 - 1, ...whole }),
    law: choiceOption(context, 'law', ['a', 'b'] as const, 'a'),
    deadline: flag(context, 'deadline'),
    competent: numberOption(context, 'competent', undefined, { least: 0, most: 1 }),
  });
}

function readPolicies(context: CommandContext): readonly PolicyName[] | undefined {
  const text = textOption(context, 'policies');
  if (text === undefined) return undefined;
  const names = text.split(',').map((name) => name.trim());
  for (const name of names) {
    if (!policyNames.some((known) => known === name)) {
      throw new UsageError(`--policies: expected some of ${policyNames.join(', ')}, got "${name}".`);
    }
  }
  return [...new Set(names)] as PolicyName[];
}

/** Hands learners to threads one at a time, so that slow ones do not hold up the rest; rows come back in their order. */
async function simulate(
  context: CommandContext,
  graph: SkillGraph,
  options: SettledComparison,
  threads: number,
): Promise<LearnerOutcome[]> {
  const rows: LearnerOutcome[] = [];
  const work: CompareWork = { skills: graph.skills, prerequisites: graph.prerequisites, options };
  let next = 0;
  let done = 0;
  const workers = Array.from({ length: threads }, () => {
    return new Worker(new URL('./path-compare-worker.ts', import.meta.url), { workerData: work });
  });
  try {
    await Promise.all(
      workers.map(
        (worker) =>
          new Promise<void>((resolve, reject) => {
            const ask = (): void => {
              if (next < options.learners) worker.postMessage(next++);
              else resolve();
            };
            context.signal.addEventListener('abort', () => reject(context.signal.reason), { once: true });
            worker.on('error', reject);
            worker.on('message', (row: LearnerOutcome) => {
              rows[row.learner] = row;
              context.progress('Simulating learners', ++done / options.learners);
              ask();
            });
            ask();
          }),
      ),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return rows;
}

async function solveProblems(
  context: CommandContext,
  graph: SkillGraph,
  options: SettledComparison,
): Promise<PlanningProblem[]> {
  const solver = createHighsSolver(createNodePlatform());
  const states = sampleStates(graph, options, PROBLEMS);
  const problems: PlanningProblem[] = [];
  for (const state of states) {
    context.signal.throwIfAborted();
    problems.push(await solveSample(state, options, solver, { seconds: SECONDS_PER_PROBLEM, signal: context.signal }));
    context.progress('Proving bounds by HiGHS', problems.length / states.length);
  }
  return problems;
}

function resultOf(options: SettledComparison, { policies, champion }: PathComparison): Json {
  return JSON.parse(JSON.stringify({ settings: options, policies, champion })) as Json;
}
