/**
 * A problem as one QAOA circuit for hardware, and bits as the problem's values. Angles are chosen here, without the
 * device: for one layer the best of the closed form, for more those of a table (see `@qurriculum/quantum`, fixed angles).
 */
import { type BinaryQuadraticModel, cqmToBqm, type Problem } from '@qurriculum/problems';
import {
  type Circuit,
  fixedAngles,
  isingCoefficients,
  type QaoaAngles,
  qaoaCircuit,
  singleLayerStart,
} from '@qurriculum/quantum';

export interface QaoaJob {
  readonly circuit: Circuit;
  readonly angles: QaoaAngles;
}

interface BitProblem {
  readonly model: BinaryQuadraticModel;
  /** The problem's values from one bit (0/1) per qubit. */
  values(bits: ArrayLike<number>): Int32Array;
}

function toBits(problem: Problem): BitProblem {
  if (problem.type === 'cqm') {
    const { bqm, invert } = cqmToBqm(problem);
    return { model: bqm, values: invert };
  }
  // Bit 0 is the eigenvalue +1 of Z, as in `costDiagonal`.
  const [zero, one] = problem.vartype === 'BINARY' ? [0, 1] : [1, -1];
  return { model: problem, values: (bits) => Int32Array.from(bits, (bit) => (bit ? one : zero)) };
}

export function qaoaJob(problem: Problem, layers: number): QaoaJob {
  const { model } = toBits(problem);
  const ising = isingCoefficients(model);
  const angles = layers === 1 ? singleLayerStart(ising) : fixedAngles(ising, layers);
  return { circuit: qaoaCircuit(model, angles), angles };
}

/** The problem's values from bits, bit k of qubit k. */
export function bitsToValues(problem: Problem): (bits: ArrayLike<number>) => Int32Array {
  return toBits(problem).values;
}
