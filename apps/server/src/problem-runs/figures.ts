/**
 * From the solves of a run to its figures, solver by solver: best, gap to the bound and to the target, when the best came,
 * time to solution, what was broken, what it cost. Objectives are the file's own.
 */
import {
  addCosts,
  bestObjective,
  optimalTimeToSolution,
  type RunCost,
  type Sense,
  secondsToReach,
  type TimeToSolution,
} from '@qurriculum/evidence';
import type { SolveOutcome } from './solve-task.ts';

/** A solve that has ended, as its record tells. */
export type EndedSolve = Pick<
  SolveOutcome,
  'objective' | 'feasible' | 'violations' | 'bound' | 'bestAtSeconds' | 'trace' | 'failed' | 'cost'
> & { readonly solver: string };

export interface Target {
  readonly objective: number;
  readonly from: 'typed in' | 'the best of these solves';
}

export interface ProvenBound {
  readonly objective: number;
  readonly solver: string;
}

export interface ProblemSolverFigures {
  readonly solver: string;
  /** Solves that have ended, and how many of them have no answer. */
  readonly ended: number;
  readonly failed: number;
  /** The words of the first failure. */
  readonly failure: string | null;
  /** Best objective of an answer that keeps every constraint. */
  readonly best: number | null;
  /** Distance to the proven bound, as a share of it. */
  readonly gap: number | null;
  /** Distance to the target, as a share of it; negative: beyond it. */
  readonly behindTarget: number | null;
  /** When the best came: median over the solves that found an answer. */
  readonly bestAtSeconds: number | null;
  readonly timeToSolution: TimeToSolution | null;
  /** Of the best answer where it breaks constraints: no answer of this solver keeps them all. */
  readonly violations: readonly { readonly name: string; readonly amount: number }[];
  /** All its solves together. */
  readonly cost: RunCost;
}

export interface ProblemRunFigures {
  readonly target: Target | null;
  /** The tightest that any solver proved. */
  readonly bound: ProvenBound | null;
  readonly solvers: readonly ProblemSolverFigures[];
}

/** Figures of the solvers, in their order, from the solves that have ended. */
export function figuresOfRun(
  solvers: readonly string[],
  ended: readonly EndedSolve[],
  question: { readonly sense: Sense; readonly seconds: number; readonly typedTarget: number | null },
): ProblemRunFigures {
  const { sense, typedTarget } = question;
  const valid = ended.flatMap(({ objective, feasible }) => (objective !== null && feasible ? [objective] : []));
  const best = bestObjective(valid, sense);
  const target: Target | null =
    typedTarget !== null
      ? { objective: typedTarget, from: 'typed in' }
      : best === null
        ? null
        : { objective: best, from: 'the best of these solves' };
  const bound = tightest(ended, sense);
  const own = (name: string): EndedSolve[] => ended.filter(({ solver }) => solver === name);
  return {
    target,
    bound,
    solvers: solvers.map((name) => figuresOfSolver(name, own(name), { ...question, target, bound })),
  };
}

function tightest(ended: readonly EndedSolve[], sense: Sense): ProvenBound | null {
  let found: ProvenBound | null = null;
  for (const { bound, solver } of ended) {
    if (bound === null) continue;
    if (found === null || (sense === 'maximise' ? bound < found.objective : bound > found.objective)) {
      found = { objective: bound, solver };
    }
  }
  return found;
}

interface Measure {
  readonly sense: Sense;
  readonly seconds: number;
  readonly target: Target | null;
  readonly bound: ProvenBound | null;
}

function figuresOfSolver(
  solver: string,
  solves: readonly EndedSolve[],
  { sense, seconds, target, bound }: Measure,
): ProblemSolverFigures {
  const valid = solves.filter(({ objective, feasible }) => objective !== null && feasible);
  const best = bestObjective(
    valid.flatMap(({ objective }) => objective ?? []),
    sense,
  );
  const failures = solves.flatMap(({ failed }) => failed ?? []);
  const times = valid.flatMap(({ bestAtSeconds }) => bestAtSeconds ?? []);
  return {
    ...{ solver, ended: solves.length, failed: failures.length, failure: failures.at(0) ?? null, best },
    gap: shareOf(best, bound?.objective ?? null, sense),
    behindTarget: shareOf(best, target?.objective ?? null, sense),
    bestAtSeconds: median(times),
    timeToSolution: timeOf(solves, seconds, target, sense),
    violations: valid.length > 0 ? [] : (solves.find(({ violations }) => violations.length > 0)?.violations ?? []),
    cost: addCosts(solves.map(({ cost }) => cost)),
  };
}

/** How far an objective falls short of a mark, as a share of the mark; of 1 where the mark is smaller. */
function shareOf(objective: number | null, mark: number | null, sense: Sense): number | null {
  if (objective === null || mark === null) return null;
  const short = sense === 'maximise' ? mark - objective : objective - mark;
  return short / Math.max(1, Math.abs(mark));
}

function timeOf(
  solves: readonly EndedSolve[],
  seconds: number,
  target: Target | null,
  sense: Sense,
): TimeToSolution | null {
  if (target === null || solves.length === 0) return null;
  const reachedAt = solves.map(({ trace }) => secondsToReach(trace, target.objective, sense));
  // A solver may end a little after its time; what it found then counts at that later time.
  const longest = Math.max(seconds, ...reachedAt.flatMap((each) => each ?? []));
  return optimalTimeToSolution(reachedAt, longest);
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}
