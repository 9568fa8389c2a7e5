/** Operations on small matrices, row by row, contiguous: what every backend of `createMatrices` does. */

/** float32, except in the float64 twin. */
export type Numbers = Float32Array | Float64Array;

/**
 * Sizes of columns and lengths are multiples of 4. What is written must not overlap what is read, unless it is the same.
 * In float32 every backend gives the same bits: sums run in one order, each term rounded.
 */
export interface MatrixOperations {
  /** c += a b: `rows` x `inner` times `inner` x `columns`. c_ij = ((c_ij + a_i0 b_0j) + a_i1 b_1j) + ... */
  multiply(a: Numbers, b: Numbers, c: Numbers, rows: number, inner: number, columns: number): void;
  /** c += a' b with a' the transpose of a: a is `inner` x `rows`, b `inner` x `columns`, c `rows` x `columns`. */
  multiplyTransposed(a: Numbers, b: Numbers, c: Numbers, inner: number, rows: number, columns: number): void;
  /** out_j += x_0j + x_1j + ..., one by one. */
  addColumnSums(x: Numbers, out: Numbers, rows: number, columns: number): void;
  /** y_ij += scale_i x_ij; an x of one row serves every row. */
  addScaledRows(scale: Numbers, x: Numbers, y: Numbers, rows: number, columns: number): void;
  /** out_i += sum over j of x_ij y_ij; a y of one row serves every row. */
  addRowProducts(x: Numbers, y: Numbers, out: Numbers, rows: number, columns: number): void;
  /** out_k = x_k y_k. */
  multiplyElements(x: Numbers, y: Numbers, out: Numbers): void;
  /** x_k = max(x_k, 0). */
  rectify(x: Numbers): void;
  /** slopes_k = 0 where x_k <= 0. */
  rectifySlopes(x: Numbers, slopes: Numbers): void;
  /** x_k = 1 / (1 + e^-x_k). */
  logistic(x: Numbers): void;
  /**
   * One step of a gated recurrent unit (Cho et al. 2014, reset gate behind the product):
   *
   *   r = logistic(x_r + u_r), z = logistic(x_z + u_z), n = tanh(x_n + r u_n), after = n + z (before - n)
   *
   * `gates` (rows x 3 width) has x_r, x_z, x_n in each row and is left with r, z, n; `products` has u_r, u_z, u_n.
   */
  gruStep(gates: Numbers, products: Numbers, before: Numbers, after: Numbers, rows: number, width: number): void;
  /**
   * The same backwards, from r, z, n and u: `slopes` of `after` become those of `before` through the update gate alone,
   * `gateSlopes` those of x, `products` those of u.
   */
  gruSlopes(
    gates: Numbers,
    products: Numbers,
    before: Numbers,
    slopes: Numbers,
    gateSlopes: Numbers,
    rows: number,
    width: number,
  ): void;
}
