/**
 * `.bqm` files: binary quadratic models in dimod's binary file "DIMODBQM" version 2.0 (`BinaryQuadraticModel.to_file` and
 * `from_file`, dimod 0.10 to 0.12). The file of the model in D-Wave's REST documentation is reproduced byte for byte (see
 * the test). Read are files of float64 and int32, what dimod writes unless told otherwise.
 */
import { type BinaryQuadraticModel, createBqm } from '../../bqm.ts';
import type { BqmFile } from '../problem-file.ts';
import { type ByteSource, byteError, byteSource, concatBytes, requireBytes } from './bytes.ts';
import {
  dimodHeader,
  dimodSection,
  headerError,
  headerShape,
  labelsJson,
  modelOf,
  namedByNumber,
  readDimodHeader,
  readDimodSection,
  readLabels,
  requireField,
} from './file-parts.ts';

export interface OceanFileOptions {
  /**
   * Whether names go into the file. False: variables and constraints go by number; names may tell of people, and a solver
   * elsewhere has no need of them.
   */
  readonly labels: boolean;
}

/**
 * The file of a BQM: header, offset (f64), per variable where its row starts (i32) and its bias (f64), the rows as
 * neighbour (i32) and bias (f64), everything little-endian. The section VARS has the variables' names.
 */
export function writeOceanBqm(model: BinaryQuadraticModel, { labels }: OceanFileOptions): Uint8Array<ArrayBuffer> {
  const { linear, rowStart, neighbour, bias, offset, vartype, variables } = model;
  const size = linear.length;
  const entries = rowStart[size];
  const named = labels && !namedByNumber(variables);
  const header = dimodHeader('DIMODBQM', {
    dtype: 'float64',
    itype: 'int32',
    ntype: 'int32',
    shape: [size, entries / 2],
    type: 'BinaryQuadraticModel',
    variables: named,
    vartype,
  });
  const view = new DataView(new ArrayBuffer(8 + 12 * (size + entries)));
  view.setFloat64(0, offset, true);
  for (let i = 0; i < size; i++) {
    view.setInt32(8 + 12 * i, rowStart[i], true);
    view.setFloat64(12 + 12 * i, linear[i], true);
  }
  const rows = 8 + 12 * size;
  for (let k = 0; k < entries; k++) {
    view.setInt32(rows + 12 * k, neighbour[k], true);
    view.setFloat64(rows + 12 * k + 4, bias[k], true);
  }
  const names = named ? [dimodSection('VARS', labelsJson(variables))] : [];
  return concatBytes([header, new Uint8Array(view.buffer), ...names]);
}

/** Bytes of the offset, of a variable (start of its row, bias) and of an entry of a row (neighbour, bias). */
const OFFSET_BYTES = 8;
const CELL_BYTES = 12;

/** Reads a file of version 2.0; variables without names are called "0", "1", ... @throws ProblemError BAD_FILE */
export function readOceanBqm(bytes: Uint8Array, name = 'bqm file'): BqmFile {
  const source = byteSource(bytes, name);
  const { data, end } = readDimodHeader(source, 'DIMODBQM');
  requireField(source, data, 'dtype', 'float64', 'save BinaryQuadraticModel(bqm, dtype=float)');
  requireField(source, data, 'itype', 'int32');
  requireField(source, data, 'ntype', 'int32');
  const { vartype, variables: named } = data;
  if (vartype !== 'SPIN' && vartype !== 'BINARY') throw headerError(source, 'vartype', '"SPIN" or "BINARY"', vartype);
  if (typeof named !== 'boolean') throw headerError(source, 'variables', 'true or false', named);
  const [size, pairs] = headerShape(source, data);
  const rows = end + OFFSET_BYTES + CELL_BYTES * size;
  const rowsEnd = rows + 2 * CELL_BYTES * pairs;
  requireBytes(source, end, rowsEnd - end, `${size} variables and ${pairs} pairs`);
  const labels = named ? readDimodSection(source, rowsEnd, 'VARS', 0) : null;
  const last = labels?.end ?? rowsEnd;
  if (last !== bytes.length) throw byteError(source, last, 'the end of the file', `${bytes.length - last} more bytes`);
  const { view } = source;
  const linear = Float64Array.from({ length: size }, (_, i) =>
    view.getFloat64(end + OFFSET_BYTES + CELL_BYTES * i + 4, true),
  );
  const quadratic = readRows(source, end + OFFSET_BYTES, size, pairs);
  const variables = labels ? readLabels(source, labels, size) : size;
  const problem = modelOf(source, () =>
    createBqm({ vartype, variables, linear, quadratic, offset: view.getFloat64(end, true) }),
  );
  return { format: 'bqm', problem, sense: 'minimise', objectiveName: 'energy', objectiveOf: (energy) => energy };
}

/**
 * The pairs of the rows, which must be rising and symmetric: since rows are met in rising order, the entry (i, j) above the
 * diagonal must have its mirror at the next entry of row j that is not yet matched.
 */
function readRows(source: ByteSource, table: number, size: number, pairs: number) {
  const { view } = source;
  const rows = table + CELL_BYTES * size;
  const starts = rowStarts(source, table, size, 2 * pairs);
  const matched = starts.slice();
  const first = new Int32Array(pairs);
  const second = new Int32Array(pairs);
  const coefficient = new Float64Array(pairs);
  let found = 0;
  for (let i = 0; i < size; i++) {
    let before = -1;
    for (let k = starts[i]; k < starts[i + 1]; k++) {
      const at = rows + CELL_BYTES * k;
      const j = view.getInt32(at, true);
      if (j <= before || j === i || j >= size) {
        const expected = `a neighbour of variable ${i} above ${before} and below ${size}`;
        throw byteError(source, at, expected, `${j}`);
      }
      before = j;
      if (j < i) continue;
      const mirror = matched[j]++;
      const mirrorAt = rows + CELL_BYTES * mirror;
      const bias = view.getFloat64(at + 4, true);
      const same = mirror < starts[j + 1] && view.getInt32(mirrorAt, true) === i;
      if (!same || !Object.is(view.getFloat64(mirrorAt + 4, true), bias) || found === pairs) {
        throw byteError(source, at, `the pair ${i}, ${j} with the same bias in both rows`, 'rows that differ');
      }
      [first[found], second[found], coefficient[found]] = [i, j, bias];
      found++;
    }
  }
  if (found !== pairs) throw byteError(source, rows, `${pairs} pairs, each in both rows`, `${found}`);
  return { first, second, coefficient };
}

/** Where each row starts, and where the last ends; from 0, rising. */
function rowStarts(source: ByteSource, table: number, size: number, entries: number): Int32Array {
  const starts = new Int32Array(size + 1);
  for (let i = 0; i < size; i++) starts[i] = source.view.getInt32(table + CELL_BYTES * i, true);
  starts[size] = entries;
  for (let i = 0; i < size; i++) {
    const least = i === 0 ? 0 : starts[i - 1];
    const wrong = starts[i] < least || starts[i] > entries || (i === 0 && starts[0] !== 0);
    if (!wrong) continue;
    const expected = i === 0 ? 'a first row that starts at 0' : `a row that starts from ${least} to ${entries}`;
    throw byteError(source, table + CELL_BYTES * i, expected, `${starts[i]}`);
  }
  return starts;
}
