/**
 * From the answers of a comparison to its figures. A problem that a contender did not take or left without a plan counts
 * with 0, the worth of an empty session, and a plan that breaks a rule with the part that keeps them, so that all are
 * judged on the same problems.
 */
import { addCosts, bootstrapMean, type Figure, proportionInterval } from '@qurriculum/evidence';
import { createRandom } from '@qurriculum/random';
import { gapOf } from '../planning/contend.ts';
import type { ComparisonView, SolverView } from '../resources/comparisons/schema.ts';
import type { Answer, ProblemOutcome } from './problem-task.ts';

/** As they are stored; the interval of the feasible share follows from the share and the points. */
export type SolverFigures = Omit<ComparisonView['solvers'][number], 'feasible'>;

/** Worth of each problem's plan, as it counts. */
export function countedWorth(problems: readonly ProblemOutcome[], at: number): Float64Array {
  return Float64Array.from(problems, ({ answers }) => answers[at].objective ?? 0);
}

/** The least upper bound that any contender proved on each problem; null where none did. */
export function bestBounds(problems: readonly ProblemOutcome[]): (number | null)[] {
  return problems.map(({ answers }) => {
    const proved = answers.flatMap(({ bound }) => bound ?? []);
    return proved.length === 0 ? null : Math.min(...proved);
  });
}

/** True when the contender made a plan for at least one problem. */
export function tookPart(problems: readonly ProblemOutcome[], at: number): boolean {
  return problems.some(({ answers }) => answers[at].objective !== null);
}

/** Figures of the contender at this place of the answers. At least two problems. */
export function figuresOf(
  contender: SolverView,
  at: number,
  problems: readonly ProblemOutcome[],
  seed: number,
): SolverFigures {
  const figure = (label: string, values: ArrayLike<number>): Figure =>
    bootstrapMean(values, createRandom(seed).fork('comparison', contender.name, label));
  const answers = problems.map((problem) => problem.answers[at]);
  const present = tookPart(problems, at);
  const counted = countedWorth(problems, at);
  const bounds = bestBounds(problems);
  const gaps = bounds.map((bound, k) => gapOf(counted[k], bound));
  const known = <T>(values: readonly (T | null)[]): T[] | null =>
    present && values.every((value) => value !== null) ? (values as T[]) : null;
  const [allBounds, allGaps] = [known(bounds), known(gaps)];
  const refusals = answers.flatMap(({ refused }) => refused ?? []);
  return {
    ...contender,
    objective: figure('objective', counted),
    bound: allBounds && figure('bound', allBounds),
    gap: allGaps && figure('gap', allGaps),
    feasibleShare:
      answers.filter((answer) => answer.objective !== null && answer.violations.length === 0).length / answers.length,
    wallSeconds: figure(
      'seconds',
      answers.map(({ cost }) => cost.wallSeconds),
    ),
    refused: refusals.length === 0 ? null : { count: refusals.length, reason: commonest(refusals) },
    points: present
      ? answers.map(({ cost }, k) => ({
          ...{ problem: k + 1, objective: counted[k], gap: gaps[k], seconds: cost.wallSeconds },
        }))
      : [],
  };
}

/** The figures as screens show them. */
export function withFeasible(figures: SolverFigures): ComparisonView['solvers'][number] {
  const problems = figures.points.length;
  const feasible = problems === 0 ? null : proportionInterval(Math.round(figures.feasibleShare * problems), problems);
  return { ...figures, feasible };
}

function commonest(reasons: readonly string[]): string {
  const counts = [...Map.groupBy(reasons, (reason) => reason)].map(([reason, all]) => ({ reason, count: all.length }));
  const [first] = counts.sort((a, b) => b.count - a.count);
  return counts.length === 1 ? first.reason : `for example ${first.reason}`;
}

/** Smallest, median and largest problem. */
export function sizes(problems: readonly ProblemOutcome[]): NonNullable<ComparisonView['variables']> {
  const sorted = problems.map(({ variables }) => variables).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { least: sorted[0], median, most: sorted[sorted.length - 1] };
}

/** What all problems together cost a contender. */
export const totalCost = (problems: readonly ProblemOutcome[], at: number): Answer['cost'] =>
  addCosts(problems.map(({ answers }) => answers[at].cost));
