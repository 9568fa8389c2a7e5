/** Work on large models in steps, for callers who have to let others speak in between. */

/** Each `next` does a step of some milliseconds; the last answers the result. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** All steps at once. */
export function runSteps<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Entries that one step passes. */
const STEP_ENTRIES = 2 ** 18;

/** Passes over 0 to `count` in ranges, one a step. */
export function* inRanges(count: number, pass: (from: number, to: number) => void): Steps<void> {
  for (let from = 0; from < count; from += STEP_ENTRIES) {
    pass(from, Math.min(count, from + STEP_ENTRIES));
    yield;
  }
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
