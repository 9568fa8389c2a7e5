/** A worker of `createThreadedQaoaRegister`: takes chunks until it is terminated, and sleeps where there are none. */
import { type ThreadOrder, TICKET, takeChunk } from './qaoa-threads.ts';

interface Port {
  postMessage(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** Looks at the ticket so often before going to sleep: operations of a layer follow each other closely. */
const LOOKS = 2000;

export function serve(port: Port): void {
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

// In a browser's worker there is nobody who would call serve.
const scope = globalThis as { WorkerGlobalScope?: unknown; postMessage?: (message: unknown) => void };
if (scope.WorkerGlobalScope !== undefined && scope.postMessage) {
  const post = scope.postMessage.bind(globalThis);
  serve({
    postMessage: post,
    onMessage: (listener) => globalThis.addEventListener('message', (event) => listener((event as MessageEvent).data)),
  });
}
