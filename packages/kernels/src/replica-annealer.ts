/**
 * Annealing of many replicas of an Ising model at once, one per SIMD lane: Metropolis sweeps in the order of the
 * variables (Kirkpatrick, Gelatt & Vecchi 1983; replicas in lanes after Isakov, Zintchenko, Roennow & Troyer 2015, "Optimised
 * simulated annealing for Ising spin glasses", section 3). E = sum h_i s_i + sum_{i<j} J_ij s_i s_j.
 */
import { KernelError } from './errors.ts';
import { wasmBase64 } from './generated/anneal-replicas.ts';
import { createTwinLaneKernel, downMask, type LaneArrays, type LaneKernel, type LaneSizes } from './lane-kernel.ts';
import { type IsingRows, type LaneModel, type LaneWidth, laneModelSteps } from './lane-model.ts';
import { createWasmLaneKernel, replicaCounts } from './lane-wasm.ts';
import { requireRows, requireSpins } from './rows.ts';
import { splitmix32 } from './splitmix.ts';
import { runSteps, type Steps } from './steps.ts';
import { quantile } from './thresholds.ts';
import { type KernelBackend, lazyModule } from './wasm-module.ts';

export interface ReplicaAnnealer {
  readonly backend: Exclude<KernelBackend, 'wasm-relaxed-simd'>;
  /** How fields are kept. Whole-numbered models give the same spins in every width that holds them. */
  readonly width: LaneWidth;
  readonly variables: number;
  /** 16, or as many as a cache line holds: 64 int8, 32 int16. */
  readonly replicas: number;
  /**
   * Starts all replicas at random, the first ones from the spins of -1 or +1 given, with a generator seeded by an unsigned
   * 32-bit integer. Every replica's temperature is that of the sweep.
   */
  start(seed: number, spins?: readonly ArrayLike<number>[]): void;
  /** From now on replica l sweeps at inverse temperature beta factors[l]; factors are positive. */
  setFactors(factors: ArrayLike<number>): void;
  /** One sweep per inverse temperature (>= 0, in 1 / energy; Infinity only goes downhill). */
  sweep(betas: ArrayLike<number>): void;
  /**
   * The energy of each replica, to the precision of its lanes: exact for whole-numbered models. The array is reused by
   * the next call.
   */
  energies(): Float64Array;
  /** A copy of the n spins of one replica. */
  spins(replica: number): Int32Array;
  /** Replica `to` becomes a copy of replica `from`. */
  copy(from: number, to: number): void;
  /** Its arrays, a row of replicas per variable: what `copyReplica` copies. */
  readonly state: ReplicaState;
}

/** Spins and fields of all replicas: row i holds those of variable i, one column per replica. */
export type ReplicaState = Pick<LaneArrays, 'masks' | 'fields'>;

/**
 * Replica `to` of one annealer becomes a copy of replica `from` of another one of the same model, width and number of
 * replicas. Within one annealer its own `copy` is faster.
 */
export function copyReplica(source: ReplicaAnnealer, from: number, target: ReplicaAnnealer, to: number): void {
  const { replicas } = target;
  if (source.width !== target.width || source.replicas !== replicas || source.variables !== target.variables) {
    throw new KernelError(
      'BAD_VALUE',
      `copyReplica: expected annealers of one model and size, got ${sizeOf(source)} and ${sizeOf(target)}; open both alike.`,
    );
  }
  for (const part of ['masks', 'fields'] as const) {
    const [give, take] = [source.state[part], target.state[part]];
    for (let at = 0; at < take.length; at += replicas) take[at + to] = give[at + from];
  }
}

const sizeOf = ({ variables, replicas, width }: ReplicaAnnealer): string =>
  `${variables} variables in ${replicas} lanes of ${width}`;

export interface ReplicaAnnealerOptions {
  /** Default: 'wasm-simd' where the machine has it, else 'typescript'. Both give the same spins to the bit. */
  readonly backend?: ReplicaAnnealer['backend'];
  /** Default: the narrowest that is proved to hold every field. */
  readonly width?: LaneWidth;
  /** 'few' (default) is 16 in every width; 'many' fills cache lines: more proposals per second, fewer sweeps. */
  readonly replicas?: 'few' | 'many';
}

/** Sweeps handed over in one call to the kernel. */
const MOST_SWEEPS_PER_CALL = 1024;
/** 2^8 thresholds per lane; 2^6 for small models, whose sweeps take no longer than scaling the table. */
const ROW_BITS = { many: 8, few: 6 } as const;
const SMALL_MODEL = 500;

const replicaModule = lazyModule(wasmBase64);

