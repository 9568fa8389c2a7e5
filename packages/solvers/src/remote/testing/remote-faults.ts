/** What every remote solver must survive, as cases for any vendor's stand-in. */
import type { Problem } from '@qurriculum/problems';
import { bruteForce, randomBqm } from '@qurriculum/problems/testing';
import { expect, it } from 'vitest';
import type { JobHandle } from '../job.ts';
import type { RemoteError } from '../remote-error.ts';
import type { RemoteOptions, RemoteSolver } from '../remote-solver.ts';
import type { FakePlatform, VendorServer } from './vendor-server.ts';

/** What the stand-in's next jobs do. */
export interface StandIn {
  readonly server: VendorServer;
  /** Polls that find the job still queued. */
  queuedPolls: number;
  /** How jobs end. */
  end: 'completed' | 'failed' | 'cancelled';
  /** In the vendor's words for jobs that fail. */
  reason: string;
  /** Jobs that the solver cancelled. */
  readonly cancelled: string[];
  /** Jobs that were started. */
  started: number;
}

export interface FaultSuite {
  readonly secret: string;
  readonly standIn: () => StandIn;
  readonly create: (platform: FakePlatform, options: RemoteOptions) => RemoteSolver;
  readonly platform: () => FakePlatform;
  readonly bare: () => FakePlatform;
  /** Options with a price and a limit that let jobs through. */
  readonly paid: RemoteOptions;
  /** A problem to send, and another one. Default: models of 5 binary variables. */
  readonly problems?: readonly [Problem, Problem];
}

const MODELS: readonly [Problem, Problem] = [randomBqm(5, 'BINARY', 3), randomBqm(5, 'BINARY', 4)];

const failed = (promise: Promise<unknown>): Promise<RemoteError> =>
  promise.then(
    () => expect.unreachable('expected an error'),
    (error: RemoteError) => error,
  );

export function remoteFaults({ secret, standIn, create, platform, bare, paid, problems = MODELS }: FaultSuite): void {
  const [problem, otherProblem] = problems;
  const solver = () => create(platform(), paid);

  it('solves, counts its cost, and shows its key nowhere', async () => {
    const handles: JobHandle[] = [];
    const set = await create(platform(), { ...paid, onSubmitted: (handle) => handles.push(handle) }).solve(problem);
    expect(set.samples[0].energy).toBe(bruteForce(problem)!.energy);
    expect(set.cost.money!.amount).toBeGreaterThan(0);
    expect(JSON.stringify([set, handles])).not.toContain(secret);
  });

  it('waits for hours in the queue without asking all the time', async () => {
    standIn().queuedPolls = 300;
    const fake = platform();
    const set = await create(fake, paid).solve(problem);
    expect(set.cost.queueSeconds).toBeGreaterThan(3600);
    expect(set.cost.wallSeconds).toBeGreaterThanOrEqual(set.cost.queueSeconds - 60);
    expect(Math.max(...fake.waits)).toBeLessThan(100);
  });

  it('finds its job again after a restart, from the handle as JSON', async () => {
    const first = solver();
    const kept = JSON.stringify(await first.submit(problem));
    expect(kept).not.toContain(secret);
    const handle = JSON.parse(kept) as JobHandle;
    const again = solver();
    expect((await again.poll(handle)).state).toBe('completed');
    expect((await again.resume(problem, handle)).samples[0].energy).toBe(bruteForce(problem)!.energy);
    expect(standIn().started).toBe(1);
    const other = await failed(again.resume(otherProblem, handle));
    expect(other.code).toBe('BAD_HANDLE');
    expect((await failed(again.poll({ ...handle, solver: 'another' }))).code).toBe('BAD_HANDLE');
  });

  it('cancels its job at the deadline and when it is cancelled', async () => {
    standIn().queuedPolls = 1000;
    const late = await failed(solver().solve(problem, { seconds: 30 }));
    expect(late).toMatchObject({ code: 'OUT_OF_TIME' });
    expect(standIn().cancelled).toEqual([late.handle!.id]);
    const controller = new AbortController();
    const running = create(platform(), { ...paid, onSubmitted: () => controller.abort(new Error('enough')) });
    await expect(running.solve(problem, { signal: controller.signal })).rejects.toThrow('enough');
    expect(standIn().cancelled).toHaveLength(2);
  });

  it.each(['failed', 'cancelled'] as const)('says when the vendor ends the job: %s', async (end) => {
    standIn().end = end;
    standIn().reason = `calibration; key ${secret}`;
    const error = await failed(solver().solve(problem));
    expect(error.code).toBe(end === 'failed' ? 'JOB_FAILED' : 'JOB_CANCELLED');
    expect(error.message).not.toContain(secret);
  });

  it('goes on after 429 with Retry-After, 5xx and broken connections while it polls', async () => {
    const one = solver();
    const handle = await one.submit(problem);
    standIn().server.faults.push({ status: 429, headers: { 'Retry-After': '30' } }, { status: 502 }, 'cut', 'half', {
      status: 503,
    });
    expect((await one.resume(problem, handle)).samples[0].energy).toBe(bruteForce(problem)!.energy);
  });

  it('says when the key has expired and when an answer is malformed', async () => {
    const one = solver();
    const handle = await one.submit(problem);
    standIn().server.faults.push({ text: '<html>maintenance</html>' });
    expect((await failed(one.resume(problem, handle))).code).toBe('BAD_RESPONSE');
    standIn().server.faults.push({ json: ['surprise'] });
    expect((await failed(one.resume(problem, handle))).code).toBe('BAD_RESPONSE');
    const expired = { status: 401, text: `${secret} has expired` };
    standIn().server.faults.push(...Array.from({ length: 8 }, () => expired));
    const error = await failed(one.resume(problem, handle));
    expect(error.code).toBe('UNAUTHORISED');
    expect(`${error.message}${error.stack}`).not.toContain(secret);
  });

  it('sends nothing that may cost more than the limit, has an old price, or none', async () => {
    for (const options of [
      {},
      { ...paid, limits: { amount: 0 } },
      { ...paid, limits: { ...paid.limits, priceAgeDays: 0 } },
    ]) {
      const error = await failed(create(platform(), options).solve(problem));
      expect(['PRICE_UNKNOWN', 'PRICE_STALE', 'COST_LIMIT']).toContain(error.code);
    }
    expect(standIn().started).toBe(0);
  });

  it('is not configured without credentials, and says what to set', async () => {
    const one = create(bare(), paid);
    expect(one.configuration.configured).toBe(false);
    expect(one.refuses(problem)).toContain(`set ${one.configuration.missing.join(', ')}`);
    await expect(one.solve(problem)).rejects.toThrow(/not configured/);
    expect(standIn().server.seen).toEqual([]);
  });
}
