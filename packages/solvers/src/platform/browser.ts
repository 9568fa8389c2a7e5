/** Clocks, workers and network of a browser. */
import type { Platform, PlatformWorker } from '@qurriculum/problems';
import { waitSeconds } from './wait.ts';

/** The platform of this page or worker. Browsers do not tell CPU seconds. */
export function createBrowserPlatform(): Platform {
  return {
    now: () => performance.now() / 1000,
    cpuSeconds: () => null,
    createWorker: startWorker,
    wallTime: () => Date.now() / 1000,
    wait: waitSeconds,
    fetch: (...request) => fetch(...request),
    // A page has no environment, and no business with keys that cost money.
    environment: () => undefined,
  };
}

function startWorker(module: URL): PlatformWorker {
  const worker = new Worker(module, { type: 'module' });
  return {
    postMessage: (message) => worker.postMessage(message),
    onMessage: (listener) => worker.addEventListener('message', (event) => listener(event.data)),
    onError: (listener) => worker.addEventListener('error', (event) => listener(new Error(event.message))),
    // A page lives as long as it is open.
    keepAlive: () => {},
    async terminate() {
      worker.terminate();
    },
  };
}