/** Loads a model. @throws KernelError BAD_SIZE, BAD_VALUE, OUT_OF_MEMORY. */
export function createReplicaAnnealer(rows: IsingRows, options: ReplicaAnnealerOptions = {}): ReplicaAnnealer {
  return runSteps(replicaAnnealerSteps(rows, options));
}

/** The same in steps: a dense model of thousands of variables takes a tenth of a second to load. */
export function* replicaAnnealerSteps(rows: IsingRows, options: ReplicaAnnealerOptions = {}): Steps<ReplicaAnnealer> {
  yield* requireRows('createReplicaAnnealer', rows);
  const model = yield* laneModelSteps(rows, options.width);
  yield;
  const counts = replicaCounts(model.width);
  const replicas = options.replicas === 'many' ? counts[counts.length - 1] : counts[0];
  const variables = rows.linear.length;
  const rowBits = variables < SMALL_MODEL ? ROW_BITS.few : ROW_BITS.many;
  const sizes: LaneSizes = { variables, replicas, rowBits, scales: MOST_SWEEPS_PER_CALL };
  const module = options.backend === 'typescript' ? null : replicaModule();
  const kernel = module ? yield* createWasmLaneKernel(module, model, sizes) : createTwinLaneKernel(model, sizes);
  const { arrays } = kernel;
  return {
    backend: module ? 'wasm-simd' : 'typescript',
    width: model.width,
    variables,
    replicas,
    start: (seed, spins = []) => start(kernel, model, sizes, seed, spins),
    setFactors(factors) {
      for (let lane = 0; lane < replicas; lane++) arrays.laneScale[lane] = 1 / factors[lane];
    },
    sweep: (betas) => sweepAll(kernel, model, betas),
    energies() {
      kernel.score();
      for (let lane = 0; lane < replicas; lane++) arrays.scores[lane] *= model.unit / 4;
      return arrays.scores;
    },
    spins(replica) {
      const spins = new Int32Array(variables);
      for (let i = 0; i < variables; i++) spins[i] = arrays.masks[i * replicas + replica] === 0 ? 1 : -1;
      return spins;
    },
    copy: (from, to) => kernel.copy(from, to),
    state: arrays,
  };
}

function start(
  kernel: LaneKernel,
  model: LaneModel,
  { variables, replicas, rowBits }: LaneSizes,
  seed: number,
  given: readonly ArrayLike<number>[],
): void {
  const { masks, quantiles, laneScale } = kernel.arrays;
  const next = splitmix32(seed);
  const down = downMask(model.width);
  for (let at = 0; at < masks.length; at++) masks[at] = next() < 0 ? down : 0;
  for (const [lane, spins] of given.slice(0, replicas).entries()) {
    requireSpins('replicaAnnealer.start', spins, variables);
    for (let i = 0; i < variables; i++) masks[i * replicas + lane] = spins[i] < 0 ? down : 0;
  }
  laneScale.fill(1);
  fillQuantiles(quantiles, 2 ** rowBits, replicas, next);
  kernel.setGenerator(next() | 1);
  kernel.computeFields();
}

/**
 * Every lane gets one quantile of each of `rows` strata, in an order of its own; the place within a stratum goes round
 * the lanes, so that together they are as fine as rows x replicas strata.
 */
function fillQuantiles(quantiles: Float32Array, rows: number, replicas: number, next: () => number): void {
  for (let stratum = 0; stratum < rows; stratum++) {
    const turn = next() >>> 0;
    for (let lane = 0; lane < replicas; lane++) {
      const place = ((turn + lane) % replicas) + 0.5;
      quantiles[stratum * replicas + lane] = quantile((stratum + place / replicas) / rows);
    }
  }
  for (let lane = 0; lane < replicas; lane++) {
    for (let row = rows - 1; row > 0; row--) {
      const other = (next() >>> 0) % (row + 1);
      const [a, b] = [row * replicas + lane, other * replicas + lane];
      const held = quantiles[a];
      quantiles[a] = quantiles[b];
      quantiles[b] = held;
    }
  }
}

function sweepAll(kernel: LaneKernel, model: LaneModel, betas: ArrayLike<number>): void {
  const { scales } = kernel.arrays;
  // The fields of real weights pick up rounding errors with every flip: they start anew with every call.
  if (model.width === 'float32') kernel.computeFields();
  for (let from = 0; from < betas.length; from += MOST_SWEEPS_PER_CALL) {
    const count = Math.min(MOST_SWEEPS_PER_CALL, betas.length - from);
    for (let k = 0; k < count; k++) {
      if (!(betas[from + k] >= 0)) {
        throw new KernelError(
          'BAD_VALUE',
          `replicaAnnealer.sweep: expected inverse temperatures of at least 0, got ${betas[from + k]}; correct it.`,
        );
      }
      scales[k] = 1 / (betas[from + k] * model.unit);
    }
    kernel.sweeps(count);
  }
}
