/**
 * Constrained quadratic models: a quadratic objective over binary and bounded integer variables, with named linear
 * constraints. Minimised. The names of constraints are written for people: violations are reported by them.
 */

export interface CqmVariable {
  /** Unique label. */
  readonly name: string;
  readonly kind: 'BINARY' | 'INTEGER';
  /** Inclusive integer bounds; 0 and 1 for a binary variable. */
  readonly lower: number;
  readonly upper: number;
}

/** sum of coefficients[k] * x[variables[k]] SENSE rhs. */
export interface LinearConstraint {
  /** Unique, in words that a planner understands: "Monday: at most 30 minutes". */
  readonly name: string;
  readonly variables: Int32Array;
  readonly coefficients: Float64Array;
  readonly sense: '<=' | '>=' | '==';
  readonly rhs: number;
}

export interface ConstrainedQuadraticModel {
  readonly type: 'cqm';
  readonly variables: readonly CqmVariable[];
  /** One linear coefficient per variable. */
  readonly linear: Float64Array;
  /** Objective pairs, each once, first[k] <= second[k] (equal: the square of an integer variable). */
  readonly quadratic: {
    readonly first: Int32Array;
    readonly second: Int32Array;
    readonly coefficient: Float64Array;
  };
  readonly offset: number;
  readonly constraints: readonly LinearConstraint[];
}
