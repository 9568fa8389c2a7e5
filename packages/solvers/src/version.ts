/** The version that the solvers of this package state in run records; the same as in package.json (a test compares). */
export const SOLVERS_VERSION = '0.1.0';
