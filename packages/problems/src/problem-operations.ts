/** The few questions that have one answer for both kinds of problem. */
import { bqmEnergy } from './bqm-operations.ts';
import { cqmEnergy, cqmViolations, type Violation } from './cqm-operations.ts';
import { ProblemError } from './errors.ts';
import type { Problem } from './solver.ts';

/** How many variables the problem has. */
export function variableCount(problem: Problem): number {
  return problem.variables.length;
}

/** Energy of the values, in float64 from the problem's own coefficients. */
export function problemEnergy(problem: Problem, values: ArrayLike<number>): number {
  return problem.type === 'bqm' ? bqmEnergy(problem, values) : cqmEnergy(problem, values);
}

/** The constraints that the values break; always empty for a BQM. */
export function problemViolations(problem: Problem, values: ArrayLike<number>): Violation[] {
  return problem.type === 'bqm' ? [] : cqmViolations(problem, values);
}

/**
 * Throws unless there is one value per variable and each is in its variable's domain (-1/+1, 0/1, integers in bounds).
 * @throws ProblemError BAD_SAMPLE
 */
export function requireSample(problem: Problem, values: ArrayLike<number>, where: string): void {
  const size = variableCount(problem);
  if (values.length !== size) {
    throw new ProblemError('BAD_SAMPLE', `${where}: expected ${size} values, got ${values.length}; pass one each.`);
  }
  for (let i = 0; i < size; i++) {
    if (inDomain(problem, i, values[i])) continue;
    const variable = problem.variables[i];
    const name = typeof variable === 'string' ? variable : variable.name;
    throw new ProblemError(
      'BAD_SAMPLE',
      `${where}: expected a value of "${name}" in its domain, got ${values[i]}; correct it.`,
    );
  }
}

function inDomain(problem: Problem, i: number, value: number): boolean {
  if (problem.type === 'bqm') return value === 1 || value === (problem.vartype === 'SPIN' ? -1 : 0);
  const { lower, upper } = problem.variables[i];
  return Number.isInteger(value) && value >= lower && value <= upper;
}
