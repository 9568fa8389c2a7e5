/** Small dense complex matrices, row by row, real and imaginary parts apart. */
export interface ComplexMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export function zeros(rows: number, columns: number): ComplexMatrix {
  return { rows, columns, re: new Float64Array(rows * columns), im: new Float64Array(rows * columns) };
}

export function identity(size: number): ComplexMatrix {
  const result = zeros(size, size);
  for (let i = 0; i < size; i++) result.re[(size + 1) * i] = 1;
  return result;
}

export function multiply(a: ComplexMatrix, b: ComplexMatrix): ComplexMatrix {
  const result = zeros(a.rows, b.columns);
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < a.columns; k++) {
      const [x, y] = [a.re[i * a.columns + k], a.im[i * a.columns + k]];
      for (let j = 0; j < b.columns; j++) {
        const [u, v] = [b.re[k * b.columns + j], b.im[k * b.columns + j]];
        result.re[i * b.columns + j] += x * u - y * v;
        result.im[i * b.columns + j] += x * v + y * u;
      }
    }
  }
  return result;
}

/** The conjugate transpose. */
export function adjoint(a: ComplexMatrix): ComplexMatrix {
  const result = zeros(a.columns, a.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.columns; j++) {
      result.re[j * a.rows + i] = a.re[i * a.columns + j];
      result.im[j * a.rows + i] = -a.im[i * a.columns + j];
    }
  }
  return result;
}

/** a + scale b. */
export function addScaled(a: ComplexMatrix, scale: number, b: ComplexMatrix): ComplexMatrix {
  return { ...a, re: a.re.map((x, k) => x + scale * b.re[k]), im: a.im.map((x, k) => x + scale * b.im[k]) };
}

/** Solves A X = B by elimination with pivots; A is regular. */
export function solve(a: ComplexMatrix, b: ComplexMatrix): ComplexMatrix {
  const size = a.rows;
  const m = { re: a.re.slice(), im: a.im.slice(), columns: size };
  const x = { ...b, re: b.re.slice(), im: b.im.slice() };
  for (let k = 0; k < size; k++) {
    let pivot = k;
    const squareAt = (row: number) => m.re[row * size + k] ** 2 + m.im[row * size + k] ** 2;
    for (let row = k + 1; row < size; row++) if (squareAt(row) > squareAt(pivot)) pivot = row;
    for (const part of [m, x]) swapRows(part, k, pivot);
    const square = squareAt(k);
    for (let row = 0; row < size; row++) {
      if (row === k) continue;
      // factor = m[row][k] / m[k][k]
      const [p, q, u, v] = [m.re[row * size + k], m.im[row * size + k], m.re[k * size + k], m.im[k * size + k]];
      const factor = { re: (p * u + q * v) / square, im: (q * u - p * v) / square };
      for (const part of [m, x]) subtractRow(part, row, k, factor);
    }
  }
  for (let k = 0; k < size; k++) {
    const [u, v] = [m.re[k * size + k], m.im[k * size + k]];
    const square = u * u + v * v;
    for (let j = k * b.columns; j < (k + 1) * b.columns; j++) {
      [x.re[j], x.im[j]] = [(x.re[j] * u + x.im[j] * v) / square, (x.im[j] * u - x.re[j] * v) / square];
    }
  }
  return x;
}

type Rows = Pick<ComplexMatrix, 're' | 'im' | 'columns'>;

function swapRows({ re, im, columns }: Rows, a: number, b: number): void {
  if (a === b) return;
  for (const part of [re, im]) {
    for (let j = 0; j < columns; j++) {
      [part[a * columns + j], part[b * columns + j]] = [part[b * columns + j], part[a * columns + j]];
    }
  }
}

function subtractRow({ re, im, columns }: Rows, row: number, from: number, factor: { re: number; im: number }): void {
  for (let j = 0; j < columns; j++) {
    const [u, v] = [re[from * columns + j], im[from * columns + j]];
    re[row * columns + j] -= factor.re * u - factor.im * v;
    im[row * columns + j] -= factor.re * v + factor.im * u;
  }
}

/** Columns made orthonormal one after the other (modified Gram and Schmidt, twice for the last digits). */
export function orthonormalColumns(a: ComplexMatrix): ComplexMatrix {
  const { rows, columns } = a;
  const re = a.re.slice();
  const im = a.im.slice();
  for (let round = 0; round < 2; round++) {
    for (let j = 0; j < columns; j++) {
      for (let k = 0; k < j; k++) {
        let [x, y] = [0, 0];
        for (let i = 0; i < rows * columns; i += columns) {
          x += re[i + k] * re[i + j] + im[i + k] * im[i + j];
          y += re[i + k] * im[i + j] - im[i + k] * re[i + j];
        }
        for (let i = 0; i < rows * columns; i += columns) {
          re[i + j] -= x * re[i + k] - y * im[i + k];
          im[i + j] -= x * im[i + k] + y * re[i + k];
        }
      }
      let square = 0;
      for (let i = j; i < rows * columns; i += columns) square += re[i] ** 2 + im[i] ** 2;
      for (let i = j; i < rows * columns; i += columns) {
        re[i] /= Math.sqrt(square);
        im[i] /= Math.sqrt(square);
      }
    }
  }
  return { rows, columns, re, im };
}
