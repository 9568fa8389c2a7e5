/**
 * `dwave-hybrid-bqm` and `dwave-hybrid-cqm`: D-Wave's Leap hybrid solvers, classical machines with a QPU behind them.
 * Work: { seconds }, the time limit that the vendor runs and charges; without it see `timeLimit`.
 *
 * No request of this module has ever reached D-Wave. Upload, submission and the BQM's file are as D-Wave documents them;
 * the CQM's file and the answer are as dimod's sources write and read them; not confirmed with a real solver.
 */
import { type Platform, type Problem, writeOceanBqm, writeOceanCqm } from '@qurriculum/problems';
import type { JobResult, Json, RemoteService } from '../job.ts';
import { createRemoteSolver, type RemoteOptions, type RemoteSolver } from '../remote-solver.ts';
import type { Fields } from '../response-fields.ts';
import { requireSize, timeLimit } from './hybrid-limits.ts';
import { type ExpectedColumns, readSampleSetAnswer } from './sample-set-answer.ts';
import { createSapi, type DWaveOptions, type Sapi } from './sapi.ts';

/** `solver` names a hybrid solver here; the environment's DWAVE_API_SOLVER, which names a QPU, is not asked. */
export interface DWaveHybridOptions extends DWaveOptions, RemoteOptions {}

/** Models without constraints, SPIN or BINARY. */
export function createDWaveHybridBqmSolver(platform: Platform, options: DWaveHybridOptions = {}): RemoteSolver {
  return hybridSolver(platform, options, 'bqm');
}

/** Models with constraints, over binary and bounded integer variables. */
export function createDWaveHybridCqmSolver(platform: Platform, options: DWaveHybridOptions = {}): RemoteSolver {
  return hybridSolver(platform, options, 'cqm');
}

function hybridSolver(platform: Platform, options: DWaveHybridOptions, type: Problem['type']): RemoteSolver {
  const sapi = createSapi(platform, options);
  const models = type === 'bqm' ? 'models without constraints' : 'models with constraints';
  const service: RemoteService = {
    name: `dwave-hybrid-${type}`,
    kind: 'quantum-remote',
    description: `Solves ${models} by D-Wave's hybrid solver, over the network; needs an account and costs money.`,
    missing: sapi.missing,
    secrets: sapi.secrets,
    refuses: (problem) => refusal(problem, type),
    prepare: (problem, solveOptions) => prepare(sapi, service.name, options.solver, problem, solveOptions),
    status: (id, _, signal) => sapi.status(id, signal),
    cancel: (id) => sapi.cancel(id),
    async collect(problem, id, context, signal) {
      return readAnswer(problem, await sapi.answer(id, signal), context);
    },
  };
  return createRemoteSolver(platform, service, options);
}

function refusal(problem: Problem, type: Problem['type']): string | null {
  if (problem.type !== type) {
    return type === 'bqm'
      ? 'a model without constraints, this has some: take dwave-hybrid-cqm'
      : 'a constrained model, this is none: take dwave-hybrid-bqm';
  }
  return problem.variables.length > 0 ? null : 'at least 1 variable, this has none';
}

async function prepare(
  sapi: Sapi,
  solver: string,
  named: string | undefined,
  problem: Problem,
  options: Parameters<RemoteService['prepare']>[1],
): ReturnType<RemoteService['prepare']> {
  const { type } = problem;
  const { name, properties } = await sapi.pickSolver(type, { named, signal: options.signal });
  requireSize(solver, problem, properties);
  const seconds = timeLimit(solver, problem, properties, options);
  return {
    offer: 'dwave/hybrid',
    use: { tasks: 1, shots: 0, qpuSeconds: 0, solverSeconds: seconds },
    context: { solver: name, seconds },
    async send(signal) {
      // Names may tell of people, and the vendor has no need of them.
      const named = { labels: false };
      const file = problem.type === 'bqm' ? writeOceanBqm(problem, named) : writeOceanCqm(problem, named);
      const data = { format: 'ref', data: await sapi.upload(file, signal) };
      return sapi.submit({ solver: { name }, type, data, params: { time_limit: seconds } }, signal);
    },
  };
}

function readAnswer(problem: Problem, message: Fields, context: Json): JobResult {
  const answer = readSampleSetAnswer(message, columnsOf(problem));
  const { solver, seconds } = context as Fields;
  return {
    reads: answer.rows.map((values, k) => ({ values, occurrences: answer.occurrences[k] })),
    // Hybrid solvers are given a time, not a number of reads: whatever comes back is whole.
    asked: 1,
    qpuSeconds: answer.qpuSeconds,
    solverSeconds: answer.chargedSeconds,
    info: {
      solver,
      timeLimit: seconds,
      runSeconds: answer.runSeconds,
      solverSecondsFrom: answer.chargedSeconds === undefined ? 'estimate' : 'vendor',
    },
  };
}

function columnsOf(problem: Problem): ExpectedColumns {
  if (problem.type === 'cqm') {
    const { variables } = problem;
    return { lower: variables.map(({ lower }) => lower), upper: variables.map(({ upper }) => upper), spins: false };
  }
  const spins = problem.vartype === 'SPIN';
  const size = problem.linear.length;
  return { lower: new Int32Array(size).fill(spins ? -1 : 0), upper: new Int32Array(size).fill(1), spins };
}
