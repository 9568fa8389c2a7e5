/** Deadline, cancelling, progress and turns of the event loop for one call of the engine. */

export interface EngineClockOptions {
  /** Seconds of wall time from the call. Default: none. */
  readonly seconds?: number;
  readonly signal?: AbortSignal;
  /** Awaited between slices of some 20 ms in place of a turn of the event loop. */
  readonly onSlice?: () => Promise<void>;
}

export interface EngineClock {
  /** True once the time is up or the call is cancelled. */
  over(): boolean;
  /** Seconds left; infinite without a deadline. */
  left(): number;
  /** Share of the time that has passed; 0 without a deadline. */
  share(): number;
  /** Gives up the thread for a moment when a slice is over; `report` is called first. Answers `over()`. */
  turn(report?: () => void): Promise<boolean>;
  /** Waits for something that another thread does, at most until it is `over()`; `report` is called now and then. */
  wait(work: Promise<unknown>, report?: () => void): Promise<void>;
}

const SLICE_MILLISECONDS = 20;
/** Between two reports while another thread is waited for. */
const WAIT_MILLISECONDS = 40;

export function startEngineClock({
  seconds = Number.POSITIVE_INFINITY,
  signal,
  onSlice,
}: EngineClockOptions): EngineClock {
  const started = performance.now();
  let last = started;
  const over = (): boolean => signal?.aborted === true || performance.now() - started >= 1000 * seconds;
  return {
    over,
    left: () => seconds - (performance.now() - started) / 1000,
    share: () => Math.min(1, (performance.now() - started) / 1000 / seconds),
    async turn(report) {
      if (performance.now() - last >= SLICE_MILLISECONDS) {
        report?.();
        await (onSlice ? onSlice() : new Promise<void>((resolve) => void setTimeout(resolve)));
        last = performance.now();
      }
      return over();
    },
    async wait(work, report) {
      let done = false;
      const ended = work.finally(() => {
        done = true;
      });
      while (!done && !over()) {
        const pause = new Promise<void>((resolve) => void setTimeout(resolve, WAIT_MILLISECONDS));
        await Promise.race([ended, pause]);
        report?.();
      }
    },
  };
}
