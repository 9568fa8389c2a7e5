/**
 * Reading `.cqm` files: dimod's "DIMODCQM" version 2.0, as `ConstrainedQuadraticModel.from_file` reads it (dimod from 0.12.4),
 * plain or written with `compress=True`. Ocean has no JSON for constrained models; this container is what it has.
 *
 * Markers of discrete constraints are dropped (the constraint itself says that exactly one variable is 1); a constant on a
 * left side goes to the right; bounds of integers are rounded inwards. Refused in words: soft constraints, REAL and SPIN
 * variables, versions before 2.0.
 */
import { type ConstraintInput, type CqmVariable, createCqm } from '../../cqm.ts';
import type { ProblemError } from '../../errors.ts';
import { shown } from '../json-values.ts';
import type { ProblemFile } from '../problem-file.ts';
import { type ByteSource, byteError, byteSource, latinText, requireBytes } from './bytes.ts';
import { VARIABLE_BYTES, VARTYPES } from './cqm-writer.ts';
import {
  headerCount,
  headerError,
  headerShape,
  modelOf,
  readDimodHeader,
  readDimodSection,
  readJson,
  readLabels,
  requireField,
  requireLabel,
} from './file-parts.ts';
import { readZip } from './zip-reader.ts';

/** Files in the folder of a constraint. */
const PARTS = ['lhs', 'rhs', 'sense', 'discrete', 'weight', 'penalty'] as const;
type Part = (typeof PARTS)[number];

const SENSES = ['<=', '>=', '=='] as const;

/** Reads a constrained model, names included; those without names are called "0", "1", ... @throws ProblemError BAD_FILE */
export async function readOceanCqm(bytes: Uint8Array, name = 'cqm file'): Promise<ProblemFile> {
  const source = byteSource(bytes, name);
  const { data } = readDimodHeader(source, 'DIMODCQM');
  const size = headerCount(source, data, 'num_variables');
  const { single, folders } = sortEntries(source, await readZip(source));
  if (folders.size !== headerCount(source, data, 'num_constraints')) {
    throw headerError(source, 'num_constraints', `${folders.size}, the number of folders,`, data['num_constraints']);
  }
  const names = readNames(single.get('variable_labels.json'), size);
  const variables = readVariables(required(source, single, 'varinfo'), names);
  const objective = readExpression(required(source, single, 'objective'), size);
  const rows = Array.from(folders, ([label, parts]) => readConstraint(source, label, parts, size));
  const biases = rows.reduce((sum, row) => sum + row.biases, objective.biases);
  if (biases !== headerCount(source, data, 'num_biases')) {
    throw headerError(source, 'num_biases', `${biases}, as the entries have,`, data['num_biases']);
  }
  const { terms, pairs, offset } = objective;
  const constraints = rows.map(({ constraint }) => constraint);
  const problem = modelOf(source, () => createCqm({ variables, linear: terms, quadratic: pairs, offset, constraints }));
  return { format: 'cqm', problem, sense: 'minimise', objectiveName: 'objective', objectiveOf: (energy) => energy };
}

type Folder = ReadonlyMap<Part, ByteSource>;

interface SortedEntries {
  readonly single: ReadonlyMap<string, ByteSource>;
  /** By label as JSON, in the file's order. */
  readonly folders: ReadonlyMap<string, Folder>;
}

function sortEntries(source: ByteSource, entries: ReadonlyMap<string, ByteSource>): SortedEntries {
  const single = new Map<string, ByteSource>();
  const folders = new Map<string, Map<Part, ByteSource>>();
  for (const [name, entry] of entries) {
    const cut = name.lastIndexOf('/');
    const part = PARTS.find((known) => known === name.slice(cut + 1));
    if (name.startsWith('constraints/') && cut >= 'constraints/'.length && part) {
      const label = name.slice('constraints/'.length, cut);
      const folder = folders.get(label) ?? new Map<Part, ByteSource>();
      folders.set(label, folder.set(part, entry));
    } else if (name === 'varinfo' || name === 'variable_labels.json' || name === 'objective') single.set(name, entry);
    else if (!name.endsWith('/')) throw byteError(source, 0, 'the entries of a CQM', `an entry ${shown(name)}`);
  }
  return { single, folders };
}

function required<Name extends string>(
  source: ByteSource,
  entries: ReadonlyMap<Name, ByteSource>,
  name: Name,
  folder = '',
): ByteSource {
  const entry = entries.get(name);
  if (!entry) throw byteError(source, 0, `an entry "${folder}${name}"`, 'none');
  return entry;
}

function readNames(source: ByteSource | undefined, size: number): readonly string[] {
  if (!source) return Array.from({ length: size }, (_, i) => `${i}`);
  return readLabels(source, { from: 0, end: source.bytes.length }, size);
}

