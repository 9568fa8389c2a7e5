/** A problem as `qaoa` holds it: its costs, the states that hold them, and where the search for angles begins. */
import { KernelError, type SplitState } from '@qurriculum/kernels';
import type { BinaryQuadraticModel, Platform, Problem } from '@qurriculum/problems';
import {
  type AngleObjective,
  type AngleStart,
  type Circuit,
  createOneHotObjective,
  createQaoaObjective,
  createThreadedQaoaObjective,
  createWarmObjective,
  fixedAngles,
  gammaUnit,
  isingCoefficients,
  linearRamp,
  oneHotStart,
  type QaoaAngles,
  qaoaCircuit,
  singleLayerStart,
  WARM_REGULARISATION,
} from '@qurriculum/quantum';
import { oneHotGroups, toOneHot } from './one-hot-problem.ts';
import { qubitRefusal, toQubits } from './qubit-problem.ts';

export interface QaoaEncoding {
  readonly mixer: 'x' | 'xy' | 'warm';
  readonly qubits: number;
  readonly costs: Float64Array;
  readonly start: AngleStart;
  /** Values and states in float64. */
  readonly objective: AngleObjective & { state(): SplitState };
  /** What the search for angles walks on; perhaps in float32. */
  readonly search: AngleObjective;
  /** States x and x + ownStates differ in slack only. */
  readonly ownStates: number;
  values(state: number): Int32Array;
  /** The one state with these values, where there is one and it is known without a search. */
  stateOf?(values: Int32Array): number;
  /** Null where no circuit of our gates was written for the mixer. */
  circuit(angles: QaoaAngles): Circuit | null;
  close(): Promise<void>;
}

export interface EncodingOptions {
  readonly mostQubits: number;
  readonly mixer: 'auto' | 'x';
  readonly cvar?: number;
  readonly searchPrecision: 'float64' | 'float32';
  readonly threads: number;
  /** A known answer to start from. Only models without constraints, up to 16 qubits, take it. */
  readonly initial?: Int32Array;
}

/** Why a problem cannot be held, in words, or null. */
export function encodingRefusal(problem: Problem, { mostQubits, mixer }: EncodingOptions): string | null {
  if (mixer === 'auto' && problem.type === 'cqm' && oneHotGroups(problem)) return null;
  return qubitRefusal(problem, mostQubits);
}

/**
 * One-hot rows as groups where there are some and they fit, else qubits with slack and penalties. Null where `turn`, asked
 * while the costs of groups are worked out, says that time is up.
 */
export async function encode(
  problem: Problem,
  platform: Platform,
  options: EncodingOptions,
  turn: () => Promise<boolean>,
): Promise<QaoaEncoding | null> {
  const groups = options.mixer === 'auto' && problem.type === 'cqm' ? oneHotGroups(problem) : null;
  if (groups && problem.type === 'cqm') {
    const oneHot = await toOneHot(problem, groups, turn);
    if (!oneHot) return null;
    const { sizes, costs } = oneHot;
    const objective = createOneHotObjective(sizes, costs, { cvar: options.cvar });
    const start = oneHotStart(sizes, costs);
    const rest = { ownStates: costs.length, circuit: () => null, close: async () => {} };
    return { mixer: 'xy', ...oneHot, ...rest, start, objective, search: objective };
  }
  const warm = options.initial && problem.type === 'bqm' && problem.variables.length <= MOST_WARM_QUBITS;
  return warm ? encodeWarm(problem, options.initial, options.cvar) : encodeQubits(problem, platform, options);
}

/** The warm mixer is in plain loops: a layer on 16 qubits takes about 10 ms. */
const MOST_WARM_QUBITS = 16;

/** Every qubit leans towards its value in the known answer (Egger et al. 2021, Quantum 5, 479). */
function encodeWarm(problem: BinaryQuadraticModel, initial: Int32Array, cvar: number | undefined): QaoaEncoding {
  const { bqm, costs, ownQubits, values } = toQubits(problem);
  const one = problem.vartype === 'BINARY' ? 1 : -1;
  const leanings = Array.from(initial, (value) => (value === one ? 1 - WARM_REGULARISATION : WARM_REGULARISATION));
  const unit = gammaUnit(isingCoefficients(bqm));
  const objective = createWarmObjective(costs, leanings, { cvar });
  return {
    mixer: 'warm',
    qubits: ownQubits,
    costs,
    start: { unit, first: linearRamp(1, unit), ramp: (layers) => linearRamp(layers, unit) },
    objective,
    search: objective,
    ownStates: costs.length,
    values,
    circuit: (angles) => qaoaCircuit(bqm, angles, leanings),
    close: async () => {},
  };
}

/** Below this many qubits a layer is shorter than the wait for a thread. */
const LEAST_THREADED_QUBITS = 16;

async function encodeQubits(
  problem: Problem,
  platform: Platform,
  { cvar, searchPrecision, threads }: EncodingOptions,
): Promise<QaoaEncoding> {
  const { bqm, costs, ownQubits, values } = toQubits(problem);
  const ising = isingCoefficients(bqm);
  const unit = gammaUnit(ising);
  const qubits = bqm.linear.length;
  const closing: (() => Promise<void>)[] = [];
  async function create(precision: 'float64' | 'float32') {
    if (threads === 1 || qubits < LEAST_THREADED_QUBITS) return createQaoaObjective(costs, { cvar, precision });
    try {
      const shared = await createThreadedQaoaObjective(platform, threads, costs, { cvar, precision });
      closing.push(shared.close);
      return shared;
    } catch (error) {
      // A page without cross-origin isolation has no shared memory: the same bits on one thread.
      if (!(error instanceof KernelError && error.code === 'BACKEND_MISSING')) throw error;
      return createQaoaObjective(costs, { cvar, precision });
    }
  }
  const objective = await create('float64');
  return {
    mixer: 'x',
    qubits,
    costs,
    start: {
      unit,
      first: singleLayerStart(ising),
      ramp: (layers) => linearRamp(layers, unit),
      fixed: (layers) => fixedAngles(ising, layers),
    },
    objective,
    search: searchPrecision === 'float32' ? await create('float32') : objective,
    ownStates: 2 ** ownQubits,
    values,
    circuit: (angles) => qaoaCircuit(bqm, angles),
    close: async () => void (await Promise.all(closing.map((close) => close()))),
  };
}
