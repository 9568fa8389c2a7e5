/** Clocks, workers, network and environment of Node: the only place of this package that knows Node's API. */
import { Worker } from 'node:worker_threads';
import type { Platform, PlatformWorker } from '@qurriculum/problems';
import { siblingModule } from './sibling-module.ts';
import { waitSeconds } from './wait.ts';

/** The platform of this Node process. CPU seconds count all of its threads. */
export function createNodePlatform(): Platform {
  return {
    now: () => performance.now() / 1000,
    cpuSeconds() {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1e6;
    },
    createWorker: startWorker,
    wallTime: () => Date.now() / 1000,
    wait: waitSeconds,
    fetch: (...request) => fetch(...request),
    environment: (name) => process.env[name],
  };
}

function startWorker(module: URL): PlatformWorker {
  const worker = new Worker(siblingModule('./node-worker', import.meta.url), { workerData: { module: module.href } });
  let terminating = false;
  return {
    postMessage: (message) => worker.postMessage(message),
    onMessage: (listener) => void worker.on('message', listener),
    onError(listener) {
      worker.on('error', (thrown) => listener(thrown instanceof Error ? thrown : new Error(String(thrown))));
      worker.on('exit', (code) => {
        if (!terminating)
          listener(new Error(`createNodePlatform: expected a worker that stays, got exit code ${code}`));
      });
    },
    keepAlive: (busy) => (busy ? worker.ref() : worker.unref()),
    async terminate() {
      terminating = true;
      await worker.terminate();
    },
  };
}
