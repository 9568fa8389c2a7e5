/** The error that a malformed problem, file or sample raises: a stable code for programs, a sentence for people. */

export type ProblemErrorCode =
  | 'BAD_SIZE'
  | 'BAD_VARIABLE'
  | 'BAD_COEFFICIENT'
  | 'BAD_CONSTRAINT'
  | 'BAD_SAMPLE'
  | 'BAD_FILE'
  | 'REFUSED'
  | 'SOLVER_FAILED';

export class ProblemError extends Error {
  readonly code: ProblemErrorCode;
  constructor(code: ProblemErrorCode, message: string) {
    super(message);
    this.name = 'ProblemError';
    this.code = code;
  }
}

/** Throws BAD_COEFFICIENT unless the number is finite; `where` names the place in words. */
export function requireFinite(value: number, where: string): void {
  if (!Number.isFinite(value)) {
    throw new ProblemError(
      'BAD_COEFFICIENT',
      `${where}: expected a finite number, got ${value}; remove or replace it.`,
    );
  }
}

/** Throws BAD_VARIABLE unless the labels are non-empty and all different. Returns label to index. */
export function indexLabels(labels: readonly string[], where: string): ReadonlyMap<string, number> {
  const index = new Map<string, number>();
  for (const [i, label] of labels.entries()) {
    if (label === '' || index.has(label)) {
      const got = label === '' ? `an empty one at ${i}` : `"${label}" twice`;
      throw new ProblemError('BAD_VARIABLE', `${where}: expected unique, non-empty labels, got ${got}; rename it.`);
    }
    index.set(label, i);
  }
  return index;
}

/** Far beyond any model, and its square is still a float64: solvers add and square coefficients without looking. */
const LARGEST_SUM = 1e150;

/** Throws BAD_COEFFICIENT where magnitudes add up to so much that sums or squares of them could overflow. */
export function requireModerate(columns: readonly ArrayLike<number>[], where: string): void {
  let sum = 0;
  for (const column of columns) for (let k = 0; k < column.length; k++) sum += Math.abs(column[k]);
  if (sum <= LARGEST_SUM) return;
  throw new ProblemError(
    'BAD_COEFFICIENT',
    `${where}: expected coefficients that add up to at most ${LARGEST_SUM} in size, got ${sum}; scale the model.`,
  );
}
