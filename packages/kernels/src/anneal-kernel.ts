/**
 * What an annealer does to its arrays, and the TypeScript twin of assembly/anneal.ts: the same draws, the same
 * operations in the same order, so that both give the same spins to the bit.
 */

/** The model and the state of one replica of n spins, as the sweeps use them. */
export interface AnnealArrays {
  /** h_i. */
  readonly linear: Float64Array;
  /** Compressed rows: n + 1 offsets, then a neighbour and 4 J_ij per entry. */
  readonly rowStart: Uint32Array;
  readonly neighbour: Uint32Array;
  readonly weight: Float64Array;
  /** -1 or +1. */
  readonly spins: Float64Array;
  /** F_i = 2 (h_i + sum_j J_ij s_j). */
  readonly fields: Float64Array;
  readonly thresholds: Float64Array;
  /** Inverse temperatures of the sweeps of one call. */
  readonly betas: Float64Array;
}

export interface AnnealKernel {
  readonly arrays: AnnealArrays;
  setGenerator(a: number, b: number, c: number, counter: number): void;
  /** Recomputes the fields from the spins. */
  computeFields(): void;
  /** One sweep for each of the first `count` betas; the number of flips. `limit` is the largest threshold. */
  sweeps(count: number, limit: number, thresholdShift: number): number;
}

/** Lengths of the arrays. */
export interface AnnealSizes {
  readonly variables: number;
  readonly entries: number;
  readonly thresholds: number;
  readonly betas: number;
}

export function createTwinAnnealKernel(sizes: AnnealSizes): AnnealKernel {
  const arrays: AnnealArrays = {
    linear: new Float64Array(sizes.variables),
    rowStart: new Uint32Array(sizes.variables + 1),
    neighbour: new Uint32Array(sizes.entries),
    weight: new Float64Array(sizes.entries),
    spins: new Float64Array(sizes.variables),
    fields: new Float64Array(sizes.variables),
    thresholds: new Float64Array(sizes.thresholds),
    betas: new Float64Array(sizes.betas),
  };
  const generator = new Int32Array(4);
  return {
    arrays,
    setGenerator: (a, b, c, counter) => generator.set([a | 0, b | 0, c | 0, counter | 0]),
    computeFields: () => computeFields(arrays),
    sweeps(count, limit, thresholdShift) {
      let flips = 0;
      for (let k = 0; k < count; k++) flips += sweep(arrays, arrays.betas[k], limit, thresholdShift, generator);
      return flips;
    },
  };
}

function computeFields({ linear, rowStart, neighbour, weight, spins, fields }: AnnealArrays): void {
  for (let i = 0; i < linear.length; i++) {
    let field = 2 * linear[i];
    for (let k = rowStart[i]; k < rowStart[i + 1]; k++) field += 0.5 * weight[k] * spins[neighbour[k]];
    fields[i] = field;
  }
}

function sweep(
  arrays: AnnealArrays,
  beta: number,
  limit: number,
  thresholdShift: number,
  generator: Int32Array,
): number {
  const { rowStart, neighbour, weight, spins, fields, thresholds } = arrays;
  let flips = 0;
  for (let i = 0; i < spins.length; i++) {
    const spin = spins[i];
    const cost = -(spin * fields[i]);
    if (cost > 0) {
      const scaled = beta * cost;
      if (scaled > limit || scaled > thresholds[draw(generator) >>> thresholdShift]) continue;
    }
    spins[i] = -spin;
    for (let k = rowStart[i]; k < rowStart[i + 1]; k++) fields[neighbour[k]] -= weight[k] * spin;
    flips++;
  }
  return flips;
}

/** sfc32, the generator of @qurriculum/random. */
function draw(state: Int32Array): number {
  const [a, b, c, counter] = state;
  const sum = (a + b + counter) | 0;
  state[0] = b ^ (b >>> 9);
  state[1] = c + (c << 3);
  state[2] = ((c << 21) | (c >>> 11)) + sum;
  state[3] = counter + 1;
  return sum;
}
