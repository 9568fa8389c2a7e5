/** One file by one solver: the same figures whatever the kind of problem. */
import {
  formulateSchedule,
  planSchedule,
  type ScheduleState,
  scheduleBaselines,
  scheduleGap,
  solveTimetable,
  type UnmetDemand,
  type Violation,
  validateSchedule,
} from '@qurriculum/decisions';
import { type Platform, type ProblemFile, problemViolations } from '@qurriculum/problems';
import { pickSolver, type Solvers } from '@qurriculum/solvers';
import { type CommandContext, UsageError } from '../command.ts';
import type { ScheduleSource } from './schedule-files.ts';

/** What `schedule solve` prints. */
export interface ScheduleAnswer {
  readonly objective: number | null;
  readonly sense: 'maximise' | 'minimise';
  readonly bound: number | null;
  readonly gap: number | null;
  readonly feasible: boolean;
  readonly violations: readonly Violation[];
  readonly terms: Readonly<Record<string, number>>;
  readonly assignments: readonly unknown[];
  /** The plan in the format's own words, where it has some. */
  readonly planText?: string;
  readonly details: { readonly unmet?: readonly UnmetDemand[]; readonly optimal?: boolean };
}

export interface AnswerOptions {
  readonly solver: string;
  readonly solvers: Solvers;
  readonly platform: Platform;
  readonly seconds: number;
  readonly seed: number;
  readonly threads: number;
  readonly context: CommandContext;
}

export function solveSource(source: ScheduleSource, options: AnswerOptions): Promise<ScheduleAnswer> {
  if (source.kind === 'schedule') return solveState(source.state, options);
  if (source.kind === 'assignment') return solveAssignment(source.file, options);
  if (options.solver !== 'auto') throw unknownSolver(options.solver, ['auto']);
  return solveCourses(source.timetable, options);
}

function unknownSolver(name: string, known: readonly string[]): UsageError {
  return new UsageError(`--solver: expected one of ${known.join(', ')}, got "${name}".`);
}

async function solveState(state: ScheduleState, options: AnswerOptions): Promise<ScheduleAnswer> {
  const { solver, solvers, context, seconds, seed } = options;
  if (solver === 'auto') {
    const result = await planSchedule(state, {
      ...{ seconds, seed, signal: context.signal, exact: pickSolver(solvers, 'highs') },
      onProgress: ({ fraction, objective }) =>
        context.progress(`Planning${objective === null ? '' : ` (best ${Math.round(objective)})`}`, fraction),
    });
    const { plan, bound, violations, unmet, optimal } = result;
    const { objective, terms, assignments } = plan;
    const gap = scheduleGap(result);
    const feasible = violations.length === 0;
    return {
      objective,
      sense: 'maximise',
      bound,
      gap,
      feasible,
      violations,
      terms,
      assignments,
      details: { unmet, optimal },
    };
  }
  const baseline = scheduleBaselines.find(({ name }) => name === solver);
  if (baseline === undefined) return solveModelOf(state, options);
  const { objective, terms, assignments } = baseline.plan(state, { seed });
  const violations = validateSchedule(state, { assignments });
  const feasible = violations.length === 0;
  return {
    objective,
    sense: 'maximise',
    bound: null,
    gap: null,
    feasible,
    violations,
    terms,
    assignments,
    details: {},
  };
}

/** By any other solver, as a model with quadratic terms. */
async function solveModelOf(state: ScheduleState, options: AnswerOptions): Promise<ScheduleAnswer> {
  const { solver: name, solvers, seconds, seed, threads, context } = options;
  const solver = solvers.get(name);
  if (solver === undefined) {
    throw unknownSolver(name, [...new Set(['auto', ...scheduleBaselines.map((each) => each.name), ...solvers.keys()])]);
  }
  const { problem, initial, decode, objectiveOf } = formulateSchedule(state);
  const refusal = solver.refuses(problem);
  if (refusal !== null) throw new Error(`schedule solve: ${name} does not take this schedule: ${refusal}.`);
  const { samples, lowerBound, status } = await solver.solve(problem, {
    ...{ seconds, seed, threads, signal: context.signal, initial: [initial] },
    onProgress: ({ fraction }) => context.progress(`Solving by ${name}`, fraction),
  });
  const bound = lowerBound === null ? null : objectiveOf(lowerBound);
  const [best] = samples;
  const details = { optimal: status === 'optimal' };
  const none = { objective: null, sense: 'maximise', bound, gap: null, feasible: false } as const;
  if (best === undefined) return { ...none, violations: [], terms: {}, assignments: [], details };
  const { objective, terms, assignments } = decode(best.values);
  const violations = validateSchedule(state, { assignments });
  const feasible = violations.length === 0;
  const gap = feasible ? gapOf(objective, bound) : null;
  return { objective, sense: 'maximise', bound, gap, feasible, violations, terms, assignments, details };
}

async function solveAssignment(file: ProblemFile, options: AnswerOptions): Promise<ScheduleAnswer> {
  const { solver: name, solvers, seconds, seed, threads, context } = options;
  const solver = solvers.get(name);
  if (solver === undefined) throw unknownSolver(name, [...solvers.keys()]);
  const refusal = solver.refuses(file.problem);
  if (refusal !== null) throw new Error(`schedule solve: ${name} does not take this file: ${refusal}.`);
  const { samples, lowerBound } = await solver.solve(file.problem, {
    ...{ seconds, seed, threads, signal: context.signal },
    onProgress: ({ fraction }) => context.progress(`Solving by ${name}`, fraction),
  });
  const best = samples.at(0);
  const chosen = file.problem.variables.filter((_, i) => best?.values[i] === 1);
  const objective = best === undefined ? null : file.objectiveOf(best.energy);
  const bound = lowerBound === null ? null : file.objectiveOf(lowerBound);
  return {
    ...{ objective, sense: file.sense, bound, gap: gapOf(objective, bound), feasible: best?.feasible ?? false },
    violations: best === undefined ? [] : brokenRows(file, best.values),
    terms: objective === null ? {} : { cost: objective },
    assignments: chosen.map((variable) => (typeof variable === 'string' ? variable : variable.name)),
    details: {},
  };
}

function brokenRows(file: ProblemFile, values: Int32Array): Violation[] {
  return problemViolations(file.problem, values).map(({ name, amount }) => ({
    rule: 'capacity',
    message: `${name}: broken by ${amount}.`,
  }));
}

async function solveCourses(
  timetable: Extract<ScheduleSource, { kind: 'timetable' }>['timetable'],
  { platform, seconds, seed, threads, context }: AnswerOptions,
): Promise<ScheduleAnswer> {
  const { objective, bound, feasible, violations, terms, assignments, planText } = await solveTimetable(timetable, {
    ...{ platform, seconds, seed, threads, signal: context.signal },
    onProgress: ({ fraction, bestEnergy }) =>
      context.progress(`Planning${bestEnergy === null ? '' : ` (best ${bestEnergy})`}`, fraction),
  });
  const gap = feasible ? gapOf(objective, bound) : null;
  return { objective, sense: 'minimise', bound, gap, feasible, violations, terms, assignments, planText, details: {} };
}

function gapOf(objective: number | null, bound: number | null): number | null {
  return objective === null || bound === null ? null : Math.abs(objective - bound) / Math.max(1, Math.abs(objective));
}
