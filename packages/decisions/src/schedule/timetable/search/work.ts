/** One thread's part of a timetable search: its runs one after the other, in slices, with turns of the event loop. */
import { nextTurn } from '@qurriculum/kernels';
import type { Timetable } from '../timetable.ts';
import { openRuns, type RunOrder, type RunState } from './protocol.ts';
import { isBetter } from './run.ts';

/** Seconds of work between two turns of the event loop, and between two reports. */
const TURN_SECONDS = 0.02;
const REPORT_SECONDS = 0.25;

/** Slices of a run with a budget of moves, at least: its temperature falls once a slice. */
const LEAST_SLICES = 500;

export interface Thread {
  /** Monotonic seconds. */
  now(): number;
  stopped(): boolean;
  onProgress(state: RunState): void;
}

/** Works an order off; the answer is the best of what was done when the time was up or it was stopped. */
export async function workOrder(timetable: Timetable, order: RunOrder, thread: Thread): Promise<RunState> {
  const open = openRuns(timetable);
  const started = thread.now();
  let state: RunState = { fraction: 0, best: null, moves: 0, complete: false };
  let turned = started;
  let reported = started;
  const over = (): boolean => thread.stopped() || thread.now() - started >= order.seconds;
  const takeTurn = async (): Promise<void> => {
    if (thread.now() - turned < TURN_SECONDS) return;
    if (thread.now() - reported >= REPORT_SECONDS) {
      thread.onProgress(state);
      reported = thread.now();
    }
    await nextTurn();
    turned = thread.now();
  };
  for (const [k, number] of order.runs.entries()) {
    const run = open(order.seed, number);
    if (!run) return { ...state, complete: true };
    const { moves } = order;
    const slice = moves === null ? run.sliceMoves : Math.min(run.sliceMoves, Math.ceil(moves / LEAST_SLICES));
    const before = state;
    const tell = (done: number): number => {
      const share = moves === null ? (thread.now() - started) / order.seconds : done / moves;
      const found = run.best();
      const better = before.best === null || isBetter(found, before.best);
      state = {
        fraction: Math.min(1, (k + share) / order.runs.length),
        best: better ? { ...found, run: number } : before.best,
        moves: before.moves + done,
        complete: false,
      };
      return Math.min(1, share);
    };
    let done = 0;
    for (let share = tell(0); !over() && done < (moves ?? Number.POSITIVE_INFINITY); share = tell(done)) {
      const count = Math.min(slice, (moves ?? Number.POSITIVE_INFINITY) - done);
      run.slice(share, count);
      done += count;
      await takeTurn();
    }
    // The plan is the run's own array: the next run has another.
    tell(done);
    if (moves !== null && done < moves) return state;
  }
  return { ...state, complete: true };
}
