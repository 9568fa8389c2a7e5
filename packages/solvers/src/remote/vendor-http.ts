/**
 * HTTP to a vendor: repeated with exponential backoff and seeded full jitter (Brooker 2015, "Exponential Backoff And
 * Jitter", AWS Architecture Blog), Retry-After obeyed (RFC 9110, section 10.2.3), and no credential in any error.
 *
 *   wait_k = max(Retry-After, u * min(60 s, 1 s * 2^k)),   u uniform in [0, 1)
 *
 * Requests that would start a second paid job are repeated only when the vendor said that it did not take the first:
 * 429 and 503, never a broken connection or another 5xx.
 */
import type { Platform } from '@qurriculum/problems';
import type { Random } from '@qurriculum/random';
import { RemoteError, type RemoteErrorCode } from './remote-error.ts';

export interface VendorRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** Instead of `json`. */
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** False for what starts a job. Default true. */
  readonly repeatable?: boolean;
  /** Statuses beyond 2xx that are no error; their text is not read and the answer is null. */
  readonly accept?: readonly number[];
  readonly signal?: AbortSignal;
}

export interface VendorHttp {
  /** The text of a 2xx answer. @throws RemoteError; the signal's reason */
  text(request: VendorRequest): Promise<string>;
  /** The parsed JSON of a 2xx answer; null when it is empty. @throws RemoteError; the signal's reason */
  json(request: VendorRequest): Promise<unknown>;
}

export interface VendorHttpOptions {
  /** In error messages: "D-Wave". */
  readonly vendor: string;
  /** What must never be shown. */
  readonly secrets: readonly string[];
  readonly random: Random;
  /** Attempts in all. */
  readonly attempts?: number;
}

const FIRST_WAIT = 1;
const LONGEST_WAIT = 60;
/** A vendor that asks for more patience than this gets an error instead, so that people hear of it. */
const LONGEST_RETRY_AFTER = 3600;
/** Seconds after which a silent connection counts as broken. */
const SILENCE = 120;
const EXCERPT = 200;

/** What an attempt came to; `after`: seconds that the vendor asks to wait. */
export type Outcome<Answer> =
  | { readonly answer: Answer }
  | { readonly error: RemoteError; readonly repeat: boolean; readonly after: number };

export interface RepeatOptions {
  readonly random: Random;
  /** Attempts in all. Default 6. */
  readonly attempts?: number;
  readonly signal?: AbortSignal;
}

/** Attempts until one succeeds or is not to be repeated, with the waits of the formula above. */
export async function withRepeats<Answer>(
  platform: Platform,
  { random, attempts = 6, signal }: RepeatOptions,
  once: () => Promise<Outcome<Answer>>,
): Promise<Answer> {
  for (let attempt = 0; ; attempt++) {
    const outcome = await once();
    if ('answer' in outcome) return outcome.answer;
    const patience = outcome.after <= LONGEST_RETRY_AFTER;
    if (!outcome.repeat || !patience || attempt + 1 >= attempts) throw outcome.error;
    const backoff = random.nextDouble() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt);
    await platform.wait(Math.max(outcome.after, backoff), signal);
  }
}

export function createVendorHttp(platform: Platform, options: VendorHttpOptions): VendorHttp {
  const { random, attempts } = options;
  const text = (request: VendorRequest): Promise<string> =>
    withRepeats(platform, { random, attempts, signal: request.signal }, () => once(platform, options, request));
  return { text, json: async (request) => parse(await text(request), options, request) };
}

async function once(platform: Platform, options: VendorHttpOptions, request: VendorRequest): Promise<Outcome<string>> {
  request.signal?.throwIfAborted();
  const silence = AbortSignal.timeout(SILENCE * 1000);
  try {
    const response = await platform.fetch(request.url, {
      method: request.method,
      headers: { ...(request.json === undefined ? {} : { 'Content-Type': 'application/json' }), ...request.headers },
      body: request.json === undefined ? request.body : JSON.stringify(request.json),
      signal: request.signal ? AbortSignal.any([request.signal, silence]) : silence,
      // A redirect would carry the key to wherever it points.
      redirect: 'error',
    });
    const body = await response.text();
    if (response.ok) return { answer: body };
    if (request.accept?.includes(response.status)) return { answer: '' };
    return refused(platform, options, request, response, body);
  } catch (thrown) {
    request.signal?.throwIfAborted();
    const reason = thrown instanceof Error ? thrown.message : 'no reason given';
    const error = failure('NETWORK', options, request, `a broken connection (${reason})`, advice(request));
    return { error, repeat: request.repeatable ?? true, after: 0 };
  }
}

function refused(
  platform: Platform,
  options: VendorHttpOptions,
  request: VendorRequest,
  response: Response,
  body: string,
): Outcome<string> {
  const { status } = response;
  const got = `status ${status} (${excerpt(body, options) || 'no text'})`;
  const after = retryAfter(response.headers.get('Retry-After'), platform.wallTime());
  if (status === 401 || status === 403) {
    const error = failure('UNAUTHORISED', options, request, got, 'check that the key is valid and not expired');
    return { error, repeat: false, after };
  }
  if (status === 429) {
    return { error: failure('THROTTLED', options, request, got, 'try again later'), repeat: true, after };
  }
  if (status >= 500) {
    const repeat = status === 503 || (request.repeatable ?? true);
    return { error: failure('UNAVAILABLE', options, request, got, advice(request)), repeat, after };
  }
  return { error: failure('REJECTED', options, request, got, 'correct the request'), repeat: false, after };
}

function advice(request: VendorRequest): string {
  return (request.repeatable ?? true)
    ? 'try again later'
    : 'look at the vendor whether the job was taken, then try again';
}

/** Seconds to wait by a Retry-After header: a number of seconds or an HTTP date. 0 without one. */
export function retryAfter(header: string | null, wallTime: number): number {
  if (header === null) return 0;
  if (/^\d+$/.test(header)) return Number(header);
  const date = Date.parse(header) / 1000;
  return Number.isFinite(date) ? Math.max(0, date - wallTime) : 0;
}

function parse(body: string, options: VendorHttpOptions, request: VendorRequest): unknown {
  if (body === '') return null;
  try {
    return JSON.parse(body);
  } catch {
    const got = `text that is not JSON (${excerpt(body, options)})`;
    throw failure('BAD_RESPONSE', options, request, got, 'report it with the date');
  }
}

/** Blotted out before it is cut: half a secret is no longer recognised. */
function excerpt(body: string, { secrets }: VendorHttpOptions): string {
  return redact(body, secrets).slice(0, EXCERPT);
}

function failure(
  code: RemoteErrorCode,
  { vendor, secrets }: VendorHttpOptions,
  { method, url }: VendorRequest,
  got: string,
  advised: string,
): RemoteError {
  const { pathname } = new URL(url);
  const text = `${vendor} ${method} ${pathname}: expected an answer, got ${got}; ${advised}.`;
  return new RemoteError(code, redact(text, secrets));
}

/** The text with every secret, as it is and as it looks in a URL, blotted out. */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret === '') continue;
    for (const form of new Set([secret, encodeURIComponent(secret)])) clean = clean.replaceAll(form, '[redacted]');
  }
  return clean;
}
