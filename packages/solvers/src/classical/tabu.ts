/**
 * `tabu`: one-flip tabu search (Glover, Lu & Hao 2010) from elite states that are relinked with each other
 * (elite-search.ts). For dense models: the couplings are kept as a matrix of contiguous rows, integers where they are whole.
 *
 * Work: { reads: 4, flips: 100000 }; a read has elite states of its own. With only a time there is one read that takes
 * all of it. `workDone` counts flips weighed as proposals: those of all variables for every flip made. Relinking weighs those
 * in which two states differ, which is counted alike: it makes a few flips in thousands.
 */
import { denseTabuSteps, type Steps } from '@qurriculum/kernels';
import type { BinaryQuadraticModel, Platform, Solver } from '@qurriculum/problems';
import { searchElites } from './elite-search.ts';
import { createSpinSolver, type SpinRead } from './spin-solver.ts';

/** The matrix of so many variables takes 50 MB in 16-bit integers, 200 MB in real numbers. */
const MOST_VARIABLES = 5000;

/** Tabu search for unconstrained models. */
export function createTabuSolver(platform: Platform): Solver {
  return createSpinSolver(platform, {
    name: 'tabu',
    kind: 'classical',
    description:
      'Tabu search: always the best single change, never straight back; strong where everything hangs together.',
    unit: 'flips',
    length: 100_000,
    timedLength: 2 ** 31 - 1,
    reads: 4,
    refuses: ({ linear }) =>
      linear.length > MOST_VARIABLES ? `at most ${MOST_VARIABLES} variables, this has ${linear.length}` : null,
    open: openTabu,
    // The best of all flips is taken.
    proposals: (variables) => variables,
  });
}

/** The rows that reads are made on. */
export function* openTabu(spin: BinaryQuadraticModel): Steps<(read: SpinRead) => Promise<readonly Int32Array[]>> {
  const tabu = yield* denseTabuSteps(spin);
  return (read) => searchElites(spin, tabu, read);
}
