/**
 * Models in dimod's binary files, which is how D-Wave's hybrid solvers take them: "DIMODBQM" version 2.0
 * (`BinaryQuadraticModel.to_file`) and the parts that its other files are made of (dimod/serialization/fileview.py,
 * dimod 0.12). The file of the model in D-Wave's REST documentation is reproduced byte for byte (see the test).
 *
 * Variables go by number: their names may tell of people, and the vendor has no need of them.
 */
import type { BinaryQuadraticModel } from '@qurriculum/problems';
import { concatBytes } from './bytes.ts';

/** Headers and sections are padded with spaces to whole blocks. */
const BLOCK = 64;
const SPACE = 0x20;

/** What Python's json.dumps makes of header values. */
type HeaderValue = string | number | boolean | readonly number[];

/**
 * prefix, version, header length (u32), then the data as JSON with sorted keys in Python's spacing, a newline and spaces.
 */
export function dimodHeader(
  prefix: string,
  data: Readonly<Record<string, HeaderValue>>,
  version: readonly [number, number] = [2, 0],
): Uint8Array<ArrayBuffer> {
  const json = Object.keys(data)
    .sort()
    .map((key) => `"${key}": ${headerValue(data[key])}`);
  const start = prefix.length + version.length + 4;
  const text = ascii(`{${json.join(', ')}}\n`);
  const whole = new Uint8Array(padded(start + text.length)).fill(SPACE);
  whole.set(ascii(prefix), 0);
  whole.set(version, prefix.length);
  new DataView(whole.buffer).setUint32(prefix.length + version.length, whole.length - start, true);
  whole.set(text, start);
  return whole;
}

function headerValue(value: HeaderValue): string {
  return typeof value === 'object' ? `[${value.join(', ')}]` : JSON.stringify(value);
}

/** magic (4 characters), length (u32, or u64 for "QUAD"), data, spaces; the length counts the spaces too. */
export function dimodSection(magic: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const lengthBytes = magic === 'QUAD' ? 8 : 4;
  const start = magic.length + lengthBytes;
  const whole = new Uint8Array(padded(start + data.length)).fill(SPACE);
  whole.set(ascii(magic), 0);
  const view = new DataView(whole.buffer);
  view.setUint32(magic.length, (whole.length - start) >>> 0, true);
  if (lengthBytes === 8) view.setUint32(magic.length + 4, Math.floor((whole.length - start) / 2 ** 32), true);
  whole.set(data, start);
  return whole;
}

/**
 * The file of a BQM: header, offset (f64), per variable where its row starts (i32) and its bias (f64), the rows as
 * neighbour (i32) and bias (f64), everything little-endian. With `labels`, the section VARS with the variables' names.
 */
export function encodeBqmFile(model: BinaryQuadraticModel, { labels = false } = {}): Uint8Array<ArrayBuffer> {
  const { linear, rowStart, neighbour, bias, offset, vartype, variables } = model;
  const size = linear.length;
  const entries = rowStart[size];
  const header = dimodHeader('DIMODBQM', {
    dtype: 'float64',
    itype: 'int32',
    ntype: 'int32',
    shape: [size, entries / 2],
    type: 'BinaryQuadraticModel',
    variables: labels,
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
  const names = labels ? [dimodSection('VARS', ascii(`[${variables.map(pythonText).join(', ')}]`))] : [];
  return concatBytes([header, new Uint8Array(view.buffer), ...names]);
}

/** A text as Python's json.dumps writes it: everything beyond ASCII escaped. */
function pythonText(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (character) => {
    const code = character.charCodeAt(0);
    return code === 0x7f ? character : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

function padded(length: number): number {
  return BLOCK * Math.ceil(length / BLOCK);
}

function ascii(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
