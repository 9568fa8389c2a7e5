/** Work that is done in steps, for callers who have to let others speak in between. */

/** Each `next` does a step of some tens of milliseconds at most; the last answers the result. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** Entries that one step passes. */
const STEP_ENTRIES = 2 ** 19;

/** Passes over 0 to `count` in ranges, one a step, until a pass says false; answers whether none did. */
export function* inRanges(count: number, pass: (from: number, to: number) => unknown): Steps<boolean> {
  for (let from = 0; from < count; from += STEP_ENTRIES) {
    if (pass(from, Math.min(count, from + STEP_ENTRIES)) === false) return false;
    yield;
  }
  return true;
}

/** Passes over the rows of a matrix in compressed rows, as many a step as have the entries of one. */
export function* inRows(rowStart: ArrayLike<number>, pass: (from: number, to: number) => void): Steps<void> {
  const rows = rowStart.length - 1;
  for (let from = 0; from < rows; ) {
    let to = from + 1;
    // A row costs something by itself.
    while (to < rows && rowStart[to + 1] - rowStart[from] + to - from < STEP_ENTRIES) to++;
    pass(from, to);
    yield;
    from = to;
  }
}

/** All steps at once. */
export function runSteps<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Node's way to let the event loop turn once; a timer, the only one that browsers have, sleeps a millisecond. */
const immediate = (globalThis as { setImmediate?: (call: () => void) => unknown }).setImmediate;

/** Lets timers, messages and other requests be heard. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => void (immediate ? immediate(resolve) : setTimeout(resolve)));
}
