/**
 * `uniform`: assignments drawn by fair coins. Nobody should solve anything with it; it is the control that shows what a
 * sampler's shots are worth without the sampler.
 *
 * Work: { shots: 1024 }.
 */
import { createSampleSet, type Platform, type Solver } from '@qurriculum/problems';
import { createRandom, mixSeed } from '@qurriculum/random';
import { readWork, requireSolvable, startClock } from '../solve-clock.ts';
import { SOLVERS_VERSION } from '../version.ts';

/** Draws between two looks at the clock. */
const SLICE = 256;

export function createUniformSolver(platform: Platform): Solver {
  const solver: Solver = {
    name: 'uniform',
    version: SOLVERS_VERSION,
    kind: 'classical',
    description: 'Draws assignments by chance: a control for other solvers.',
    refuses(problem) {
      if (problem.variables.length === 0) return 'at least 1 variable, this has none';
      if (problem.type === 'bqm') return null;
      const other = problem.variables.find((variable) => variable.kind !== 'BINARY');
      return other ? `binary variables only, "${other.name}" is an integer` : null;
    },
    async solve(problem, options = {}) {
      requireSolvable(solver, problem, options);
      const { shots } = readWork(solver.name, options.work, { shots: 1024 });
      const clock = startClock(platform, options);
      const random = createRandom(mixSeed(options.seed ?? 0, 'uniform'));
      const zero = problem.type === 'bqm' && problem.vartype === 'SPIN' ? -1 : 0;
      const size = problem.variables.length;
      const drawn: Int32Array[] = [];
      let over = false;
      while (drawn.length < shots && !over) {
        const end = Math.min(shots, drawn.length + SLICE);
        while (drawn.length < end) {
          drawn.push(Int32Array.from({ length: size }, () => (random.nextUint32() >>> 31 === 1 ? 1 : zero)));
        }
        over = await clock.turn(drawn.length / shots, null);
      }
      const stoppedEarly = drawn.length < shots;
      const workDone = { shots: drawn.length };
      return createSampleSet(problem, drawn, { stoppedEarly, workDone, cost: clock.cost() });
    },
  };
  return solver;
}
