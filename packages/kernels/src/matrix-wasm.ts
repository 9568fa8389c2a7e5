/** The WebAssembly side of `createMatrices`: arrays become addresses, after a look at their sizes. */
import { KernelError } from './errors.ts';
import type { MatrixOperations, Numbers } from './matrix-operations.ts';
import { type Arena, instantiate } from './wasm-module.ts';

/** Addresses and strides in bytes, sizes in numbers; see assembly/matrix.ts. */
interface MatrixExports {
  multiply(
    a: number,
    aRow: number,
    aColumn: number,
    b: number,
    c: number,
    rows: number,
    inner: number,
    columns: number,
  ): void;
  addScaledRows(scale: number, x: number, xRow: number, y: number, rows: number, columns: number): void;
  addRowProducts(x: number, y: number, yRow: number, out: number, rows: number, columns: number): void;
  multiplyElements(x: number, y: number, out: number, count: number): void;
  rectify(x: number, count: number): void;
  rectifySlopes(x: number, slopes: number, count: number): void;
  logistic(x: number, count: number): void;
  gruStep(gates: number, products: number, before: number, after: number, rows: number, width: number): void;
  gruSlopes(
    gates: number,
    products: number,
    before: number,
    slopes: number,
    gateSlopes: number,
    rows: number,
    width: number,
  ): void;
}

/** Takes one number of the arena for itself: the 1 that sums of columns are multiplied by. */
export function createWasmOperations(module: WebAssembly.Module, arena: Arena): MatrixOperations {
  const exports = instantiate<MatrixExports>(module, arena);
  const one = arena.allocate(4);
  const { buffer } = arena.memory;
  new Float32Array(buffer, one, 1)[0] = 1;

  /** Its address, when it lies in the arena and holds at least so many numbers. */
  const at = (array: Numbers, least: number): number => {
    if (array.buffer === buffer && array.length >= least) return array.byteOffset;
    const got = array.buffer === buffer ? `${array.length}` : 'one from elsewhere';
    throw new KernelError('BAD_SIZE', `matrices: expected an own array of at least ${least} numbers, got ${got}.`);
  };
  const byFour = (size: number): number => {
    if (size % 4 === 0) return size;
    throw new KernelError('BAD_SIZE', `matrices: expected a size that 4 divides, got ${size}; pad with zeros.`);
  };
  /** Bytes from row to row: none where one row serves all. */
  const rowBytes = (array: Numbers, columns: number): number => (array.length === columns ? 0 : 4 * columns);

  return {
    multiply(a, b, c, rows, inner, columns) {
      const [first, second, to] = [at(a, rows * inner), at(b, inner * columns), at(c, rows * columns)];
      exports.multiply(first, 4 * inner, 4, second, to, rows, inner, byFour(columns));
    },
    multiplyTransposed(a, b, c, inner, rows, columns) {
      const [first, second, to] = [at(a, rows * inner), at(b, inner * columns), at(c, rows * columns)];
      exports.multiply(first, 4, 4 * rows, second, to, rows, inner, byFour(columns));
    },
    addColumnSums: (x, out, rows, columns) =>
      exports.multiply(one, 0, 0, at(x, rows * columns), at(out, columns), 1, rows, byFour(columns)),
    addScaledRows(scale, x, y, rows, columns) {
      const step = rowBytes(x, columns);
      const from = at(x, step === 0 ? columns : rows * columns);
      exports.addScaledRows(at(scale, rows), from, step, at(y, rows * columns), rows, byFour(columns));
    },
    addRowProducts(x, y, out, rows, columns) {
      const step = rowBytes(y, columns);
      const second = at(y, step === 0 ? columns : rows * columns);
      exports.addRowProducts(at(x, rows * columns), second, step, at(out, rows), rows, byFour(columns));
    },
    multiplyElements: (x, y, out) =>
      exports.multiplyElements(at(x, out.length), at(y, out.length), at(out, 0), byFour(out.length)),
    rectify: (x) => exports.rectify(at(x, 0), byFour(x.length)),
    rectifySlopes: (x, slopes) => exports.rectifySlopes(at(x, 0), at(slopes, x.length), byFour(x.length)),
    logistic: (x) => exports.logistic(at(x, 0), byFour(x.length)),
    gruStep(gates, products, before, after, rows, width) {
      const [of3, of1] = [3 * rows * width, rows * width];
      exports.gruStep(at(gates, of3), at(products, of3), at(before, of1), at(after, of1), rows, byFour(width));
    },
    gruSlopes(gates, products, before, slopes, gateSlopes, rows, width) {
      const [of3, of1] = [3 * rows * width, rows * width];
      const from = [at(gates, of3), at(products, of3), at(before, of1)] as const;
      exports.gruSlopes(...from, at(slopes, of1), at(gateSlopes, of3), rows, byFour(width));
    },
  };
}
