/**
 * Several solvers in turn on one thread: after each slice the one goes on that has had least for its weight (stride
 * scheduling, Waldspurger & Weihl 1995, "Stride scheduling", section 2).
 */
import { nextTurn } from '@qurriculum/kernels';
import type { Platform } from '@qurriculum/problems';

export interface SharedThread {
  /** Runs something that awaits the given `onSlice` between its slices. Resolves or rejects as it does. */
  run<Result>(weight: number, call: (onSlice: () => Promise<void>) => Promise<Result>): Promise<Result>;
  /** Seconds that each run has had so far, in the order of the calls. */
  seconds(): readonly number[];
}

interface Runner {
  readonly weight: number;
  seconds: number;
  since: number;
  /** Lets it go on; null while it runs or after it has ended. */
  resume: (() => void) | null;
}

export function shareThread(platform: Pick<Platform, 'now'>): SharedThread {
  const runners: Runner[] = [];
  let running: Runner | null = null;

  function next(): Runner | null {
    let chosen: Runner | null = null;
    for (const runner of runners) {
      if (!runner.resume) continue;
      if (!chosen || runner.seconds / runner.weight < chosen.seconds / chosen.weight) chosen = runner;
    }
    return chosen;
  }

  function goOn(): void {
    running = next();
    if (!running) return;
    const { resume } = running;
    running.resume = null;
    running.since = platform.now();
    resume?.();
  }

  function wait(runner: Runner): Promise<void> {
    const turn = new Promise<void>((resolve) => {
      runner.resume = resolve;
    });
    if (!running) goOn();
    return turn;
  }

  function rest(runner: Runner): void {
    runner.seconds += platform.now() - runner.since;
    if (running === runner) running = null;
  }

  return {
    async run(weight, call) {
      const runner: Runner = { weight, seconds: 0, since: 0, resume: null };
      runners.push(runner);
      await wait(runner);
      try {
        return await call(async () => {
          rest(runner);
          // The event loop turns while nobody runs, so that timers and signals are heard.
          await nextTurn();
          await wait(runner);
        });
      } finally {
        rest(runner);
        if (!running) goOn();
      }
    },
    seconds: () => runners.map(({ seconds }) => seconds),
  };
}
