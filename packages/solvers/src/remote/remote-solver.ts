/**
 * Any vendor's service as a `Solver`, job-shaped: submit, poll, cancel, and resume from the handle after a restart.
 * `solve` owns its job: at the deadline or when it is cancelled, it cancels the job at the vendor too. For queues of
 * hours, `submit`, keep the handle, and `resume`.
 */
import {
  evaluateSample,
  type Platform,
  type Problem,
  problemHash,
  type SampleSet,
  type SolveOptions,
  type Solver,
  sampleSetOf,
} from '@qurriculum/problems';
import { createRandom, mixSeed } from '@qurriculum/random';
import { requireSolvable } from '../solve-clock.ts';
import { SOLVERS_VERSION } from '../version.ts';
import type { JobHandle, JobResult, JobStatus, RemoteService } from './job.ts';
import { admitCost, PRICES, type PriceTable, priceOf, type SpendingLimits } from './prices.ts';
import { RemoteError } from './remote-error.ts';
import { redact } from './vendor-http.ts';

export interface RemoteOptions {
  /** What a job may cost and how old its price may be. Default: nothing that costs is sent. */
  readonly limits?: SpendingLimits;
  /** Prices of the caller's own contract; they go before those of the table. */
  readonly prices?: PriceTable;
  /** Called as soon as the vendor has taken the job: the place to keep the handle. */
  readonly onSubmitted?: (handle: JobHandle) => void;
}

export interface RemoteSolver extends Solver {
  readonly configuration: { readonly configured: boolean; readonly missing: readonly string[] };
  /** Estimates the cost, refuses or sends. @throws RemoteError; ProblemError REFUSED */
  submit(problem: Problem, options?: SolveOptions): Promise<JobHandle>;
  poll(handle: JobHandle, signal?: AbortSignal): Promise<JobStatus>;
  /** Asks the vendor to cancel; a job that is done stays done. */
  cancel(handle: JobHandle): Promise<void>;
  /** Waits for the job and reads its answer; `seconds` and `signal` end the waiting and leave the job alone. */
  resume(problem: Problem, handle: JobHandle, options?: SolveOptions): Promise<SampleSet>;
}

/** Polls come after 1 s, then less and less often: a queue of hours is not asked a thousand times. */
const FIRST_POLL = 1;
const LONGEST_POLL = 60;
const POLL_GROWTH = 1.5;

export function createRemoteSolver(
  platform: Platform,
  service: RemoteService,
  options: RemoteOptions = {},
): RemoteSolver {
  const refuses = (problem: Problem): string | null => {
    const missing = service.missing();
    if (missing.length > 0) return `credentials, this is not configured: set ${missing.join(', ')}`;
    return service.refuses(problem);
  };
  const requireConfigured = (): void => {
    const missing = service.missing();
    if (missing.length === 0) return;
    const text = `${service.name}: expected credentials in the environment, got none; set ${missing.join(', ')}.`;
    throw new RemoteError('NOT_CONFIGURED', text);
  };
  const solver: RemoteSolver = {
    name: service.name,
    version: SOLVERS_VERSION,
    kind: service.kind,
    description: service.description,
    get configuration() {
      const missing = service.missing();
      return { configured: missing.length === 0, missing };
    },
    refuses,
    submit: (problem, solveOptions = {}) => submit(platform, service, solver, problem, solveOptions, options),
    async poll(handle, signal) {
      requireConfigured();
      requireHandle(service, handle);
      return service.status(handle.id, handle.context, signal);
    },
    async cancel(handle) {
      requireConfigured();
      requireHandle(service, handle);
      await service.cancel(handle.id, handle.context);
    },
    async resume(problem, handle, solveOptions = {}) {
      requireConfigured();
      requireHandle(service, handle);
      if ((await problemHash(problem)) !== handle.problemHash) {
        throw new RemoteError(
          'BAD_HANDLE',
          `${service.name}: expected the problem that the job was made from, got another; pass the same one.`,
        );
      }
      return finish(platform, service, problem, handle, solveOptions, options, platform.now());
    },
    async solve(problem, solveOptions = {}) {
      const started = platform.now();
      const handle = await solver.submit(problem, solveOptions);
      try {
        return await finish(platform, service, problem, handle, solveOptions, options, started);
      } catch (thrown) {
        const ended = solveOptions.signal?.aborted || (thrown instanceof RemoteError && thrown.code === 'OUT_OF_TIME');
        // What went wrong first is what the caller must hear, even when cancelling fails as well.
        if (ended) await service.cancel(handle.id, handle.context).catch(() => {});
        throw thrown;
      }
    },
  };
  return solver;
}

