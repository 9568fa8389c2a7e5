/**
 * `dwave-qpu`: D-Wave's annealer through SAPI. The graph is the one that the solver describes itself by (Pegasus, Zephyr,
 * Chimera, with the qubits that work); the embedding is found here. Work: { reads: 100 }.
 *
 * No request of this module has ever reached a device: the protocol is as read in D-Wave's own client.
 */

import type { BinaryQuadraticModel } from '@qurriculum/problems';
import { convertValues, cqmToBqm, type Platform, type Problem, ProblemError, toVartype } from '@qurriculum/problems';
import { createRandom, mixSeed } from '@qurriculum/random';
import { readWork } from '../../solve-clock.ts';
import type { JobResult, Json, RemoteService } from '../job.ts';
import { RemoteError } from '../remote-error.ts';
import { createRemoteSolver, type RemoteOptions, type RemoteSolver } from '../remote-solver.ts';
import { type Fields, fieldsOf, numberField, numbersOf, optionalNumber } from '../response-fields.ts';
import { type BiasRanges, type ChainRepair, embedModel, unembed } from './embedded-model.ts';
import { type Embedding, type EmbeddingOptions, embeddingFault, findEmbedding } from './embedding.ts';
import { readTargetGraph } from './graph.ts';
import { decodeQp, encodeQp } from './qp-format.ts';
import { createSapi, type DWaveOptions } from './sapi.ts';

export interface DWaveQpuOptions extends DWaveOptions, RemoteOptions {
  /** Default 'minimise-energy'. */
  readonly chainRepair?: ChainRepair;
  /** Of chains, in the model's own unit. Default: uniform torque compensation. */
  readonly chainStrength?: number;
  /** Seconds after which the search for an embedding ends. Default 60. */
  readonly embeddingSeconds?: number;
}

/** The most that was ever built is about 5,600 qubits; a model of more variables cannot fit. */
const MOST_VARIABLES = 5600;
const DEFAULT_WORK = { reads: 100 };
const MICRO = 1e-6;
/** Seconds of embedding in one go: a third of the 50 ms within which a cancellation is to be heard. */
const SLICE = 0.015;
/**
 * Used where the solver's description gives no time, in microseconds: of the size that D-Wave's documentation names for
 * Advantage systems. Estimates only; what is charged comes back with the answer.
 */
const USUAL_PROGRAMMING = 15_000;
const USUAL_ANNEAL = 20;
const USUAL_READOUT = 125;

export function createDWaveQpuSolver(platform: Platform, options: DWaveQpuOptions = {}): RemoteSolver {
  const sapi = createSapi(platform, options);
  const service: RemoteService = {
    name: 'dwave-qpu',
    kind: 'quantum-remote',
    description: "Anneals on D-Wave's quantum processor, over the network; needs an account and costs money.",
    missing: sapi.missing,
    secrets: sapi.secrets,
    refuses,
    async prepare(problem, solveOptions) {
      const { reads } = readWork('dwave-qpu', solveOptions.work, DEFAULT_WORK);
      const named = options.solver ?? platform.environment('DWAVE_API_SOLVER');
      const { name, properties } = await sapi.pickSolver('ising', { named, signal: solveOptions.signal });
      const target = readTargetGraph(properties);
      const { model } = spinModel(problem);
      const random = createRandom(mixSeed(solveOptions.seed ?? 0, 'embedding'));
      const chains = await findEmbedding(model, target, random, inSlices(platform, options, solveOptions.signal));
      requireEmbedded(name, chains && embeddingFault(model, target, chains), chains);
      const embedded = embedModel(model, target, chains, rangesOf(properties), options.chainStrength);
      const numbers = chains.map((chain) => Array.from(chain, (k) => target.qubits[k]));
      return {
        offer: 'dwave/qpu',
        use: { tasks: 1, shots: reads, qpuSeconds: expectedSeconds(properties, reads) },
        context: { solver: name, reads, chains: numbers, chainStrength: embedded.chainStrength, scale: embedded.scale },
        send: (signal) =>
          sapi.submit(
            {
              solver: { name },
              type: 'ising',
              data: encodeQp(embedded, target),
              params: { num_reads: reads, answer_mode: 'histogram', auto_scale: false },
            },
            signal,
          ),
      };
    },
    status: (id, _, signal) => sapi.status(id, signal),
    cancel: (id) => sapi.cancel(id),
    async collect(problem, id, context, signal) {
      return readAnswer(problem, await sapi.answer(id, signal), context, options.chainRepair ?? 'minimise-energy');
    },
  };
  return createRemoteSolver(platform, service, options);
}

