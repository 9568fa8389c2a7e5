/** Every problem of binaries in one form: a constrained model, without rows where it comes from a BQM. */
import {
  type BinaryQuadraticModel,
  binary,
  type ConstrainedQuadraticModel,
  createCqm,
  type PairColumns,
  type Problem,
  toVartype,
} from '@qurriculum/problems';

/** The model itself, or a BQM over BINARY variables as a model without rows; energies are the same. */
export function asConstrained(problem: Problem): ConstrainedQuadraticModel {
  if (problem.type === 'cqm') return problem;
  const bqm = toVartype(problem, 'BINARY');
  return createCqm({
    variables: bqm.variables.map((name) => binary(name)),
    linear: bqm.linear,
    quadratic: upperPairs(bqm),
    offset: bqm.offset,
  });
}

function upperPairs({ rowStart, neighbour, bias }: BinaryQuadraticModel): PairColumns {
  const [first, second, coefficient]: number[][] = [[], [], []];
  for (let i = 0; i + 1 < rowStart.length; i++) {
    for (let e = rowStart[i]; e < rowStart[i + 1]; e++) {
      if (neighbour[e] <= i) continue;
      first.push(i);
      second.push(neighbour[e]);
      coefficient.push(bias[e]);
    }
  }
  return { first, second, coefficient };
}
