/**
 * What can make figures on learning records better than they are (leakage: Kaufman, Rosset, Perlich and Stitelman 2012,
 * "Leakage in data mining"), found before anyone believes them. Each finding carries the AUC of a plain predictor that
 * uses the flaw beside the AUC of the same predictor that does not.
 */

export type FindingCode =
  | 'rows-per-skill'
  | 'copied-rows'
  | 'repeated-items'
  | 'sorted-by-outcome'
  | 'learners-in-both'
  | 'outcome-in-column'
  | 'future-in-column'
  | 'constant-column';

export interface DataFinding {
  readonly code: FindingCode;
  /** A leak makes figures too good; a warning is something to know. */
  readonly severity: 'leak' | 'warning';
  /** What was found, in counts. */
  readonly found: string;
  /** What it does to AUC, in figures. */
  readonly effect: string;
  /** What to do. */
  readonly remedy: string;
  /** Rows (or, for learners in both sides, test rows) concerned. */
  readonly rows: number;
  /** AUC of the plain predictor on the same rows without and with the flaw; null where it is not a matter of AUC. */
  readonly auc: { readonly without: number; readonly with: number } | null;
}

/** One sentence for a terminal or a note. */
export function describeFinding({ found, effect, remedy }: DataFinding): string {
  return `${found} ${effect} ${remedy}`;
}

/** An AUC as people write it: .733 */
export function showAuc(value: number): string {
  return Number.isNaN(value) ? 'not defined' : value.toFixed(3).replace(/^0/, '');
}

/** 12,345 */
export function showCount(value: number): string {
  return value.toLocaleString('en-GB');
}
