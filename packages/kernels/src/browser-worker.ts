/** How a module whose `serve(port)` Node's platform calls serves in a browser's worker too, where nobody calls it. */

/** A worker's end of the line to whoever started it. */
export interface WorkerLine {
  postMessage(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** Serves the line of the worker that this is run in; does nothing anywhere but in a browser's worker. */
export function serveInBrowserWorker(serve: (line: WorkerLine) => void): void {
  const scope = globalThis as { WorkerGlobalScope?: unknown; postMessage?: (message: unknown) => void };
  if (scope.WorkerGlobalScope === undefined || !scope.postMessage) return;
  serve({
    postMessage: scope.postMessage.bind(globalThis),
    onMessage: (listener) => globalThis.addEventListener('message', (event) => listener((event as MessageEvent).data)),
  });
}
