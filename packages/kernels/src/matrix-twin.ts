/**
 * The TypeScript twin of assembly/matrix.ts: the same sums in the same order, rounded to float32 after every operation, so
 * the same bits. In float64 it rounds nothing and has the engine's own exponential: the oracle of finite differences.
 */
import type { MatrixOperations, Numbers } from './matrix-operations.ts';

export type MatrixPrecision = 'float32' | 'float64';

type Round = (value: number) => number;

const exact: Round = (value) => value;

/** Operations on arrays anywhere in memory. Sizes are the caller's care. */
export function createTwinOperations(precision: MatrixPrecision): MatrixOperations {
  const round = precision === 'float32' ? Math.fround : exact;
  const exponential = precision === 'float32' ? exponentialInSingle : Math.exp;
  const logistic = (x: number): number => round(1 / round(1 + exponential(-x)));
  const tangent = (x: number): number => {
    const half = logistic(round(x + x));
    return round(round(half + half) - 1);
  };
  return {
    ...productsOf(round),
    multiplyElements(x, y, out) {
      for (let k = 0; k < out.length; k++) out[k] = x[k] * y[k];
    },
    rectify(x) {
      for (let k = 0; k < x.length; k++) x[k] = Math.max(x[k], 0);
    },
    rectifySlopes(x, slopes) {
      for (let k = 0; k < x.length; k++) if (!(x[k] > 0)) slopes[k] = 0;
    },
    logistic(x) {
      for (let k = 0; k < x.length; k++) x[k] = logistic(x[k]);
    },
    gruStep(gates, products, before, after, rows, width) {
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < width; j++) {
          const at = 3 * i * width + j;
          const r = logistic(round(gates[at] + products[at]));
          const z = logistic(round(gates[at + width] + products[at + width]));
          const n = tangent(round(gates[at + 2 * width] + round(r * products[at + 2 * width])));
          gates[at] = r;
          gates[at + width] = z;
          gates[at + 2 * width] = n;
          const own = i * width + j;
          after[own] = round(n + round(z * round(before[own] - n)));
        }
      }
    },
    gruSlopes: gruSlopesOf(round),
  };
}

function productsOf(
  round: Round,
): Pick<MatrixOperations, 'multiply' | 'multiplyTransposed' | 'addColumnSums' | 'addScaledRows' | 'addRowProducts'> {
  /** c_ij += a_ik b_kj with a_ik at i aRow + k aColumn. */
  const add = (
    a: Numbers,
    aRow: number,
    aColumn: number,
    b: Numbers,
    c: Numbers,
    ...sizes: readonly number[]
  ): void => {
    const [rows, inner, columns] = sizes;
    for (let i = 0; i < rows; i++) {
      const to = i * columns;
      for (let k = 0; k < inner; k++) {
        const factor = a[i * aRow + k * aColumn];
        const from = k * columns;
        for (let j = 0; j < columns; j++) c[to + j] += round(factor * b[from + j]);
      }
    }
  };
  return {
    multiply: (a, b, c, rows, inner, columns) => add(a, inner, 1, b, c, rows, inner, columns),
    multiplyTransposed: (a, b, c, inner, rows, columns) => add(a, 1, rows, b, c, rows, inner, columns),
    addColumnSums(x, out, rows, columns) {
      for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j] += x[i * columns + j];
    },
    addScaledRows(scale, x, y, rows, columns) {
      const step = x.length === columns ? 0 : columns;
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < columns; j++) y[i * columns + j] += round(scale[i] * x[i * step + j]);
      }
    },
    addRowProducts(x, y, out, rows, columns) {
      const step = y.length === columns ? 0 : columns;
      for (let i = 0; i < rows; i++) {
        const sums = [0, 0, 0, 0];
        for (let j = 0; j < columns; j++) {
          sums[j & 3] = round(sums[j & 3] + round(x[i * columns + j] * y[i * step + j]));
        }
        out[i] += round(round(sums[0] + sums[2]) + round(sums[1] + sums[3]));
      }
    },
  };
}

const gruSlopesOf =
  (round: Round): MatrixOperations['gruSlopes'] =>
  (gates, products, before, slopes, gateSlopes, rows, width) => {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < width; j++) {
        const own = i * width + j;
        const at = 3 * i * width + j;
        const [r, z, n] = [gates[at], gates[at + width], gates[at + 2 * width]];
        const slope = slopes[own];
        const dz = round(round(slope * round(before[own] - n)) * round(z * round(1 - z)));
        const dn = round(round(slope * round(1 - z)) * round(1 - round(n * n)));
        const dr = round(round(dn * products[at + 2 * width]) * round(r * round(1 - r)));
        gateSlopes[at] = dr;
        gateSlopes[at + width] = dz;
        gateSlopes[at + 2 * width] = dn;
        products[at] = dr;
        products[at + width] = dz;
        products[at + 2 * width] = dn * r;
        slopes[own] = slope * z;
      }
    }
  };

const single = Math.fround;
const LOG2_E = single(Math.LOG2E);
const LN2_HIGH = single(0.693359375);
const LN2_LOW = single(-2.1219444e-4);
const COEFFICIENTS = [
  1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
].map(single);

/** e^x rounded to float32 at every step, as in assembly/matrix.ts. */
function exponentialInSingle(given: number): number {
  const x = Math.min(Math.max(given, -87), 88);
  const n = Math.floor(single(single(x * LOG2_E) + 0.5));
  const r = single(single(x - single(n * LN2_HIGH)) - single(n * LN2_LOW));
  let p = COEFFICIENTS[0];
  for (let k = 1; k < COEFFICIENTS.length; k++) p = single(single(p * r) + COEFFICIENTS[k]);
  p = single(single(single(p * single(r * r)) + r) + 1);
  return single(p * 2 ** n);
}
