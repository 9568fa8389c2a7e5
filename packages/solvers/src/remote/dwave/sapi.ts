/**
 * The D-Wave Solver API, version 2: what jobs of every kind share. Read in dwavesystems/dwave-cloud-client @27cd70e and in
 * D-Wave's documentation of its REST interface; no request of this module has ever reached D-Wave.
 */
import type { Platform } from '@qurriculum/problems';
import { createRandom, mixSeed } from '@qurriculum/random';
import type { JobStatus } from '../job.ts';
import { RemoteError } from '../remote-error.ts';
import { type Fields, fieldsOf, listField, textField, wordField } from '../response-fields.ts';
import { createVendorHttp } from '../vendor-http.ts';
import { type SapiCall, uploadInParts } from './upload.ts';

export interface DWaveOptions {
  /** Base address. Default: the environment's DWAVE_API_ENDPOINT, else the region na-west-1. */
  readonly endpoint?: string;
  /** Name of the solver. Default: for the QPU the environment's DWAVE_API_SOLVER; else the first that is online and fits. */
  readonly solver?: string;
  /** Of the waits between repeated requests. */
  readonly jitterSeed?: number;
}

const DEFAULT_ENDPOINT = 'https://na-west-1.cloud.dwavesys.com/sapi/v2/';
const TOKEN = 'DWAVE_API_TOKEN';

const STATES: Readonly<Record<string, JobStatus['state']>> = {
  PENDING: 'queued',
  IN_PROGRESS: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
};

export interface SapiSolver {
  readonly name: string;
  readonly properties: Fields;
}

export interface PickOptions {
  readonly named?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Sapi {
  missing(): readonly string[];
  secrets(): readonly string[];
  /** The solver to use: the one named, or the first online one that takes such problems. */
  pickSolver(problemType: string, options?: PickOptions): Promise<SapiSolver>;
  /** Sends a model's file in parts; answers with the name by which `submit` refers to it. */
  upload(bytes: Uint8Array<ArrayBuffer>, signal?: AbortSignal): Promise<string>;
  submit(body: unknown, signal?: AbortSignal): Promise<string>;
  status(id: string, signal?: AbortSignal): Promise<JobStatus>;
  cancel(id: string): Promise<void>;
  /** The whole `answer` message. */
  answer(id: string, signal?: AbortSignal): Promise<Fields>;
}

export function createSapi(platform: Platform, options: DWaveOptions): Sapi {
  const token = (): string => platform.environment(TOKEN) ?? '';
  const base = (): string => {
    const address = options.endpoint ?? platform.environment('DWAVE_API_ENDPOINT') ?? DEFAULT_ENDPOINT;
    return address.endsWith('/') ? address : `${address}/`;
  };
  const random = createRandom(mixSeed(options.jitterSeed ?? 0, 'dwave'));
  const call: SapiCall = (method, path, more = {}) => {
    const http = createVendorHttp(platform, { vendor: 'D-Wave', secrets: [token()], random });
    const headers = { 'X-Auth-Token': token(), ...more.headers };
    return http.json({ method, url: `${base()}${path}`, ...more, headers });
  };
  return {
    missing: () => (token() === '' ? [TOKEN] : []),
    secrets: () => [token()],
    async pickSolver(problemType, { named, signal } = {}) {
      return chooseSolver(await call('GET', 'solvers/remote/', { signal }), problemType, named);
    },
    upload: (bytes, signal) => uploadInParts(call, bytes, signal),
    async submit(body, signal) {
      const accepted = await call('POST', 'problems/', { json: body, repeatable: false, signal });
      return textField(fieldsOf(accepted, 'D-Wave problems'), 'id', 'D-Wave problems');
    },
    async status(id, signal) {
      const fields = fieldsOf(await call('GET', `problems/${encodeURIComponent(id)}`, { signal }), 'D-Wave problem');
      const reason = fields['error_message'] ?? fields['error_msg'];
      return {
        state: wordField(fields, 'status', STATES, 'D-Wave problem'),
        ...(typeof reason === 'string' ? { reason } : {}),
      };
    },
    async cancel(id) {
      // 409: it has ended already.
      await call('DELETE', `problems/${encodeURIComponent(id)}`, { accept: [409] });
    },
    async answer(id, signal) {
      return fieldsOf(await call('GET', `problems/${encodeURIComponent(id)}/answer`, { signal }), 'D-Wave answer');
    },
  };
}

function chooseSolver(list: unknown, problemType: string, named: string | undefined): SapiSolver {
  const solvers = listField({ list }, 'list', 'D-Wave solvers').map((entry): SapiSolver & { online: boolean } => {
    const fields = fieldsOf(entry, 'D-Wave solvers');
    const name = textField(fields, 'id', 'D-Wave solvers');
    const properties = fieldsOf(fields['properties'], `D-Wave solver ${name}`);
    return { name, properties, online: fields['status'] !== 'OFFLINE' };
  });
  const fits = solvers.filter(({ name, properties, online }) => {
    const types = properties['supported_problem_types'];
    return online && Array.isArray(types) && types.includes(problemType) && (named === undefined || name === named);
  });
  if (fits.length > 0) return fits[0];
  const wanted = named === undefined ? '' : ` named ${named}`;
  throw new RemoteError(
    'DOES_NOT_FIT',
    `D-Wave: expected a solver${wanted} online for problems of type ${problemType}, got ` +
      `${solvers.map(({ name }) => name).join(', ') || 'none'}; choose one of them or another region.`,
  );
}
