/** The worker: reads a Max-Cut file, anneals it for a time, and tells of every larger cut. */
import { readMaxCut } from '@qurriculum/problems';
import { createAnnealSolver, createSolveTrace } from '@qurriculum/solvers';
import { createBrowserPlatform } from '@qurriculum/solvers/platform/browser';
import type { FromWorker, ToWorker } from './messages.ts';

const platform = createBrowserPlatform();
const solver = createAnnealSolver(platform);
let running = new AbortController();

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'cancel') running.abort(new Error('cancelled'));
  else void anneal(data);
});

const send = (message: FromWorker): void => self.postMessage(message);

async function anneal({ name, text, seconds, seed }: Extract<ToWorker, { kind: 'start' }>): Promise<void> {
  running = new AbortController();
  const { signal } = running;
  try {
    const file = readMaxCut(text, name);
    const trace = createSolveTrace(platform.now);
    const points = () => trace.points().map(({ seconds, energy }) => ({ seconds, cut: file.objectiveOf(energy) }));
    const answer = await solver.solve(file.problem, {
      ...{ seconds, seed, signal },
      onProgress({ bestEnergy }) {
        if (trace.see(bestEnergy)) send({ kind: 'better', points: points() });
      },
    });
    trace.finish(answer);
    send({ kind: 'done', points: points(), seconds: answer.cost.wallSeconds, cancelled: signal.aborted });
  } catch (error) {
    send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}
