/**
 * Uploading a model to SAPI: `bqm/multipart`, parts of 5 MiB each with its MD5, then `combine` with the MD5 of the parts'
 * MD5s (D-Wave's documentation, "SAPI REST", Upload Problem Data; MD5: RFC 1321, as a checksum only).
 */
import { md5 } from '@noble/hashes/legacy.js';
import { fieldsOf, textField } from '../response-fields.ts';
import type { VendorRequest } from '../vendor-http.ts';
import { toBase64, toHex } from './bytes.ts';

export type SapiCall = (
  method: VendorRequest['method'],
  path: string,
  more?: Omit<VendorRequest, 'method' | 'url'>,
) => Promise<unknown>;

/** Every part but the last has exactly this size (same document). */
const PART_BYTES = 5 * 2 ** 20;

/** Sends the bytes; answers with the vendor's name for them. @throws RemoteError */
export async function uploadInParts(
  call: SapiCall,
  bytes: Uint8Array<ArrayBuffer>,
  signal?: AbortSignal,
): Promise<string> {
  const begun = await call('POST', 'bqm/multipart', { json: { size: bytes.length }, signal });
  const id = textField(fieldsOf(begun, 'D-Wave upload'), 'id', 'D-Wave upload');
  const folder = `bqm/multipart/${encodeURIComponent(id)}`;
  const whole = md5.create();
  let parts = 0;
  for (let from = 0; from < bytes.length; from += PART_BYTES) {
    const part = bytes.slice(from, from + PART_BYTES);
    const digest = md5(part);
    whole.update(digest);
    parts++;
    const headers = { 'Content-Type': 'application/octet-stream', 'Content-MD5': toBase64(digest) };
    await call('PUT', `${folder}/part/${parts}`, { body: part, headers, signal });
  }
  await call('POST', `${folder}/combine`, { json: { checksum: toHex(whole.digest()) }, signal });
  return id;
}
