/** A worker that makes runs of a timetable search: one order, then its answer. */
import { serveInBrowserWorker } from '@qurriculum/kernels';
import type { WorkerPort } from '@qurriculum/problems';
import type { WorkerReply, WorkerRequest } from './protocol.ts';
import { workOrder } from './work.ts';

export function serve(port: WorkerPort): void {
  const reply = (message: WorkerReply): void => port.postMessage(message);
  let stopped = false;
  port.onMessage(async (message) => {
    const request = message as WorkerRequest;
    if (request.kind === 'stop') {
      stopped = true;
      return;
    }
    const state = await workOrder(request.timetable, request.order, {
      now: () => performance.now() / 1000,
      stopped: () => stopped,
      onProgress: (progress) => reply({ kind: 'progress', state: progress }),
    });
    reply({ kind: 'done', state });
  });
  // What is left of the time is told when it can be used.
  reply({ kind: 'ready' });
}

serveInBrowserWorker(serve);
