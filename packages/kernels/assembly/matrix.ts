/**
 * Small float32 matrices: products, and the elementwise steps of a gated recurrent unit (Cho et al. 2014, with the reset
 * gate behind the product, as in cuDNN).
 *
 * Every sum runs in one order, its terms rounded one by one: c_ij = ((c_ij + a_i0 b_0j) + a_i1 b_1j) + ... Blocks and tiles
 * change which element comes first, never the order inside one, so results do not depend on the machine, and the
 * TypeScript twin (src/matrix-twin.ts) gives the same bits. Matrices are row by row; rows of b and c are contiguous and
 * as many columns as a multiple of 4; addresses and strides are in bytes.
 */

/** Rows that go through all columns before the next: 32 rows of 64 numbers leave room for columns in the first cache. */
const ROW_BLOCK: u32 = 32;
/** Terms of the sums done at a time: what tiles share of b stays in the second cache. */
const INNER_BLOCK: u32 = 128;

/**
 * c += a b for `rows` x `inner` times `inner` x `columns`. a_ik is at a + i aRow + k aColumn, so that a transposed matrix
 * (weights' gradients) or one number for all (sums of columns) need no copy.
 */
export function multiply(
  a: usize, aRow: usize, aColumn: usize, b: usize, c: usize, rows: u32, inner: u32, columns: u32,
): void {
  const stride = <usize>columns << 2;
  for (let k: u32 = 0; k < inner; k += INNER_BLOCK) {
    const terms = min(INNER_BLOCK, inner - k);
    const aBlock = a + <usize>k * aColumn;
    const bBlock = b + <usize>k * stride;
    for (let i: u32 = 0; i < rows; i += ROW_BLOCK) {
      multiplyBlock(
        aBlock + <usize>i * aRow, aRow, aColumn, bBlock, c + <usize>i * stride, min(ROW_BLOCK, rows - i), terms, stride,
      );
    }
  }
}

function multiplyBlock(
  a: usize, aRow: usize, aColumn: usize, b: usize, c: usize, rows: u32, inner: u32, stride: usize,
): void {
  let column: usize = 0;
  for (; column + 32 <= stride; column += 32) {
    let i: u32 = 0;
    for (; i + 4 <= rows; i += 4) {
      tileOf4x8(a + <usize>i * aRow, aRow, aColumn, b + column, c + <usize>i * stride + column, inner, stride);
    }
    for (; i < rows; i++) {
      const from = a + <usize>i * aRow;
      const to = c + <usize>i * stride + column;
      tileOf1x4(from, aColumn, b + column, to, inner, stride);
      tileOf1x4(from, aColumn, b + column + 16, to + 16, inner, stride);
    }
  }
  if (column < stride) {
    for (let i: u32 = 0; i < rows; i++) {
      tileOf1x4(a + <usize>i * aRow, aColumn, b + column, c + <usize>i * stride + column, inner, stride);
    }
  }
}

function tileOf4x8(a: usize, aRow: usize, aColumn: usize, b: usize, c: usize, inner: u32, stride: usize): void {
  const c1 = c + stride;
  const c2 = c1 + stride;
  const c3 = c2 + stride;
  let s00 = v128.load(c);
  let s01 = v128.load(c, 16);
  let s10 = v128.load(c1);
  let s11 = v128.load(c1, 16);
  let s20 = v128.load(c2);
  let s21 = v128.load(c2, 16);
  let s30 = v128.load(c3);
  let s31 = v128.load(c3, 16);
  let a1 = a + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  for (let k: u32 = 0; k < inner; k++) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load_splat<f32>(a);
    s00 = f32x4.add(s00, f32x4.mul(x0, b0));
    s01 = f32x4.add(s01, f32x4.mul(x0, b1));
    const x1 = v128.load_splat<f32>(a1);
    s10 = f32x4.add(s10, f32x4.mul(x1, b0));
    s11 = f32x4.add(s11, f32x4.mul(x1, b1));
    const x2 = v128.load_splat<f32>(a2);
    s20 = f32x4.add(s20, f32x4.mul(x2, b0));
    s21 = f32x4.add(s21, f32x4.mul(x2, b1));
    const x3 = v128.load_splat<f32>(a3);
    s30 = f32x4.add(s30, f32x4.mul(x3, b0));
    s31 = f32x4.add(s31, f32x4.mul(x3, b1));
    a += aColumn;
    a1 += aColumn;
    a2 += aColumn;
    a3 += aColumn;
    b += stride;
  }
  v128.store(c, s00);
  v128.store(c, s01, 16);
  v128.store(c1, s10);
  v128.store(c1, s11, 16);
  v128.store(c2, s20);
  v128.store(c2, s21, 16);
  v128.store(c3, s30);
  v128.store(c3, s31, 16);
}

