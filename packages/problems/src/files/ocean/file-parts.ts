/**
 * What dimod's binary files are made of (dimod/serialization/fileview.py, dimod 0.12): a header with JSON, sections with a
 * magic word, and names as `json.dumps` writes them. Written and read here for the files of version 2.0.
 */
import { ProblemError } from '../../errors.ts';
import { isObject, type JsonObject, labelText, labelValue, shown } from '../json-values.ts';
import { type ByteSource, byteError, latinText, requireBytes } from './bytes.ts';

/** Major and minor number of every part. */
const VERSION = [2, 0] as const;
/** Headers and sections are padded with spaces to whole blocks. */
const BLOCK = 64;
const SPACE = 0x20;

/** What Python's json.dumps makes of header values. */
type HeaderValue = string | number | boolean | readonly number[];

/**
 * prefix, version, header length (u32), then the data as JSON with sorted keys in Python's spacing, a newline and spaces.
 */
export function dimodHeader(prefix: string, data: Readonly<Record<string, HeaderValue>>): Uint8Array<ArrayBuffer> {
  const json = Object.keys(data)
    .sort()
    .map((key) => `"${key}": ${headerValue(data[key])}`);
  const start = prefix.length + VERSION.length + 4;
  const text = ascii(`{${json.join(', ')}}\n`);
  const whole = new Uint8Array(padded(start + text.length)).fill(SPACE);
  whole.set(ascii(prefix), 0);
  whole.set(VERSION, prefix.length);
  new DataView(whole.buffer).setUint32(prefix.length + VERSION.length, whole.length - start, true);
  whole.set(text, start);
  return whole;
}

function headerValue(value: HeaderValue): string {
  return typeof value === 'object' ? `[${value.join(', ')}]` : JSON.stringify(value);
}

/** magic (4 characters), length (u32, or u64 for "QUAD"), data, spaces; the length counts the spaces too. */
export function dimodSection(magic: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const lengthBytes = lengthBytesOf(magic);
  const start = magic.length + lengthBytes;
  const whole = new Uint8Array(padded(start + data.length)).fill(SPACE);
  whole.set(ascii(magic), 0);
  const view = new DataView(whole.buffer);
  view.setUint32(magic.length, (whole.length - start) >>> 0, true);
  if (lengthBytes === 8) view.setUint32(magic.length + 4, Math.floor((whole.length - start) / 2 ** 32), true);
  whole.set(data, start);
  return whole;
}

/** Sections of pairs may pass 4 GiB. */
function lengthBytesOf(magic: string): 4 | 8 {
  return magic === 'QUAD' ? 8 : 4;
}

/** Labels as Python's json.dumps writes a list of them. */
export function labelsJson(labels: readonly string[]): Uint8Array<ArrayBuffer> {
  return ascii(`[${labels.map(labelJson).join(', ')}]`);
}

/** One label, a whole number as a number. */
export function labelJson(label: string): string {
  const value = labelValue(label);
  return typeof value === 'number' ? `${value}` : pythonText(value);
}

/** Whether variables are called "0", "1", ...: dimod keeps no names of those. */
export function namedByNumber(labels: readonly string[]): boolean {
  return labels.every((label, i) => label === `${i}`);
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

export interface DimodHeader {
  readonly data: JsonObject;
  /** Where what follows the header begins. */
  readonly end: number;
}

/** Reads a header of version 2.0. @throws ProblemError BAD_FILE */
export function readDimodHeader(source: ByteSource, prefix: string): DimodHeader {
  const { bytes, view } = source;
  const start = prefix.length + VERSION.length + 4;
  const magic = latinText(source, 0, Math.min(prefix.length, bytes.length));
  if (magic !== prefix) {
    throw byteError(source, 0, `the magic word "${prefix}"`, shown(magic), 'pass a file that dimod wrote by to_file');
  }
  requireBytes(source, prefix.length, start - prefix.length, 'a version and a length');
  const [major, minor] = bytes.subarray(prefix.length);
  if (major !== VERSION[0] || minor !== VERSION[1]) {
    const advice =
      major < VERSION[0]
        ? 'load it with dimod 0.12.4 or later and save it again by to_file'
        : 'save it by to_file of dimod 0.12';
    throw byteError(source, prefix.length, `version ${VERSION.join('.')}`, `${major}.${minor}`, advice);
  }
  const length = view.getUint32(start - 4, true);
  requireBytes(source, start, length, 'a header');
  const data = readJson(source, start, start + length);
  if (!isObject(data)) throw byteError(source, start, 'an object of JSON', shown(data));
  return { data, end: start + length };
}

/** The JSON between two offsets. @throws ProblemError BAD_FILE */
export function readJson(source: ByteSource, from: number, to: number): unknown {
  const text = new TextDecoder().decode(source.bytes.subarray(from, to));
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw byteError(source, from, 'JSON', shown(text));
  }
}

