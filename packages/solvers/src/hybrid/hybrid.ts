/**
 * `hybrid`: improves an assignment by solving small neighbourhoods, at most 16 variables each, with a quantum (or any
 * other) sub-solver: choose connected variables, clamp the rest, keep the best measured assignment that breaks no row
 * and lowers the energy. BQMs, and CQMs of binaries with linear rows.
 *
 * Work: { neighbourhoods: 60, qubits: 10 } and the sub-solver's own keys, for one neighbourhood; with QAOA
 * { layers: 2, shots: 64, iterations: 4 }. It starts from the best of `initial`, a greedy fill and two short
 * annealing reads. The answer is never worse than that; `info` says how much of it the sub-solver contributed.
 * `neighbourhood` is the same search with larger pieces, integers and a proof beside it.
 */
import { linearRowsRefusal, type Platform, type Problem, ProblemError, type Solver } from '@qurriculum/problems';
import { readWork, requireSolvable, startClock } from '../solve-clock.ts';
import { SOLVERS_VERSION } from '../version.ts';
import { searchNeighbourhoods } from './neighbourhood-search.ts';
import { sizeRefusal } from './size-limit.ts';
import { createSubSolver, kindWith, type SubSolver, type SubSolverName } from './sub-solver.ts';

/** 2^16 amplitudes: a neighbourhood still takes tens of milliseconds. */
const MOST_QUBITS = 16;
/** About 2 ms a neighbourhood of 10 with QAOA: all of it well under 300 ms. */
const DEFAULT_WORK = { neighbourhoods: 60, qubits: 10 };

export interface HybridOptions {
  /** 'qaoa' (default), one to compare it with, or any solver with its work for one neighbourhood. */
  readonly subSolver?: SubSolverName | SubSolver;
  /**
   * What it starts from when that is better than `initial`: 'anneal' (default), two short annealing reads, or 'greedy'
   * alone, which leaves the sub-solver more to do: for comparing sub-solvers.
   */
  readonly start?: 'anneal' | 'greedy';
}

/** The hybrid as a solver: 'hybrid' with QAOA, 'hybrid-NAME' with another sub-solver. */
export function createHybridSolver(platform: Platform, options: HybridOptions = {}): Solver {
  const choice = options.subSolver ?? 'qaoa';
  const subSolver = typeof choice === 'string' ? createSubSolver(platform, choice) : choice;
  const solver: Solver = {
    name: choice === 'qaoa' ? 'hybrid' : `hybrid-${typeof choice === 'string' ? choice : choice.solver.name}`,
    version: SOLVERS_VERSION,
    kind: kindWith(subSolver),
    description: `Improves a good start piece by piece; ${subSolver.solver.name} solves the pieces.`,
    refuses: refusal,
    async solve(problem, solveOptions = {}) {
      requireSolvable(solver, problem, solveOptions);
      const work = readWork(solver.name, solveOptions.work, { ...DEFAULT_WORK, ...subSolver.work });
      if (work.qubits > MOST_QUBITS) {
        throw new ProblemError(
          'BAD_SIZE',
          `${solver.name}: expected at most ${MOST_QUBITS} qubits a neighbourhood, got ${work.qubits}; lower it.`,
        );
      }
      const { neighbourhoods, qubits, ...subWork } = work;
      return searchNeighbourhoods(
        problem,
        { subSolver, subWork, mayAnneal: options.start !== 'greedy', neighbourhoods, size: qubits, certify: null },
        solveOptions,
        startClock(platform, solveOptions),
      );
    },
  };
  return solver;
}

function refusal(problem: Problem): string | null {
  const size = sizeRefusal(problem);
  if (size !== null) return size;
  if (problem.type === 'bqm') return null;
  const other = problem.variables.find((variable) => variable.kind !== 'BINARY');
  return other ? `binary variables only, "${other.name}" is an integer` : linearRowsRefusal(problem);
}
