/**
 * `ionq`: QAOA on IonQ's machines through their API v0.4 (docs.ionq.com/api-reference/v0.4). Work: { shots: 1024,
 * layers: 1 }.
 *
 * No request of this module has ever reached IonQ. Not confirmed in a primary source: the address that cancels, that bit
 * 2^k of a state's decimal number is qubit k, and the field of the execution time. No price of IonQ's own is public: the
 * caller passes that of the contract, as `ionq/BACKEND`.
 */
import type { Platform } from '@qurriculum/problems';
import type { Operation } from '@qurriculum/quantum';
import { createRandom, mixSeed } from '@qurriculum/random';
import { qubitRefusal } from '../../quantum/qubit-problem.ts';
import { readWork } from '../../solve-clock.ts';
import type { JobStatus, Json, RemoteService } from '../job.ts';
import { RemoteError } from '../remote-error.ts';
import { createRemoteSolver, type RemoteOptions, type RemoteSolver } from '../remote-solver.ts';
import { type Fields, fieldsOf, numberField, optionalNumber, textField, wordField } from '../response-fields.ts';
import { createVendorHttp, type VendorRequest } from '../vendor-http.ts';
import { bitsToValues, qaoaJob } from './qaoa-job.ts';

export interface IonQOptions extends RemoteOptions {
  /** Base address. Default https://api.ionq.co/v0.4/. */
  readonly endpoint?: string;
  /** Default: the environment's IONQ_BACKEND, else 'qpu.aria-1'. */
  readonly backend?: string;
  /** Of the waits between repeated requests. */
  readonly jitterSeed?: number;
}

const KEY = 'IONQ_API_KEY';
/** Forte, the largest that IonQ's v0.4 documents. */
const MOST_QUBITS = 36;
const DEFAULT_WORK = { shots: 1024, layers: 1 };

const STATES: Readonly<Record<string, JobStatus['state']>> = {
  ready: 'queued',
  submitted: 'queued',
  running: 'running',
  completed: 'completed',
  canceled: 'cancelled',
  failed: 'failed',
};

type Call = (request: Omit<VendorRequest, 'url' | 'headers'> & { readonly path: string }) => Promise<unknown>;

export function createIonQSolver(platform: Platform, options: IonQOptions = {}): RemoteSolver {
  const key = (): string => platform.environment(KEY) ?? '';
  const random = createRandom(mixSeed(options.jitterSeed ?? 0, 'ionq'));
  const call: Call = ({ path, ...request }) =>
    createVendorHttp(platform, { vendor: 'IonQ', secrets: [key()], random }).json({
      ...request,
      url: `${options.endpoint ?? 'https://api.ionq.co/v0.4/'}${path}`,
      headers: { Authorization: `apiKey ${key()}` },
    });
  return createRemoteSolver(platform, ionqService(call, key, platform, options), options);
}

function ionqService(call: Call, key: () => string, platform: Platform, options: IonQOptions): RemoteService {
  return {
    name: 'ionq',
    kind: 'quantum-remote',
    description: "Runs QAOA on IonQ's trapped ions, over the network; needs an account and costs money.",
    missing: () => (key() === '' ? [KEY] : []),
    secrets: () => [key()],
    refuses: (problem) => qubitRefusal(problem, MOST_QUBITS),
    async prepare(problem, solveOptions) {
      const { shots, layers } = readWork('ionq', solveOptions.work, DEFAULT_WORK);
      const backend = options.backend ?? platform.environment('IONQ_BACKEND') ?? 'qpu.aria-1';
      const { circuit, angles } = qaoaJob(problem, layers);
      const { qubits } = circuit;
      const input = { qubits, gateset: 'qis', circuit: circuit.operations.map(toIonQ) };
      return {
        offer: `ionq/${backend}`,
        use: { tasks: 1, shots, qpuSeconds: 0 },
        context: { backend, shots, qubits, gammas: angles.gammas, betas: angles.betas },
        async send(signal) {
          const json = { type: 'ionq.circuit.v1', backend, shots, input };
          const accepted = await call({ method: 'POST', path: 'jobs', json, repeatable: false, signal });
          return textField(fieldsOf(accepted, 'IonQ jobs'), 'id', 'IonQ jobs');
        },
      };
    },
    async status(id, _, signal) {
      const fields = await job(call, id, signal);
      const failure = fields['failure'];
      const reason = failure === undefined ? undefined : JSON.stringify(failure);
      return { state: wordField(fields, 'status', STATES, 'IonQ job'), ...(reason ? { reason } : {}) };
    },
    async cancel(id) {
      await call({ method: 'PUT', path: `jobs/${encodeURIComponent(id)}/status/cancel` });
    },
    async collect(problem, id, context, signal) {
      const path = `jobs/${encodeURIComponent(id)}/results/probabilities`;
      const probabilities = fieldsOf(await call({ method: 'GET', path, signal }), 'IonQ probabilities');
      const milliseconds = optionalNumber(await job(call, id, signal), 'execution_duration_ms');
      const { counts, asked } = readCounts(probabilities, context);
      const values = bitsToValues(problem);
      return {
        reads: counts.map(({ bits, occurrences }) => ({ values: values(bits), occurrences })),
        asked,
        qpuSeconds: milliseconds === undefined ? undefined : milliseconds / 1000,
        info: { ...(context as Fields) },
      };
    },
  };
}

async function job(call: Call, id: string, signal?: AbortSignal): Promise<Fields> {
  return fieldsOf(await call({ method: 'GET', path: `jobs/${encodeURIComponent(id)}`, signal }), 'IonQ job');
}

/** A gate in IonQ's words. QAOA circuits have h, cx, rz and rx; angles in radians. */
export function toIonQ({ gate, qubits, parameters }: Operation): Readonly<Record<string, string | number>> {
  if (gate === 'cx') return { gate: 'cnot', control: qubits[0], target: qubits[1] };
  if (gate === 'rx' || gate === 'rz') return { gate, target: qubits[0], rotation: parameters[0] };
  if (gate === 'h') return { gate, target: qubits[0] };
  throw new RemoteError('REJECTED', `toIonQ: expected h, cx, rz or rx, got ${gate}; decompose the circuit first.`);
}

/** Probability times shots, to whole shots: states that round to none are left out. */
function readCounts(probabilities: Fields, context: Json) {
  const { shots, qubits } = context as Fields;
  const asked = numberField({ shots }, 'shots', 'ionq handle');
  const size = numberField({ qubits }, 'qubits', 'ionq handle');
  const counts = Object.keys(probabilities).map((state) => {
    const number = Number(state);
    const probability = numberField(probabilities, state, 'IonQ probabilities');
    if (!(Number.isInteger(number) && number >= 0 && number < 2 ** size && probability >= 0 && probability <= 1)) {
      throw new RemoteError(
        'BAD_RESPONSE',
        `IonQ probabilities: expected states of ${size} qubits with probabilities, got ${state}; report it with the date.`,
      );
    }
    // Division instead of shifts: states may have more than 32 bits.
    const bits = Array.from({ length: size }, (_, k) => Math.floor(number / 2 ** k) % 2);
    return { bits, occurrences: Math.round(probability * asked) };
  });
  return { asked, counts: counts.filter(({ occurrences }) => occurrences > 0) };
}
