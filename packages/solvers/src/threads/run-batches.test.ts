import { execFileSync } from 'node:child_process';
import { type Platform, type PlatformWorker, type SampleSet, type Solver, toVartype } from '@qurriculum/problems';
import { randomBqm, randomPlan } from '@qurriculum/problems/testing';
import { describe, expect, it } from 'vitest';
import { createAnnealSolver } from '../classical/anneal.ts';
import { createBifurcateSolver } from '../classical/bifurcate.ts';
import { createSqaSolver } from '../classical/sqa.ts';
import { createTabuSolver } from '../classical/tabu.ts';
import { createTemperSolver } from '../classical/temper.ts';
import { createNodePlatform } from '../platform/node.ts';
import { startClock } from '../solve-clock.ts';
import type { BatchReply, BatchRequest, BatchResult, BatchRunner } from './batches.ts';
import { createBatchRuns } from './run-batches.ts';

const platform = createNodePlatform();
const problem = randomBqm(80, 'BINARY', 4, 0.3);

/** Everything that must not depend on the number of threads. */
function comparable({ samples, status, workDone, info, stoppedEarly }: SampleSet): unknown {
  return { samples, status, workDone, info, stoppedEarly };
}

/** A platform whose workers do what is asked of them only as far as `mend` lets them. */
function withWorkers(mend: (worker: PlatformWorker, index: number) => PlatformWorker): Platform {
  let count = 0;
  return { ...platform, createWorker: (module) => mend(platform.createWorker(module), count++) };
}

