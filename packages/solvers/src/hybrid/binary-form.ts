/**
 * Every problem in one form, a model of binaries with linear rows: a BQM over 0/1 without rows, a CQM of binaries as it
 * is, and a bounded integer as lower + sum_k w_k b_k in bits of weights 1, 2, 4, ..., rest (bounded binary), which reach
 * every value and nothing beside. Energies are the same; no penalty is needed.
 */
import {
  type BinaryQuadraticModel,
  binary,
  boundedBinary,
  type ConstrainedQuadraticModel,
  convertValues,
  createCqm,
  type Problem,
  toVartype,
} from '@qurriculum/problems';

export interface BinaryForm {
  readonly cqm: ConstrainedQuadraticModel;
  /** Bits that only mean something together: number of the integer for each variable, -1 for plain binaries. */
  readonly group: Int32Array;
  /** Bits of a sample, and the sample of bits. */
  into(values: ArrayLike<number>): Int32Array;
  back(bits: ArrayLike<number>): Int32Array;
}

/** The form of a problem. Rows must be linear. */
export function binaryForm(problem: Problem): BinaryForm {
  if (problem.type === 'bqm') return formOfBqm(problem);
  if (problem.variables.some(({ kind }) => kind !== 'BINARY')) return formOfIntegers(problem);
  const copy = (values: ArrayLike<number>): Int32Array => Int32Array.from(values);
  return { cqm: problem, group: new Int32Array(problem.variables.length).fill(-1), into: copy, back: copy };
}

function formOfBqm(problem: BinaryQuadraticModel): BinaryForm {
  const bqm = toVartype(problem, 'BINARY');
  return {
    // Its pairs are checked, summed and sorted already: built anew, millions of them would take seconds.
    cqm: {
      type: 'cqm',
      variables: bqm.variables.map((name) => binary(name)),
      linear: bqm.linear,
      quadratic: upperPairs(bqm),
      offset: bqm.offset,
      constraints: [],
    },
    group: new Int32Array(bqm.linear.length).fill(-1),
    into: (values) => convertValues(values, problem.vartype, 'BINARY'),
    back: (bits) => convertValues(bits, 'BINARY', problem.vartype),
  };
}

function upperPairs({ rowStart, neighbour, bias }: BinaryQuadraticModel): ConstrainedQuadraticModel['quadratic'] {
  const count = bias.length / 2;
  const [first, second, coefficient] = [new Int32Array(count), new Int32Array(count), new Float64Array(count)];
  let pair = 0;
  for (let i = 0; i + 1 < rowStart.length; i++) {
    for (let e = rowStart[i]; e < rowStart[i + 1]; e++) {
      if (neighbour[e] <= i) continue;
      first[pair] = i;
      second[pair] = neighbour[e];
      coefficient[pair++] = bias[e];
    }
  }
  return { first, second, coefficient };
}

/** lower + sum of weights[k] * bit(start + k). */
interface Bits {
  readonly start: number;
  readonly lower: number;
  readonly weights: readonly number[];
}

function formOfIntegers(problem: ConstrainedQuadraticModel): BinaryForm {
  const names: string[] = [];
  const group: number[] = [];
  const bits = problem.variables.map(({ name, kind, lower, upper }, i): Bits => {
    const start = names.length;
    const weights = kind === 'BINARY' ? [1] : boundedBinary(upper - lower, 1);
    for (let k = 0; k < weights.length; k++) names.push(kind === 'BINARY' ? name : `${name}#${k}`);
    group.push(...weights.map(() => (kind === 'BINARY' ? -1 : i)));
    return { start, lower, weights };
  });
  return {
    cqm: expand(problem, names, bits),
    group: Int32Array.from(group),
    into(values) {
      const out = new Int32Array(names.length);
      for (const [i, { start, lower, weights }] of bits.entries()) {
        // From the heaviest bit down: what is left always fits the lighter ones.
        let left = values[i] - lower;
        for (const k of weights.map((_, at) => at).sort((a, b) => weights[b] - weights[a])) {
          if (weights[k] > left) continue;
          out[start + k] = 1;
          left -= weights[k];
        }
      }
      return out;
    },
    back: (from) =>
      Int32Array.from(bits, ({ start, lower, weights }) =>
        weights.reduce((sum, weight, k) => sum + weight * from[start + k], lower),
      ),
  };
}

function expand(
  problem: ConstrainedQuadraticModel,
  names: readonly string[],
  bits: readonly Bits[],
): ConstrainedQuadraticModel {
  const linear = new Float64Array(names.length);
  let offset = problem.offset;
  const addLinear = (i: number, factor: number): void => {
    offset += factor * bits[i].lower;
    for (const [k, weight] of bits[i].weights.entries()) linear[bits[i].start + k] += factor * weight;
  };
  for (const [i, coefficient] of problem.linear.entries()) addLinear(i, coefficient);
  const [first, second, coefficient]: number[][] = [[], [], []];
  const { quadratic } = problem;
  for (let e = 0; e < quadratic.coefficient.length; e++) {
    const [i, j, q] = [quadratic.first[e], quadratic.second[e], quadratic.coefficient[e]];
    // (l + u)(l' + u') = l u' + l' u + u u' + l l', u and u' the parts in bits.
    addLinear(j, q * bits[i].lower);
    addLinear(i, q * bits[j].lower);
    offset -= q * bits[i].lower * bits[j].lower;
    for (const [a, weightA] of bits[i].weights.entries()) {
      for (const [b, weightB] of bits[j].weights.entries()) {
        first.push(bits[i].start + a);
        second.push(bits[j].start + b);
        coefficient.push(q * weightA * weightB);
      }
    }
  }
  const constraints = problem.constraints.map(({ name, variables, coefficients, sense, rhs }) => ({
    name,
    sense,
    rhs: rhs - variables.reduce((sum, i, k) => sum + coefficients[k] * bits[i].lower, 0),
    terms: Array.from(variables, (i, k) =>
      bits[i].weights.map((weight, b) => [bits[i].start + b, coefficients[k] * weight] as const),
    ).flat(),
  }));
  return createCqm({
    variables: names.map((name) => binary(name)),
    linear,
    quadratic: { first, second, coefficient },
    offset,
    constraints,
  });
}
