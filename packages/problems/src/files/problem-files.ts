/**
 * Max-Cut files (`.mc`, the rudy format of the Gset and Biq Mac collections) and unconstrained quadratic files (`.bqp`,
 * Beasley's OR-Library convention). Both maximise; the models here minimise, with energy = -objective exactly.
 */
import { type BinaryQuadraticModel, createBqm, type PairEntry } from '../bqm.ts';
import { bqmEnergy } from '../bqm-operations.ts';
import { ProblemError } from '../errors.ts';
import { fileError, readEntries, writeEntries } from './lines.ts';

/** A minimised model of a file that states its own objective and sense. */
export interface ProblemFile {
  readonly format: 'mc' | 'bqp';
  readonly problem: BinaryQuadraticModel;
  readonly sense: 'maximise';
  /** What the file's objective is called: "cut weight". */
  readonly objectiveName: string;
  /** The file's own objective from an energy (or the other way round a bound: a lower bound becomes an upper one). */
  objectiveOf(energy: number): number;
}

/** Reads either kind by the ending of its name. @throws ProblemError BAD_FILE */
export function readProblemFile(text: string, name: string): ProblemFile {
  if (name.toLowerCase().endsWith('.mc')) return readMaxCut(text, name);
  if (name.toLowerCase().endsWith('.bqp')) return readBqp(text, name);
  throw new ProblemError('BAD_FILE', `readProblemFile: expected a name ending in .mc or .bqp, got ${name}; rename it.`);
}

/**
 * Max-Cut: the cut is sum over edges of w (1 - s_i s_j) / 2, so h = 0, J_ij = w / 2, offset = -sum w / 2. Parallel edges
 * add up; a loop is refused, it can never be cut.
 */
export function readMaxCut(text: string, name = 'max-cut file'): ProblemFile {
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
export function readBqp(text: string, name = 'bqp file'): ProblemFile {
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

function upperPairs(bqm: BinaryQuadraticModel): PairEntry[] {
  const pairs: PairEntry[] = [];
  for (let i = 0; i < bqm.linear.length; i++) {
    for (let k = bqm.rowStart[i]; k < bqm.rowStart[i + 1]; k++) {
      if (bqm.neighbour[k] > i) pairs.push([i, bqm.neighbour[k], bqm.bias[k]]);
    }
  }
  return pairs;
}

/** The file's own objective of a sample's values. */
export function fileObjective(file: ProblemFile, values: ArrayLike<number>): number {
  return file.objectiveOf(bqmEnergy(file.problem, values));
}
