import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, createSha256, describeBytes, hashJson, sha256Hex } from './provenance.ts';

const oracle = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex');

describe('sha256Hex', () => {
  it('gives the published digests (FIPS 180-4 examples)', () => {
    expect(sha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('agrees with OpenSSL, in one piece and in chunks', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 }), (chunks) => {
        const whole = Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
        const stream = createSha256();
        for (const chunk of chunks) stream.update(chunk);
        expect(stream.digest()).toBe(oracle(whole));
        expect(sha256Hex(whole)).toBe(oracle(whole));
      }),
    );
  });
});

describe('describeBytes', () => {
  it('gives one provenance for bytes in memory and in a stream', async () => {
    const bytes = new TextEncoder().encode('learner,correct\n1,1\n');
    async function* stream() {
      yield bytes.subarray(0, 5);
      yield bytes.subarray(5);
    }
    const expected = { name: 'records.csv', rows: 1, sha256: oracle(bytes) };
    expect(await describeBytes(bytes, { name: 'records.csv', rows: 1 })).toEqual(expected);
    expect(await describeBytes(stream(), { name: 'records.csv', rows: 1 })).toEqual(expected);
  });
});

describe('canonicalJson', () => {
  it('sorts keys and prints numbers as RFC 8785, section 3.2.3, does', () => {
    const value = { '\u20ac': 1, '\r': 2, '1': 3, '\u0080': 4, '\ud83d\ude00': 5, '\u00f6': 6, '\ufb33': 7 };
    expect(canonicalJson(value)).toBe('{"\\r":2,"1":3,"\u0080":4,"\u00f6":6,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":7}');
    expect(canonicalJson([333333333.3333333, 1e30, 4.5, 2e-3, 1e-27, -0])).toBe(
      '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
    );
  });

  it('keeps every JSON value and does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(Object.fromEntries(Object.entries(value).reverse()))).toBe(text);
      }),
    );
  });

  it('hashes typed arrays as lists of numbers', () => {
    expect(hashJson({ linear: Float64Array.of(1, 2.5) })).toBe(hashJson({ linear: [1, 2.5], absent: undefined }));
  });

  it.each([
    ['$.a[1]', { a: [1, Number.NaN] }],
    ['$.when', { when: new Date(0) }],
    ['$.f', { f: () => 1 }],
  ])('refuses what is not JSON and says where: %s', (path, value) => {
    expect(() => canonicalJson(value)).toThrowError(
      expect.objectContaining({ code: 'not-json', message: expect.stringContaining(`at ${path},`) }),
    );
  });

  it('refuses cycles, but not a value that stands twice', () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = { loop };
    expect(() => canonicalJson(loop)).toThrow(/cycle/);
    const twice = { a: 1 };
    expect(canonicalJson([twice, twice])).toBe('[{"a":1},{"a":1}]');
  });
});
