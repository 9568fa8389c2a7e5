/** `solve --list`: every solver, its kind, what it accepts and whether it can be used as things are. */
import { binary, createBqm, createCqm, integer, type Problem, type Solver } from '@qurriculum/problems';
import type { CommandResult } from '../command.ts';

/** The smallest problem of each kind: what a solver accepts is asked of the solver, not written down twice. */
const KINDS: readonly (readonly [string, Problem])[] = [
  ['BQM', createBqm({ vartype: 'BINARY', variables: 1 })],
  [
    'assignment CQM',
    createCqm({ variables: [binary('x')], constraints: [{ name: 'one', terms: [['x', 1]], sense: '==', rhs: 1 }] }),
  ],
  ['binary CQM', createCqm({ variables: [binary('x'), binary('y')], quadratic: [['x', 'y', 1]] })],
  [
    'CQM with products in rows',
    createCqm({
      variables: [binary('x'), binary('y')],
      constraints: [{ name: 'not both', terms: [], quadratic: [['x', 'y', 1]], sense: '==', rhs: 0 }],
    }),
  ],
  ['integer CQM', createCqm({ variables: [integer('n', 0, 3)] })],
];

/** The list as JSON and as text. */
export function listSolvers(solvers: ReadonlyMap<string, Solver>): CommandResult {
  const rows = Array.from(solvers.values(), (solver) => ({
    name: solver.name,
    kind: solver.kind,
    version: solver.version,
    accepts: KINDS.filter(([, problem]) => solver.refuses(problem) === null).map(([kind]) => kind),
    configured: solver.configuration?.configured ?? true,
    missing: solver.configuration?.missing ?? [],
    description: solver.description,
  }));
  const lines = rows.map(({ name, kind, accepts, configured, missing, description }) => {
    const state = configured ? 'configured' : `not configured: ${missing.join(', ')} missing`;
    return `${name.padEnd(16)} ${kind.padEnd(18)} ${state.padEnd(15)} ${accepts.join(', ')}\n  ${description}`;
  });
  return { json: { solvers: rows }, text: lines.join('\n') };
}
