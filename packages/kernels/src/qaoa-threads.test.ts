import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { createQaoaRegister, createThreadedQaoaRegister } from './qaoa-register.ts';
import type { ThreadPlatform } from './qaoa-threads.ts';
import { distance, exercise, integerCosts } from './testing/qaoa-cases.ts';

/** Runs TypeScript workers of this package as `createNodePlatform` does. */
const platform: ThreadPlatform = {
  createWorker(module) {
    const code = `const { parentPort } = require('node:worker_threads');
      import(${JSON.stringify(module.href)}).then(({ serve }) => serve({
        postMessage: (message) => parentPort.postMessage(message),
        onMessage: (listener) => parentPort.on('message', listener),
      }));`;
    const worker = new Worker(code, { eval: true });
    return {
      postMessage: (message) => worker.postMessage(message),
      onMessage: (listener) => void worker.on('message', listener),
      onError: (listener) => void worker.on('error', listener),
      keepAlive: (busy) => (busy ? worker.ref() : worker.unref()),
      terminate: async () => void (await worker.terminate()),
    };
  },
};

describe('createThreadedQaoaRegister', () => {
  it.each([1, 2, 3])('%i threads give the bits of one', async (threads) => {
    for (const precision of ['float64', 'float32'] as const) {
      for (const [qubits, mirror] of [
        [5, false],
        [17, false],
        [16, true],
      ] as const) {
        const alone = createQaoaRegister(qubits, { slots: 2, precision, mirror, backend: 'wasm-simd' });
        const shared = await createThreadedQaoaRegister(platform, qubits, threads, { slots: 2, precision, mirror });
        const costs = integerCosts(qubits, 6);
        expect(exercise(shared, costs)).toEqual(exercise(alone, costs));
        expect(distance(shared, alone)).toBe(0);
        await shared.close();
      }
    }
  });

  it('refuses numbers of threads that are none', async () => {
    await expect(createThreadedQaoaRegister(platform, 4, 0)).rejects.toThrow(/expected 1 to 64 threads, got 0/);
  });
});
