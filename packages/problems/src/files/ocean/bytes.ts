/** Bytes of a file or of one of its entries, read with every place checked: errors name entry and offset. */
import { ProblemError } from '../../errors.ts';

export interface ByteSource {
  /** What the bytes are, for errors: 'plan.cqm' or 'plan.cqm, entry "objective"'. */
  readonly place: string;
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

export function byteSource(bytes: Uint8Array, place: string): ByteSource {
  return { place, bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}

/** A BAD_FILE error at an offset from the beginning of the source. */
export function byteError(
  { place }: ByteSource,
  at: number,
  expected: string,
  got: string,
  advice = 'the file may be damaged, write it again',
): ProblemError {
  return new ProblemError('BAD_FILE', `${place}: byte ${at}: expected ${expected}, got ${got}; ${advice}.`);
}

/** @throws ProblemError BAD_FILE where fewer than `length` bytes stand from `at` on. */
export function requireBytes(source: ByteSource, at: number, length: number, what: string): void {
  const left = Math.max(0, source.bytes.length - at);
  if (left >= length) return;
  const advice = 'the file is cut off, copy it again';
  throw byteError(source, at, `${length} bytes of ${what}`, `${left}`, advice);
}

/** `length` bytes as Latin-1, one character a byte. */
export function latinText({ bytes }: ByteSource, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

/** The parts one after the other. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
