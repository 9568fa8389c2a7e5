/**
 * What a dense tabu kernel does, the model it works on, and the TypeScript twin of assembly/tabu.ts: the same draws and
 * the same choices in the same order, so that both walk alike to the bit.
 */
import { commonStep, type IsingRows, largestField } from './lane-model.ts';
import { inRanges, inRows, type Steps } from './steps.ts';

/** How weights are kept: narrowest that holds all of them. */
export type TabuWidth = 'int16' | 'int32' | 'float64';

export interface TabuModel {
  readonly width: TabuWidth;
  readonly source: IsingRows;
  readonly variables: number;
  /** Energy of one step of gains and weights. */
  readonly unit: number;
  /** The largest |4 J_ij|, in steps. */
  readonly largestWeight: number;
  /** A state is better only when its energy is lower by this, in steps: 0 for whole numbers. */
  readonly margin: number;
}

/** Parameters of one search; see `DenseTabu.search`. */
export interface TabuSearch {
  readonly flips: number;
  readonly patience: number;
  readonly tenure: number;
  readonly spread: number;
}

/** Energies and gains are in steps of the model, energies without the offset. */
export interface TabuKernel {
  load(spins: ArrayLike<number>, gains: Float64Array, energy: number): void;
  setGenerator(state: number): void;
  /** Variables that may be flipped: all, or those listed. */
  allow(among: ArrayLike<number> | null): void;
  /** Empties the tabu list and counts anew; the best state is the current one if it is below this energy. */
  restart(best: number): void;
  search(parameters: TabuSearch): number;
  relink(count: number): number;
  flip(list: ArrayLike<number>): void;
  energy(): number;
  bestEnergy(): number;
  gains(): Float64Array;
  spins(): Int32Array;
  bestSpins(): Int32Array;
}

/** Variables in a block; ties are broken by block. */
export const TABU_BLOCK = 64;
/** Flips that a variable is tabu for are fewer than this: the length of the ring of lists. */
export const TABU_RING = 4096;

/** Rounding of float64 sums, relative to the largest field, that must not pass for a better state. */
const ROUNDING = 1e-10;
const LARGEST = { int16: 2 ** 15 - 1, int32: 2 ** 30 - 1 } as const;

/** In steps. */
export function* tabuModel(source: IsingRows): Steps<TabuModel> {
  const { linear, bias } = source;
  const variables = linear.length;
  const bound = yield* largestField(source);
  const step = yield* commonStep(linear, bias, bound);
  let largest = 0;
  yield* inRanges(bias.length, (from, to) => {
    for (let k = from; k < to; k++) largest = Math.max(largest, 4 * Math.abs(bias[k]));
  });
  if (step === null || Math.max(bound, largest) / step > LARGEST.int32) {
    const margin = ROUNDING * bound;
    return { width: 'float64', source, variables, unit: 1, largestWeight: largest, margin };
  }
  const width = largest / step <= LARGEST.int16 ? 'int16' : 'int32';
  return { width, source, variables, unit: step, largestWeight: largest / step, margin: 0 };
}

/** Writes 4 J_ij in the model's unit, `stride` numbers to a row. */
export function* writeRows(
  model: TabuModel,
  rows: Int16Array | Int32Array | Float64Array,
  stride: number,
): Steps<void> {
  const { rowStart, neighbour, bias } = model.source;
  const factor = 4 / model.unit;
  yield* inRows(rowStart, (from, to) => {
    for (let i = from; i < to; i++) {
      const row = i * stride;
      for (let k = rowStart[i]; k < rowStart[i + 1]; k++) rows[row + neighbour[k]] = factor * bias[k];
    }
  });
}

interface Twin {
  readonly size: number;
  readonly blocks: number;
  readonly margin: number;
  readonly rows: Int16Array | Int32Array | Float64Array;
  readonly gains: Float64Array;
  readonly spins: Int32Array;
  readonly best: Int32Array;
  readonly free: Uint8Array;
  readonly ring: Int32Array;
  readonly after: Int32Array;
  energy: number;
  bestEnergy: number;
  localBest: number;
  now: number;
  localAt: number;
  generator: number;
  pending: boolean;
  /** The largest gain of what may be flipped, and of all. */
  most: number;
  mostOfAll: number;
}

/** In steps. */
export function* createTwinTabuKernel(model: TabuModel): Steps<TabuKernel> {
  const size = model.variables;
  const cells = size * size;
  const rows =
    model.width === 'int16'
      ? new Int16Array(cells)
      : model.width === 'int32'
        ? new Int32Array(cells)
        : new Float64Array(cells);
  yield* writeRows(model, rows, size);
  const twin: Twin = {
    size,
    blocks: Math.ceil(size / TABU_BLOCK),
    margin: model.margin,
    rows,
    gains: new Float64Array(size),
    spins: new Int32Array(size),
    best: new Int32Array(size),
    free: new Uint8Array(size),
    ring: new Int32Array(TABU_RING),
    after: new Int32Array(size),
    energy: 0,
    bestEnergy: 0,
    localBest: 0,
    now: 0,
    localAt: 0,
    generator: 1,
    pending: false,
    most: 0,
    mostOfAll: 0,
  };
  return {
    load(spins, gains, energy) {
      twin.spins.set(spins);
      twin.best.set(spins);
      twin.gains.set(gains);
      twin.energy = energy;
    },
    setGenerator(state) {
      twin.generator = state | 0;
    },
    allow(among) {
      twin.free.fill(among === null ? 1 : 0);
      for (let k = 0; among !== null && k < among.length; k++) twin.free[among[k]] = 1;
    },
    restart: (best) => restart(twin, best),
    search: (parameters) => search(twin, parameters),
    relink: (count) => relink(twin, count),
    flip(list) {
      for (let k = 0; k < list.length; k++) flip(twin, list[k]);
    },
    energy: () => twin.energy,
    bestEnergy: () => twin.bestEnergy,
    gains: () => Float64Array.from(twin.gains),
    spins: () => Int32Array.from(twin.spins),
    bestSpins: () => Int32Array.from(twin.best),
  };
}

