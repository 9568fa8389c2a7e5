/** Solvers that are loaded before their time counts: loading and compiling is not answering. */
import { binary, createBqm, createCqm, type Problem, type Solver } from '@qurriculum/problems';

const tiny: Readonly<Record<Problem['type'], Problem>> = {
  cqm: createCqm({ variables: [binary('a'), binary('b')], linear: [1, -1] }),
  bqm: createBqm({ variables: 2, vartype: 'SPIN', quadratic: [[0, 1, 1]] }),
};

/** Solvers and kinds of problem that are warm in this thread. */
const warm = new Set<string>();
const kinds: readonly Problem['type'][] = ['bqm', 'cqm'];

/** Has the solver answer a tiny problem of the kind, once a thread. Never one elsewhere: that would be a job, and cost. */
export async function warmUp(solver: Solver, kind: Problem['type']): Promise<void> {
  const key = `${solver.name} ${kind}`;
  if (solver.configuration !== undefined || warm.has(key)) return;
  warm.add(key);
  // What goes wrong here goes wrong again where it counts, and is told there.
  await solver.solve(tiny[kind]).catch(() => {});
}

/** After a solve that ran out of time: a worker may have been stopped for it, and is loaded again next time. */
export function coolDown(solver: Solver): void {
  for (const kind of kinds) warm.delete(`${solver.name} ${kind}`);
}
