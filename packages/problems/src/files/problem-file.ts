/** What a problem file is, whatever its format. */
import type { BinaryQuadraticModel } from '../bqm.ts';
import type { Problem } from '../solver.ts';

const TEXT_FORMATS = ['mc', 'bqp', 'qubo', 'lp', 'json', 'gap'] as const;
export const BINARY_FORMATS = ['bqm', 'cqm'] as const;

/** What a file can be: `gap` files have no ending of their own and must be asked for by name. */
export const FILE_FORMATS = [...TEXT_FORMATS, ...BINARY_FORMATS] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];
export type TextFormat = (typeof TEXT_FORMATS)[number];
/** Formats whose files are no text: Ocean's `to_file`. */
export type BinaryFormat = (typeof BINARY_FORMATS)[number];

/** A minimised model of a file that states its own objective and sense. */
export interface ProblemFile {
  readonly format: FileFormat;
  readonly problem: Problem;
  readonly sense: 'maximise' | 'minimise';
  /** What the file's objective is called: "cut weight". */
  readonly objectiveName: string;
  /** The file's own objective from an energy (or from a bound: a lower bound of a maximum becomes an upper one). */
  objectiveOf(energy: number): number;
}

/** A file of a model without constraints. */
export interface BqmFile extends ProblemFile {
  readonly problem: BinaryQuadraticModel;
}
