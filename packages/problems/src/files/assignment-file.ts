/**
 * Generalised assignment files in the OR-Library layout (Chu and Beasley 1997, after Martello and Toth 1990): "m n", then
 * m rows of n costs, m rows of n weights and m capacities; white space separates, line ends mean nothing.
 *
 *   minimise sum c_aj x_aj   subject to   sum_a x_aj = 1 for every job j,   sum_j w_aj x_aj <= b_a for every agent a
 */
import { binary, type ConstrainedQuadraticModel, createCqm } from '../cqm.ts';
import { ProblemError } from '../errors.ts';
import { fileError, readNumber, readWhole, type Token, tokensOf } from './lines.ts';
import type { ProblemFile } from './problem-file.ts';

/** More would not fit into any solver here; a header beyond it is no header. */
const MOST_VARIABLES = 2 ** 22;

/**
 * Reads an assignment instance: a binary "job J by agent A" per pair (jobs in order, each with all its agents), a row per
 * job and one per agent. @throws ProblemError BAD_FILE with line and column.
 */
export function readAssignment(text: string, name = 'assignment file'): ProblemFile {
  const lines = text.split(/\r\n|\n|\r/);
  const next = tokenReader(lines, name);
  const header = next('the number of agents');
  const agents = readWhole(name, header.line, header.token, 1, MOST_VARIABLES, 'the number of agents');
  const second = next('the number of jobs');
  const jobs = readWhole(name, second.line, second.token, 1, Math.floor(MOST_VARIABLES / agents), 'the number of jobs');
  const table = (what: string): Float64Array[] =>
    Array.from({ length: agents }, (_, a) =>
      Float64Array.from({ length: jobs }, (_, j) => {
        const { token, line } = next(`${what} of job ${j + 1} by agent ${a + 1}`);
        return readNumber(name, line, token);
      }),
    );
  const costs = table('the cost');
  const weights = table('the weight');
  const capacities = Array.from({ length: agents }, (_, a) => {
    const { token, line } = next(`the capacity of agent ${a + 1}`);
    return readNumber(name, line, token);
  });
  next(null);
  const problem = assignmentModel(costs, weights, capacities);
  return { format: 'gap', problem, sense: 'minimise', objectiveName: 'cost', objectiveOf: (energy) => energy };
}

/**
 * The file of a model with the rows and variables of `assignmentModel`, in its order; names and offset are not kept.
 * @throws ProblemError BAD_CONSTRAINT for any other model.
 */
export function writeAssignment(cqm: ConstrainedQuadraticModel): string {
  const jobs = cqm.constraints.filter(({ sense }) => sense === '==').length;
  const agents = cqm.constraints.length - jobs;
  const cell = (j: number, a: number): number => j * agents + a;
  const range = (length: number): number[] => Array.from({ length }, (_, i) => i);
  const weights = range(agents).map((a) => {
    const row = cqm.constraints[jobs + a];
    const weightOf = new Map(Array.from(row.variables, (i, k) => [i, row.coefficients[k]]));
    return range(jobs).map((j) => weightOf.get(cell(j, a)) ?? 0);
  });
  const costs = range(agents).map((a) => range(jobs).map((j) => cqm.linear[cell(j, a)]));
  const capacities = range(agents).map((a) => cqm.constraints[jobs + a].rhs);
  const isComplete = jobs > 0 && agents > 0 && cqm.linear.length === jobs * agents && cqm.offset === 0;
  if (!isComplete || !sameRows(cqm, assignmentModel(costs, weights, capacities))) {
    throw new ProblemError(
      'BAD_CONSTRAINT',
      'writeAssignment: expected a row "exactly one agent" per job and a capacity per agent, got another model; ' +
        'write it as .lp.',
    );
  }
  const lines = [[agents, jobs], ...costs, ...weights, capacities].map((line) => line.join(' '));
  return `${lines.join('\n')}\n`;
}

function sameRows(cqm: ConstrainedQuadraticModel, other: ConstrainedQuadraticModel): boolean {
  const plain = ({ linear, quadratic, constraints, variables }: ConstrainedQuadraticModel): string =>
    JSON.stringify([
      variables.map(({ kind }) => kind),
      Array.from(linear),
      quadratic.first.length,
      constraints.map((row) => [
        ...[Array.from(row.variables), Array.from(row.coefficients), row.sense, row.rhs],
        row.quadratic?.first.length ?? 0,
      ]),
    ]);
  return plain(cqm) === plain(other);
}

/** Costs and weights by agent and job, capacities by agent, as a constrained model. */
export function assignmentModel(
  costs: readonly ArrayLike<number>[],
  weights: readonly ArrayLike<number>[],
  capacities: readonly number[],
): ConstrainedQuadraticModel {
  const agents = capacities.length;
  const jobs = costs[0]?.length ?? 0;
  const cell = (j: number, a: number): number => j * agents + a;
  const range = (length: number): number[] => Array.from({ length }, (_, i) => i);
  return createCqm({
    variables: range(jobs * agents).map((k) =>
      binary(`job ${Math.floor(k / agents) + 1} by agent ${(k % agents) + 1}`),
    ),
    linear: range(jobs * agents).map((k) => costs[k % agents][Math.floor(k / agents)]),
    constraints: [
      ...range(jobs).map((j) => ({
        name: `job ${j + 1} by exactly one agent`,
        terms: range(agents).map((a) => [cell(j, a), 1] as const),
        sense: '==' as const,
        rhs: 1,
      })),
      ...range(agents).map((a) => ({
        name: `agent ${a + 1}: at most ${capacities[a]}`,
        terms: range(jobs).map((j) => [cell(j, a), weights[a][j]] as const),
        sense: '<=' as const,
        rhs: capacities[a],
      })),
    ],
  });
}

/** Hands out one token after the other, whatever the lines; asked for null, it must be at the end. */
function tokenReader(lines: readonly string[], name: string) {
  let at = 0;
  let tokens: Token[] = [];
  let k = 0;
  return (what: string | null): { token: Token; line: number } => {
    while (k >= tokens.length && at < lines.length) {
      tokens = tokensOf(lines[at++]);
      k = 0;
    }
    const ended = k >= tokens.length;
    if (what !== null && ended) {
      throw fileError(name, Math.max(1, lines.length), 1, what, 'the end of the file', 'the file may be cut off');
    }
    if (what === null && !ended) {
      throw fileError(
        name,
        at,
        tokens[k].column,
        'the end after the capacities',
        'more',
        'correct the counts in line 1',
      );
    }
    return { token: tokens[k++], line: at };
  };
}
