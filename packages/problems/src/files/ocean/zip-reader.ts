/**
 * Reading ZIP files by their directory (PKWARE APPNOTE.TXT 6.3.10, sections 4.3 and 4.4): entries stored or deflated, every
 * one held to its length and its CRC-32, with the ZIP64 directory that Python writes above 65,535 entries. Deflate is left to
 * the platform's DecompressionStream, which Node and browsers have.
 */
import { type ByteSource, byteError, byteSource, concatBytes, requireBytes } from './bytes.ts';
import {
  CENTRAL_HEADER,
  crc32,
  END_OF_DIRECTORY,
  LOCAL_HEADER,
  ZIP64_END,
  ZIP64_END_BYTES,
  ZIP64_LOCATOR,
} from './zip-writer.ts';

/** Lengths of the records without their names and comments (APPNOTE 4.3.7, 4.3.12, 4.3.14 to 4.3.16). */
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const LOCATOR_BYTES = 20;
const END_BYTES = 22;
/** Methods (APPNOTE 4.4.5). */
const STORED = 0;
const DEFLATED = 8;
/** What compressed entries may become together: an upload must not fill the memory. */
const MOST_INFLATED = 2 ** 28;
/** A stream for every entry is mostly waiting: this many wait together. */
const TOGETHER = 64;

interface Directory {
  readonly at: number;
  readonly count: number;
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  /** The bytes as they stand in the file. */
  readonly packed: Uint8Array;
  readonly size: number;
  /** Where its directory entry stands, for errors. */
  readonly at: number;
}

/** The entries by name, in the order of the directory; offsets count from the source's beginning. @throws ProblemError BAD_FILE */
export async function readZip(source: ByteSource): Promise<ReadonlyMap<string, ByteSource>> {
  const entries = readDirectory(source);
  const inflated = entries.reduce((sum, { method, size }) => sum + (method === DEFLATED ? size : 0), 0);
  if (inflated > MOST_INFLATED) {
    const advice = 'save it without compress';
    throw byteError(source, 0, `compressed entries of at most ${MOST_INFLATED} bytes`, `${inflated}`, advice);
  }
  const found = new Map<string, ByteSource>();
  for (let from = 0; from < entries.length; from += TOGETHER) {
    const group = entries.slice(from, from + TOGETHER);
    const contents = await Promise.all(group.map((entry) => contentOf(source, entry)));
    for (const [k, { name }] of group.entries()) {
      if (found.has(name)) throw entryError(source, group[k], 'every name once', 'it again');
      found.set(name, byteSource(contents[k], `${source.place}, entry ${JSON.stringify(name)}`));
    }
  }
  return found;
}

async function contentOf(source: ByteSource, entry: Entry): Promise<Uint8Array> {
  const bytes = entry.method === STORED ? entry.packed : await inflate(source, entry);
  if (bytes.length !== entry.size) throw entryError(source, entry, `${entry.size} bytes`, `${bytes.length}`);
  if (crc32(bytes) !== entry.crc) throw entryError(source, entry, 'the bytes of its checksum', 'others');
  return bytes;
}

function entryError(source: ByteSource, { name, at }: Pick<Entry, 'name' | 'at'>, expected: string, got: string) {
  return byteError(source, at, `${expected} in entry ${JSON.stringify(name)}`, got);
}

function readDirectory(source: ByteSource): readonly Entry[] {
  const { at: begin, count } = findDirectory(source);
  const entries: Entry[] = [];
  let at = begin;
  let packed = 0;
  for (let k = 0; k < count; k++) {
    requireRecord(source, at, CENTRAL_HEADER, CENTRAL_BYTES, `entry ${k} of the directory`);
    const nameLength = source.view.getUint16(at + 28, true);
    requireBytes(source, at + CENTRAL_BYTES, nameLength, 'a name');
    const entry = readEntry(source, at, nameLength);
    packed += entry.packed.length;
    // Entries that share bytes would cost more work than the file has length.
    if (packed > source.bytes.length) throw entryError(source, entry, 'bytes of its own', 'those of others');
    entries.push(entry);
    at += CENTRAL_BYTES + nameLength + source.view.getUint16(at + 30, true) + source.view.getUint16(at + 32, true);
  }
  return entries;
}

function readEntry(source: ByteSource, at: number, nameLength: number): Entry {
  const { bytes, view } = source;
  const nameAt = at + CENTRAL_BYTES;
  const name = new TextDecoder().decode(bytes.subarray(nameAt, nameAt + nameLength));
  const method = view.getUint16(at + 10, true);
  if (method !== STORED && method !== DEFLATED) {
    throw entryError(source, { name, at }, 'stored or deflated bytes', `method ${method}`);
  }
  if ((view.getUint16(at + 8, true) & 1) === 1) throw entryError(source, { name, at }, 'plain bytes', 'encrypted ones');
  const length = view.getUint32(at + 20, true);
  const local = view.getUint32(at + 42, true);
  requireRecord(source, local, LOCAL_HEADER, LOCAL_BYTES, `the header of entry ${JSON.stringify(name)}`);
  const from = local + LOCAL_BYTES + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  requireBytes(source, from, length, `entry ${JSON.stringify(name)}`);
  const packed = bytes.subarray(from, from + length);
  return { name, method, crc: view.getUint32(at + 16, true), packed, size: view.getUint32(at + 24, true), at };
}

/** By the record at the very end (comments are not read), or the ZIP64 one that its locator names. */
function findDirectory(source: ByteSource): Directory {
  const { view } = source;
  const end = Math.max(0, source.bytes.length - END_BYTES);
  requireRecord(source, end, END_OF_DIRECTORY, END_BYTES, 'the end of the ZIP directory at the end of the file');
  const count = view.getUint16(end + 10, true);
  const at = view.getUint32(end + 16, true);
  if (count < 2 ** 16 - 1 && at < 2 ** 32 - 1) return { at, count };
  const locator = Math.max(0, end - LOCATOR_BYTES);
  requireRecord(source, locator, ZIP64_LOCATOR, LOCATOR_BYTES, 'the locator of a ZIP64 directory');
  const zip64 = wide(source, locator + 8);
  requireRecord(source, zip64, ZIP64_END, ZIP64_END_BYTES, 'the end of a ZIP64 directory');
  return { at: wide(source, zip64 + 48), count: wide(source, zip64 + 32) };
}

/** A 64-bit number; exact below 2^53, and what is larger lies outside any file. */
function wide({ view }: ByteSource, at: number): number {
  return view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
}

function requireRecord(source: ByteSource, at: number, signature: number, length: number, what: string): void {
  requireBytes(source, at, length, what);
  const got = source.view.getUint32(at, true);
  if (got === signature) return;
  const advice = 'the file is cut off or damaged, copy it again';
  throw byteError(source, at, `${what} (0x${signature.toString(16)})`, `0x${got.toString(16)}`, advice);
}

/** RFC 1951 by the platform; stops as soon as more comes than the directory says. */
async function inflate(source: ByteSource, entry: Entry): Promise<Uint8Array> {
  const { readable, writable } = new DecompressionStream('deflate-raw');
  const reader = readable.getReader();
  const writer = writable.getWriter();
  // What fails here is said by the reader.
  void Promise.allSettled([writer.write(entry.packed.slice()), writer.close()]);
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for (let part = await reader.read(); !part.done && length <= entry.size; part = await reader.read()) {
      parts.push(part.value);
      length += part.value.length;
    }
  } catch {
    throw entryError(source, entry, 'deflated bytes', 'others');
  }
  if (length > entry.size) await reader.cancel().catch(() => {});
  return concatBytes(parts);
}
