/**
 * Metropolis sweeps of one replica over an Ising model in compressed rows, float64.
 *
 *   E = sum h_i s_i + sum_{i<j} J_ij s_i s_j,   F_i = 2 (h_i + sum_j J_ij s_j),   dE of flipping i = -s_i F_i
 *
 * Accept when dE <= 0 or beta dE <= T, with T = -ln(u) drawn from a table of quantiles. The generator is sfc32 (the
 * same as @qurriculum/random): 32-bit integer arithmetic, so that the TypeScript twin draws the same bits.
 */

let a: u32 = 0;
let b: u32 = 0;
let c: u32 = 0;
let counter: u32 = 0;

export function setGenerator(first: u32, second: u32, third: u32, fourth: u32): void {
  a = first;
  b = second;
  c = third;
  counter = fourth;
}

function draw(): u32 {
  const sum = a + b + counter;
  counter += 1;
  a = b ^ (b >>> 9);
  b = c + (c << 3);
  c = rotl<u32>(c, 21) + sum;
  return sum;
}

/** F_i = 2 h_i + sum over the row of (2 J_ij) s_j; `weight` holds 4 J_ij. */
export function computeFields(
  fields: usize, spins: usize, linear: usize, rowStart: usize, neighbour: usize, weight: usize, count: u32,
): void {
  let entry = load<u32>(rowStart);
  for (let i: u32 = 0; i < count; i++) {
    let field: f64 = 2 * load<f64>(linear + (<usize>i << 3));
    const end = load<u32>(rowStart + (<usize>(i + 1) << 2));
    for (; entry < end; entry++) {
      const j = load<u32>(neighbour + (<usize>entry << 2));
      field += 0.5 * load<f64>(weight + (<usize>entry << 3)) * load<f64>(spins + (<usize>j << 3));
    }
    store<f64>(fields + (<usize>i << 3), field);
  }
}

/**
 * One sweep per inverse temperature, variables in order. Returns the number of flips. `limit` is the largest threshold
 * of the table: what costs more is refused without a draw.
 */
export function sweeps(
  fields: usize, spins: usize, rowStart: usize, neighbour: usize, weight: usize, count: u32,
  thresholds: usize, thresholdShift: u32, limit: f64, betas: usize, sweepCount: u32,
): f64 {
  let flips: f64 = 0;
  const zero = f64x2.splat(0);
  for (let sweep: u32 = 0; sweep < sweepCount; sweep++) {
    const beta = load<f64>(betas + (<usize>sweep << 3));
    const betas2 = f64x2.splat(beta);
    const limits = f64x2.splat(limit);
    for (let i: u32 = 0; i < count; i++) {
      const at = <usize>i << 3;
      if (!(i & 1) && i + 1 < count) {
        // Both of a pair refused for certain: the common case once it is cold.
        const cost = f64x2.neg(f64x2.mul(v128.load(spins + at), v128.load(fields + at)));
        const refused = v128.and(f64x2.gt(cost, zero), f64x2.gt(f64x2.mul(betas2, cost), limits));
        if (i64x2.all_true(refused)) {
          i++;
          continue;
        }
      }
      const spin = load<f64>(spins + at);
      const cost = -(spin * load<f64>(fields + at));
      if (cost > 0) {
        const scaled = beta * cost;
        if (scaled > limit) continue;
        if (scaled > load<f64>(thresholds + (<usize>(draw() >>> thresholdShift) << 3))) continue;
      }
      flip(i, spin, fields, spins, rowStart, neighbour, weight);
      flips += 1;
    }
  }
  return flips;
}

// @ts-ignore: decorator
@inline
function flip(
  i: u32, spin: f64, fields: usize, spins: usize, rowStart: usize, neighbour: usize, weight: usize,
): void {
  store<f64>(spins + (<usize>i << 3), -spin);
  let entry = load<u32>(rowStart + (<usize>i << 2));
  const end = load<u32>(rowStart + (<usize>(i + 1) << 2));
  for (; entry < end; entry++) {
    const target = fields + (<usize>load<u32>(neighbour + (<usize>entry << 2)) << 3);
    store<f64>(target, load<f64>(target) - load<f64>(weight + (<usize>entry << 3)) * spin);
  }
}
