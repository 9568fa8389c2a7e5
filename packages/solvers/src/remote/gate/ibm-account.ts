/**
 * Requests to IBM Quantum: an API key is exchanged for a bearer token that lives an hour at most (IBM's documentation,
 * "Set up to use IBM Quantum Platform with REST API"), kept until shortly before its end and exchanged again when it is
 * refused.
 */
import type { Platform } from '@qurriculum/problems';
import { createRandom, mixSeed } from '@qurriculum/random';
import { RemoteError } from '../remote-error.ts';
import { fieldsOf, numberField, textField } from '../response-fields.ts';
import { createVendorHttp, type VendorRequest } from '../vendor-http.ts';

export interface IbmAccountOptions {
  /** Base address. Default: the environment's QISKIT_IBM_URL, else https://quantum.cloud.ibm.com/api/v1/. */
  readonly endpoint?: string;
  /** Where keys are exchanged. Default https://iam.cloud.ibm.com/identity/token. */
  readonly identityEndpoint?: string;
  /** Of the waits between repeated requests. */
  readonly jitterSeed?: number;
}

export interface IbmAccount {
  missing(): readonly string[];
  secrets(): readonly string[];
  call(request: Omit<VendorRequest, 'url' | 'headers'> & { readonly path: string }): Promise<unknown>;
}

/** The names that Qiskit uses. */
const KEY = 'QISKIT_IBM_TOKEN';
const INSTANCE = 'QISKIT_IBM_INSTANCE';
const API_VERSION = '2025-05-01';
/** Seconds before its end at which a token counts as over: a request may be under way that long. */
const TOKEN_MARGIN = 120;

export function createIbmAccount(platform: Platform, options: IbmAccountOptions): IbmAccount {
  const read = (name: string): string => platform.environment(name) ?? '';
  const random = createRandom(mixSeed(options.jitterSeed ?? 0, 'ibm'));
  let token: { readonly text: string; readonly until: number } | null = null;
  const secrets = (): readonly string[] => [read(KEY), token?.text ?? ''];
  const base = (): string => {
    const address =
      options.endpoint ?? platform.environment('QISKIT_IBM_URL') ?? 'https://quantum.cloud.ibm.com/api/v1/';
    return address.endsWith('/') ? address : `${address}/`;
  };

  async function bearer(signal?: AbortSignal): Promise<string> {
    if (token && platform.wallTime() < token.until) return token.text;
    const http = createVendorHttp(platform, { vendor: 'IBM', secrets: secrets(), random });
    const form = new URLSearchParams({ grant_type: 'urn:ibm:params:oauth:grant-type:apikey', apikey: read(KEY) });
    const answer = await http.json({
      method: 'POST',
      url: options.identityEndpoint ?? 'https://iam.cloud.ibm.com/identity/token',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
      body: form.toString(),
      signal,
    });
    const fields = fieldsOf(answer, 'IBM token');
    const text = textField(fields, 'access_token', 'IBM token');
    token = { text, until: platform.wallTime() + numberField(fields, 'expires_in', 'IBM token') - TOKEN_MARGIN };
    return text;
  }

  return {
    missing: () => [KEY, INSTANCE].filter((name) => read(name) === ''),
    secrets,
    async call({ path, ...request }) {
      const once = async (): Promise<unknown> => {
        const headers = {
          Authorization: `Bearer ${await bearer(request.signal)}`,
          'Service-CRN': read(INSTANCE),
          'IBM-API-Version': API_VERSION,
          Accept: 'application/json',
        };
        const http = createVendorHttp(platform, { vendor: 'IBM', secrets: secrets(), random });
        return http.json({ ...request, url: `${base()}${path}`, headers });
      };
      try {
        return await once();
      } catch (thrown) {
        // Revoked before its time: what was refused was not taken, so that once more is safe.
        if (!(thrown instanceof RemoteError && thrown.code === 'UNAUTHORISED')) throw thrown;
        token = null;
        return once();
      }
    },
  };
}
