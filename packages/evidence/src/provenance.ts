/**
 * Provenance: SHA-256 (FIPS 180-4) of bytes, of streams of bytes, and of JSON in the canonical form of RFC 8785
 * (keys sorted by UTF-16 code units, numbers as ECMAScript prints them, no white space), so that the same problem has
 * the same hash wherever it was built.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { EvidenceError } from './errors.ts';
import type { Provenance } from './run-record.ts';

/** An incremental SHA-256: `update` with chunks in order, then `digest` once for the hex. */
export interface Sha256Stream {
  update(chunk: Uint8Array): void;
  digest(): string;
}

/** Starts a SHA-256 over chunks, for inputs that are read once and do not fit into memory. */
export function createSha256(): Sha256Stream {
  const hash = sha256.create();
  return {
    update(chunk) {
      hash.update(chunk);
    },
    digest: () => bytesToHex(hash.digest()),
  };
}

/** Hex SHA-256 of bytes, or of text as UTF-8. */
export function sha256Hex(data: Uint8Array | string): string {
  return bytesToHex(sha256(typeof data === 'string' ? new TextEncoder().encode(data) : data));
}

/** What is known of an input besides its bytes. */
export type InputFacts = Omit<Provenance, 'sha256'>;

/** Provenance of bytes in memory or in a stream (read once, in constant memory). */
export async function describeBytes(
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  facts: InputFacts,
): Promise<Provenance> {
  if (bytes instanceof Uint8Array) return { ...facts, sha256: sha256Hex(bytes) };
  const hash = createSha256();
  for await (const chunk of bytes) hash.update(chunk);
  return { ...facts, sha256: hash.digest() };
}

/**
 * Canonical JSON. Typed arrays are written as arrays of numbers; properties that are undefined are left out.
 * @throws EvidenceError `not-json` for NaN, infinities, functions, cycles and the like, with the path to it.
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$', new Set());
}

/** Hex SHA-256 of `canonicalJson(value)`: a problem's or a plan's hash. */
export function hashJson(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}

function write(value: unknown, path: string, above: Set<object>): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value !== 'object') throw notJson(value, path);
  if (above.has(value)) throw notJson('a cycle', path);
  above.add(value);
  const text = isList(value) ? writeList(value, path, above) : writeObject(value, path, above);
  above.delete(value);
  return text;
}

function isList(value: object): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function writeList(list: ArrayLike<unknown>, path: string, above: Set<object>): string {
  const parts: string[] = [];
  for (let i = 0; i < list.length; i++) parts.push(write(list[i], `${path}[${i}]`, above));
  return `[${parts.join(',')}]`;
}

function writeObject(value: object, path: string, above: Set<object>): string {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw notJson(value.constructor?.name ?? 'object', path);
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  entries.sort(([first], [second]) => (first < second ? -1 : 1));
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${write(entry, `${path}.${key}`, above)}`).join(',')}}`;
}

function notJson(value: unknown, path: string): EvidenceError {
  return new EvidenceError(
    'not-json',
    `canonicalJson: expected JSON at ${path}, got ${String(value)}; use finite numbers, text, lists and plain objects.`,
  );
}
