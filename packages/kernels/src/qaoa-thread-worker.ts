/** A worker of `createThreadedQaoaRegister`: takes chunks until it is terminated, and sleeps where there are none. */
import { serveInBrowserWorker, type WorkerLine } from './browser-worker.ts';
import { LOOKS, type ThreadOrder, TICKET, takeChunk } from './qaoa-threads.ts';

export function serve(port: WorkerLine): void {
  port.onMessage((message) => {
    const { module, memory, control, parameters, operations } = message as ThreadOrder;
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    const functions = operations.map((name) => exports[name] as (...values: number[]) => void);
    port.postMessage('ready');
    for (;;) {
      const ticket = Atomics.load(control, TICKET);
      if (takeChunk(control, parameters, functions)) continue;
      let looks = 0;
      while (Atomics.load(control, TICKET) === ticket && looks < LOOKS) looks++;
      if (looks === LOOKS) Atomics.wait(control, TICKET, ticket);
    }
  });
}

serveInBrowserWorker(serve);
