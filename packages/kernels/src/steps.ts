/** Work that is done in steps, for callers who have to let others speak in between. */

/** Each `next` does a step of some tens of milliseconds at most; the last answers the result. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** All steps at once. */
export function runSteps<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