function readVariables(source: ByteSource, names: readonly string[]): readonly CqmVariable[] {
  const { from } = readDimodSection(source, 0, 'VTYP', VARIABLE_BYTES * names.length);
  return names.map((name, i) => {
    const at = from + VARIABLE_BYTES * i;
    const kind = VARTYPES[source.view.getUint8(at)];
    if (kind !== 'BINARY' && kind !== 'INTEGER') throw kindError(source, at, name, kind);
    const lower = source.view.getFloat64(at + 1, true);
    const upper = source.view.getFloat64(at + 9, true);
    return { name, kind, lower: Math.ceil(lower), upper: Math.floor(upper) };
  });
}

function kindError(source: ByteSource, at: number, name: string, kind: string | undefined): ProblemError {
  const expected = `variable ${shown(name)} to be BINARY or INTEGER`;
  const advice =
    kind === 'SPIN'
      ? 'call cqm.spin_to_binary() before to_file'
      : 'models here have binary and bounded integer variables';
  return byteError(source, at, expected, kind ?? `a kind ${source.view.getUint8(at)}`, advice);
}

interface Expression {
  readonly terms: readonly (readonly [number, number])[];
  readonly pairs: readonly (readonly [number, number, number])[];
  readonly offset: number;
  /** How many numbers it has, as the header of the file counts them. */
  readonly biases: number;
}

/** sum bias_k x_(index_k) + sum bias x_(index_u) x_(index_v) + offset; pairs name positions among the indices. */
function readExpression(source: ByteSource, variables: number): Expression {
  const { view } = source;
  const { data, end } = readDimodHeader(source, 'DIMODEXPR');
  requireField(source, data, 'dtype', 'float64');
  requireField(source, data, 'itype', 'int32');
  const [size, count] = headerShape(source, data);
  const indices = readDimodSection(source, end, 'INDX', 4 * size);
  const offset = readDimodSection(source, indices.end, 'OFFS', 8);
  const linear = readDimodSection(source, offset.end, 'LINB', 8 * size);
  const quadratic = readDimodSection(source, linear.end, 'QUAD', 16 * count);
  const left = source.bytes.length - quadratic.end;
  if (left > 0) throw byteError(source, quadratic.end, 'the end of the entry', `${left} more bytes`);
  const below = (at: number, most: number, what: string): number => {
    const value = view.getInt32(at, true);
    if (value < 0 || value >= most) throw byteError(source, at, `${what} from 0 to ${most - 1}`, `${value}`);
    return value;
  };
  const index = Int32Array.from({ length: size }, (_, k) => below(indices.from + 4 * k, variables, 'a variable'));
  if (new Set(index).size !== size) throw byteError(source, indices.from, 'every variable once', 'one of them again');
  const terms = Array.from(index, (i, k) => [i, view.getFloat64(linear.from + 8 * k, true)] as const);
  const pairs = Array.from({ length: count }, (_, k) => {
    const at = quadratic.from + 16 * k;
    const [u, v] = [below(at, size, 'a position'), below(at + 4, size, 'a position')];
    return [index[u], index[v], view.getFloat64(at + 8, true)] as const;
  });
  return { terms, pairs, offset: view.getFloat64(offset.from, true), biases: size + count };
}

function readConstraint(
  source: ByteSource,
  label: string,
  parts: Folder,
  variables: number,
): { readonly constraint: ConstraintInput; readonly biases: number } {
  const folder = `constraints/${label}/`;
  const labelSource = byteSource(new TextEncoder().encode(label), `${source.place}, folder ${shown(folder)}`);
  const name = requireLabel(labelSource, 0, readJson(labelSource, 0, labelSource.bytes.length));
  const soft = parts.get('weight') ?? parts.get('penalty');
  if (soft) {
    const advice = 'make it a hard constraint (set_weight(None)), or put its penalty into the objective';
    throw byteError(soft, 0, `constraint ${shown(name)} to be hard`, 'a soft one with a weight', advice);
  }
  const { terms, pairs, offset, biases } = readExpression(required(source, parts, 'lhs', folder), variables);
  const right = required(source, parts, 'rhs', folder);
  requireBytes(right, 0, 8, 'a right-hand side');
  const sign = required(source, parts, 'sense', folder);
  const text = latinText(sign, 0, Math.min(sign.bytes.length, 8));
  const sense = SENSES.find((known) => known === text);
  if (!sense) throw byteError(sign, 0, 'a sense of <=, >= or ==', shown(text));
  const rhs = right.view.getFloat64(0, true) - offset;
  return { constraint: { name, terms, quadratic: pairs, sense, rhs }, biases };
}
