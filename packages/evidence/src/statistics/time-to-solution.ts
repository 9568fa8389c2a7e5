/**
 * Time to solution: how long a solver that is started again and again needs until one run has reached the target with 99 %
 * probability. Rønnow, Wang, Job, Boixo, Isakov, Wecker, Martinis, Lidar & Troyer, Defining and detecting quantum speedup,
 * Science 345 (2014), "time to solution" and the supplement's section on optimal run times.
 */
import { EvidenceError } from '../errors.ts';
import { defaultLevel, type Figure, proportionInterval } from './intervals.ts';

/** The certainty that TTS99 is named after. */
const CERTAINTY = 0.99;

export interface TimeToSolution {
  /** Seconds: estimate and interval. Infinite where no run reached the target, and at the interval's upper end then. */
  readonly seconds: Figure;
  /** Share of runs of that length that reached the target, with the interval behind that of the time. */
  readonly success: Figure;
  readonly successes: number;
  readonly runs: number;
  /** Seconds of one run. */
  readonly runSeconds: number;
}

/**
 * From independent runs of one length:
 *
 *   TTS99 = t_run max(1, ln(1 - 0.99) / ln(1 - p)),  p = successes / runs
 *
 * so t_run where p >= 0.99, and infinite where p = 0. It falls as p grows: its interval is that of p (Wilson's score
 * interval, `proportionInterval`) put through the same formula.
 * @throws EvidenceError `invalid-values` unless 0 <= successes <= runs, runs >= 1 and runSeconds > 0.
 */
export function timeToSolution(
  successes: number,
  runs: number,
  runSeconds: number,
  level: number = defaultLevel,
): TimeToSolution {
  requireSeconds('timeToSolution', runSeconds);
  const success = proportionInterval(successes, runs, level);
  const seconds = {
    mean: restartsNeeded(success.mean) * runSeconds,
    low: restartsNeeded(success.high) * runSeconds,
    high: restartsNeeded(success.low) * runSeconds,
  };
  return { seconds, success, successes, runs, runSeconds };
}

/**
 * The same where it is known when each run reached the target, for solvers whose shorter run is the beginning of the longer
 * one: at the run length, among the times at which a run got there, for which the interval's upper end is least. Taking the
 * least estimate instead would take one lucky early run for a habit. The interval is that of the chosen length.
 * @param reachedAt Seconds for each run; null for one that did not get there within `runSeconds`.
 * @throws EvidenceError `invalid-values` for no runs and for times that are negative or beyond `runSeconds`.
 */
export function optimalTimeToSolution(
  reachedAt: readonly (number | null)[],
  runSeconds: number,
  level: number = defaultLevel,
): TimeToSolution {
  requireSeconds('optimalTimeToSolution', runSeconds);
  const times = reachedAt.filter((each) => each !== null).toSorted((a, b) => a - b);
  const wrong = times.find((each) => !(each >= 0 && each <= runSeconds));
  if (wrong !== undefined) {
    throw new EvidenceError(
      'invalid-values',
      `optimalTimeToSolution: expected times from 0 to ${runSeconds} s, got ${wrong}; pass null for runs that did not get there.`,
    );
  }
  let best = timeToSolution(times.length, reachedAt.length, runSeconds, level);
  for (const [index, time] of times.entries()) {
    // A run of no length cannot be repeated; what is there at once is counted at the next time that is not 0.
    if (time === 0) continue;
    const here = timeToSolution(index + 1, reachedAt.length, time, level);
    if (here.seconds.high <= best.seconds.high) best = here;
  }
  return best;
}

/** Runs needed for one success with 99 % probability: 1 - (1 - p)^R = 0.99. */
function restartsNeeded(p: number): number {
  if (p <= 0) return Number.POSITIVE_INFINITY;
  return p >= CERTAINTY ? 1 : Math.max(1, Math.log1p(-CERTAINTY) / Math.log1p(-p));
}

function requireSeconds(caller: string, seconds: number): void {
  if (seconds > 0 && Number.isFinite(seconds)) return;
  throw new EvidenceError(
    'invalid-values',
    `${caller}: expected a run of more than 0 seconds, got ${seconds}; pass its length.`,
  );
}
