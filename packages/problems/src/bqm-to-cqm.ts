/** A model without constraints in the form of one with them. */
import { type BinaryQuadraticModel, pairColumns } from './bqm.ts';
import { toVartype } from './bqm-operations.ts';
import { binary, type ConstrainedQuadraticModel } from './cqm.ts';

/**
 * The model over 0/1 as a constrained one without rows: equal energies for `convertValues(values, vartype, 'BINARY')`. Its
 * pairs are checked, summed and sorted already: `createCqm` would take seconds for millions of them.
 */
export function bqmToCqm(model: BinaryQuadraticModel): ConstrainedQuadraticModel {
  const bqm = toVartype(model, 'BINARY');
  return {
    type: 'cqm',
    variables: bqm.variables.map(binary),
    linear: bqm.linear,
    quadratic: pairColumns(bqm),
    offset: bqm.offset,
    constraints: [],
  };
}
