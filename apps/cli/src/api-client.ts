/** The server's HTTP API as the commands use it: JSON in and out, refusals as errors in the server's own words. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface ApiClient {
  /** http://127.0.0.1:4173 */
  readonly address: string;
  /** `route` begins with /api/. The caller names the type that the route's schema gives. */
  get<Answer>(route: string, signal?: AbortSignal): Promise<Answer>;
  post<Answer>(route: string, body: unknown, signal?: AbortSignal): Promise<Answer>;
  /** Sends the bytes of a file. */
  put<Answer>(route: string, body: Blob, signal?: AbortSignal): Promise<Answer>;
  /** Removes something; nothing comes back. */
  delete(route: string): Promise<void>;
}

/** The server refused, or did not answer; `status` is 0 where there was no answer. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.code = code;
  }
}

/** How long a server that says "starting" is waited for. */
const STARTING_MS = 60_000;

/** `person` is recorded with what is done: `engineer:Ada`. */
export function createApiClient(address: string, person: string): ApiClient {
  const headers = { 'x-qurriculum-person': encodeURIComponent(person) };

  async function call<Answer>(method: string, route: string, init: RequestInit): Promise<Answer> {
    const until = Date.now() + STARTING_MS;
    for (;;) {
      const response = await send(method, route, init);
      if (response.status === 503 && Date.now() < until) {
        await response.body?.cancel();
        await sleep(300, undefined, { signal: init.signal ?? undefined });
        continue;
      }
      if (!response.ok) throw await refusal(response, method, route);
      return (response.status === 204 ? undefined : await response.json()) as Answer;
    }
  }

  async function send(method: string, route: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(new URL(route, address), { ...init, method, headers: { ...headers, ...init.headers } });
    } catch (error) {
      init.signal?.throwIfAborted();
      const cause = (error as { cause?: { code?: string; message?: string } }).cause;
      const got = cause?.code ?? cause?.message ?? String(error);
      const message = `expected a Qurriculum server to answer at ${address}, got ${got}; is it still running?`;
      throw new ApiError(0, 'no-answer', message, { cause: error });
    }
  }

  return {
    address,
    get: (route, signal) => call('GET', route, { signal }),
    post: (route, body, signal) =>
      call('POST', route, { signal, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    put: (route, body, signal) =>
      call('PUT', route, { signal, body, headers: { 'content-type': 'application/octet-stream' } }),
    delete: (route) => call('DELETE', route, {}),
  };
}

async function refusal(response: Response, method: string, route: string): Promise<ApiError> {
  const body = (await response.json().catch(() => null)) as { code?: unknown; detail?: unknown } | null;
  const detail =
    typeof body?.detail === 'string'
      ? body.detail
      : `${method} ${route}: expected an answer of the Qurriculum API, got status ${response.status}; check the address.`;
  return new ApiError(response.status, typeof body?.code === 'string' ? body.code : 'unknown', detail);
}
