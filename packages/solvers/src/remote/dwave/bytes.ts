/** Bytes as SAPI packs them: base64 (RFC 4648) of little-endian numbers; pure so that browsers can. */
import { RemoteError } from '../remote-error.ts';

/** Characters per call: engines limit the number of arguments. */
const CHUNK = 8192;

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
}

/** @throws RemoteError BAD_RESPONSE */
export function fromBase64(text: unknown, where: string): Uint8Array<ArrayBuffer> {
  if (typeof text === 'string') {
    try {
      return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    } catch {
      // Said below, in the words of the field.
    }
  }
  throw new RemoteError('BAD_RESPONSE', `${where}: expected base64, got something else; report it with the date.`);
}

/** Lowercase hexadecimal digits, two per byte. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function packDoubles(values: readonly number[]): string {
  const view = new DataView(new ArrayBuffer(8 * values.length));
  for (const [k, value] of values.entries()) view.setFloat64(8 * k, value, true);
  return toBase64(new Uint8Array(view.buffer));
}

export function unpackDoubles(text: unknown, where: string): number[] {
  const bytes = requireWhole(fromBase64(text, where), 8, where);
  const view = new DataView(bytes.buffer);
  return Array.from({ length: bytes.length / 8 }, (_, k) => view.getFloat64(8 * k, true));
}

export function unpackInts(text: unknown, where: string): number[] {
  const bytes = requireWhole(fromBase64(text, where), 4, where);
  const view = new DataView(bytes.buffer);
  return Array.from({ length: bytes.length / 4 }, (_, k) => view.getInt32(4 * k, true));
}

function requireWhole(bytes: Uint8Array<ArrayBuffer>, size: number, where: string): Uint8Array<ArrayBuffer> {
  if (bytes.length % size === 0) return bytes;
  throw new RemoteError(
    'BAD_RESPONSE',
    `${where}: expected a multiple of ${size} bytes, got ${bytes.length}; the answer was cut, ask for it again.`,
  );
}
