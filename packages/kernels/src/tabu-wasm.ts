/**
 * The WebAssembly side of the dense tabu search: lays rows and state out in one arena. Rows of int16 are walked with gains
 * of int16, twice as many to a vector, until a gain comes near the end of that range; then gains are widened to int32 and
 * the very same walk goes on.
 */

import type { Steps } from './steps.ts';
import { TABU_BLOCK, TABU_RING, type TabuKernel, type TabuModel, writeRows } from './tabu-kernel.ts';
import { createArena, instantiate } from './wasm-module.ts';

/** Types of rows and of gains that the module has code for. */
type Shape = 'i16i16' | 'i16i32' | 'i32i32' | 'f64f64';

type ShapeExports = Readonly<
  Record<`${Shape}Search`, (flips: number, patience: number, tenure: number, spread: number) => number> &
    Record<`${Shape}Relink`, (count: number) => number> &
    Record<`${Shape}Flip`, (list: number, count: number) => number>
>;

interface TabuExports extends ShapeExports {
  setTabuModel(rows: number, rowBytes: number, zero: number, blocks: number, limit: number, margin: number): void;
  setTabuState(
    gains: number,
    masks: number,
    caps: number,
    best: number,
    blockMost: number,
    ring: number,
    ringLength: number,
    after: number,
  ): void;
  setGenerator(state: number): void;
  setEnergy(energy: number): void;
  getEnergy(): number;
  getBestEnergy(): number;
  getLeftRange(): number;
  clearLeftRange(): void;
  restart(best: number): void;
}

type Numbers = Int16Array | Int32Array | Float64Array;
type Width = 'int16' | 'int32' | 'float64';

const BYTES = { int16: 2, int32: 4, float64: 8 } as const;
/** Gains of int16 must leave room for a change; with larger weights they would be widened at once. */
const LARGEST_NARROW_WEIGHT = 2 ** 13;
/** Caps: of what may be flipped, and of what may not. */
const CAPS = {
  int16: [2 ** 15 - 1, -(2 ** 15)],
  int32: [2 ** 31 - 1, -(2 ** 31)],
  float64: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
} as const;
/** A mask of -1: all ones, the sign bit for float64. */
const DOWN = { int16: -1, int32: -1, float64: -0 } as const;

interface State {
  readonly gainWidth: Width;
  readonly gains: Numbers;
  readonly masks: Numbers;
  readonly caps: Numbers;
  readonly best: Numbers;
}

/** In steps. */
export function* createWasmTabuKernel(module: WebAssembly.Module, model: TabuModel): Steps<TabuKernel> {
  const { variables, width } = model;
  const blocks = Math.ceil(variables / TABU_BLOCK);
  const stride = blocks * TABU_BLOCK;
  const rowBytes = stride * BYTES[width];
  // State has room for gains of the widest type that the rows go with.
  const stateBytes = stride * (width === 'float64' ? 8 : 4);
  const lengths = [variables * rowBytes, rowBytes, ...new Array(4).fill(stateBytes), blocks * 16];
  const bytes = [...lengths, 4 * TABU_RING, 4 * stride, 4 * stride];
  const arena = createArena(bytes.reduce((sum, length) => sum + length, 0));
  const { buffer } = arena.memory;
  const [rows, zero, gains, masks, caps, best, blockMost, ring, after, list] = bytes.map(arena.allocate);
  yield* writeRows(model, viewOf(width, buffer, rows, variables * stride), stride);
  const exports = instantiate<TabuExports>(module, arena);
  const limit = CAPS.int16[0] - model.largestWeight;
  exports.setTabuModel(rows, rowBytes, zero, blocks, limit, model.margin);
  exports.setTabuState(gains, masks, caps, best, blockMost, ring, TABU_RING, after);
  const stateOf = (gainWidth: Width): State => ({
    gainWidth,
    gains: viewOf(gainWidth, buffer, gains, stride),
    masks: viewOf(gainWidth, buffer, masks, stride),
    caps: viewOf(gainWidth, buffer, caps, stride),
    best: viewOf(gainWidth, buffer, best, stride),
  });
  const listed = new Uint32Array(buffer, list, stride);
  const narrow = width === 'int16' && model.largestWeight <= LARGEST_NARROW_WEIGHT;
  let state = stateOf(narrow ? 'int16' : width === 'float64' ? 'float64' : 'int32');
  const widen = (): void => {
    state = widened(state, stateOf('int32'));
    exports.clearLeftRange();
  };
  const shape = (): Shape => {
    if (width !== 'int16') return width === 'int32' ? 'i32i32' : 'f64f64';
    return state.gainWidth === 'int16' ? 'i16i16' : 'i16i32';
  };
  /** Calls until all is done: a call that left the range of int16 ends early, and the rest is done in int32. */
  const whole = (call: (from: number) => number): number => {
    for (let done = call(0); ; done += call(done)) {
      if (exports.getLeftRange() === 0) return done;
      widen();
    }
  };
  return {
    load(spins, exact, energy) {
      if (state.gainWidth === 'int16' && exact.some((gain) => Math.abs(gain) > limit)) widen();
      const down = DOWN[state.gainWidth];
      state.gains.set(exact);
      for (let i = 0; i < variables; i++) state.masks[i] = spins[i] < 0 ? down : 0;
      state.best.set(state.masks);
      exports.setEnergy(energy);
    },
    setGenerator: exports.setGenerator,
    allow(among) {
      const [open, shut] = CAPS[state.gainWidth];
      state.caps.fill(shut).fill(among === null ? open : shut, 0, variables);
      for (let k = 0; among !== null && k < among.length; k++) state.caps[among[k]] = open;
    },
    restart(best) {
      exports.restart(best);
      if (exports.getEnergy() === exports.getBestEnergy()) state.best.set(state.masks);
    },
    search: ({ flips, patience, tenure, spread }) =>
      whole((from) => exports[`${shape()}Search`](flips - from, patience, tenure, spread)),
    relink: (count) => whole((from) => exports[`${shape()}Relink`](count - from)),
    flip(flips) {
      listed.set(flips);
      whole((from) => exports[`${shape()}Flip`](list + 4 * from, flips.length - from));
    },
    energy: exports.getEnergy,
    bestEnergy: exports.getBestEnergy,
    gains: () => Float64Array.from(state.gains.subarray(0, variables)),
    spins: () => spinsOf(state.masks, variables),
    bestSpins: () => spinsOf(state.best, variables),
  };
}

function viewOf(width: Width, buffer: ArrayBuffer, at: number, length: number): Numbers {
  if (width === 'int16') return new Int16Array(buffer, at, length);
  return width === 'int32' ? new Int32Array(buffer, at, length) : new Float64Array(buffer, at, length);
}

/** The same state in the same places of the arena, with int32 in place of int16. */
function widened(from: State, to: State): State {
  const [, narrowShut] = CAPS.int16;
  const [open, shut] = CAPS.int32;
  to.gains.set(Int16Array.from(from.gains));
  to.masks.set(Int16Array.from(from.masks));
  to.best.set(Int16Array.from(from.best));
  to.caps.set(Int32Array.from(from.caps, (cap) => (cap === narrowShut ? shut : open)));
  return to;
}

function spinsOf(masks: Numbers, variables: number): Int32Array {
  // A float64 mask of -1 is -0: equal to 0, but not the same.
  return Int32Array.from(masks.subarray(0, variables), (mask) => (Object.is(mask, 0) ? 1 : -1));
}
