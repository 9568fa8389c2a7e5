/**
 * Hidden quantum Markov models on one qubit (Monras, Beige and Wiesner 2011; learned as Adhikary, Srinivasan, Gordon and
 * Boots 2020, "Expressiveness and learning of hidden quantum Markov models", section 4): the state is a density matrix
 * rho, an answer a has Kraus operators K_{a,j}, and
 *   P(a) = tr sum_j K_{a,j} rho K_{a,j}*,   next rho = sum_j K_{a,j} rho K_{a,j}* / P(a),   sum_{a,j} K* K = I.
 * Stacked, the Kraus operators have orthonormal columns: a point of a Stiefel manifold, on which the fit moves by Cayley
 * transforms. With two operators per answer the family contains BKT (start, below), and has as many free parameters as a
 * hidden Markov model with four levels, give or take one.
 *
 * A point holds v (3), of which the first Bloch vector is v / sqrt(1 + v.v), then the stack's real and its imaginary
 * parts: rows of K_wrong,1, K_wrong,2, ..., K_right,1, ...; two columns. In operator form a state is (1, x, y, z) with
 * rho = (I + x X + y Y + z Z) / 2.
 */
import type { Random } from '@qurriculum/random';
import type { BktParameters } from '../bkt/bkt-parameters.ts';
import { addScaled, adjoint, type ComplexMatrix, identity, multiply, orthonormalColumns, solve } from './complex.ts';
import type { OperatorFamily } from './family.ts';
import { type OperatorModel, type OperatorSlopes, rightInState } from './operator-model.ts';

const bloch = 3;

/** @param krausPerAnswer Kraus operators of each answer, 1 to 4 (four make any channel of a qubit). */
export function quantumMarkovFamily(krausPerAnswer: number): OperatorFamily {
  const rows = 4 * krausPerAnswer;
  const length = bloch + 4 * rows;
  return {
    name: 'hqmm',
    // 2 x 2 x rows real numbers, less 4 constraints, less a unitary among each answer's operators, less a basis.
    freeParameters: 4 * rows - 4 - 2 * krausPerAnswer ** 2 + bloch - 3,
    masteryMeans: 'answered',
    length,
    start: (k, random) => startKraus(rows, k, random),
    near: (point, random) => shaken(point, 0.15, random),
    operators: operatorsOf,
    gradient: gradientOf,
    move,
    standard: (point) => writeStack(point, orthonormalColumns(stackOf(point))),
    fault: (point) => (completenessError(point) < 1e-9 ? null : 'Kraus operators with sum K*K = I'),
    mastery: (model, state) => ({ mean: rightInState(model, state), gap: 1 }),
  };
}

/** The Kraus operators (2 x 2) of each answer, wrong first. */
export function krausOperators(
  point: ArrayLike<number>,
): readonly [readonly ComplexMatrix[], readonly ComplexMatrix[]] {
  const { rows, re, im } = stackOf(point);
  const all = Array.from({ length: rows / 2 }, (_, k) => ({
    ...{ rows: 2, columns: 2, re: re.slice(4 * k, 4 * k + 4), im: im.slice(4 * k, 4 * k + 4) },
  }));
  return [all.slice(0, all.length / 2), all.slice(all.length / 2)];
}

/** The first Bloch vector, within the unit ball. */
export function firstBlochVector(point: ArrayLike<number>): readonly [number, number, number] {
  const scale = Math.sqrt(1 + point[0] ** 2 + point[1] ** 2 + point[2] ** 2);
  return [point[0] / scale, point[1] / scale, point[2] / scale];
}

/** Largest entry of |sum K*K - I|. */
export function completenessError(point: ArrayLike<number>): number {
  const stack = stackOf(point);
  const rest = addScaled(multiply(adjoint(stack), stack), -1, identity(2));
  return Math.max(...rest.re.map(Math.abs), ...rest.im.map(Math.abs));
}

function stackOf(point: ArrayLike<number>): ComplexMatrix {
  const numbers = Float64Array.from(point);
  const half = (numbers.length - bloch) / 2;
  return { rows: half / 2, columns: 2, re: numbers.slice(bloch, bloch + half), im: numbers.slice(bloch + half) };
}

function writeStack(point: ArrayLike<number>, { re, im }: ComplexMatrix): Float64Array {
  return Float64Array.from([point[0], point[1], point[2], ...re, ...im]);
}

// I, X, Y, Z as (row, column, re, im) of their two entries that are not 0.
const paulis = [
  [0, 0, 1, 0, 1, 1, 1, 0],
  [0, 1, 1, 0, 1, 0, 1, 0],
  [0, 1, 0, -1, 1, 0, 0, 1],
  [0, 0, 1, 0, 1, 1, -1, 0],
].map(([r0, c0, a0, b0, r1, c1, a1, b1]): ComplexMatrix => {
  const matrix = { rows: 2, columns: 2, re: new Float64Array(4), im: new Float64Array(4) };
  matrix.re[2 * r0 + c0] = a0;
  matrix.im[2 * r0 + c0] = b0;
  matrix.re[2 * r1 + c1] = a1;
  matrix.im[2 * r1 + c1] = b1;
  return matrix;
});

