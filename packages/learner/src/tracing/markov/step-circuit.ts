/**
 * One answer of a hidden quantum Markov model as a circuit: what the model does to its qubit, dilated to unitaries on
 * the qubit and ancillas (Stinespring; Nielsen and Chuang 2010, section 8.2.3), as a tree of two-way measurements
 * (Andersson and Oi 2008, "Binary search trees for generalized measurements"). With E_a = sum_j K_{a,j}* K_{a,j}:
 *   answer:  sqrt(E_a) on the qubit, a on the second qubit;
 *   branch:  N_{a,j} = K_{a,j} E_a^(-1/2) = W_{a,j} sqrt(F_{a,j}), j on the third qubit;
 * E_wrong + E_right = I and F_{a,1} + F_{a,2} = I commute in pairs, so each square root is a rotation of the ancilla
 * by an angle per eigenvector. Phases that depend on ancillas alone are left out: ancillas are only read or forgotten.
 *
 * Qubit 0 is the model's qubit, 1 the answer (1 right), 2 the branch, 3 what qubit 0 shares its first mixed state with.
 */
import { type Circuit, createCircuit, gate, type Operation, toOpenQasm } from '@qurriculum/quantum';
import { adjoint, type ComplexMatrix, multiply, zeros } from './complex.ts';
import { krausOperators } from './quantum-markov.ts';

const [system, answerQubit, branchQubit, mixingQubit] = [0, 1, 2, 3];

// Below this weight a branch is never entered, and what it would do is open.
const negligible = 1e-14;

/**
 * @param point the numbers of a skill fitted with one or two Kraus operators per answer.
 * @param state (1, x, y, z) of the qubit before the answer, as a learner's state of the skill holds it.
 */
export function answerCircuit(point: readonly number[], state: readonly number[]): Circuit {
  const kraus = krausOperators(point);
  if (kraus[0].length > 2) {
    throw new RangeError(
      `answerCircuit: expected 1 or 2 Kraus operators per answer, got ${kraus[0].length}; fit with krausPerAnswer 2.`,
    );
  }
  return createCircuit(4, [...prepare(state), ...measureAnswer(kraus)]);
}

/** The circuit as OpenQASM 3; bit 1 of what it measures is the answer. */
export function answerOpenQasm(point: readonly number[], state: readonly number[]): string {
  return toOpenQasm(answerCircuit(point, state));
}

/** A qubit with that Bloch vector, as one half of a pure state of two. */
function prepare([, x, y, z]: readonly number[]): Operation[] {
  const { values, vectors } = eigenOfBloch(x, y, z);
  // sqrt(values[0]) |00> + sqrt(values[1]) |11>, then the basis turned into the eigenvectors.
  const [low, high] = values.map((length) => (1 + length) / 2);
  return [
    gate('ry', [system], 2 * Math.atan2(Math.sqrt(Math.max(0, high)), Math.sqrt(Math.max(0, low)))),
    gate('cx', [system, mixingQubit]),
    ...multiplexed([vectors], [], system),
  ];
}

function measureAnswer(kraus: readonly (readonly ComplexMatrix[])[]): Operation[] {
  const effects = kraus.map((operators) => sumOf(operators.map((k) => multiply(adjoint(k), k))));
  const first = eigen(effects[1]);
  const branches = kraus.map((operators, answer) => branchesOf(operators, inverseRoot(effects[answer])));
  return [
    ...multiplexed([adjoint(first.vectors)], [], system),
    ...multiplexedRotation('ry', angles(first.values), [system], answerQubit),
    ...multiplexed(
      branches.map(({ vectors }) => multiply(adjoint(vectors), first.vectors)),
      [answerQubit],
      system,
    ),
    // Control pattern: bit 0 the qubit, bit 1 the answer.
    ...multiplexedRotation(
      'ry',
      branches.flatMap(({ values }) => angles(values)),
      [system, answerQubit],
      branchQubit,
    ),
    // Control pattern: bit 0 the answer, bit 1 the branch.
    ...multiplexed(
      [0, 1].flatMap((branch) => branches.map(({ after }) => after[branch])),
      [answerQubit, branchQubit],
      system,
    ),
  ];
}