/** The search in slices: others run in between, a signal ends it, and so does its time. */
function inSlices(
  platform: Platform,
  { embeddingSeconds = 60 }: DWaveQpuOptions,
  signal?: AbortSignal,
): EmbeddingOptions {
  const started = platform.now();
  let sliceStarted = started;
  return {
    over: () => platform.now() - started > embeddingSeconds,
    async pause() {
      signal?.throwIfAborted();
      if (platform.now() - sliceStarted < SLICE) return;
      await platform.wait(0, signal);
      sliceStarted = platform.now();
    },
  };
}

function refuses(problem: Problem): string | null {
  const size = problem.variables.length;
  if (size < 1) return 'at least 1 variable, this has none';
  if (size > MOST_VARIABLES) return `at most ${MOST_VARIABLES} variables, this has ${size}`;
  try {
    return spinModel(problem).model.linear.length > 0 ? null : 'at least 1 variable with a choice, this has none';
  } catch (error) {
    if (error instanceof ProblemError) return `constraints that each can be kept, but ${error.message}`;
    throw error;
  }
}

interface SpinModel {
  readonly model: BinaryQuadraticModel;
  /** The problem's values from the model's spins. */
  values(spins: Int32Array): Int32Array;
}

/** The problem over spins; constraints become penalties with slack bits. */
function spinModel(problem: Problem): SpinModel {
  if (problem.type === 'bqm') {
    return {
      model: toVartype(problem, 'SPIN'),
      values: (spins) => convertValues(spins, 'SPIN', problem.vartype),
    };
  }
  const { bqm, invert } = cqmToBqm(problem);
  return { model: toVartype(bqm, 'SPIN'), values: (spins) => invert(convertValues(spins, 'SPIN', 'BINARY')) };
}

function requireEmbedded(name: string, fault: string | null, chains: Embedding | null): asserts chains is Embedding {
  if (chains && fault === null) return;
  throw new RemoteError(
    'DOES_NOT_FIT',
    `dwave-qpu: expected an embedding on ${name}, got ${fault ?? 'none'}; take a smaller or sparser problem.`,
  );
}

function rangesOf(properties: Fields): BiasRanges {
  const range = (name: string, fallback: string): readonly [number, number] => {
    const [low, high] = numbersOf(properties[name] ?? properties[fallback], `D-Wave solver ${fallback}`);
    return [low, high];
  };
  // Chains may use the extended range where there is one.
  return { field: range('h_range', 'h_range'), coupling: range('extended_j_range', 'j_range') };
}

/** T = programming + reads (anneal + readout + delay), D-Wave's documentation, "Operation and timing". */
function expectedSeconds(properties: Fields, reads: number): number {
  const timing = (properties['problem_timing_data'] ?? {}) as Fields;
  const programming = optionalNumber(timing, 'typical_programming_time') ?? USUAL_PROGRAMMING;
  const anneal = optionalNumber(properties, 'default_annealing_time') ?? USUAL_ANNEAL;
  const delay = optionalNumber(timing, 'qpu_delay_time_per_sample') ?? 0;
  return MICRO * (programming + reads * (anneal + delay + USUAL_READOUT));
}

function readAnswer(problem: Problem, message: Fields, context: Json, repair: ChainRepair): JobResult {
  const { chains, reads: asked, solver, chainStrength, scale } = context as Fields;
  const answer = fieldsOf(message['answer'], 'D-Wave answer');
  const { qubits, reads, occurrences } = decodeQp(answer);
  const place = new Map(qubits.map((qubit, k) => [qubit, k]));
  const { model, values } = spinModel(problem);
  // From here on positions are those in the answer.
  const read = (chains as readonly (readonly number[])[]).map((chain) =>
    Int32Array.from(chain, (qubit) => {
      const found = place.get(qubit);
      if (found !== undefined) return found;
      const text = `D-Wave answer: expected qubit ${qubit} among those read, got others; resume the job again.`;
      throw new RemoteError('BAD_RESPONSE', text);
    }),
  );
  let broken = 0;
  const samples = reads.map((spins, k) => {
    const whole = unembed(model, read, spins, repair);
    broken += whole.broken * occurrences[k];
    return { values: values(whole.spins), occurrences: occurrences[k] };
  });
  const total = occurrences.reduce((sum, count) => sum + count, 0);
  const timing = fieldsOf(answer['timing'] ?? {}, 'D-Wave answer timing');
  const access = optionalNumber(timing, 'qpu_access_time');
  return {
    reads: samples,
    asked: numberField({ asked }, 'asked', 'dwave-qpu handle'),
    qpuSeconds: access === undefined ? undefined : access * MICRO,
    info: {
      solver,
      chainStrength,
      scale,
      chainRepair: repair,
      brokenChainShare: total > 0 ? broken / (total * read.length) : 0,
      longestChain: Math.max(...read.map((chain) => chain.length)),
      qubits: read.reduce((sum, chain) => sum + chain.length, 0),
    },
  };
}