async function submit(
  platform: Platform,
  service: RemoteService,
  solver: Solver,
  problem: Problem,
  solveOptions: SolveOptions,
  options: RemoteOptions,
): Promise<JobHandle> {
  requireSolvable(solver, problem, solveOptions);
  const job = await service.prepare(problem, solveOptions);
  const prices = { ...PRICES, ...options.prices };
  const estimate = admitCost(job.offer, job.use, prices, options.limits ?? {}, platform.wallTime());
  const hash = await problemHash(problem);
  const id = await job.send(solveOptions.signal);
  const handle: JobHandle = {
    format: 1,
    solver: service.name,
    id,
    problemHash: hash,
    submittedAt: platform.wallTime(),
    estimate,
    context: job.context,
  };
  options.onSubmitted?.(handle);
  return handle;
}

function requireHandle(service: RemoteService, handle: JobHandle): void {
  if (handle.format === 1 && handle.solver === service.name && typeof handle.id === 'string') return;
  throw new RemoteError(
    'BAD_HANDLE',
    `${service.name}: expected a handle of its own job, got one of "${handle.solver}"; pass it to the solver that made it.`,
  );
}

/** Waits, with jitter seeded by the job's name, until the job is over; then reads the answer. */
async function finish(
  platform: Platform,
  service: RemoteService,
  problem: Problem,
  handle: JobHandle,
  solveOptions: SolveOptions,
  options: RemoteOptions,
  started: number,
): Promise<SampleSet> {
  const { signal, seconds = Number.POSITIVE_INFINITY, onProgress } = solveOptions;
  const random = createRandom(mixSeed(solveOptions.seed ?? 0, 'poll', handle.id));
  const deadline = started + seconds;
  let interval = FIRST_POLL;
  let leftQueue: number | null = null;
  for (;;) {
    const status = await service.status(handle.id, handle.context, signal);
    if (status.state !== 'queued') leftQueue ??= platform.wallTime();
    if (status.state === 'completed') break;
    if (status.state === 'failed' || status.state === 'cancelled') throw endedBadly(service, handle, status);
    const left = deadline - platform.now();
    if (left <= 0) throw outOfTime(service, handle, seconds);
    if (Number.isFinite(seconds)) onProgress?.({ fraction: Math.min(0.99, 1 - left / seconds), bestEnergy: null });
    await platform.wait(Math.min(interval * (0.5 + random.nextDouble()), left), signal);
    interval = Math.min(LONGEST_POLL, interval * POLL_GROWTH);
  }
  const result = await service.collect(problem, handle.id, handle.context, signal);
  const set = toSampleSet(platform, problem, handle, result, options, started, leftQueue);
  onProgress?.({ fraction: 1, bestEnergy: set.samples[0].feasible ? set.samples[0].energy : null });
  return set;
}

function endedBadly(service: RemoteService, handle: JobHandle, status: JobStatus): RemoteError {
  const reason = redact(status.reason ?? 'no reason given', service.secrets());
  const code = status.state === 'failed' ? 'JOB_FAILED' : 'JOB_CANCELLED';
  const text = `${service.name}: expected job ${handle.id} to complete, got ${status.state} (${reason}); submit it again.`;
  return new RemoteError(code, text, handle);
}

function outOfTime(service: RemoteService, handle: JobHandle, seconds: number): RemoteError {
  const text =
    `${service.name}: expected an answer within ${seconds} s, got none from job ${handle.id}; ` +
    `allow more time, or submit and resume.`;
  return new RemoteError('OUT_OF_TIME', text, handle);
}

function toSampleSet(
  platform: Platform,
  problem: Problem,
  handle: JobHandle,
  result: JobResult,
  options: RemoteOptions,
  started: number,
  leftQueue: number | null,
): SampleSet {
  if (result.reads.length === 0) {
    const text = `${handle.solver}: expected samples from job ${handle.id}, got none; look at the job at the vendor.`;
    throw new RemoteError('BAD_RESPONSE', text, handle);
  }
  const samples = result.reads.map(({ values, occurrences }) => evaluateSample(problem, values, occurrences));
  const reads = result.reads.reduce((sum, { occurrences }) => sum + occurrences, 0);
  const { estimate } = handle;
  const { qpuSeconds = estimate.use.qpuSeconds, solverSeconds = estimate.use.solverSeconds } = result;
  const use = { ...estimate.use, qpuSeconds, solverSeconds };
  // A handle from before a restart may name an offer that this caller has no price for: then the estimate stands.
  const unit = { ...PRICES, ...options.prices }[estimate.offer];
  return sampleSetOf(samples, {
    stoppedEarly: reads < result.asked,
    workDone: { shots: reads },
    cost: {
      wallSeconds: platform.now() - started,
      cpuSeconds: 0,
      queueSeconds: result.queueSeconds ?? Math.max(0, (leftQueue ?? handle.submittedAt) - handle.submittedAt),
      qpuSeconds: use.qpuSeconds,
      money: { amount: unit ? priceOf(unit, use) : estimate.amount, currency: estimate.currency },
    },
    info: {
      ...result.info,
      job: handle.id,
      estimate,
      qpuSecondsFrom: result.qpuSeconds === undefined ? 'estimate' : 'vendor',
      queueSecondsFrom: result.queueSeconds === undefined ? 'polling' : 'vendor',
    },
  });
}
