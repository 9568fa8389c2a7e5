/**
 * AWS Signature Version 4 of a GET request to S3 (AWS's documentation, "Authenticating Requests: Using the Authorization
 * Header"; HMAC: RFC 2104 with SHA-256):
 *
 *   signature = HMAC(HMAC(HMAC(HMAC(HMAC("AWS4" + secret, day), region), "s3"), "aws4_request"), text to sign)
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '../dwave/bytes.ts';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials. */
  readonly sessionToken?: string | undefined;
}

export interface GetRequest {
  readonly url: URL;
  readonly region: string;
  /** Unix seconds. */
  readonly time: number;
  /** Further headers that are signed, names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The headers to send: those given, the date, the payload's hash, and the authorisation. `host` is left to fetch. */
export function signGet(
  { url, region, time, headers: more = {} }: GetRequest,
  credentials: AwsCredentials,
): Readonly<Record<string, string>> {
  // 2013-05-24T00:00:00.000Z becomes 20130524T000000Z.
  const date = new Date(time * 1000).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const day = date.slice(0, 8);
  const payload = toHex(sha256(new Uint8Array(0)));
  const token = credentials.sessionToken;
  const headers: Record<string, string> = {
    ...more,
    'x-amz-content-sha256': payload,
    'x-amz-date': date,
    ...(token ? { 'x-amz-security-token': token } : {}),
  };
  const signed: Record<string, string> = { ...headers, host: url.host };
  const names = Object.keys(signed).sort();
  const query = [...url.searchParams]
    .map(([key, value]) => `${strict(key)}=${strict(value)}`)
    .sort()
    .join('&');
  const lines = names.map((name) => `${name}:${signed[name].trim()}\n`).join('');
  const canonical = ['GET', canonicalPath(url), query, lines, names.join(';'), payload].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', date, scope, toHex(sha256(bytes(canonical)))].join('\n');
  const key = [day, region, 's3', 'aws4_request'].reduce(
    (last, part) => hmac(sha256, last, bytes(part)),
    bytes(`AWS4${credentials.secretAccessKey}`),
  );
  const signature = toHex(hmac(sha256, key, bytes(text)));
  const who = `Credential=${credentials.accessKeyId}/${scope}`;
  const authorization = `AWS4-HMAC-SHA256 ${who},SignedHeaders=${names.join(';')},Signature=${signature}`;
  return { ...headers, authorization };
}

function canonicalPath({ pathname }: URL): string {
  return pathname
    .split('/')
    .map((part) => strict(decodeURIComponent(part)))
    .join('/');
}

/** RFC 3986: what encodeURIComponent leaves and AWS encodes. */
function strict(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