describe('threads', () => {
  const solvers: readonly (readonly [Solver, Readonly<Record<string, number>>])[] = [
    [createAnnealSolver(platform), { reads: 200, sweeps: 60 }],
    [createTemperSolver(platform), { reads: 7, sweeps: 200 }],
    [createTabuSolver(platform), { reads: 9, flips: 3000 }],
    [createSqaSolver(platform), { reads: 6, sweeps: 30 }],
    [createBifurcateSolver(platform), { reads: 20, steps: 200 }],
  ];
  it.each(solvers.map(([solver, work]) => [solver.name, solver, work] as const))(
    '%s answers the same to the bit with 1, 2 and 3 threads',
    async (_name, solver, work) => {
      const initial = [Int32Array.from({ length: 80 }, (_, i) => i % 2)];
      const [one, two, three] = await Promise.all(
        [1, 2, 3].map((threads) => solver.solve(problem, { seed: 5, work, threads, initial })),
      );
      expect(comparable(two)).toEqual(comparable(one));
      expect(comparable(three)).toEqual(comparable(one));
    },
  );

  it('rounds of penalties are the same, too', async () => {
    const solver = createAnnealSolver(platform);
    const plan = randomPlan(8, 1);
    const work = { reads: 64, sweeps: 100 };
    const [one, two] = await Promise.all([1, 2].map((threads) => solver.solve(plan, { seed: 2, work, threads })));
    expect(comparable(two)).toEqual(comparable(one));
  });

  it('a deadline leaves a prefix of the work', async () => {
    const solver = createAnnealSolver(platform);
    const work = { reads: 4096, sweeps: 400 };
    const whole = await solver.solve(problem, { seed: 1, work });
    const cut = await solver.solve(problem, { seed: 1, work, threads: 3, seconds: whole.cost.wallSeconds / 5 });
    expect(cut.samples[0].energy).toBeGreaterThanOrEqual(whole.samples[0].energy);
    const longer = await solver.solve(problem, { seed: 1, seconds: 0.4, threads: 2 });
    expect(longer.stoppedEarly).toBe(true);
    expect(longer.samples[0].feasible).toBe(true);
  });

  it('at a deadline counts what other threads have found, whole or cut, and behind a batch that was cut', async () => {
    const result = (energy: number, complete: boolean): BatchResult => ({ states: [], work: 1, energy, complete });
    const ahead: Platform = {
      ...platform,
      createWorker() {
        let listen: (reply: unknown) => void = () => {};
        const answer = (reply: BatchReply): void => queueMicrotask(() => listen(reply));
        return {
          onMessage(listener) {
            listen = listener;
          },
          onError() {},
          keepAlive() {},
          terminate: async () => {},
          postMessage(message) {
            const request = message as BatchRequest;
            if (request.kind === 'open') answer({ kind: 'ready', series: request.series });
            if (request.kind !== 'work') return;
            for (const { number } of request.orders) {
              answer({ kind: 'done', series: 1, number, seconds: 1, result: result(-number, number !== 2) });
            }
          },
        };
      },
    };
    const options = { seconds: 0.1, threads: 2 };
    const clock = startClock(platform, options);
    const seen: number[] = [];
    const done = await createBatchRuns(ahead).run(
      {
        program: 'none',
        // The caller's first batch lasts to the end.
        *open() {
          const run: BatchRunner['run'] = async (_order, look) => {
            while (!(await look(0.5, 0)));
            return result(0, false);
          };
          return { readsPerBatch: 1, info: {}, run };
        },
        spin: toVartype(problem, 'SPIN'),
        parameters: null,
        reads: 4,
        starts: [],
        clock,
        onBatch: ({ energy }) => void seen.push(energy),
        turn: (_reads, best) => clock.turn(0, best),
      },
      options,
    );
    expect(seen.map(Math.abs)).toEqual([0, 1, 2, 3]);
    expect(done).toMatchObject({ cut: true, work: 4 });
  });

  it('cancelling is heard by all threads, which then take further work', async () => {
    const solver = createAnnealSolver(platform);
    const running = new AbortController();
    setTimeout(() => running.abort(), 150);
    const cut = await solver.solve(problem, {
      work: { reads: 100_000, sweeps: 100_000 },
      threads: 3,
      signal: running.signal,
    });
    expect(cut.stoppedEarly).toBe(true);
    const work = { reads: 128, sweeps: 20 };
    const [one, two] = await Promise.all([1, 3].map((threads) => solver.solve(problem, { work, threads })));
    expect(comparable(two)).toEqual(comparable(one));
  });

  it('a worker that dies leaves its work to the others', async () => {
    const work = { reads: 320, sweeps: 50 };
    const one = await createAnnealSolver(platform).solve(problem, { work });
    const broken = withWorkers((worker, index) => {
      if (index > 0) return worker;
      let fail: (error: Error) => void = () => {};
      return {
        ...worker,
        onError(listener) {
          fail = listener;
        },
        postMessage: () => void setTimeout(() => fail(new Error('gone')), 5),
        terminate: async () => {},
      };
    });
    const two = await createAnnealSolver(broken).solve(problem, { work, threads: 3 });
    expect(comparable(two)).toEqual(comparable(one));
  });

  it('workers that never answer do not hold up a deadline', async () => {
    const deaf = withWorkers((worker) => ({ ...worker, postMessage: () => {} }));
    const set = await createAnnealSolver(deaf).solve(problem, { seconds: 0.2, threads: 2 });
    expect(set.samples[0].feasible).toBe(true);
  });

  it('idle workers hold no process open', () => {
    const script = `
      import { createBqm } from '@qurriculum/problems';
      import { createAnnealSolver } from '@qurriculum/solvers';
      import { createNodePlatform } from '@qurriculum/solvers/platform/node';
      const bqm = createBqm({ vartype: 'SPIN', variables: 3, quadratic: [[0, 1, 1], [1, 2, -1]] });
      const set = await createAnnealSolver(createNodePlatform()).solve(bqm, { work: { reads: 200, sweeps: 10 }, threads: 2 });
      console.log(set.samples[0].energy);`;
    const text = execFileSync(process.execPath, ['--conditions=development', '--input-type=module', '--eval', script], {
      cwd: new URL('../..', import.meta.url),
      encoding: 'utf8',
      timeout: 30_000,
    });
    expect(text.trim()).toBe('-2');
  });
});
