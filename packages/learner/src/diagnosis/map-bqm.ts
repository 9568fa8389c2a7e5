/**
 * The most probable state as the minimum of a binary quadratic model:
 *
 *   min over states of sum of factor costs = -log P(state, answers).
 *
 * Each factor is written as a polynomial in its attributes (Moebius transform); terms of three and more attributes are
 * made quadratic without loss: negative ones with one more variable (Freedman & Drineas 2005, CVPR, equation 12), positive
 * ones of degree d with (d - 1) / 2, rounded down (Ishikawa 2011, IEEE TPAMI 33, 1234-1249, section 3.2).
 */
import { type BinaryQuadraticModel, createBqm, type SolveOptions, type Solver } from '@qurriculum/problems';
import { DiagnosisError } from './errors.ts';
import { type PosteriorFactor, type PosteriorFactors, stateCost } from './posterior-factors.ts';

export interface MapProblem {
  /** Attributes first, then auxiliary variables. BINARY; its minimum is the least -log P(state, answers). */
  readonly bqm: BinaryQuadraticModel;
  /** One bit per attribute. */
  decode(values: ArrayLike<number>): Uint8Array;
}

/** Poses the search for the most probable state. */
export function mapProblem({ attributes, factors }: PosteriorFactors): MapProblem {
  const terms = new Map<string, { readonly members: readonly number[]; coefficient: number }>();
  const totalSpan = factors.reduce((sum, { cost }) => sum + spanOf(cost).span, 0);
  for (const factor of factors) addPolynomial(terms, factor, totalSpan);
  const builder = createQuadraticBuilder(attributes);
  for (const { members, coefficient } of terms.values()) {
    if (Math.abs(coefficient) > 1e-12) addTerm(builder, members, coefficient);
  }
  return {
    bqm: createBqm({ vartype: 'BINARY', variables: builder.names, ...builder }),
    decode: (values) => Uint8Array.from({ length: attributes }, (_, k) => values[k]),
  };
}

export interface SolvedState {
  readonly held: Uint8Array;
  /** -log P(state, answers), from the factors themselves. */
  readonly cost: number;
}

/** Lets a solver find the most probable state. @throws DiagnosisError TOO_LARGE when it refuses the model. */
export async function solveState(
  posterior: PosteriorFactors,
  solver: Solver,
  options: SolveOptions = {},
): Promise<SolvedState> {
  const { bqm, decode } = mapProblem(posterior);
  const refusal = solver.refuses(bqm);
  if (refusal !== null) {
    throw new DiagnosisError(
      'TOO_LARGE',
      `solveState: expected a model that ${solver.name} takes, got ${refusal}; use another solver.`,
    );
  }
  const { samples } = await solver.solve(bqm, options);
  // Auxiliary variables may be off in a sample: the state is judged by its own cost.
  const states = samples.map(({ values }) => decode(values));
  const costs = states.map((held) => stateCost(posterior.factors, (k) => held[k]));
  const best = costs.indexOf(Math.min(...costs));
  return { held: states[best], cost: costs[best] };
}

function spanOf(cost: Float64Array): { readonly largest: number; readonly span: number } {
  const finite = cost.filter(Number.isFinite);
  const largest = finite.reduce((a, b) => Math.max(a, b), -Infinity);
  return { largest, span: largest - finite.reduce((a, b) => Math.min(a, b), Infinity) };
}

/** c_T = sum over S within T of (-1)^|T - S| f(S); impossible combinations cost more than all else together. */
function addPolynomial(
  terms: Map<string, { readonly members: readonly number[]; coefficient: number }>,
  { attributes, cost }: PosteriorFactor,
  totalSpan: number,
): void {
  const forbidden = spanOf(cost).largest + totalSpan + 1;
  const coefficients = cost.map((value) => (Number.isFinite(value) ? value : forbidden));
  for (let bit = 1; bit < coefficients.length; bit <<= 1) {
    for (let set = 0; set < coefficients.length; set++) if (set & bit) coefficients[set] -= coefficients[set ^ bit];
  }
  coefficients.forEach((coefficient, set) => {
    const members = attributes.filter((_, i) => (set >> i) & 1).sort((a, b) => a - b);
    const key = members.join();
    const term = terms.get(key);
    if (term === undefined) terms.set(key, { members, coefficient });
    else term.coefficient += coefficient;
  });
}

interface QuadraticBuilder {
  readonly names: string[];
  readonly linear: number[];
  readonly quadratic: [number, number, number][];
  offset: number;
}

function createQuadraticBuilder(attributes: number): QuadraticBuilder {
  const names = Array.from({ length: attributes }, (_, k) => `attribute ${k}`);
  return { names, linear: new Array(attributes).fill(0), quadratic: [], offset: 0 };
}

function addTerm(builder: QuadraticBuilder, members: readonly number[], coefficient: number): void {
  const degree = members.length;
  if (degree === 0) builder.offset += coefficient;
  else if (degree === 1) builder.linear[members[0]] += coefficient;
  else if (degree === 2) builder.quadratic.push([members[0], members[1], coefficient]);
  else if (coefficient < 0) addNegative(builder, members, coefficient);
  else addPositive(builder, members, coefficient);
}

function addVariable(builder: QuadraticBuilder, members: readonly number[], bias: number): number {
  builder.names.push(`auxiliary ${builder.names.length} of ${members.join(' ')}`);
  builder.linear.push(bias);
  return builder.names.length - 1;
}

/** -a x_1 ... x_d = min over w of a w (d - 1 - S1). */
function addNegative(builder: QuadraticBuilder, members: readonly number[], coefficient: number): void {
  const w = addVariable(builder, members, -coefficient * (members.length - 1));
  for (const k of members) builder.quadratic.push([k, w, coefficient]);
}

/** a x_1 ... x_d = a S2 + a min over w of sum_i w_i (c_i (2 i - S1) - 1), c_i = 1 for the last i of odd d, else 2. */
function addPositive(builder: QuadraticBuilder, members: readonly number[], coefficient: number): void {
  const degree = members.length;
  members.forEach((a, i) => {
    for (const b of members.slice(i + 1)) builder.quadratic.push([a, b, coefficient]);
  });
  const last = Math.floor((degree - 1) / 2);
  for (let i = 1; i <= last; i++) {
    const c = degree % 2 === 1 && i === last ? 1 : 2;
    const w = addVariable(builder, members, coefficient * (2 * i * c - 1));
    for (const k of members) builder.quadratic.push([k, w, -c * coefficient]);
  }
}