/** For each eigenvector the angle of Ry that puts that weight on |1>. */
function angles(weights: readonly number[]): number[] {
  return weights.map((weight) => 2 * Math.asin(Math.sqrt(Math.min(1, Math.max(0, weight)))));
}

interface Branches {
  /** Weight of the second branch for each eigenvector. */
  readonly values: readonly number[];
  readonly vectors: ComplexMatrix;
  /** W_{a,j} times the eigenvectors, for both branches. */
  readonly after: readonly ComplexMatrix[];
}

function branchesOf(operators: readonly ComplexMatrix[], root: ComplexMatrix): Branches {
  const parts = [0, 1].map((j) => (j < operators.length ? multiply(operators[j], root) : zeros(2, 2)));
  const { values, vectors } = eigen(multiply(adjoint(parts[1]), parts[1]));
  return { values, vectors, after: parts.map((part) => unitaryLike(multiply(part, vectors))) };
}

/** The unitary whose columns point where these orthogonal columns do; a column of nothing takes what is left. */
function unitaryLike({ re, im }: ComplexMatrix): ComplexMatrix {
  const norms = [0, 1].map((j) => Math.hypot(re[j], im[j], re[2 + j], im[2 + j]));
  const lead = norms[0] >= norms[1] ? 0 : 1;
  const result = zeros(2, 2);
  if (norms[lead] < negligible) {
    result.re.set([1, 0, 0, 1]);
    return result;
  }
  const [a, b] = [lead, 2 + lead].map((k) => ({ re: re[k] / norms[lead], im: im[k] / norms[lead] }));
  // Orthogonal to (a, b): (-conj b, conj a), with the phase of the other column where it has one.
  const other = 1 - lead;
  let phase = { re: 1, im: 0 };
  if (norms[other] > negligible) {
    const x = -(b.re * re[other] - b.im * im[other]) + (a.re * re[2 + other] - a.im * im[2 + other]);
    const y = -(b.re * im[other] + b.im * re[other]) + (a.re * im[2 + other] + a.im * re[2 + other]);
    phase = { re: x / Math.hypot(x, y), im: y / Math.hypot(x, y) };
  }
  const turned = (u: number, v: number) => [u * phase.re - v * phase.im, u * phase.im + v * phase.re];
  for (const [row, own, [u, v]] of [
    [0, a, turned(-b.re, b.im)],
    [1, b, turned(a.re, -a.im)],
  ] as const) {
    result.re[2 * row + lead] = own.re;
    result.im[2 * row + lead] = own.im;
    result.re[2 * row + other] = u;
    result.im[2 * row + other] = v;
  }
  return result;
}

interface Eigen {
  /** Ascending. */
  readonly values: readonly [number, number];
  /** In columns. */
  readonly vectors: ComplexMatrix;
}

/** Of a Hermitian matrix c I + x X + y Y + z Z: c -+ |(x, y, z)|. */
function eigen({ re, im }: ComplexMatrix): Eigen {
  const centre = (re[0] + re[3]) / 2;
  const { values, vectors } = eigenOfBloch((re[1] + re[2]) / 2, (im[2] - im[1]) / 2, (re[0] - re[3]) / 2);
  return { values: [centre + values[0], centre + values[1]], vectors };
}

/** Of x X + y Y + z Z; the eigenvector of +length points along (x, y, z). */
function eigenOfBloch(x: number, y: number, z: number): Eigen {
  const length = Math.hypot(x, y, z);
  const polar = length < negligible ? 0 : Math.acos(Math.min(1, Math.max(-1, z / length)));
  const turn = Math.atan2(y, x);
  const [c, s] = [Math.cos(polar / 2), Math.sin(polar / 2)];
  const vectors = zeros(2, 2);
  // Columns: (-s, c e^(i turn)) against the direction, (c, s e^(i turn)) along it.
  vectors.re.set([-s, c, c * Math.cos(turn), s * Math.cos(turn)]);
  vectors.im.set([0, 0, c * Math.sin(turn), s * Math.sin(turn)]);
  return { values: [-length, length], vectors };
}

