/** A model without constraints in the form of one with them. */
import { type BinaryQuadraticModel, pairColumns } from './bqm.ts';
import { toVartypeSteps } from './bqm-operations.ts';
import { binary, type ConstrainedQuadraticModel } from './cqm.ts';
import { runSteps, type Steps } from './steps.ts';

/**
 * The model over 0/1 as a constrained one without rows: equal energies for `convertValues(values, vartype, 'BINARY')`. Its
 * pairs are checked, summed and sorted already: `createCqm` would take seconds for millions of them.
 */
export function bqmToCqm(model: BinaryQuadraticModel): ConstrainedQuadraticModel {
  return runSteps(bqmToCqmSteps(model));
}

/** The same in steps. */
export function* bqmToCqmSteps(model: BinaryQuadraticModel): Steps<ConstrainedQuadraticModel> {
  const bqm = yield* toVartypeSteps(model, 'BINARY');
  const variables = bqm.variables.map(binary);
  yield;
  return {
    type: 'cqm',
    variables,
    linear: bqm.linear,
    quadratic: yield* pairColumns(bqm),
    offset: bqm.offset,
    constraints: [],
  };
}
