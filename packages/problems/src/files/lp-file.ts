/**
 * `.lp` files: the LP format of CPLEX (IBM, "LP file format: algebraic representation"), which HiGHS, Gurobi and Ocean's
 * `dimod.lp` read and write too. Objective and rows may have products in brackets: in the objective [ ... ] / 2, in rows
 * [ ... ]. Comments begin with a backslash.
 *
 * A constrained model has binary and bounded integer variables only: continuous and unbounded ones, semi-continuous ones
 * and special ordered sets are refused at their place. A range "2 <= x + y <= 4" becomes two rows, NAME_low and NAME_high.
 *
 * Names that the format does not allow are written as x1, r1, ..., and what they stand for in comments `\ x1 is "..."`, from
 * which they are read back.
 */
import {
  type ConstrainedQuadraticModel,
  type ConstraintInput,
  type CqmVariable,
  createCqm,
  type PairTerms,
} from '../cqm.ts';
import { ProblemError } from '../errors.ts';
import { fileError } from './lines.ts';
import { type LpExpression, type LpModel, type LpRow, type LpVariable, parseLp } from './lp-reader.ts';
import { isLpName } from './lp-tokens.ts';
import type { ProblemFile } from './problem-file.ts';

/** A comment that tells what a written name stands for. */
const NAME_COMMENT = /^\\ (\S+) is ("(?:[^"\\]|\\.)*")\s*$/gm;

/** Reads an LP file. @throws ProblemError BAD_FILE with line and column. */
export function readLp(text: string, name = 'lp file'): ProblemFile {
  const model = parseLp(text, name);
  const names = originalNames(text);
  const called = (written: string): string => names.get(written) ?? written;
  const sign = model.sense === 'maximise' ? -1 : 1;
  const variables = Array.from(model.variables, ([key, variable]) => cqmVariable(called(key), key, variable, name));
  const index = new Map(Array.from(model.variables.keys(), (key, i) => [key, i]));
  const terms = ({ linear, pairs }: LpExpression, scale: number) => ({
    linear: linear.map(([i, c]) => [index.get(i)!, scale * c] as const),
    quadratic: pairs.map(([i, j, c]) => [index.get(i)!, index.get(j)!, scale * c] as const),
  });
  const problem = createCqm({
    variables,
    ...terms(model.objective, sign),
    // Adding 0 turns -0 into 0.
    offset: sign * model.objective.constant + 0,
    constraints: namedRows(model, name).map(({ row, rowName }): ConstraintInput => {
      const { linear, quadratic } = terms(row.left, 1);
      return { name: called(rowName), terms: linear, quadratic, sense: row.sense, rhs: 0 - row.left.constant };
    }),
  });
  const { sense } = model;
  const objectiveOf = sense === 'maximise' ? (energy: number) => 0 - energy : (energy: number) => energy;
  return { format: 'lp', problem, sense, objectiveName: 'objective', objectiveOf };
}

function originalNames(text: string): ReadonlyMap<string, string> {
  return new Map(Array.from(text.matchAll(NAME_COMMENT), ([, key, value]) => [key, JSON.parse(value) as string]));
}

function cqmVariable(name: string, written: string, variable: LpVariable, file: string): CqmVariable {
  const { at, kind } = variable;
  const fault = (expected: string, got: string, advice: string): ProblemError =>
    fileError(file, at.line, at.column, expected, got, advice);
  if (kind === 'continuous') {
    throw fault('binary and integer variables only', `"${written}" in neither section`, 'list it in Binary or General');
  }
  const lower = Math.ceil(variable.lower ?? 0);
  const upper = Math.floor(variable.upper ?? (kind === 'binary' ? 1 : Number.POSITIVE_INFINITY));
  if (!(lower >= -(2 ** 31) && upper < 2 ** 31)) {
    throw fault('integers with 32-bit bounds', `"${written}" from ${lower} to ${upper}`, 'add it to Bounds');
  }
  if (lower > upper || (kind === 'binary' && (lower < 0 || upper > 1))) {
    throw fault('bounds that leave a value', `"${written}" from ${lower} to ${upper}`, 'correct Bounds');
  }
  const isBinary = kind === 'binary' && lower === 0 && upper === 1;
  return { name, kind: isBinary ? 'BINARY' : 'INTEGER', lower, upper };
}

