/** Long computations let others have a turn, or a cancel would never arrive. */

export type Pause = () => Promise<void>;

/** What every long computation takes beside its own options; none of it changes a result. */
export interface LongWork {
  /** Aborted: the computation rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** 0 to 1, never falling. */
  readonly onProgress?: (fraction: number) => void;
}

/** A function to await now and then: gives up the thread for a moment if the last time is `milliseconds` ago. */
export function createPause(signal?: AbortSignal, milliseconds = 40): Pause {
  let last = performance.now();
  return async () => {
    signal?.throwIfAborted();
    if (performance.now() - last < milliseconds) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    signal?.throwIfAborted();
    last = performance.now();
  };
}

/**
 * How far iterations have come that stop once a change is below `tolerance`, or after `limit` of them. Changes shrink
 * geometrically, so that the way from the first one is even on the logarithm: 1 - log(change / tolerance) / log(first / tolerance).
 */
export function convergenceProgress(tolerance: number, limit: number, onProgress: LongWork['onProgress']) {
  let first = 0;
  let shown = 0;
  return (iterations: number, change: number): void => {
    if (first === 0 && Number.isFinite(change)) first = Math.max(change, 2 * tolerance);
    const way = first > 0 && change > 0 ? 1 - Math.log(change / tolerance) / Math.log(first / tolerance) : 0;
    shown = Math.max(shown, Math.min(0.99, way), Math.min(1, iterations / limit));
    onProgress?.(shown);
  };
}

/** A part of a longer way: what it reports lies between `from` and `to` of the whole. */
export function partOfWork({ signal, onProgress }: LongWork, from: number, to: number): LongWork {
  return { signal, onProgress: onProgress && ((fraction) => onProgress(from + (to - from) * fraction)) };
}
