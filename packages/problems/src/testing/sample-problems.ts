/** Small problems that cover what solvers may meet, and the brute force that they are checked by. */
import { createRandom } from '@qurriculum/random';
import { type BinaryQuadraticModel, createBqm, type PairEntry, type Vartype } from '../bqm.ts';
import { binary, type ConstrainedQuadraticModel, createCqm, integer } from '../cqm.ts';
import { evaluateSample } from '../sample-set.ts';
import type { Problem, Sample } from '../solver.ts';

/** A random BQM with whole coefficients from -9 to 9 and the given share of pairs. */
export function randomBqm(size: number, vartype: Vartype, seed: number, density = 0.5): BinaryQuadraticModel {
  const random = createRandom(seed);
  const coefficient = (): number => random.integer(19) - 9;
  const quadratic: PairEntry[] = [];
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size; j++) if (random.chance(density)) quadratic.push([i, j, coefficient()]);
  }
  const linear = Array.from({ length: size }, coefficient);
  return createBqm({ vartype, variables: size, linear, quadratic, offset: coefficient() });
}

/** Choosing things for three days: a capacity per day, each thing at most once, one thing at least once. */
export function randomPlan(things: number, seed: number): ConstrainedQuadraticModel {
  const random = createRandom(seed);
  const days = ['Monday', 'Tuesday', 'Wednesday'];
  const names = Array.from({ length: things }, (_, i) => `thing ${i + 1}`);
  const variable = (thing: string, day: string): string => `${thing} on ${day}`;
  const variables = names.flatMap((thing) => days.map((day) => binary(variable(thing, day))));
  const minutes = names.map(() => 3 + random.integer(6));
  const capacity = Math.max(8, Math.round(minutes.reduce((sum, m) => sum + m, 0) / 5));
  return createCqm({
    variables,
    linear: variables.map(() => -1 - random.integer(9)),
    quadratic: Array.from({ length: 3 * things }, () => [
      random.integer(variables.length),
      random.integer(variables.length),
      random.integer(9) - 4,
    ]),
    constraints: [
      ...days.map((day) => ({
        name: `${day}: at most ${capacity} minutes`,
        terms: names.map((thing, i) => [variable(thing, day), minutes[i]] as const),
        sense: '<=' as const,
        rhs: capacity,
      })),
      ...names.map((thing, i) => ({
        name: i === 0 ? `${thing} exactly once` : `${thing} at most once`,
        terms: days.map((day) => [variable(thing, day), 1] as const),
        sense: i === 0 ? ('==' as const) : ('<=' as const),
        rhs: 1,
      })),
      {
        name: 'at least one on Wednesday',
        terms: names.map((thing) => [variable(thing, 'Wednesday'), 1] as const),
        sense: '>=' as const,
        rhs: 1,
      },
    ],
  });
}

/** Tiny problems of every kind; all but the last two have a feasible sample. */
export function tinyProblems(): readonly { readonly name: string; readonly problem: Problem }[] {
  return [
    { name: 'one variable', problem: createBqm({ vartype: 'BINARY', variables: 1, linear: [3], offset: -1 }) },
    { name: 'no variables', problem: createBqm({ vartype: 'SPIN', variables: 0, offset: 2 }) },
    { name: 'no terms', problem: createBqm({ vartype: 'BINARY', variables: 3, offset: 2 }) },
    { name: 'parts that do not touch, and a variable in none', problem: disconnected() },
    { name: 'weights beyond 32-bit integers', problem: hugeWeights() },
    { name: 'large weights beside small ones', problem: spreadWeights() },
    { name: 'a SPIN model', problem: randomBqm(6, 'SPIN', 1) },
    { name: 'a BINARY model', problem: randomBqm(7, 'BINARY', 2) },
    { name: 'binaries under rows of every sense', problem: randomPlan(3, 3) },
    { name: 'integers with linear objective', problem: integerProblem(false) },
    { name: 'integers with a square', problem: integerProblem(true) },
    { name: 'binaries under rows with products', problem: quadraticRows() },
    { name: 'integers under a row with products', problem: integersUnderProducts() },
    { name: 'no variables under a row', problem: createCqm({ variables: [], constraints: [emptyRow(1)] }) },
    { name: 'rows that contradict each other', problem: infeasibleProblem() },
    { name: 'a row that nothing keeps', problem: createCqm({ variables: [binary('a')], constraints: [emptyRow(-1)] }) },
  ];
}

