/**
 * The contract that every solver keeps, whether it runs here, on a simulator or on hardware, and the sample set that
 * it answers with (the words are D-Wave Ocean's). `testing/conformance.ts` holds every solver to it.
 */
import type { BinaryQuadraticModel } from './bqm.ts';
import type { ConstrainedQuadraticModel } from './cqm.ts';

export type Problem = BinaryQuadraticModel | ConstrainedQuadraticModel;

export type SolverKind = 'exact' | 'classical' | 'quantum-simulated' | 'quantum-remote' | 'hybrid';

/** One candidate solution, one value per variable in the order of the problem's variables. */
export interface Sample {
  /** -1/+1 for SPIN, 0/1 for BINARY, integers within bounds for integer variables. */
  readonly values: Int32Array;
  /** Objective re-evaluated in float64 from the problem's own coefficients, never the solver's running total. */
  readonly energy: number;
  readonly feasible: boolean;
  /** Names of the constraints that this sample breaks; empty when feasible. */
  readonly violations: readonly string[];
  /** How many reads ended here. */
  readonly occurrences: number;
}

/** What a solve cost. Seconds; money in the currency named. Zero where the notion does not apply. */
export interface SolveCost {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly queueSeconds: number;
  readonly qpuSeconds: number;
  readonly money: { readonly amount: number; readonly currency: string } | null;
}

export interface SampleSet {
  /** Best first: feasible before infeasible, then by energy. Never empty unless `status` is 'infeasible'. */
  readonly samples: readonly Sample[];
  /** A proved lower bound on the energy of feasible samples; null when the solver proves nothing. */
  readonly lowerBound: number | null;
  readonly status: 'optimal' | 'feasible' | 'infeasible' | 'unknown';
  /** True when the deadline or a cancellation ended the work early: the answer is the best of a prefix. */
  readonly stoppedEarly: boolean;
  /** How much of the work budget was done, in the solver's own unit (reads, sweeps, nodes, ...). */
  readonly workDone: Readonly<Record<string, number>>;
  readonly cost: SolveCost;
  /** What else is worth keeping with the run: beta range, circuit depth, probability of the best, ... */
  readonly info: Readonly<Record<string, unknown>>;
}

export interface SolveOptions {
  /** Seconds of wall time from the call; the work sequence is cut there. Default: none. */
  readonly seconds?: number;
  /** Work budget, in the solver's own unit (each solver documents its keys and defaults). */
  readonly work?: Readonly<Record<string, number>>;
  /** Threads at most, where the solver uses several; answers do not depend on it. Default 1. */
  readonly threads?: number;
  /** Same seed and work, same samples to the bit. Default 0. */
  readonly seed?: number;
  /** Cancels: the solver answers with what it has, or rejects with the signal's reason when it has nothing. */
  readonly signal?: AbortSignal;
  /** Starting points, in the order of the problem's variables, where the solver can use them. */
  readonly initial?: readonly Int32Array[];
  readonly onProgress?: (progress: SolveProgress) => void;
  /**
   * Awaited between slices of work, some 20 ms apart, in place of a turn of the event loop: for callers that share one
   * thread among several solvers.
   */
  readonly onSlice?: () => Promise<void>;
}

export interface SolveProgress {
  /** 0 to 1, of the work budget or of the time, whichever is further. */
  readonly fraction: number;
  readonly bestEnergy: number | null;
  /** A proved lower bound so far, of solvers that prove one. */
  readonly lowerBound?: number | null;
}

export interface Solver {
  /** Short and unique, lower case: 'highs', 'anneal', 'qaoa'. */
  readonly name: string;
  readonly version: string;
  readonly kind: SolverKind;
  /** One plain sentence for people who choose a solver. */
  readonly description: string;
  /** Null when the problem can be taken, else the reason in words: "at most 20 variables, this has 31". */
  refuses(problem: Problem): string | null;
  /** Only of solvers that need credentials: whether they are there, and which environment variables are missing. */
  readonly configuration?: { readonly configured: boolean; readonly missing: readonly string[] };
  solve(problem: Problem, options?: SolveOptions): Promise<SampleSet>;
}

/** What a library may not take for itself: clocks, workers, network, environment. A Node and a browser one are in `@qurriculum/solvers`. */
export interface Platform {
  /** Monotonic seconds. */
  now(): number;
  /** CPU seconds of this process so far; null where the platform does not tell. */
  cpuSeconds(): number | null;
  /**
   * Starts a worker that runs a module of the library. The module exports `serve(port: WorkerPort): void`; in a browser,
   * where nobody calls it, it starts itself.
   */
  createWorker(module: URL): PlatformWorker;
  /** Wall clock: seconds since 1970-01-01 00:00 UTC. Only for dates; durations come from `now`. */
  wallTime(): number;
  /** Waits some seconds; rejects with the signal's reason when it is aborted. */
  wait(seconds: number, signal?: AbortSignal): Promise<void>;
  /** The Fetch standard's `fetch`. */
  readonly fetch: typeof globalThis.fetch;
  /** An environment variable; undefined where it is not set, and always in browsers. */
  environment(name: string): string | undefined;
}

export interface PlatformWorker {
  postMessage(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called when the worker throws or dies. */
  onError(listener: (error: Error) => void): void;
  /** Whether the worker keeps the process alive; it does at first. Idle workers must not hold a command open. */
  keepAlive(busy: boolean): void;
  terminate(): Promise<void>;
}

/** The worker's end of the line. */
export interface WorkerPort {
  postMessage(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}
