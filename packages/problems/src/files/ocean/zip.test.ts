import { deflateRawSync, crc32 as nodeCrc32 } from 'node:zlib';
import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { byteSource } from './bytes.ts';
import { readZip } from './zip-reader.ts';
import { crc32, zipStored } from './zip-writer.ts';

const random = createRandom(4);
const bytes = Uint8Array.from({ length: 1000 }, () => random.integer(16));
const ENTRIES = [
  { name: 'a/ü', bytes },
  { name: 'empty', bytes: new Uint8Array(0) },
];

const read = async (file: Uint8Array) =>
  Array.from(await readZip(byteSource(file, 'f.zip')), ([name, entry]) => [name, entry.bytes]);

/** One entry "x" by the layout of APPNOTE 4.3.7 and 4.3.12, with a local extra field and the ZIP64 directory if asked. */
function handMade({
  content = bytes,
  method = 8,
  zip64 = false,
  size = bytes.length,
  flags = 0,
  times = 1,
  crc = nodeCrc32(bytes),
} = {}) {
  const packed = method === 8 ? deflateRawSync(content) : Buffer.from(content);
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(45, 0);
  shared.writeUInt16LE(flags, 2);
  shared.writeUInt16LE(method, 4);
  shared.writeUInt32LE(crc, 10);
  shared.writeUInt32LE(packed.length, 14);
  shared.writeUInt32LE(size, 18);
  shared.writeUInt16LE(1, 22);
  const local = Buffer.from(shared);
  local.writeUInt16LE(20, 24);
  const head = Buffer.concat([Buffer.from('PK\x03\x04'), local, Buffer.from('x'), Buffer.alloc(20), packed]);
  const entry = Buffer.concat([Buffer.from('PK\x01\x02-\0'), shared, Buffer.alloc(14), Buffer.from('x')]);
  const directory = Buffer.concat(Array.from({ length: times }, () => entry));
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(zip64 ? 0xffff : times, 10);
  end.writeUInt32LE(zip64 ? 0xffffffff : head.length, 16);
  if (!zip64) return Buffer.concat([head, directory, end]);
  const wide = Buffer.alloc(76);
  wide.write('PK\x06\x06', 'latin1');
  wide.writeBigUInt64LE(BigInt(times), 32);
  wide.writeBigUInt64LE(BigInt(head.length), 48);
  wide.write('PK\x06\x07', 56, 'latin1');
  wide.writeBigUInt64LE(BigInt(head.length + directory.length), 64);
  return Buffer.concat([head, directory, wide, end]);
}

describe('zipStored', () => {
  it('has the checksums of zlib, and is read back behind other bytes too', async () => {
    expect(crc32(bytes)).toBe(nodeCrc32(bytes));
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    const file = Buffer.concat([Buffer.alloc(7), zipStored(ENTRIES, 7)]);
    expect(await read(file)).toEqual(ENTRIES.map((entry) => [entry.name, Buffer.from(entry.bytes)]));
  });

  it.each([65_534, 65_535, 65_537])('is read back with %d entries', async (count) => {
    const many = Array.from({ length: count }, (_, k) => ({ name: `${k}`, bytes: bytes.subarray(0, k % 3) }));
    const file = Buffer.concat([Buffer.alloc(7), zipStored(many, 7)]);
    const found = await read(file);
    expect(found.length).toBe(count);
    expect(found.every(([name, content], k) => name === `${k}` && (content as Uint8Array).length === k % 3)).toBe(true);
    // APPNOTE 4.3.15: the locator stands before the last record, where there is one.
    const locator = file.subarray(-42, -38).toString('latin1');
    expect(locator === 'PK\x06\x07').toBe(count > 65_534);
  });

  it('refuses more than 4 GiB before it copies them, and names that are too long', () => {
    const large = { name: 'x', bytes: { length: 2 ** 31 } as Uint8Array };
    expect(() => zipStored([large, large])).toThrow(/at most 4294967294 bytes \(4 GiB\), got 4294967296/);
    expect(() => zipStored([{ name: 'x'.repeat(65_536), bytes }])).toThrow(/names of at most 65535 bytes, got 65536/);
  });
});

describe('readZip', () => {
  it.each([{}, { method: 0 }, { zip64: true }])('reads entries as other programs write them: %o', async (options) => {
    const [[name, content], ...others] = await read(handMade(options));
    expect([name, others]).toEqual(['x', []]);
    expect(Buffer.from(content as Uint8Array).equals(bytes)).toBe(true);
  });

  it.each([
    [{ method: 12 }, /expected stored or deflated bytes in entry "x", got method 12/],
    [{ flags: 1 }, /expected plain bytes in entry "x", got encrypted ones/],
    [{ crc: 7 }, /expected the bytes of its checksum in entry "x"/],
    [{ size: 999 }, /expected 999 bytes in entry "x", got 1000/],
    [{ content: new Uint8Array(2 ** 24) }, /expected 1000 bytes in entry "x", got \d+/],
    [{ size: 1001 }, /expected 1001 bytes in entry "x", got 1000/],
    [{ size: 2 ** 29 }, /expected compressed entries of at most 268435456 bytes, got 536870912/],
    [{ method: 0, times: 3 }, /expected bytes of its own in entry "x", got those of others/],
  ])('refuses %o', async (options, message) => {
    await expect(read(handMade(options))).rejects.toThrow(message);
  });

  it('refuses every file that is cut off, and damaged deflate', async () => {
    const file = handMade();
    for (let length = 0; length < file.length; length++) {
      await expect(read(file.subarray(0, length))).rejects.toMatchObject({ code: 'BAD_FILE' });
    }
    const damaged = Buffer.from(file);
    damaged.fill(0xff, 51, 80);
    await expect(read(damaged)).rejects.toThrow(/f\.zip: byte \d+: expected deflated bytes in entry "x"/);
  });
});
