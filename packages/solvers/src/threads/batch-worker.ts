/** A worker that runs batches of a solver. It ends them by itself at the deadline, and hears of a stop between slices. */
import { nextTurn, runSteps, serveInBrowserWorker } from '@qurriculum/kernels';
import type { WorkerPort } from '@qurriculum/problems';
import { SLICE_SECONDS } from '../solve-clock.ts';
import type { BatchOrder, BatchReply, BatchRequest, BatchRunner } from './batches.ts';
import { openProgram } from './programs.ts';

/** The series that is open. */
interface Open {
  readonly series: number;
  readonly runner: BatchRunner;
  readonly queue: BatchOrder[];
  deadline: number;
  stopped: boolean;
  busy: boolean;
}

const now = (): number => performance.now() / 1000;

export function serve(port: WorkerPort): void {
  let current: Open | null = null;
  const reply = (message: BatchReply): void => port.postMessage(message);
  port.onMessage((message) => {
    const request = message as BatchRequest;
    if (request.kind === 'open') {
      const runner = runSteps(openProgram(request.program, request.spin, request.parameters));
      const deadline = Number.POSITIVE_INFINITY;
      current = { series: request.series, runner, queue: [], deadline, stopped: false, busy: false };
      reply({ kind: 'ready', series: request.series });
    } else if (request.kind === 'close') current = null;
    else if (current) {
      if (request.kind === 'stop') current.stopped = true;
      else {
        current.queue.push(...request.orders);
        current.deadline = now() + request.secondsLeft;
      }
      if (!current.busy) void work(current, reply);
    }
  });
}

/** Works until the queue is empty or the time is up, and lets the event loop turn between slices. */
async function work(open: Open, reply: (message: BatchReply) => void): Promise<void> {
  const { series, runner, queue } = open;
  open.busy = true;
  const over = (): boolean => open.stopped || now() >= open.deadline;
  let turned = now();
  const look = async (): Promise<boolean> => {
    if (now() - turned >= SLICE_SECONDS) {
      await nextTurn();
      turned = now();
    }
    return over();
  };
  for (let order = queue.shift(); order && !over(); order = queue.shift()) {
    const begun = now();
    const result = await runner.run(order, look);
    reply({ kind: 'done', series, number: order.number, seconds: now() - begun, result });
    // Short batches have no slices of their own.
    await look();
  }
  open.busy = false;
  if (over()) reply({ kind: 'dropped', series });
}

serveInBrowserWorker(serve);
