/**
 * `neighbourhood`: large neighbourhood search (`neighbourhood-search.ts`) with sub-problems of a stated size for any
 * solver, and a proof beside it: HiGHS runs in its worker for the same time, its bound goes into the answer, and the
 * search ends where the two meet. BQMs and CQMs with linear rows; bounded integers are searched in bits, all bits of one
 * together. What the sub-solver accepts decides the form: constraints as they are, or penalties (`sub-solver.ts`).
 *
 * Work: { neighbourhoods: 200, size: 80, boundNodes: 1 } and the sub-solver's own keys for one neighbourhood (swap-anneal:
 * { reads: 1, sweeps: 60 }). With only a time, as many neighbourhoods as it allows, and HiGHS has no limit of nodes.
 * With only a work budget the bound comes first, so that answers are the same to the bit.
 */
import { linearRowsRefusal, type Platform, type Problem, type SolveOptions, type Solver } from '@qurriculum/problems';
import { createHighsSolver } from '../exact/highs.ts';
import { linearisedColumns } from '../exact/linearise.ts';
import { defaultReads, readWork, requireSolvable, type SolveClock, startClock } from '../solve-clock.ts';
import { SOLVERS_VERSION } from '../version.ts';
import { type Certificate, startCertificate } from './certificate.ts';
import { searchNeighbourhoods } from './neighbourhood-search.ts';
import { sizeRefusal } from './size-limit.ts';
import { createSubSolver, kindWith, type SubSolver, type SubSolverName } from './sub-solver.ts';

const DEFAULT_WORK = { neighbourhoods: 200, size: 80, boundNodes: 1 };
/** Larger models than this have a bound of HiGHS's in no useful time, and setting them up would delay the search. */
const MOST_CERTIFIED_COLUMNS = 20_000;

export interface NeighbourhoodOptions {
  /** Default 'anneal'; a name, or any solver with its work for one neighbourhood. */
  readonly subSolver?: SubSolverName | SubSolver;
  /** 'anneal' (default) starts from two short annealing reads, 'greedy' leaves the sub-solver more to do. */
  readonly start?: 'anneal' | 'greedy';
  /** Whether HiGHS proves a bound beside the search. Default true. */
  readonly certify?: boolean;
}

/** Large neighbourhood search as a solver: 'neighbourhood', or 'neighbourhood-NAME' with another sub-solver. */
export function createNeighbourhoodSolver(platform: Platform, options: NeighbourhoodOptions = {}): Solver {
  const choice = options.subSolver ?? 'anneal';
  const subSolver = typeof choice === 'string' ? createSubSolver(platform, choice) : choice;
  const highs = options.certify === false ? null : createHighsSolver(platform);
  const solver: Solver = {
    name:
      options.subSolver === undefined
        ? 'neighbourhood'
        : `neighbourhood-${typeof choice === 'string' ? choice : choice.solver.name}`,
    version: SOLVERS_VERSION,
    kind: kindWith(subSolver),
    description: `Improves a good start in large pieces, solved by ${subSolver.solver.name}, while HiGHS proves how good it can get.`,
    refuses(problem) {
      return sizeRefusal(problem) ?? (problem.type === 'bqm' ? null : linearRowsRefusal(problem));
    },
    async solve(problem, solveOptions = {}) {
      requireSolvable(solver, problem, solveOptions);
      const clock = startClock(platform, solveOptions);
      const { neighbourhoods, size, boundNodes, ...subWork } = readWork(solver.name, solveOptions.work, {
        ...DEFAULT_WORK,
        ...subSolver.work,
        size: subSolver.size ?? DEFAULT_WORK.size,
        neighbourhoods: defaultReads(solveOptions, DEFAULT_WORK.neighbourhoods),
      });
      const certify =
        highs !== null && linearisedColumns(problem) <= MOST_CERTIFIED_COLUMNS && highs.refuses(problem) === null
          ? (initial: Int32Array) =>
              certifyBy(highs, problem, clock, { ...solveOptions, initial: [initial] }, boundNodes)
          : null;
      const plan = { subSolver, subWork, mayAnneal: options.start !== 'greedy', neighbourhoods, size, certify };
      return searchNeighbourhoods(problem, plan, solveOptions, clock);
    },
  };
  return solver;
}

/** Beside the search where there is a deadline; before it, to a number of nodes, where there is only work. */
async function certifyBy(
  highs: Solver,
  problem: Problem,
  clock: SolveClock,
  options: SolveOptions,
  nodes: number,
): Promise<Certificate> {
  const certificate = startCertificate(highs, problem, clock, options, options.work && { nodes });
  if (options.seconds === undefined) await certificate.done;
  return certificate;
}
