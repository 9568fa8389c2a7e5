/** All solvers by name: what commands, servers and comparisons choose from. */
import { type Platform, ProblemError, type Solver } from '@qurriculum/problems';
import { createAnnealSolver } from '../classical/anneal.ts';
import { createBifurcateSolver } from '../classical/bifurcate.ts';
import { createAssignSolver } from '../classical/cqm-assign.ts';
import { createSqaSolver } from '../classical/sqa.ts';
import { createSwapAnnealSolver } from '../classical/swap-anneal.ts';
import { createTabuSolver } from '../classical/tabu.ts';
import { createTemperSolver } from '../classical/temper.ts';
import { createExhaustiveSolver } from '../exact/exhaustive.ts';
import { createHighsSolver } from '../exact/highs.ts';
import { createHybridSolver } from '../hybrid/hybrid.ts';
import { createNeighbourhoodSolver } from '../hybrid/neighbourhood-solver.ts';
import { createQaoaSolver } from '../quantum/qaoa.ts';
import { createRecursiveQaoaSolver } from '../quantum/recursive-qaoa.ts';
import { createDWaveHybridBqmSolver, createDWaveHybridCqmSolver } from '../remote/dwave/dwave-hybrid.ts';
import { createDWaveQpuSolver } from '../remote/dwave/dwave-qpu.ts';
import { type BraketDevice, createBraketSolver } from '../remote/gate/braket.ts';
import { createIbmSolver } from '../remote/gate/ibm.ts';
import { createIonQSolver } from '../remote/gate/ionq.ts';
import type { RemoteOptions } from '../remote/remote-solver.ts';
import { createAutoSolver } from './auto.ts';

/** What holds for all remote solvers, and the machine of Amazon Braket where there is one (see `platform/braket-node`). */
export interface RemoteSolverOptions extends RemoteOptions {
  readonly braket?: BraketDevice;
}

/** Name to solver, in the order in which they are shown. */
export type Solvers = ReadonlyMap<string, Solver>;

/**
 * The solvers of this package, and those that a decision brings along (native moves under the same contract). Remote
 * solvers are always listed; without credentials in the environment they refuse every problem and their `configuration`
 * says what is missing. Without `remote` limits they send nothing that costs.
 * @throws ProblemError BAD_VARIABLE when two have one name.
 */
export function createSolvers(
  platform: Platform,
  others: readonly Solver[] = [],
  remote: RemoteSolverOptions = {},
): Solvers {
  const solvers = new Map<string, Solver>();
  const own = [
    createAutoSolver,
    createHighsSolver,
    createExhaustiveSolver,
    createAnnealSolver,
    createTemperSolver,
    createTabuSolver,
    createBifurcateSolver,
    createSqaSolver,
    createSwapAnnealSolver,
    createAssignSolver,
    createQaoaSolver,
    createRecursiveQaoaSolver,
    createHybridSolver,
    createNeighbourhoodSolver,
  ].map((create) => create(platform));
  const elsewhere = [
    createDWaveQpuSolver,
    createDWaveHybridBqmSolver,
    createDWaveHybridCqmSolver,
    createIonQSolver,
    createIbmSolver,
  ].map((create) => create(platform, remote));
  if (remote.braket) elsewhere.push(createBraketSolver(platform, { ...remote.braket, ...remote }));
  for (const solver of [...own, ...elsewhere, ...others]) {
    if (solvers.has(solver.name)) {
      throw new ProblemError(
        'BAD_VARIABLE',
        `createSolvers: expected different names, got "${solver.name}" twice; rename one of the solvers.`,
      );
    }
    solvers.set(solver.name, solver);
  }
  return solvers;
}

/** The solver of a name. @throws ProblemError BAD_VARIABLE that lists the known ones. */
export function pickSolver(solvers: Solvers, name: string): Solver {
  const solver = solvers.get(name);
  if (!solver) {
    const known = [...solvers.keys()].join(', ');
    throw new ProblemError('BAD_VARIABLE', `pickSolver: expected one of ${known}, got "${name}"; choose one of them.`);
  }
  return solver;
}