function restart(twin: Twin, best: number): void {
  twin.ring.fill(0);
  twin.now = 0;
  twin.localAt = 0;
  twin.localBest = twin.energy;
  twin.bestEnergy = Math.min(best, twin.energy);
  twin.pending = false;
  if (twin.energy === twin.bestEnergy) keep(twin);
}

function note(twin: Twin): void {
  if (twin.energy >= twin.bestEnergy - twin.margin) return;
  twin.bestEnergy = twin.energy;
  twin.pending = true;
}

function keep(twin: Twin): void {
  twin.best.set(twin.spins);
  twin.pending = false;
}

function scan(twin: Twin): void {
  const { size, gains, free } = twin;
  let most = Number.NEGATIVE_INFINITY;
  let all = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < size; j++) {
    const gain = gains[j];
    if (gain > all) all = gain;
    if (gain > most && free[j] !== 0) most = gain;
  }
  twin.most = most;
  twin.mostOfAll = all;
}

function flip(twin: Twin, i: number): void {
  const { size, rows, gains, spins } = twin;
  const spin = spins[i];
  twin.energy -= gains[i];
  gains[i] = -gains[i];
  spins[i] = -spin;
  const row = i * size;
  for (let j = 0; j < size; j++) gains[j] -= rows[row + j] * spin * spins[j];
}

/** The variable with a gain of `most` (`mostOfAll` when tabu is no matter), ties broken as in assembly/tabu.ts. */
function find(twin: Twin, allowed: boolean): number {
  const { size, blocks, gains, free } = twin;
  const value = allowed ? twin.most : twin.mostOfAll;
  const turn = (twin.generator >>> 8) & 63;
  const first = Math.floor(((twin.generator >>> 0) * blocks) / 2 ** 32);
  for (let k = 0; k < blocks; k++) {
    const block = ((first + k) % blocks) * TABU_BLOCK;
    for (let place = 0; place < TABU_BLOCK; place++) {
      const j = block + ((place + turn) & 63);
      if (j < size && gains[j] === value && (!allowed || free[j] !== 0)) return j;
    }
  }
  return 0;
}

function draw(twin: Twin): void {
  twin.generator ^= twin.generator << 13;
  twin.generator ^= twin.generator >>> 17;
  twin.generator ^= twin.generator << 5;
}

function release(twin: Twin): void {
  const { ring, after, free } = twin;
  const slot = twin.now % TABU_RING;
  for (let j = ring[slot]; j !== 0; j = after[j - 1]) free[j - 1] = 1;
  ring[slot] = 0;
}

function forbid(twin: Twin, i: number, tenure: number): void {
  const { ring, after, free } = twin;
  if (free[i] === 0) return;
  free[i] = 0;
  const slot = (twin.now + tenure) % TABU_RING;
  after[i] = ring[slot];
  ring[slot] = i + 1;
}

function search(twin: Twin, { flips, patience, tenure, spread }: TabuSearch): number {
  let done = 0;
  scan(twin);
  while (done < flips && twin.now - twin.localAt < patience) {
    draw(twin);
    const aspired = twin.mostOfAll > twin.most && twin.energy - twin.mostOfAll < twin.bestEnergy - twin.margin;
    done++;
    twin.now++;
    if (!aspired && twin.most === Number.NEGATIVE_INFINITY) {
      release(twin);
      scan(twin);
      continue;
    }
    const i = find(twin, !aspired);
    if (twin.pending && twin.gains[i] <= 0) keep(twin);
    forbid(twin, i, tenure + Math.floor((((twin.generator << 16) >>> 0) * spread) / 2 ** 32));
    flip(twin, i);
    release(twin);
    scan(twin);
    if (twin.energy < twin.localBest - twin.margin) {
      twin.localBest = twin.energy;
      twin.localAt = twin.now;
    }
    note(twin);
  }
  if (twin.pending) keep(twin);
  return done;
}

function relink(twin: Twin, count: number): number {
  let done = 0;
  scan(twin);
  while (done < count && twin.most !== Number.NEGATIVE_INFINITY) {
    draw(twin);
    const i = find(twin, true);
    if (twin.pending && twin.gains[i] <= 0) keep(twin);
    twin.free[i] = 0;
    flip(twin, i);
    scan(twin);
    note(twin);
    done++;
  }
  if (twin.pending) keep(twin);
  return done;
}
