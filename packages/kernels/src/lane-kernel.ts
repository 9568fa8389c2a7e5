/**
 * What a replica annealer does to its arrays, and the TypeScript twin of assembly/anneal-replicas.ts: the same draws and
 * the same operations in the same order, so that both give the same spins to the bit.
 */
import { type LaneArray, type LaneModel, type LaneWidth, laneArray } from './lane-model.ts';

/** A mask per spin: 0 is +1, anything else -1. */
export type MaskArray = Int8Array | Int16Array | Int32Array;

export interface LaneArrays {
  /** n rows of one mask per replica. */
  readonly masks: MaskArray;
  /** n rows of one field F_i per replica. */
  readonly fields: LaneArray;
  /** 2^rowBits rows of one quantile -ln(u) per replica. */
  readonly quantiles: Float32Array;
  /** Per replica: its temperature over that of the sweep. */
  readonly laneScale: Float32Array;
  /** Temperatures of the sweeps of one call, in units of the model. */
  readonly scales: Float32Array;
  /** Per replica sum_i s_i (F_i + 2 h_i) = 4 E in units of the model; see `score`. */
  readonly scores: Float64Array;
}

export interface LaneKernel {
  readonly arrays: LaneArrays;
  /** State of the generator: any 32 bits but 0. */
  setGenerator(state: number): void;
  /** Recomputes the fields from the masks. */
  computeFields(): void;
  /** One sweep for each of the first `count` scales. */
  sweeps(count: number): void;
  /** Fills `scores`. */
  score(): void;
  /** Replica `to` becomes a copy of replica `from`. */
  copy(from: number, to: number): void;
}

/** Lengths of the arrays. */
export interface LaneSizes {
  readonly variables: number;
  readonly replicas: number;
  readonly rowBits: number;
  readonly scales: number;
}

/** The mask of a spin of -1: all ones, for float32 the sign bit. */
export function downMask(width: LaneWidth): number {
  return width === 'float32' ? -(2 ** 31) : -1;
}

export function maskArray(width: LaneWidth, length: number): MaskArray {
  const array = laneArray(width === 'float32' ? 'int32' : width, length);
  return array as MaskArray;
}

/** Thresholds of int32 lanes end here, so that their sum with a field fits. */
const LARGEST_THRESHOLD = { int8: 127, int16: 32767, int32: 2 ** 30, float32: Number.POSITIVE_INFINITY } as const;

interface Twin extends LaneSizes {
  readonly model: LaneModel;
  readonly arrays: LaneArrays;
  readonly thresholds: LaneArray;
  state: number;
}

export function createTwinLaneKernel(model: LaneModel, sizes: LaneSizes): LaneKernel {
  const { variables, replicas } = sizes;
  const rows = 2 ** sizes.rowBits;
  const twin: Twin = {
    ...sizes,
    model,
    arrays: {
      masks: maskArray(model.width, variables * replicas),
      fields: laneArray(model.width, variables * replicas),
      quantiles: new Float32Array(rows * replicas),
      laneScale: new Float32Array(replicas),
      scales: new Float32Array(sizes.scales),
      scores: new Float64Array(replicas),
    },
    thresholds: laneArray(model.width, rows * replicas),
    state: 1,
  };
  return {
    arrays: twin.arrays,
    setGenerator(state) {
      twin.state = state;
    },
    computeFields: () => computeFields(twin),
    sweeps(count) {
      for (let k = 0; k < count; k++) {
        writeThresholds(twin, twin.arrays.scales[k]);
        sweep(twin);
      }
    },
    score: () => score(twin),
    copy(from, to) {
      for (let at = 0; at < variables * replicas; at += replicas) {
        twin.arrays.fields[at + to] = twin.arrays.fields[at + from];
        twin.arrays.masks[at + to] = twin.arrays.masks[at + from];
      }
    },
  };
}

function computeFields({ model, arrays, variables, replicas }: Twin): void {
  const { fields } = arrays;
  for (let at = 0; at < fields.length; at++) fields[at] = model.base[Math.floor(at / replicas)];
  for (let i = 0; i < variables; i++) {
    for (let lane = 0; lane < replicas; lane++) {
      if (arrays.masks[i * replicas + lane] !== 0) spread(model, fields, i, lane, replicas, 1);
    }
  }
}

/** F_j -= w_ij s_i for all neighbours j in one lane. */
function spread(model: LaneModel, fields: LaneArray, i: number, lane: number, replicas: number, spin: number): void {
  const { rowStart, neighbour, weight } = model;
  const alike = weight.length === 1;
  for (let k = rowStart[i]; k < rowStart[i + 1]; k++) {
    fields[neighbour[k] * replicas + lane] -= weight[alike ? 0 : k] * spin;
  }
}

/** T = quantile * (scale * laneScale), rounded down to whole numbers where fields are whole. */
function writeThresholds({ model, arrays, thresholds, replicas }: Twin, scale: number): void {
  const most = LARGEST_THRESHOLD[model.width];
  const whole = model.width !== 'float32';
  for (let at = 0; at < thresholds.length; at++) {
    const own = Math.fround(scale * arrays.laneScale[at % replicas]);
    const value = Math.fround(arrays.quantiles[at] * own);
    thresholds[at] = whole ? Math.min(most, Math.trunc(value)) : value;
  }
}

function sweep(twin: Twin): void {
  const { model, arrays, thresholds, variables, replicas } = twin;
  const { masks, fields } = arrays;
  const down = downMask(model.width);
  const shift = 32 - twin.rowBits;
  for (let i = 0; i < variables; i++) {
    twin.state ^= twin.state << 13;
    twin.state ^= twin.state >>> 17;
    twin.state ^= twin.state << 5;
    const row = (twin.state >>> shift) * replicas;
    for (let lane = 0; lane < replicas; lane++) {
      const at = i * replicas + lane;
      const spin = masks[at] === 0 ? 1 : -1;
      if (!(Math.fround(spin * fields[at] + thresholds[row + lane]) >= 0)) continue;
      masks[at] = spin > 0 ? down : 0;
      spread(model, fields, i, lane, replicas, spin);
    }
  }
}

function score({ model, arrays, variables, replicas }: Twin): void {
  const { scores, masks, fields } = arrays;
  scores.fill(0);
  for (let i = 0; i < variables; i++) {
    for (let lane = 0; lane < replicas; lane++) {
      const at = i * replicas + lane;
      const spin = masks[at] === 0 ? 1 : -1;
      scores[lane] += spin * fields[at];
      if (model.bias[i] !== 0) scores[lane] += spin * model.bias[i];
    }
  }
}
