/**
 * `swap-anneal`: annealing of constrained models inside the feasible set (`cqm-anneal.ts`) as a Solver.
 *
 * Work: { reads: 16, sweeps: 400 }; with only a time, as many reads as it allows, every other one of 100 sweeps. A
 * deadline cuts the same sequence.
 */
import { createSamplePool, type Platform, type SolveOptions, type Solver, sampleSetOf } from '@qurriculum/problems';
import { KEPT_SAMPLES } from '../kept-samples.ts';
import {
  defaultReads,
  inTurns,
  inTurnsUntilOver,
  onlyTimeGiven,
  readWork,
  requireSolvable,
  startClock,
} from '../solve-clock.ts';
import { SOLVERS_VERSION } from '../version.ts';
import { cqmAnnealRefusal, createCqmAnnealerSteps } from './cqm-anneal.ts';

const DEFAULT_WORK = { reads: 16, sweeps: 400 };
/**
 * Sweeps of the reads where only a time is given, in turns: at equal time short reads were better on covers and knapsacks
 * (200 columns: 590 against 598, 100 columns: -4309 against -4303), the longer ones on session plans.
 */
const READ_LENGTHS = [100, 400];

/** The annealer for constrained models as a solver. */
export function createSwapAnnealSolver(platform: Platform): Solver {
  const solver: Solver = {
    name: 'swap-anneal',
    version: SOLVERS_VERSION,
    kind: 'classical',
    description: 'Simulated annealing that keeps every constraint while it swaps choices.',
    refuses: (problem) =>
      problem.type === 'bqm' ? 'constrained models only, this is a BQM; use anneal' : cqmAnnealRefusal(problem),
    async solve(problem, options: SolveOptions = {}) {
      requireSolvable(solver, problem, options);
      if (problem.type === 'bqm') throw new TypeError('swap-anneal: expected a CQM, got a BQM; use anneal.');
      const clock = startClock(platform, options);
      const { reads, sweeps } = readWork(solver.name, options.work, {
        ...DEFAULT_WORK,
        reads: defaultReads(options, DEFAULT_WORK.reads),
      });
      const annealer = await inTurns(createCqmAnnealerSteps(problem), clock, options);
      const pool = createSamplePool(problem, KEPT_SAMPLES);
      let best: number | null = null;
      const endless = onlyTimeGiven(options);
      let done = 0;
      let cut = false;
      for (let read = 0; read < reads && !cut; read++) {
        const length = endless ? READ_LENGTHS[read % READ_LENGTHS.length] : sweeps;
        const begin = annealer.beginSteps(options.seed ?? 0, read, options.initial?.[read]);
        if (read === 0) await inTurns(begin, clock, options);
        else if ((await inTurnsUntilOver(begin, clock)) === null) {
          cut = true;
          break;
        }
        for (let sweep = 0; sweep < length && !cut; sweep++) {
          for (const _ of annealer.sweepSteps(sweep / Math.max(1, length - 1))) {
            cut = await clock.turn(done / (reads * sweeps), best);
            if (cut) break;
          }
          const energy = annealer.bestEnergy();
          if (energy !== null && (best === null || energy < best)) best = energy;
          if (cut) break;
          done++;
          cut = (await clock.turn(done / (reads * sweeps), best)) && done < reads * sweeps;
        }
        if (!cut) cut = (await inTurnsUntilOver(annealer.finishSteps(), clock)) === null && done < reads * sweeps;
        pool.add(annealer.result().values);
      }
      return sampleSetOf(pool.samples(), {
        stoppedEarly: cut,
        workDone: { reads: pool.count(), sweeps: done, proposals: done * annealer.proposalsPerSweep },
        cost: clock.cost(),
      });
    },
  };
  return solver;
}