function disconnected(): BinaryQuadraticModel {
  const quadratic: PairEntry[] = [
    [0, 1, 2],
    [2, 3, -1],
  ];
  return createBqm({ vartype: 'SPIN', variables: 6, linear: [0, 0, 0, 0, 3, 0], quadratic });
}

/** Whole numbers that no 32-bit field holds. */
function hugeWeights(): BinaryQuadraticModel {
  const quadratic: PairEntry[] = [
    [0, 1, -9e9],
    [2, 3, 1],
    [1, 2, 7e9],
  ];
  return createBqm({ vartype: 'BINARY', variables: 4, linear: [3e9, -4e9, 1, -2], quadratic });
}

function spreadWeights(): BinaryQuadraticModel {
  const quadratic: PairEntry[] = [
    [0, 1, 3],
    [1, 2, 2],
    [2, 3, -1],
  ];
  return createBqm({ vartype: 'SPIN', variables: 4, linear: [1e6, -1, 0.5, 0], quadratic });
}

function emptyRow(rhs: number) {
  return { name: `0 <= ${rhs}`, terms: [], sense: '<=' as const, rhs };
}

function integerProblem(square: boolean): ConstrainedQuadraticModel {
  return createCqm({
    variables: [binary('open'), integer('boxes', 0, 6), integer('balance', -3, 3)],
    linear: [
      ['open', 4],
      ['boxes', -3],
      ['balance', 1],
    ],
    quadratic: square
      ? [
          ['boxes', 'boxes', 0.5],
          ['open', 'balance', -2],
        ]
      : [],
    constraints: [
      {
        name: 'boxes only when open',
        terms: [
          ['boxes', 1],
          ['open', -6],
        ],
        sense: '<=',
        rhs: 0,
      },
      {
        name: 'balance and boxes together 3',
        terms: [
          ['boxes', 1],
          ['balance', 1],
        ],
        sense: '==',
        rhs: 3,
      },
    ],
  });
}

function quadraticRows(): ConstrainedQuadraticModel {
  return createCqm({
    variables: ['a', 'b', 'c', 'd'].map(binary),
    linear: [-4, -3, -2, 1],
    quadratic: [['a', 'd', -2]],
    constraints: [
      { name: 'not a with b', terms: [], quadratic: [['a', 'b', 1]], sense: '<=', rhs: 0 },
      {
        name: 'c pays for pairs',
        terms: [['c', 3]],
        quadratic: [
          ['a', 'd', 2],
          ['b', 'c', -1],
        ],
        sense: '<=',
        rhs: 3,
      },
    ],
  });
}

/** Small enough for a simulator of qubits too: ten bits with slack and products. */
function integersUnderProducts(): ConstrainedQuadraticModel {
  return createCqm({
    variables: [integer('width', 1, 2), integer('height', -1, 1), binary('lid')],
    linear: [2, -1, -3],
    constraints: [
      { name: 'area', terms: [['lid', 1]], quadratic: [['width', 'height', 1]], sense: '>=', rhs: 2 },
      {
        name: 'squares',
        terms: [],
        quadratic: [
          ['width', 'width', 1],
          ['height', 'height', 1],
        ],
        sense: '<=',
        rhs: 4,
      },
    ],
  });
}

function infeasibleProblem(): ConstrainedQuadraticModel {
  const terms = [['a', 1] as const, ['b', 1] as const];
  return createCqm({
    variables: [binary('a'), binary('b')],
    linear: [1, 1],
    constraints: [
      { name: 'at least 2', terms, sense: '>=', rhs: 2 },
      { name: 'at most 1', terms, sense: '<=', rhs: 1 },
    ],
  });
}

/** The best sample by trying all assignments; null when none is feasible. Only for tiny problems. */
export function bruteForce(problem: Problem): Sample | null {
  const domains = problem.variables.map((variable): [number, number, number] => {
    if (typeof variable !== 'string') return [variable.lower, variable.upper, 1];
    return problem.type === 'bqm' && problem.vartype === 'SPIN' ? [-1, 1, 2] : [0, 1, 1];
  });
  const values = domains.map(([lower]) => lower);
  let best: Sample | null = null;
  for (;;) {
    const sample = evaluateSample(problem, values);
    if (sample.feasible && (best === null || sample.energy < best.energy)) best = sample;
    let i = 0;
    while (i < values.length && values[i] === domains[i][1]) values[i] = domains[i++][0];
    if (i === values.length) return best;
    values[i] += domains[i][2];
  }
}
