/** A problem as qubits: its binary quadratic model, the diagonal of the cost operator, and the way back to its values. */
import {
  type BinaryQuadraticModel,
  boundedBinary,
  type ConstrainedQuadraticModel,
  cqmToBqm,
  type Problem,
  ProblemError,
} from '@qurriculum/problems';
import { costDiagonal, stateValues } from '@qurriculum/quantum';

export interface QubitProblem {
  readonly bqm: BinaryQuadraticModel;
  /** 2^n energies of `bqm`; variable k is qubit k, the bit 2^k. */
  readonly costs: Float64Array;
  /** Qubits that hold the problem's own variables, from qubit 0 on; the others are slack. */
  readonly ownQubits: number;
  /** The problem's values in a basis state. */
  values(state: number): Int32Array;
}

/** Why a problem does not fit on so many qubits, in words, or null. */
export function qubitRefusal(problem: Problem, mostQubits: number): string | null {
  const size = problem.variables.length;
  if (size < 1) return 'at least 1 variable, this has none';
  if (size > mostQubits) return `at most ${mostQubits} qubits, this has ${size} variables`;
  if (problem.type === 'bqm') return null;
  try {
    const qubits = cqmToBqm(problem).bqm.variables.length;
    if (qubits < 1) return 'at least 1 variable with a choice, this has none';
    if (qubits <= mostQubits) return null;
    return `at most ${mostQubits} qubits, this needs ${qubits}: ${size} variables and their slack`;
  } catch (error) {
    if (error instanceof ProblemError) return `constraints that each can be kept, but ${error.message}`;
    throw error;
  }
}

/** The problem on qubits; constraints become penalties with slack bits (`cqmToBqm`). */
export function toQubits(problem: Problem): QubitProblem {
  if (problem.type === 'cqm') return constrainedToQubits(problem);
  return {
    bqm: problem,
    costs: costDiagonal(problem),
    ownQubits: problem.variables.length,
    values: (state) => stateValues(problem, state),
  };
}

function constrainedToQubits(problem: ConstrainedQuadraticModel): QubitProblem {
  const { bqm, invert } = cqmToBqm(problem);
  return {
    bqm,
    costs: costDiagonal(bqm),
    // Bits of the variables come first, slack behind.
    ownQubits: problem.variables.reduce((sum, { lower, upper }) => sum + boundedBinary(upper - lower, 1).length, 0),
    values: (state) => invert(stateValues(bqm, state)),
  };
}