/** A whole number of the header, from 0 on. @throws ProblemError BAD_FILE */
export function headerCount(source: ByteSource, data: JsonObject, field: string): number {
  return requireCount(source, field, data[field]);
}

/** Variables and pairs. @throws ProblemError BAD_FILE */
export function headerShape(source: ByteSource, data: JsonObject): readonly [number, number] {
  const { shape } = data;
  if (!Array.isArray(shape) || shape.length !== 2) throw headerError(source, 'shape', 'two numbers', shape);
  return [requireCount(source, 'shape[0]', shape[0]), requireCount(source, 'shape[1]', shape[1])];
}

function requireCount(source: ByteSource, field: string, value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 31) return value;
  throw headerError(source, field, 'a whole number below 2^31', value);
}

/** @throws ProblemError BAD_FILE where a field of the header is not what it must be. */
export function requireField(source: ByteSource, data: JsonObject, field: string, expected: string, advice?: string) {
  if (data[field] !== expected) throw headerError(source, field, `"${expected}"`, data[field], advice);
}

/** A BAD_FILE error of a field of the header. */
export function headerError(source: ByteSource, field: string, expected: string, got: unknown, advice?: string) {
  return byteError(source, 0, `${expected} as ${field} of the header`, shown(got), advice);
}

/** Where a section's data stand. */
export interface DimodSection {
  readonly from: number;
  readonly end: number;
}

/** The section that begins at `at`, of at least `least` bytes. @throws ProblemError BAD_FILE */
export function readDimodSection(source: ByteSource, at: number, magic: string, least: number): DimodSection {
  const lengthBytes = lengthBytesOf(magic);
  requireBytes(source, at, magic.length + lengthBytes, `the section ${magic}`);
  const got = latinText(source, at, magic.length);
  if (got !== magic) throw byteError(source, at, `the section ${magic}`, shown(got));
  const lengthAt = at + magic.length;
  const high = lengthBytes === 8 ? source.view.getUint32(lengthAt + 4, true) : 0;
  const length = high * 2 ** 32 + source.view.getUint32(lengthAt, true);
  const from = lengthAt + lengthBytes;
  requireBytes(source, from, length, `the section ${magic}`);
  if (length < least) throw byteError(source, lengthAt, `at least ${least} bytes in ${magic}`, `${length}`);
  return { from, end: from + length };
}

/** A list of `size` labels between two offsets, as texts. @throws ProblemError BAD_FILE */
export function readLabels(source: ByteSource, { from, end }: DimodSection, size: number): readonly string[] {
  const list = readJson(source, from, end);
  if (!Array.isArray(list) || list.length !== size) {
    throw byteError(source, from, `a list of ${size} labels`, Array.isArray(list) ? `${list.length}` : shown(list));
  }
  return list.map((label) => requireLabel(source, from, label));
}

/** The text of a label. @throws ProblemError BAD_FILE */
export function requireLabel(source: ByteSource, at: number, label: unknown): string {
  const text = labelText(label);
  if (text === null) throw byteError(source, at, 'a label that is a text, a number or a list', shown(label));
  return text;
}

/** Builds a model of what a file says; what it refuses becomes an error of the file. @throws ProblemError BAD_FILE */
export function modelOf<Model>({ place }: ByteSource, build: () => Model): Model {
  try {
    return build();
  } catch (error) {
    if (error instanceof ProblemError) throw new ProblemError('BAD_FILE', `${place}: ${error.message}`);
    throw error;
  }
}