/** Rows with names; those without one are called c1, c2, ... by their number. */
function namedRows({ rows }: LpModel, file: string): readonly { readonly row: LpRow; readonly rowName: string }[] {
  const taken = new Set<string>();
  for (const { name, left } of rows) {
    if (name === null) continue;
    if (taken.has(name)) {
      throw fileError(
        file,
        left.at.line,
        left.at.column,
        'each row under its own name',
        `"${name}" again`,
        'rename it',
      );
    }
    taken.add(name);
  }
  return rows.map((row, r) => {
    let rowName = row.name ?? `c${r + 1}`;
    while (row.name === null && taken.has(rowName)) rowName += '_';
    taken.add(rowName);
    return { row, rowName };
  });
}

/** An LP file of a constrained model. @throws ProblemError BAD_CONSTRAINT for rows of a model without variables. */
export function writeLp(cqm: ConstrainedQuadraticModel): string {
  if (cqm.variables.length === 0 && cqm.constraints.length > 0) {
    throw new ProblemError(
      'BAD_CONSTRAINT',
      'writeLp: expected a variable for the rows to be written with, got none; the format has no empty rows.',
    );
  }
  const [variableNames, constraintNames] = [cqm.variables, cqm.constraints].map((all) => all.map(({ name }) => name));
  const comments: string[] = [];
  const taken = new Set([...variableNames, ...constraintNames]);
  const names = writtenNames(variableNames, 'x', taken, comments);
  const rowNames = writtenNames(constraintNames, 'r', taken, comments);
  // All variables stand in the objective, also with 0: their order is then kept.
  const objective = [
    ...names.map((name, i) => `${signed(cqm.linear[i])} ${name}`),
    ...productTerms(names, cqm.quadratic, 2, '] / 2'),
    ...(cqm.offset === 0 ? [] : [signed(cqm.offset)]),
  ];
  const rows = cqm.constraints.map((row, r) => {
    const terms = Array.from(row.variables, (i, k) => `${signed(row.coefficients[k])} ${names[i]}`);
    if (row.quadratic) terms.push(...productTerms(names, row.quadratic, 1, ']'));
    if (terms.length === 0) terms.push(`0 ${names[0]}`);
    return wrapped([`${rowNames[r]}:`, ...terms, `${row.sense === '==' ? '=' : row.sense} ${row.rhs}`]);
  });
  const named = (kind: CqmVariable['kind']): string[] => names.filter((_, i) => cqm.variables[i].kind === kind);
  const bounds = cqm.variables.flatMap(({ kind, lower, upper }, i) =>
    kind === 'INTEGER' ? [` ${lower} <= ${names[i]} <= ${upper}`] : [],
  );
  const lines = [
    ...comments,
    'Minimize',
    wrapped(['obj:', ...objective]),
    'Subject To',
    ...rows,
    ...(bounds.length > 0 ? ['Bounds', ...bounds] : []),
    ...section('Binary', named('BINARY')),
    ...section('General', named('INTEGER')),
    'End',
  ];
  return `${lines.join('\n')}\n`;
}

function section(head: string, names: readonly string[]): string[] {
  return names.length > 0 ? [head, ...names.map((name) => ` ${name}`)] : [];
}

function productTerms(
  names: readonly string[],
  { first, second, coefficient }: PairTerms,
  scale: number,
  end: string,
): string[] {
  if (first.length === 0) return [];
  const terms = Array.from(first, (i, k) => {
    const other = i === second[k] ? '^ 2' : `* ${names[second[k]]}`;
    return `${signed(scale * coefficient[k])} ${names[i]} ${other}`;
  });
  return ['+ [', ...terms, end];
}

/** Readers of the format used to have a limit of 510 to 560 characters a line. */
const LINE_LENGTH = 120;

function wrapped(words: readonly string[]): string {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < LINE_LENGTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(` ${word}`);
  }
  return lines.join('\n');
}

function signed(value: number): string {
  return value < 0 ? `- ${-value}` : `+ ${value}`;
}

/** Names as they are where the format allows them, else x1, x2, ... with a comment that tells which is which. */
function writtenNames(names: readonly string[], prefix: string, taken: Set<string>, comments: string[]): string[] {
  return names.map((name, i) => {
    if (isLpName(name)) return name;
    let written = `${prefix}${i + 1}`;
    while (taken.has(written)) written += '_';
    taken.add(written);
    comments.push(`\\ ${written} is ${JSON.stringify(name)}`);
    return written;
  });
}
