/**
 * ZIP files whose entries are stored as they are (PKWARE APPNOTE.TXT 6.3.10, sections 4.3 and 4.4; method 0): what dimod
 * keeps the parts of a constrained model in. No compression, no dates, UTF-8 names. From 65,535 entries on (21,845
 * constraints) with a ZIP64 directory, as Python writes it.
 *
 * Up to 4 GiB in all, without ZIP64's longer entries: a file of 4 GiB is 2.7e8 products at 16 bytes, a model that takes some
 * 10 GB of memory beside it, more than Node or a browser gives to one of this library.
 */
import { ProblemError } from '../../errors.ts';
import { concatBytes } from './bytes.ts';

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Signatures: APPNOTE 4.3.7, 4.3.12, 4.3.16. */
export const LOCAL_HEADER = 0x04034b50;
export const CENTRAL_HEADER = 0x02014b50;
export const END_OF_DIRECTORY = 0x06054b50;
/** APPNOTE 4.3.14, 4.3.15. */
export const ZIP64_END = 0x06064b50;
export const ZIP64_LOCATOR = 0x07064b50;
/** Length of the end of a ZIP64 directory, and what of it stands before its own length ends. */
export const ZIP64_END_BYTES = 56;
const ZIP64_END_HEAD = 12;
/** Version 2.0, the one of stored files in folders. */
const VERSION_NEEDED = 20;
/** Version 4.5, the one of ZIP64. */
const VERSION_ZIP64 = 45;
/** General purpose bit 11: names are UTF-8. */
const UTF8_NAMES = 1 << 11;
/** 1 January 1980, the first day that ZIP can name: no clock is read. */
const FIRST_DAY = (1 << 5) | 1;
const MOST_BYTES = 2 ** 32 - 2;
/** More are counted in the ZIP64 directory; this number stands in place of theirs. */
const MANY_ENTRIES = 2 ** 16 - 1;
/** Lengths of names are 16 bits. */
const LONGEST_NAME = 2 ** 16 - 1;

/** The reversed polynomial of CRC-32 (APPNOTE 4.4.7). */
const CRC_POLYNOMIAL = 0xedb88320;

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? CRC_POLYNOMIAL : 0);
  return value;
});

/** CRC-32 of the bytes, unsigned. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ crcTable[(crc ^ byte) & 0xff];
  return ~crc >>> 0;
}

/**
 * The archive. `before` is how many bytes will stand in front of it in the file: offsets count from the file's beginning.
 * @throws ProblemError BAD_SIZE above 4 GiB in all, or for a name above 64 KiB.
 */
export function zipStored(entries: readonly ZipEntry[], before = 0): Uint8Array<ArrayBuffer> {
  const size = entries.reduce((sum, { bytes }) => sum + bytes.length, before);
  requireSmall(size);
  const local: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = before;
  for (const { name, bytes } of entries) {
    const encoded = new TextEncoder().encode(name);
    requireShort(encoded.length);
    const shared = fields(
      [VERSION_NEEDED, 2],
      [UTF8_NAMES, 2],
      [0, 2], // stored
      [0, 2],
      [FIRST_DAY, 2],
      [crc32(bytes), 4],
      [bytes.length, 4],
      [bytes.length, 4],
      [encoded.length, 2],
      [0, 2],
    );
    const header = concatBytes([fields([LOCAL_HEADER, 4]), shared, encoded]);
    local.push(header, bytes);
    // No comment, disk 0, no attributes.
    const rest = fields([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]);
    central.push(fields([CENTRAL_HEADER, 4], [VERSION_NEEDED, 2]), shared, rest, encoded);
    offset += header.length + bytes.length;
  }
  const directory = concatBytes(central);
  requireSmall(offset + directory.length);
  const count = Math.min(entries.length, MANY_ENTRIES);
  const wide = count < MANY_ENTRIES ? [] : [zip64End(entries.length, directory.length, offset)];
  const sizes = fields([0, 2], [0, 2], [count, 2], [count, 2], [directory.length, 4], [offset, 4], [0, 2]);
  return concatBytes([...local, directory, ...wide, fields([END_OF_DIRECTORY, 4]), sizes]);
}

/** The end of a ZIP64 directory of `size` bytes that begins at `at`, and its locator. */
function zip64End(count: number, size: number, at: number): Uint8Array {
  return fields(
    [ZIP64_END, 4],
    [ZIP64_END_BYTES - ZIP64_END_HEAD, 8],
    [VERSION_ZIP64, 2],
    [VERSION_ZIP64, 2],
    [0, 4], // this disk
    [0, 4], // that of the directory
    [count, 8],
    [count, 8],
    [size, 8],
    [at, 8],
    [ZIP64_LOCATOR, 4],
    [0, 4],
    [at + size, 8],
    [1, 4], // disks
  );
}

function requireSmall(bytes: number): void {
  if (bytes <= MOST_BYTES) return;
  throw new ProblemError(
    'BAD_SIZE',
    `zipStored: expected at most ${MOST_BYTES} bytes (4 GiB), got ${bytes}; write a model with fewer terms.`,
  );
}

function requireShort(length: number): void {
  if (length <= LONGEST_NAME) return;
  throw new ProblemError(
    'BAD_SIZE',
    `zipStored: expected names of at most ${LONGEST_NAME} bytes, got ${length}; shorten the names of constraints.`,
  );
}

/** Little-endian unsigned numbers: [value, bytes]. */
function fields(...values: readonly (readonly [number, 2 | 4 | 8])[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(values.reduce((sum, [, size]) => sum + size, 0)));
  let at = 0;
  for (const [value, size] of values) {
    if (size === 2) view.setUint16(at, value, true);
    else if (size === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += size;
  }
  return new Uint8Array(view.buffer);
}
