/**
 * How long a hybrid solver may run: the least time that it accepts for a model (dwave-system,
 * `LeapHybridSampler.min_time_limit` and `LeapHybridCQMSampler.min_time_limit`), and the time that a caller's budget gives.
 */
import {
  type BinaryQuadraticModel,
  type ConstrainedQuadraticModel,
  countBiases,
  type Problem,
  type SolveOptions,
} from '@qurriculum/problems';
import { readWork } from '../../solve-clock.ts';
import { RemoteError } from '../remote-error.ts';
import { type Fields, listField, numbersOf, optionalNumber } from '../response-fields.ts';

/** Used where the solver's description names none (dwave-system, the same method). */
const USUAL_VARIABLE_SECONDS = 1.57e-4;
const USUAL_BIAS_SECONDS = 4.65e-6;
const USUAL_CONSTRAINT_SECONDS = 6.44e-9;
const SECONDS_PER_HOUR = 3600;

/** The share of the caller's seconds that the solver gets: the rest is for upload, queue and answer. */
const SOLVER_SHARE = 0.5;

/** Least time limit in seconds that the solver takes for the problem. @throws RemoteError BAD_RESPONSE */
export function leastSeconds(problem: Problem, properties: Fields): number {
  return problem.type === 'bqm' ? leastForBqm(problem, properties) : leastForCqm(problem, properties);
}

/** Linear between the pairs [variables, seconds] of the description, level outside them. */
function leastForBqm({ linear }: BinaryQuadraticModel, properties: Fields): number {
  const where = 'D-Wave solver minimum_time_limit';
  const pairs = listField(properties, 'minimum_time_limit', 'D-Wave solver').map((pair) => numbersOf(pair, where));
  const size = linear.length;
  const above = pairs.findIndex(([variables]) => variables >= size);
  if (pairs.length === 0) return 0;
  if (above === 0) return pairs[0][1];
  if (above < 0) return pairs[pairs.length - 1][1];
  const [[x0, y0], [x1, y1]] = [pairs[above - 1], pairs[above]];
  return y0 + ((size - x0) / (x1 - x0)) * (y1 - y0);
}

/** max(minimum, a variables + b biases + c variables constraints). */
function leastForCqm(model: ConstrainedQuadraticModel, properties: Fields): number {
  const factor = (name: string, usual: number): number => optionalNumber(properties, name) ?? usual;
  const size = model.variables.length;
  const byModel =
    factor('num_variables_multiplier', USUAL_VARIABLE_SECONDS) * size +
    factor('num_biases_multiplier', USUAL_BIAS_SECONDS) * countBiases(model) +
    factor('num_constraints_multiplier', USUAL_CONSTRAINT_SECONDS) * size * model.constraints.length;
  return Math.max(byModel, factor('minimum_time_limit_s', 0));
}

/**
 * Work { seconds } is the time limit itself. Without it: half of the caller's seconds, at least what the solver demands,
 * and exactly that where the caller gives no time. @throws RemoteError DOES_NOT_FIT when the least is more than is given.
 */
export function timeLimit(solver: string, problem: Problem, properties: Fields, options: SolveOptions): number {
  const least = leastSeconds(problem, properties);
  const most = (optionalNumber(properties, 'maximum_time_limit_hrs') ?? Number.POSITIVE_INFINITY) * SECONDS_PER_HOUR;
  const given = options.work === undefined ? undefined : readWork(solver, options.work, { seconds: 1 }).seconds;
  const wanted = given ?? Math.max(least, SOLVER_SHARE * (options.seconds ?? 0));
  if (wanted >= least && wanted <= (options.seconds ?? Number.POSITIVE_INFINITY)) return Math.min(wanted, most);
  throw new RemoteError(
    'DOES_NOT_FIT',
    `${solver}: expected time for a run of at least ${least.toFixed(1)} s, got work of ${given ?? 'no'} seconds within ` +
      `${options.seconds ?? 'any'} s; allow more time.`,
  );
}

/** Refuses what the solver's description excludes by its size. @throws RemoteError DOES_NOT_FIT */
export function requireSize(solver: string, problem: Problem, properties: Fields): void {
  const constrained = problem.type === 'cqm';
  const counts: readonly (readonly [string, string, number])[] = [
    ['variables', 'maximum_number_of_variables', problem.variables.length],
    ['constraints', 'maximum_number_of_constraints', constrained ? problem.constraints.length : 0],
    [
      'biases',
      'maximum_number_of_biases',
      constrained ? countBiases(problem) : problem.linear.length + problem.bias.length / 2,
    ],
  ];
  for (const [what, property, count] of counts) {
    const most = optionalNumber(properties, property) ?? Number.POSITIVE_INFINITY;
    if (count <= most) continue;
    const text = `${solver}: expected at most ${most} ${what}, got ${count}; make the problem smaller.`;
    throw new RemoteError('DOES_NOT_FIT', text);
  }
}
