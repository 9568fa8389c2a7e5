/**
 * Every problem in one form, a model of binaries with linear rows: a BQM over 0/1 without rows, a CQM of binaries as it
 * is, and one with bounded integers in digits (`cqm-digits.ts`). Energies are the same; no penalty is needed.
 */
import type { Steps } from '@qurriculum/kernels';
import {
  type BinaryQuadraticModel,
  boundedBinary,
  bqmToCqmSteps,
  type ConstrainedQuadraticModel,
  convertValues,
  type Problem,
} from '@qurriculum/problems';
import { toDigits } from '../classical/cqm-digits.ts';

export interface BinaryForm {
  readonly cqm: ConstrainedQuadraticModel;
  /** Bits that only mean something together: number of the integer for each variable, -1 for plain binaries. */
  readonly group: Int32Array;
  /** Bits of a sample, and the sample of bits. */
  into(values: ArrayLike<number>): Int32Array;
  back(bits: ArrayLike<number>): Int32Array;
}

/** The form of a problem, in steps. Rows must be linear. */
export function* binaryForm(problem: Problem): Steps<BinaryForm> {
  if (problem.type === 'bqm') return yield* formOfBqm(problem);
  if (problem.variables.some(({ kind }) => kind !== 'BINARY')) return formOfIntegers(problem);
  const copy = (values: ArrayLike<number>): Int32Array => Int32Array.from(values);
  return { cqm: problem, group: new Int32Array(problem.variables.length).fill(-1), into: copy, back: copy };
}

function* formOfBqm(problem: BinaryQuadraticModel): Steps<BinaryForm> {
  return {
    cqm: yield* bqmToCqmSteps(problem),
    group: new Int32Array(problem.linear.length).fill(-1),
    into: (values) => convertValues(values, problem.vartype, 'BINARY'),
    back: (bits) => convertValues(bits, 'BINARY', problem.vartype),
  };
}

function formOfIntegers(problem: ConstrainedQuadraticModel): BinaryForm {
  // As few bits as can be: a sub-solver may have one qubit for each.
  const { binary: cqm, variable, encode, decode } = toDigits(problem, (span) => boundedBinary(span, 1));
  const group = variable.map((i) => (problem.variables[i].kind === 'BINARY' ? -1 : i));
  return { cqm, group, into: encode, back: decode };
}
