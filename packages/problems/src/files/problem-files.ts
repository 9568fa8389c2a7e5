/**
 * Problem files by format. Max-Cut files (`.mc`, the rudy format of the Gset and Biq Mac collections) and unconstrained quadratic files (`.bqp`,
 * Beasley's OR-Library convention) maximise; the models here minimise, with energy = -objective exactly. Other formats
 * have modules of their own.
 */
import { type BinaryQuadraticModel, createBqm, type PairEntry, upperPairs } from '../bqm.ts';
import { ProblemError } from '../errors.ts';
import { problemEnergy } from '../problem-operations.ts';
import type { Problem } from '../solver.ts';
import { readAssignment, writeAssignment } from './assignment-file.ts';
import { readOceanJson, writeOceanJson } from './json-file.ts';
import { fileError, readEntries, writeEntries } from './lines.ts';
import { readLp, writeLp } from './lp-file.ts';
import { readOceanBqm, writeOceanBqm } from './ocean/bqm-file.ts';
import { readOceanCqm } from './ocean/cqm-reader.ts';
import { writeOceanCqm } from './ocean/cqm-writer.ts';
import {
  BINARY_FORMATS,
  type BinaryFormat,
  type BqmFile,
  FILE_FORMATS,
  type FileFormat,
  type ProblemFile,
  type TextFormat,
} from './problem-file.ts';
import { readQubo, writeQubo } from './qubo-file.ts';

const READERS: Readonly<Record<TextFormat, (text: string, name: string) => ProblemFile>> = {
  mc: readMaxCut,
  bqp: readBqp,
  qubo: readQubo,
  lp: readLp,
  json: readOceanJson,
  gap: readAssignment,
};

const BINARY_READERS: Readonly<
  Record<BinaryFormat, (bytes: Uint8Array, name: string) => ProblemFile | Promise<ProblemFile>>
> = { bqm: readOceanBqm, cqm: readOceanCqm };

/** Reads the text of a file of a format, by default the ending of its name. @throws ProblemError BAD_FILE */
export function readProblemFile(text: string, name: string, format?: FileFormat): ProblemFile {
  const chosen = formatOf('readProblemFile', name, format);
  if (!isBinaryFormat(chosen)) return READERS[chosen](text, name);
  throw new ProblemError(
    'BAD_FILE',
    `readProblemFile: expected a format that is text, got ${chosen}; pass the bytes of ${name} to readProblemBytes.`,
  );
}

/**
 * Reads a file of any format, text in UTF-8 or binary, by default by the ending of its name. Asynchronous because inflating
 * is, in browsers. @throws ProblemError BAD_FILE
 */
export async function readProblemBytes(bytes: Uint8Array, name: string, format?: FileFormat): Promise<ProblemFile> {
  const chosen = formatOf('readProblemBytes', name, format);
  if (isBinaryFormat(chosen)) return BINARY_READERS[chosen](bytes, name);
  return READERS[chosen](decodeText(bytes, name), name);
}

export function isBinaryFormat(format: FileFormat): format is BinaryFormat {
  return BINARY_FORMATS.some((binary) => binary === format);
}

function formatOf(where: string, name: string, format: FileFormat | undefined): FileFormat {
  const ending = name.toLowerCase().split('.').at(-1);
  const chosen = format ?? FILE_FORMATS.find((known) => known === ending);
  if (chosen) return chosen;
  const endings = FILE_FORMATS.map((known) => `.${known}`).join(', ');
  throw new ProblemError(
    'BAD_FILE',
    `${where}: expected a name ending in ${endings}, got ${name}; rename it or name the format.`,
  );
}

function decodeText(bytes: Uint8Array, name: string): string {
  let got = 'other bytes';
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // No format has any: this is UTF-16, or no text.
    if (!text.includes('\0')) return text;
    got = 'zero bytes in it';
  } catch {
    // Said below.
  }
  const message = `${name}: expected text in UTF-8, got ${got}; export it again as text or name its format.`;
  throw new ProblemError('BAD_FILE', message);
}

/**
 * A problem as the text of a format, or as bytes for `bqm` and `cqm`, such that reading it gives the same energies: the
 * formats of unconstrained models take their own kind of model, `lp` and `cqm` take constrained models, `gap` those of
 * assignment files.
 * @throws ProblemError BAD_VARIABLE or BAD_CONSTRAINT for a model that the format cannot hold.
 */
