/**
 * Tabu search on a dense Ising model, whose couplings are kept as a matrix of contiguous rows: one flip passes over one row
 * (Glover, Lu & Hao 2010, section 2.2). Flips are always those with the largest gain s_i F_i, F_i = 2 (h_i + sum_j J_ij s_j).
 * Restarts, perturbation and path relinking are the caller's, who has the moves for them here.
 */
import { KernelError } from './errors.ts';
import { wasmBase64 } from './generated/tabu.ts';
import type { IsingRows } from './lane-model.ts';
import { requireRows, requireSpins } from './rows.ts';
import { splitmix32 } from './splitmix.ts';
import { runSteps, type Steps } from './steps.ts';
import { createTwinTabuKernel, TABU_RING, type TabuSearch, type TabuWidth, tabuModel } from './tabu-kernel.ts';
import { createWasmTabuKernel } from './tabu-wasm.ts';
import { type KernelBackend, lazyModule } from './wasm-module.ts';

export interface DenseTabu {
  readonly backend: Exclude<KernelBackend, 'wasm-relaxed-simd'>;
  /** How the rows are kept: n^2 numbers of 2, 4 or 8 bytes. */
  readonly width: TabuWidth;
  readonly variables: number;
  /** Goes to a state of n spins of -1 or +1, with a generator seeded by an unsigned 32-bit integer; nothing is tabu. */
  start(seed: number, spins: ArrayLike<number>): void;
  /** Flips the variables listed, in order. */
  flip(variables: ArrayLike<number>): void;
  /** From here on the best state is the current one (or one found later that is below this energy); nothing is tabu. */
  restart(best?: number): void;
  /**
   * Up to `flips` flips; ends before when `patience` flips since `restart` or the last new local best brought nothing. The
   * flip with the largest gain is made, whose variable then is tabu for tenure + 0 ... spread - 1 flips unless it leads
   * below the best energy. Answers the flips made; a search may be taken up again.
   */
  search(parameters: TabuSearch): number;
  /** Flips `count` of the variables listed, each at most once, always that with the largest gain; then nothing is tabu. */
  relink(among: ArrayLike<number>, count: number): void;
  /** Energy of the current and of the best state, exact for whole-numbered models. */
  energy(): number;
  bestEnergy(): number;
  /** Copies of n numbers. */
  gains(): Float64Array;
  spins(): Int32Array;
  bestSpins(): Int32Array;
}

export interface DenseTabuOptions {
  /** Default: 'wasm-simd' where the machine has it, else 'typescript'. Both walk alike. */
  readonly backend?: DenseTabu['backend'];
}

const tabuModule = lazyModule(wasmBase64);

/** Loads a model. @throws KernelError BAD_SIZE, BAD_VALUE, OUT_OF_MEMORY. */
export function createDenseTabu(rows: IsingRows, options: DenseTabuOptions = {}): DenseTabu {
  return runSteps(denseTabuSteps(rows, options));
}

/** The same in steps: thousands of variables take a tenth of a second to load. */
export function* denseTabuSteps(rows: IsingRows, options: DenseTabuOptions = {}): Steps<DenseTabu> {
  yield* requireRows('createDenseTabu', rows);
  const model = yield* tabuModel(rows);
  const { unit, variables, width } = model;
  const module = options.backend === 'typescript' ? null : tabuModule();
  const kernel = yield* module ? createWasmTabuKernel(module, model) : createTwinTabuKernel(model);
  const again = (best: number): void => {
    kernel.allow(null);
    kernel.restart(best / unit);
  };
  return {
    backend: module ? 'wasm-simd' : 'typescript',
    width,
    variables,
    start(seed, spins) {
      requireSpins('denseTabu.start', spins, variables);
      const { gains, energy } = stateOf(rows, spins, unit);
      kernel.load(spins, gains, energy);
      // Any 32 bits but 0.
      kernel.setGenerator(splitmix32(seed)() | 1);
      again(Number.POSITIVE_INFINITY);
    },
    flip: (list) => kernel.flip(list),
    restart: (best = Number.POSITIVE_INFINITY) => again(best),
    search(parameters) {
      requireSearch(parameters);
      return kernel.search(parameters);
    },
    relink(among, count) {
      kernel.allow(among);
      kernel.relink(count);
      kernel.allow(null);
    },
    energy: () => kernel.energy() * unit,
    bestEnergy: () => kernel.bestEnergy() * unit,
    gains: () => kernel.gains().map((gain) => gain * unit),
    spins: () => kernel.spins(),
    bestSpins: () => kernel.bestSpins(),
  };
}

/** G_i = 2 s_i (h_i + sum_j J_ij s_j) and E = sum_i s_i (G_i s_i + 2 h_i) / 4, in steps. */
function stateOf(rows: IsingRows, spins: ArrayLike<number>, unit: number): { gains: Float64Array; energy: number } {
  const { linear, rowStart, neighbour, bias } = rows;
  let energy = 0;
  const gains = Float64Array.from(linear, (own, i) => {
    let sum = own;
    for (let k = rowStart[i]; k < rowStart[i + 1]; k++) sum += bias[k] * spins[neighbour[k]];
    energy += (spins[i] * (sum + own)) / 2;
    return (2 * spins[i] * sum) / unit;
  });
  return { gains, energy: energy / unit };
}

function requireSearch({ flips, patience, tenure, spread }: TabuSearch): void {
  const counts = [flips, patience, tenure, spread];
  const whole = counts.every((value) => Number.isInteger(value) && value >= 0 && value < 2 ** 32);
  if (whole && spread >= 1 && tenure >= 1 && tenure + spread <= TABU_RING) return;
  throw new KernelError(
    'BAD_VALUE',
    `denseTabu.search: expected whole numbers, spread and tenure at least 1 and at most ${TABU_RING} together, got ` +
      `${counts.join(', ')}; correct them.`,
  );
}