/** A_a[m][n] = 1/2 sum_j tr(sigma_m K_{a,j} sigma_n K_{a,j}*). */
function operatorsOf(point: ArrayLike<number>): OperatorModel {
  const operator = (kraus: readonly ComplexMatrix[]) => {
    const matrix = new Float64Array(16);
    for (const k of kraus) {
      for (let n = 0; n < 4; n++) {
        const image = multiply(multiply(k, paulis[n]), adjoint(k));
        // tr(sigma_m image) for the four m.
        matrix[n] += (image.re[0] + image.re[3]) / 2;
        matrix[4 + n] += (image.re[1] + image.re[2]) / 2;
        matrix[8 + n] += (image.im[2] - image.im[1]) / 2;
        matrix[12 + n] += (image.re[0] - image.re[3]) / 2;
      }
    }
    return matrix;
  };
  const [wrong, right] = krausOperators(point);
  return {
    size: 4,
    start: [1, ...firstBlochVector(point)],
    operators: [operator(wrong), operator(right)],
    total: [1, 0, 0, 0],
  };
}

/**
 * Euclidean first: dL = Re tr(G* dK) with G_{a,j} = sum_mn dL/dA_a[m][n] sigma_m K_{a,j} sigma_n; then on the manifold
 * (canonical metric) G - X G* X for the stack X.
 */
function gradientOf(point: Float64Array, slopes: OperatorSlopes): Float64Array {
  const stack = stackOf(point);
  const euclidean: ComplexMatrix = {
    ...stack,
    re: new Float64Array(stack.re.length),
    im: new Float64Array(stack.im.length),
  };
  krausOperators(point).forEach((kraus, answer) => {
    const slope = slopes.operators[answer as 0 | 1];
    kraus.forEach((k, j) => {
      const at = 4 * (kraus.length * answer + j);
      for (let m = 0; m < 4; m++) {
        const left = multiply(paulis[m], k);
        for (let n = 0; n < 4; n++) {
          const term = multiply(left, paulis[n]);
          for (let i = 0; i < 4; i++) {
            euclidean.re[at + i] += slope[4 * m + n] * term.re[i];
            euclidean.im[at + i] += slope[4 * m + n] * term.im[i];
          }
        }
      }
    });
  });
  const tangent = addScaled(euclidean, -1, multiply(stack, multiply(adjoint(euclidean), stack)));
  // r = v / s, s = sqrt(1 + v.v): dL/dv = (dL/dr - r (r . dL/dr)) / s.
  const r = firstBlochVector(point);
  const scale = Math.sqrt(1 + point[0] ** 2 + point[1] ** 2 + point[2] ** 2);
  const along = r.reduce((sum, value, i) => sum + value * slopes.start[i + 1], 0);
  const ofBloch = r.map((value, i) => (slopes.start[i + 1] - value * along) / scale);
  return writeStack(ofBloch, tangent);
}

// Bloch vectors of length .9998: pure for all that answers can tell.
const farthest = 50;

/**
 * Cayley transform along the tangent D at X: W = P D X* - X D* P with P = I - X X* / 2 is skew-Hermitian and W X = D, and
 *   X(step) = (I - step/2 W)^-1 (I + step/2 W) X.
 */
function move(point: Float64Array, direction: Float64Array, step: number): Float64Array {
  const x = stackOf(point);
  const d = stackOf(direction);
  const projected = addScaled(d, -0.5, multiply(x, multiply(adjoint(x), d)));
  const half = multiply(projected, adjoint(x));
  const w = addScaled(half, -1, adjoint(half));
  const unit = identity(x.rows);
  const moved = solve(addScaled(unit, -step / 2, w), multiply(addScaled(unit, step / 2, w), x));
  const first = [0, 1, 2].map((i) => Math.min(farthest, Math.max(-farthest, point[i] + step * direction[i])));
  return writeStack(first, orthonormalColumns(moved));
}

/**
 * BKT as a model on a qubit, |0> not known and |1> known: per answer with probability e_0 when not known and e_1 when
 * known, K_1 = diag(sqrt(e_0 (1 - learn)), sqrt(e_1)) and K_2 = sqrt(e_0 learn) |1><0|.
 */
export function bktPoint(parameters: BktParameters, krausPerAnswer: number): Float64Array {
  const { prior, learn, guess, slip } = parameters;
  const rows = 4 * krausPerAnswer;
  const stack = { rows, columns: 2, re: new Float64Array(2 * rows), im: new Float64Array(2 * rows) };
  for (const [answer, [low, high]] of [
    [1 - guess, slip],
    [guess, 1 - slip],
  ].entries()) {
    const at = 4 * krausPerAnswer * answer;
    stack.re[at] = Math.sqrt(low * (1 - learn));
    stack.re[at + 3] = Math.sqrt(high);
    // A single operator per answer cannot carry learning that is not seen: it takes the nearest, made whole below.
    const second = krausPerAnswer > 1 ? at + 4 : at;
    stack.re[second + 2] = Math.sqrt(low * learn);
  }
  const z = 1 - 2 * prior;
  return writeStack([0, 0, z / Math.sqrt(Math.max(1e-6, 1 - z * z))], orthonormalColumns(stack));
}

const startingBkt: readonly BktParameters[] = [
  { prior: 0.5, learn: 0.1, guess: 0.25, slip: 0.1 },
  { prior: 0.75, learn: 0.05, guess: 0.4, slip: 0.1 },
  { prior: 0.15, learn: 0.05, guess: 0.4, slip: 0.25 },
];

function startKraus(rows: number, k: number, random: Random): Float64Array {
  const point = bktPoint(startingBkt[k % startingBkt.length], rows / 4);
  return shaken(point, k === 0 ? 0.05 : 0.1 * k, random);
}

function shaken(point: Float64Array, size: number, random: Random): Float64Array {
  const moved = point.map((x) => x + size * random.normal());
  return writeStack(moved, orthonormalColumns(stackOf(moved)));
}