export function writeProblemFile(problem: Problem, format: TextFormat): string;
export function writeProblemFile(problem: Problem, format: BinaryFormat): Uint8Array<ArrayBuffer>;
export function writeProblemFile(problem: Problem, format: FileFormat): string | Uint8Array<ArrayBuffer>;
export function writeProblemFile(problem: Problem, format: FileFormat): string | Uint8Array<ArrayBuffer> {
  if (problem.type === 'cqm') {
    if (format === 'lp') return writeLp(problem);
    if (format === 'gap') return writeAssignment(problem);
    if (format === 'cqm') return writeOceanCqm(problem, { labels: true });
    throw unwritable(format, 'a model without constraints', 'a CQM');
  }
  if (format === 'lp' || format === 'gap' || format === 'cqm') throw unwritable(format, 'a constrained model', 'a BQM');
  if (format === 'json') return writeOceanJson(problem);
  if (format === 'bqm') return writeOceanBqm(problem, { labels: true });
  const text = { mc: writeMaxCut, bqp: writeBqp, qubo: writeQubo }[format](problem);
  const { offset } = READERS[format](text, 'the file written').problem;
  if (offset !== problem.offset) throw unwritable(format, `an offset of ${offset}`, `${problem.offset}`);
  return text;
}

function unwritable(format: FileFormat, expected: string, got: string): ProblemError {
  return new ProblemError(
    'BAD_VARIABLE',
    `writeProblemFile: expected ${expected} for .${format}, got ${got}; write it as .lp or .cqm (constrained) or .json.`,
  );
}

/**
 * Max-Cut: the cut is sum over edges of w (1 - s_i s_j) / 2, so h = 0, J_ij = w / 2, offset = -sum w / 2. Parallel edges
 * add up; a loop is refused, it can never be cut.
 */
export function readMaxCut(text: string, name = 'max-cut file'): BqmFile {
  const { size, first, second, weight, line } = readEntries(text, name);
  let total = 0;
  for (let k = 0; k < weight.length; k++) {
    if (first[k] === second[k]) {
      throw fileError(name, line[k], 1, 'an edge between two vertices', `a loop at ${first[k] + 1}`, 'remove the line');
    }
    total += weight[k];
  }
  const problem = createBqm({
    vartype: 'SPIN',
    variables: labelsFrom1(size),
    quadratic: { first, second, coefficient: weight.map((w) => w / 2) },
    offset: -total / 2,
  });
  return { format: 'mc', problem, sense: 'maximise', objectiveName: 'cut weight', objectiveOf: negated };
}

/**
 * Beasley: maximise sum_i sum_j q_ij x_i x_j with q symmetric and each pair listed once, so that off-diagonal entries
 * count twice: linear_i = -q_ii, quadratic_ij = -2 q_ij.
 */
export function readBqp(text: string, name = 'bqp file'): BqmFile {
  const { size, first, second, weight, line } = readEntries(text, name);
  const seen = new Set<number>();
  for (let k = 0; k < weight.length; k++) {
    const key = Math.min(first[k], second[k]) * size + Math.max(first[k], second[k]);
    if (seen.has(key)) {
      const pair = `${first[k] + 1} ${second[k] + 1} again`;
      throw fileError(name, line[k], 1, 'each unordered pair once', pair, 'list one triangle of the matrix only');
    }
    seen.add(key);
  }
  const coefficient = weight.map((q, k) => (first[k] === second[k] ? -q : -2 * q));
  const problem = createBqm({
    vartype: 'BINARY',
    variables: labelsFrom1(size),
    quadratic: { first, second, coefficient },
  });
  return { format: 'bqp', problem, sense: 'maximise', objectiveName: 'objective', objectiveOf: negated };
}

/**
 * A Max-Cut file of a SPIN model without linear biases: weights 2 J_ij.
 * @throws ProblemError BAD_VARIABLE for another kind of model; convert it or write a .bqp.
 */
export function writeMaxCut(bqm: BinaryQuadraticModel): string {
  if (bqm.vartype !== 'SPIN' || bqm.linear.some((bias) => bias !== 0)) {
    throw new ProblemError(
      'BAD_VARIABLE',
      `writeMaxCut: expected a SPIN model without linear biases, got ${bqm.vartype}; write it as .bqp.`,
    );
  }
  return writeEntries(
    bqm.variables.length,
    upperPairs(bqm).map(([i, j, bias]) => [i, j, 2 * bias]),
  );
}

/** A Beasley file of a BINARY model; the offset is not kept. @throws ProblemError BAD_VARIABLE for a SPIN model. */
export function writeBqp(bqm: BinaryQuadraticModel): string {
  if (bqm.vartype !== 'BINARY') {
    throw new ProblemError('BAD_VARIABLE', `writeBqp: expected a BINARY model, got SPIN; use toVartype first.`);
  }
  const entries: PairEntry[] = [];
  for (const [i, bias] of bqm.linear.entries()) if (bias !== 0) entries.push([i, i, -bias]);
  for (const [i, j, bias] of upperPairs(bqm)) entries.push([i, j, -bias / 2]);
  return writeEntries(bqm.variables.length, entries);
}

/** A cut or objective is -energy; energies of 0 must not come out as -0. */
function negated(energy: number): number {
  return 0 - energy;
}

function labelsFrom1(size: number): string[] {
  return Array.from({ length: size }, (_, i) => `${i + 1}`);
}

/** The file's own objective of a sample's values. */
export function fileObjective(file: ProblemFile, values: ArrayLike<number>): number {
  return file.objectiveOf(problemEnergy(file.problem, values));
}
