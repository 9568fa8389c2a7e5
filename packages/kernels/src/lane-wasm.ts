/** The WebAssembly side of the replica annealer: lays the arrays out in one arena and tells the module where they are. */
import type { LaneArrays, LaneKernel, LaneSizes, MaskArray } from './lane-kernel.ts';
import type { LaneArray, LaneModel, LaneWidth } from './lane-model.ts';
import { inRanges, type Steps } from './steps.ts';
import { createArena, instantiate } from './wasm-module.ts';

/** A variable's replicas fill one cache line, if the arrays start on one. */
const CACHE_LINE = 64;
const wholeLines = (bytes: number): number => Math.ceil(bytes / CACHE_LINE) * CACHE_LINE;

/** What a flip of one variable brings its neighbours: its vectors. */
const SCRATCH_BYTES = 64;

/** Type of a lane and number of vectors of a variable: what the module has code for. */
type Shape = 'i8x1' | 'i8x4' | 'i16x2' | 'i16x4' | 'i32x4' | 'f32x4';

type ShapeExports = Readonly<
  Record<`${Shape}${'Fields' | 'Score'}`, () => void> &
    Record<`${Shape}Sweeps`, (scales: number, count: number) => void> &
    Record<`${Shape}Copy`, (from: number, to: number) => void>
>;

interface ReplicaExports extends ShapeExports {
  setModel(
    base: number,
    bias: number,
    rowStart: number,
    neighbour: number,
    weight: number,
    variables: number,
    alike: number,
  ): void;
  setState(
    fields: number,
    masks: number,
    quantiles: number,
    thresholds: number,
    rowBits: number,
    laneScale: number,
    scores: number,
    scratch: number,
  ): void;
  setGenerator(state: number): void;
}

const SHAPES: Readonly<Record<LaneWidth, Readonly<Record<number, Shape>>>> = {
  int8: { 16: 'i8x1', 64: 'i8x4' },
  int16: { 16: 'i16x2', 32: 'i16x4' },
  int32: { 16: 'i32x4' },
  float32: { 16: 'f32x4' },
};

/** Numbers of replicas that a width has code for, fewest first. */
export function replicaCounts(width: LaneWidth): number[] {
  return Object.keys(SHAPES[width]).map(Number);
}

/** In steps. */
export function* createWasmLaneKernel(
  module: WebAssembly.Module,
  model: LaneModel,
  sizes: LaneSizes,
): Steps<LaneKernel> {
  const { variables, replicas } = sizes;
  const shape = SHAPES[model.width][replicas];
  const bytes = model.base.BYTES_PER_ELEMENT;
  const cells = 2 ** sizes.rowBits * replicas;
  const lengths: readonly (readonly [number, number])[] = [
    [variables, bytes],
    [variables, bytes],
    [variables + 1, 4],
    [Math.max(1, model.neighbour.length), 4],
    // One more: the weight of a last row without entries is read and not used.
    [model.weight.length + 1, bytes],
    [variables * replicas, bytes],
    [variables * replicas, bytes],
    [cells, 4],
    [cells, bytes],
    [replicas, 4],
    [sizes.scales, 4],
    [replicas, 8],
    [SCRATCH_BYTES, 1],
  ];
  const arena = createArena(lengths.reduce((sum, [length, size]) => sum + wholeLines(length * size), CACHE_LINE));
  const { buffer } = arena.memory;
  arena.allocate(CACHE_LINE - arena.allocate(0));
  const at = lengths.map(([length, size]) => arena.allocate(wholeLines(length * size)));
  const [
    base,
    bias,
    rowStart,
    neighbour,
    weight,
    fields,
    masks,
    quantiles,
    thresholds,
    laneScale,
    scales,
    scores,
    scratch,
  ] = at;
  viewOf(model.width, buffer, base, variables).set(model.base);
  viewOf(model.width, buffer, bias, variables).set(model.bias);
  new Uint32Array(buffer, rowStart, variables + 1).set(model.rowStart);
  // The sweeps want byte offsets into the fields.
  const offsets = new Uint32Array(buffer, neighbour, model.neighbour.length);
  yield* inRanges(offsets.length, (from, to) => {
    for (let k = from; k < to; k++) offsets[k] = model.neighbour[k] * replicas * bytes;
  });
  viewOf(model.width, buffer, weight, model.weight.length).set(model.weight);
  yield;
  const exports = instantiate<ReplicaExports>(module, arena);
  exports.setModel(base, bias, rowStart, neighbour, weight, variables, model.weight.length === 1 ? 1 : 0);
  exports.setState(fields, masks, quantiles, thresholds, sizes.rowBits, laneScale, scores, scratch);
  const arrays: LaneArrays = {
    masks: viewOf(model.width === 'float32' ? 'int32' : model.width, buffer, masks, variables * replicas) as MaskArray,
    fields: viewOf(model.width, buffer, fields, variables * replicas),
    quantiles: new Float32Array(buffer, quantiles, cells),
    laneScale: new Float32Array(buffer, laneScale, replicas),
    scales: new Float32Array(buffer, scales, sizes.scales),
    scores: new Float64Array(buffer, scores, replicas),
  };
  return {
    arrays,
    setGenerator: (state) => exports.setGenerator(state),
    computeFields: exports[`${shape}Fields`],
    sweeps: (count) => exports[`${shape}Sweeps`](scales, count),
    score: exports[`${shape}Score`],
    copy: exports[`${shape}Copy`],
  };
}

function viewOf(width: LaneWidth, buffer: ArrayBuffer, at: number, length: number): LaneArray {
  if (width === 'int8') return new Int8Array(buffer, at, length);
  if (width === 'int16') return new Int16Array(buffer, at, length);
  return width === 'int32' ? new Int32Array(buffer, at, length) : new Float32Array(buffer, at, length);
}
