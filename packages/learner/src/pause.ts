/** Long computations let others have a turn, or a cancel would never arrive. */

/** A function to await now and then: gives up the thread for a moment if the last time is `milliseconds` ago. */
export function createPause(signal?: AbortSignal, milliseconds = 40): () => Promise<void> {
  let last = performance.now();
  return async () => {
    signal?.throwIfAborted();
    if (performance.now() - last < milliseconds) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    signal?.throwIfAborted();
    last = performance.now();
  };
}