function tileOf1x4(a: usize, aColumn: usize, b: usize, c: usize, inner: u32, stride: usize): void {
  let sum = v128.load(c);
  for (let k: u32 = 0; k < inner; k++) {
    sum = f32x4.add(sum, f32x4.mul(v128.load_splat<f32>(a), v128.load(b)));
    a += aColumn;
    b += stride;
  }
  v128.store(c, sum);
}

/** y_ij += s_i x_ij for rows of a multiple of 4; xRow 0 takes one row for all. */
export function addScaledRows(scale: usize, x: usize, xRow: usize, y: usize, rows: u32, columns: u32): void {
  for (let i: u32 = 0; i < rows; i++, x += xRow) {
    const s = v128.load_splat<f32>(scale + (<usize>i << 2));
    for (let j: usize = 0; j < (<usize>columns << 2); j += 16, y += 16) {
      v128.store(y, f32x4.add(v128.load(y), f32x4.mul(s, v128.load(x + j))));
    }
  }
}

/** out_i += sum of x_ij y_ij: four sums over columns 4 apart, then (0 + 2) + (1 + 3); yRow 0 takes one row for all. */
export function addRowProducts(x: usize, y: usize, yRow: usize, out: usize, rows: u32, columns: u32): void {
  for (let i: u32 = 0; i < rows; i++, y += yRow, out += 4) {
    let sum = f32x4.splat(0);
    for (let j: usize = 0; j < (<usize>columns << 2); j += 16, x += 16) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(x), v128.load(y + j)));
    }
    sum = f32x4.add(sum, i32x4.shuffle(sum, sum, 2, 3, 0, 1));
    store<f32>(out, load<f32>(out) + (f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1)));
  }
}

/** out_k = x_k y_k for a multiple of 4. */
export function multiplyElements(x: usize, y: usize, out: usize, count: u32): void {
  for (let k: usize = 0; k < (<usize>count << 2); k += 16) {
    v128.store(out + k, f32x4.mul(v128.load(x + k), v128.load(y + k)));
  }
}

/** x_k = max(x_k, 0) for a multiple of 4. */
export function rectify(x: usize, count: u32): void {
  const zero = f32x4.splat(0);
  for (let end = x + (<usize>count << 2); x < end; x += 16) v128.store(x, f32x4.max(v128.load(x), zero));
}

/** dx_k = 0 where x_k <= 0, for a multiple of 4. */
export function rectifySlopes(x: usize, dx: usize, count: u32): void {
  const zero = f32x4.splat(0);
  for (let k: usize = 0; k < (<usize>count << 2); k += 16) {
    v128.store(dx + k, v128.and(v128.load(dx + k), f32x4.gt(v128.load(x + k), zero)));
  }
}

/** x_k = 1 / (1 + e^-x_k) for a multiple of 4. */
export function logistic(x: usize, count: u32): void {
  for (let end = x + (<usize>count << 2); x < end; x += 16) v128.store(x, logisticOf(v128.load(x)));
}

// @ts-ignore: decorator
@inline
function logisticOf(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exponential(f32x4.neg(x))));
}

// tanh(x) = 2 / (1 + e^-2x) - 1: absolute error of about one unit in the last place of 1.
// @ts-ignore: decorator
@inline
function tangentOf(x: v128): v128 {
  const one = f32x4.splat(1);
  const half = logisticOf(f32x4.add(x, x));
  return f32x4.sub(f32x4.add(half, half), one);
}

