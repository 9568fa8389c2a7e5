/**
 * A bound proved by HiGHS while something else searches: branch and cut in its worker, whose bound is heard as it rises.
 * Where all coefficients of the objective are whole, so is the optimum, and the bound is rounded up.
 */
import type { Problem, SampleSet, SolveOptions, Solver } from '@qurriculum/problems';
import type { SolveClock } from '../solve-clock.ts';

export interface Certificate {
  /** The best bound so far; null before there is one. */
  bound(): number | null;
  /** Ends HiGHS and answers with what it has; null where it has nothing. */
  conclude(): Promise<SampleSet | null>;
  /** Resolves when HiGHS has ended by itself. */
  readonly done: Promise<void>;
}

/** Rounding in HiGHS's sums that a bound may be off by before it is rounded up. */
const ROUNDING = 1e-6;

/** Starts HiGHS beside the caller. `work` bounds its nodes; the clock's deadline bounds its time. */
export function startCertificate(
  highs: Solver,
  problem: Problem,
  clock: SolveClock,
  { seed, signal, initial }: SolveOptions,
  work: Readonly<Record<string, number>> | undefined,
): Certificate {
  const stop = new AbortController();
  const whole = hasWholeObjective(problem);
  const round = (bound: number): number => (whole ? Math.ceil(bound - ROUNDING) : bound);
  let bound: number | null = null;
  let result: SampleSet | null = null;
  const hear = (value: number | null | undefined): void => {
    if (value === null || value === undefined || !Number.isFinite(value)) return;
    bound = Math.max(bound ?? Number.NEGATIVE_INFINITY, round(value));
  };
  const left = clock.left();
  const done = highs
    .solve(problem, {
      ...(left === Number.POSITIVE_INFINITY ? {} : { seconds: Math.max(1e-3, left) }),
      ...(work ? { work } : {}),
      seed,
      initial,
      signal: signal ? AbortSignal.any([stop.signal, signal]) : stop.signal,
      onProgress: ({ lowerBound }) => hear(lowerBound),
    })
    .then(
      (set) => {
        result = set;
        hear(set.lowerBound);
      },
      // Stopped with nothing in hand, or out of memory: the search goes on with the bound that there is.
      () => {},
    );
  return {
    bound: () => bound,
    done,
    async conclude() {
      stop.abort(new Error('neighbourhood: the search has ended'));
      await done;
      return result;
    },
  };
}

function hasWholeObjective(problem: Problem): boolean {
  const pairs = problem.type === 'bqm' ? problem.bias : problem.quadratic.coefficient;
  return (
    Number.isInteger(problem.offset) &&
    problem.linear.every((value) => Number.isInteger(value)) &&
    pairs.every((value) => Number.isInteger(value))
  );
}
