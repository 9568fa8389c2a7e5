/** What the driver and the workers of a timetable search say to each other, and the runs that they can open. */
import { openCttRun } from '../ctt/anneal.ts';
import { cttArrays } from '../ctt/arrays.ts';
import { openItcRun } from '../itc2019/anneal.ts';
import type { Timetable } from '../timetable.ts';
import type { TimetableBest, TimetableRun } from './run.ts';

/** How far the runs of one thread go. */
export interface RunOrder {
  readonly seed: number;
  /** Numbers of the runs to be made, one after the other. */
  readonly runs: readonly number[];
  /** Moves of each; null: the run takes `seconds`, and cools by the clock. */
  readonly moves: number | null;
  /** Seconds until the answer is wanted; infinite without a deadline. */
  readonly seconds: number;
}

export type WorkerRequest =
  | { readonly kind: 'work'; readonly timetable: Timetable; readonly order: RunOrder }
  | { readonly kind: 'stop' };

export type WorkerReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly state: RunState }
  | { readonly kind: 'done'; readonly state: RunState };

/** How far a thread has come. */
export interface RunState {
  /** 0 to 1, of all its runs. */
  readonly fraction: number;
  /** Best so far, and the run that it comes from; null where the problem has no start at all. */
  readonly best: (TimetableBest & { readonly run: number }) | null;
  readonly moves: number;
  readonly complete: boolean;
}

/** Opens runs of a timetable: null where no plan can keep the rules that the search never breaks. */
export function openRuns({ kind, problem }: Timetable): (seed: number, number: number) => TimetableRun | null {
  if (kind === 'itc2019') return (seed, number) => openItcRun(problem, seed, number);
  const arrays = cttArrays(problem);
  return (seed, number) => openCttRun(arrays, seed, number);
}