/** E^(-1/2), with 0 for eigenvalues of 0: there nothing comes in. */
function inverseRoot(effect: ComplexMatrix): ComplexMatrix {
  const { values, vectors } = eigen(effect);
  const scaled = { ...vectors, re: vectors.re.slice(), im: vectors.im.slice() };
  for (let k = 0; k < 4; k++) {
    const value = values[k % 2];
    const factor = value > negligible ? 1 / Math.sqrt(value) : 0;
    scaled.re[k] *= factor;
    scaled.im[k] *= factor;
  }
  return multiply(scaled, adjoint(vectors));
}

function sumOf(matrices: readonly ComplexMatrix[]): ComplexMatrix {
  const sum = zeros(2, 2);
  for (const { re, im } of matrices) {
    for (let k = 0; k < 4; k++) {
      sum.re[k] += re[k];
      sum.im[k] += im[k];
    }
  }
  return sum;
}

/**
 * One unitary of the target per pattern of the controls (bit k of the pattern is controls[k]), up to a phase per
 * pattern: Rz(gamma), Ry(beta), Rz(alpha), each multiplexed.
 */
function multiplexed(unitaries: readonly ComplexMatrix[], controls: readonly number[], target: number): Operation[] {
  const euler = unitaries.map(eulerAngles);
  return [
    ...multiplexedRotation(
      'rz',
      euler.map((angle) => angle.gamma),
      controls,
      target,
    ),
    ...multiplexedRotation(
      'ry',
      euler.map((angle) => angle.beta),
      controls,
      target,
    ),
    ...multiplexedRotation(
      'rz',
      euler.map((angle) => angle.alpha),
      controls,
      target,
    ),
  ];
}

/** U = e^(i phase) Rz(alpha) Ry(beta) Rz(gamma) (Nielsen and Chuang 2010, theorem 4.1). */
function eulerAngles({ re, im }: ComplexMatrix): { alpha: number; beta: number; gamma: number } {
  const phase = Math.atan2(
    re[0] * im[3] + im[0] * re[3] - re[1] * im[2] - im[1] * re[2],
    re[0] * re[3] - im[0] * im[3] - re[1] * re[2] + im[1] * im[2],
  );
  const [cosine, sine] = [Math.hypot(re[0], im[0]), Math.hypot(re[2], im[2])];
  const halfSum = cosine < negligible ? 0 : phase / 2 - Math.atan2(im[0], re[0]);
  const halfDifference = sine < negligible ? 0 : Math.atan2(im[2], re[2]) - phase / 2;
  return { alpha: halfSum + halfDifference, beta: 2 * Math.atan2(sine, cosine), gamma: halfSum - halfDifference };
}

/**
 * A rotation of the target by one angle per pattern of k controls, in 2^k rotations and as many CX along a Gray code
 * (Mottonen, Vartiainen, Bergholm and Salomaa 2004, "Quantum circuits for general multiqubit gates", equation 3):
 *   theta_i = 2^-k sum_pattern (-1)^(ones in pattern and gray_i) angle_pattern.
 */
function multiplexedRotation(
  name: 'ry' | 'rz',
  ofPattern: readonly number[],
  controls: readonly number[],
  target: number,
): Operation[] {
  const patterns = 2 ** controls.length;
  const gray = (i: number) => i ^ (i >> 1);
  return Array.from({ length: patterns }, (_, i): Operation[] => {
    const sum = ofPattern.reduce((total, angle, pattern) => total + (odd(pattern & gray(i)) ? -angle : angle), 0);
    const rotation = gate(name, [target], sum / patterns);
    if (controls.length === 0) return [rotation];
    const flipped = gray(i) ^ gray((i + 1) % patterns);
    return [rotation, gate('cx', [controls[Math.log2(flipped)], target])];
  }).flat();
}

function odd(bits: number): boolean {
  let rest = bits;
  let parity = 0;
  for (; rest > 0; rest >>= 1) parity ^= rest & 1;
  return parity === 1;
}
