/**
 * The engine as a solver of a schedule's model, under the contract that every solver keeps: champion and challengers take the
 * same problem. It knows the schedule behind the model, and so refuses every other problem.
 */
import {
  createSampleSet,
  type Problem,
  ProblemError,
  requireSample,
  type SampleSet,
  type SolveOptions,
  type Solver,
  ZERO_COST,
} from '@qurriculum/problems';
import { solveModel } from '../engine/solve.ts';
import type { ScheduleFormulation } from './formulate.ts';

/** Clocks that a library may not take for itself. */
export interface NativeClock {
  now(): number;
  cpuSeconds(): number | null;
}

/** Work: `chains` (default 2,000 per request). */
export function createScheduleSolver(formulation: ScheduleFormulation, clock: NativeClock, exact?: Solver): Solver {
  const { problem: own, compiled, valuesOf, choiceOf, isExact } = formulation;
  // What is proved is proved of the plan's objective.
  const lowerBoundOf = (bound: number): number | null => (isExact && Number.isFinite(bound) ? -bound : null);
  const refuses = (problem: Problem): string | null =>
    problem === own ? null : 'only the model of the schedule that it was made for';
  return {
    ...{ name: 'schedule', version: '1.0.0', kind: 'classical', refuses },
    description: 'Ejection chains guided by prices, made for tutoring schedules; proves a bound.',
    async solve(problem, options = {}): Promise<SampleSet> {
      requireOptions(problem, refuses(problem), options);
      options.signal?.throwIfAborted();
      const [started, cpuStarted] = [clock.now(), clock.cpuSeconds()];
      const [initial] = options.initial ?? [];
      const found = await solveModel(compiled.model, {
        ...{ seconds: options.seconds, work: options.work?.['chains'], seed: options.seed, signal: options.signal },
        ...{ onSlice: options.onSlice, exact, initial: initial && choiceOf(initial) },
        onProgress: ({ fraction, objective, bound }) =>
          options.onProgress?.({
            fraction,
            bestEnergy: isExact ? -objective : null,
            lowerBound: lowerBoundOf(bound),
          }),
      });
      const wallSeconds = clock.now() - started;
      const cpu = clock.cpuSeconds();
      const cpuSeconds = cpu === null || cpuStarted === null ? wallSeconds : cpu - cpuStarted;
      return createSampleSet(problem, [valuesOf(found.choice)], {
        lowerBound: lowerBoundOf(found.bound),
        ...(found.optimal && isExact ? { status: 'optimal' as const } : {}),
        ...{ stoppedEarly: found.stoppedEarly, workDone: { chains: found.work } },
        cost: { ...ZERO_COST, wallSeconds, cpuSeconds },
      });
    },
  };
}

/** @throws ProblemError REFUSED or BAD_SIZE or BAD_SAMPLE, in words. */
function requireOptions(
  problem: Problem,
  refusal: string | null,
  { seconds, seed, work = {}, initial = [] }: SolveOptions,
) {
  if (refusal !== null) throw new ProblemError('REFUSED', `schedule: expected a problem that it takes, ${refusal}.`);
  if (seconds !== undefined && !(seconds > 0)) {
    throw new ProblemError('BAD_SIZE', `schedule: expected a deadline above 0 seconds, got ${seconds}; raise it.`);
  }
  if (seed !== undefined && !Number.isSafeInteger(seed)) {
    throw new ProblemError('BAD_SIZE', `schedule: expected a whole number as seed, got ${seed}; round it.`);
  }
  for (const [key, amount] of Object.entries(work)) {
    if (key === 'chains' && Number.isInteger(amount) && amount > 0) continue;
    throw new ProblemError('BAD_SIZE', `schedule: expected a work budget of chains, above 0, got ${key} = ${amount}.`);
  }
  for (const [k, values] of initial.entries()) requireSample(problem, values, `schedule: start ${k}`);
}