/**
 * e^x, x held within [-87, 88]: x = n ln 2 + r, e^r by the polynomial of Cephes' expf (Moshier 1992), times 2^n by way of the
 * exponent bits. Relative error below 2e-7.
 */
// @ts-ignore: decorator
@inline
function exponential(given: v128): v128 {
  const x = f32x4.min(f32x4.max(given, f32x4.splat(-87)), f32x4.splat(88));
  const n = f32x4.floor(f32x4.add(f32x4.mul(x, f32x4.splat(1.44269504088896341)), f32x4.splat(0.5)));
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(p, power);
}

/**
 * One step of a GRU, `rows` of a state of `width`:
 *
 *   r = logistic(x_r + u_r), z = logistic(x_z + u_z), n = tanh(x_n + r u_n), after = n + z (before - n)
 *
 * `gates` has x_r, x_z, x_n side by side in each row and keeps r, z, n; `products` has u_r, u_z, u_n (state times weights).
 */
export function gruStep(gates: usize, products: usize, before: usize, after: usize, rows: u32, width: u32): void {
  const bytes = <usize>width << 2;
  for (let i: u32 = 0; i < rows; i++) {
    for (let j: usize = 0; j < bytes; j += 16) {
      const gate = gates + j;
      const product = products + j;
      const r = logisticOf(f32x4.add(v128.load(gate), v128.load(product)));
      const z = logisticOf(f32x4.add(v128.load(gate + bytes), v128.load(product + bytes)));
      const pushed = f32x4.mul(r, v128.load(product + 2 * bytes));
      const n = tangentOf(f32x4.add(v128.load(gate + 2 * bytes), pushed));
      v128.store(gate, r);
      v128.store(gate + bytes, z);
      v128.store(gate + 2 * bytes, n);
      v128.store(after + j, f32x4.add(n, f32x4.mul(z, f32x4.sub(v128.load(before + j), n))));
    }
    gates += 3 * bytes;
    products += 3 * bytes;
    before += bytes;
    after += bytes;
  }
}

/**
 * The same backwards: from the slopes of `after` to those of x (into `gateSlopes`), of u (into `products`, whose numbers
 * are no longer needed) and, through the update gate only, of `before` (into `slopes`, in place).
 */
export function gruSlopes(
  gates: usize, products: usize, before: usize, slopes: usize, gateSlopes: usize, rows: u32, width: u32,
): void {
  const bytes = <usize>width << 2;
  const one = f32x4.splat(1);
  for (let i: u32 = 0; i < rows; i++) {
    for (let j: usize = 0; j < bytes; j += 16) {
      const r = v128.load(gates + j);
      const z = v128.load(gates + j + bytes);
      const n = v128.load(gates + j + 2 * bytes);
      const slope = v128.load(slopes + j);
      const product = products + j;
      const dz = f32x4.mul(
        f32x4.mul(slope, f32x4.sub(v128.load(before + j), n)), f32x4.mul(z, f32x4.sub(one, z)),
      );
      const dn = f32x4.mul(f32x4.mul(slope, f32x4.sub(one, z)), f32x4.sub(one, f32x4.mul(n, n)));
      const dr = f32x4.mul(f32x4.mul(dn, v128.load(product + 2 * bytes)), f32x4.mul(r, f32x4.sub(one, r)));
      v128.store(gateSlopes + j, dr);
      v128.store(gateSlopes + j + bytes, dz);
      v128.store(gateSlopes + j + 2 * bytes, dn);
      v128.store(product, dr);
      v128.store(product + bytes, dz);
      v128.store(product + 2 * bytes, f32x4.mul(dn, r));
      v128.store(slopes + j, f32x4.mul(slope, z));
    }
    gates += 3 * bytes;
    products += 3 * bytes;
    before += bytes;
    slopes += bytes;
    gateSlopes += 3 * bytes;
  }
}
