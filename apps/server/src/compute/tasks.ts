/**
 * Work that would hold up the server's event loop: reading files, fitting, planning for many, simulating. A task takes
 * and gives plain data (structured clone; typed arrays are transferred where a task says so).
 */

export interface TaskContext<Detail = unknown> {
  /** Aborted when the caller cancels; a task that does not look at it is ended with its thread. */
  readonly signal: AbortSignal;
  /** 0 to 1, with a few words on what is being done, and plain data on what has come of it so far where a task says so. */
  progress(fraction: number, label: string, detail?: Detail): void;
}

export type Task<Input, Output> = (input: Input, context: TaskContext) => Promise<Output>;

/** A task's module is loaded only in the threads that need it. `export const run: Task<...>` in each. */
export interface TaskName<Input, Output, Detail = unknown> {
  readonly module: URL;
  /** Never set: carries the types from the name to the caller. */
  readonly types?: (input: Input) => { readonly output: Output; readonly detail: Detail };
}

/** What a task tells with its progress. */
type DetailOf<Run extends (input: never, context: TaskContext<never>) => Promise<unknown>> =
  Parameters<Run>[1] extends TaskContext<infer Detail> ? Detail : unknown;

/** Names a task by the module whose `run` does it: `defineTask<typeof run>(new URL('./fit-task.ts', import.meta.url))`. */
export function defineTask<Run extends (input: never, context: TaskContext<never>) => Promise<unknown>>(
  module: URL,
): TaskName<Parameters<Run>[0], Awaited<ReturnType<Run>>, DetailOf<Run>> {
  return { module };
}
