/** What a Node worker thread runs: it imports the library's worker module and hands it this end of the line. */
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerPort } from '@qurriculum/problems';

const port = parentPort;
if (port) {
  const { module } = workerData as { module: string };
  const { serve } = (await import(module)) as { serve: (port: WorkerPort) => void };
  serve({
    postMessage: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on('message', listener),
  });
}
