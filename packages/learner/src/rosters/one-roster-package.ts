/** What reading a OneRoster package gives: its rows, and what is wrong with it. */
import type { OneRosterFile } from './one-roster-tables.ts';

export type OneRosterMode = 'absent' | 'bulk' | 'delta';

export interface OneRosterDiagnostic {
  readonly code: string;
  /** With its ending: "users.csv". */
  readonly file: string;
  /** 1 is the first below the header. */
  readonly row: number | null;
  readonly field: string | null;
  /** What was expected, what came, what to do. */
  readonly message: string;
}

/** A row that can be used, by column; empty cells are ''. */
export interface OneRosterRow {
  readonly row: number;
  readonly cells: Readonly<Record<string, string>>;
}

export interface OneRosterPackage {
  readonly modes: ReadonlyMap<OneRosterFile, OneRosterMode>;
  /** Rows without a diagnostic of their own. */
  readonly rows: ReadonlyMap<OneRosterFile, readonly OneRosterRow[]>;
  /** Rows that were left out. */
  readonly rejected: number;
  readonly diagnostics: readonly OneRosterDiagnostic[];
  /** False where the package as a whole, its manifest or a header is wrong: then nothing of it should be taken. */
  readonly usable: boolean;
}

export type Diagnose = (
  code: string,
  file: string,
  place: { readonly row?: number; readonly field?: string },
  message: string,
) => void;
