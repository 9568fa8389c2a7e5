/** The linear algebra that fitting needs: symmetric positive definite systems, by Cholesky's factorisation. */

/**
 * Solves A x = b for a symmetric positive definite A (n x n, row after row); null where A is not positive definite. A and b
 * are left as they are.
 */
export function solveSymmetric(matrix: ArrayLike<number>, right: ArrayLike<number>): Float64Array | null {
  const lower = factorise(matrix, right.length);
  return lower && substitute(lower, right);
}

/** The inverse of a symmetric positive definite A (n x n, row after row); null where A is not positive definite. */
export function invertSymmetric(matrix: ArrayLike<number>, n: number): Float64Array | null {
  const lower = factorise(matrix, n);
  if (lower === null) return null;
  const inverse = new Float64Array(n * n);
  const unit = new Float64Array(n);
  for (let column = 0; column < n; column++) {
    unit.fill(0);
    unit[column] = 1;
    inverse.set(substitute(lower, unit), column * n);
  }
  return inverse;
}

/** L with L L^T = A, lower triangle; null where A is not positive definite. */
function factorise(matrix: ArrayLike<number>, n: number): Float64Array | null {
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j];
      for (let k = 0; k < j; k++) sum -= lower[i * n + k] * lower[j * n + k];
      if (i > j) lower[i * n + j] = sum / lower[j * n + j];
      else if (sum > 1e-12) lower[i * n + i] = Math.sqrt(sum);
      else return null;
    }
  }
  return lower;
}

function substitute(lower: Float64Array, right: ArrayLike<number>): Float64Array {
  const n = right.length;
  const x = Float64Array.from(right);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= lower[i * n + k] * x[k];
    x[i] /= lower[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= lower[k * n + i] * x[k];
    x[i] /= lower[i * n + i];
  }
  return x;
}
