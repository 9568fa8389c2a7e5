/**
 * `ibm`: QAOA on IBM Quantum through the Sampler V2 primitive of its REST interface (IBM's documentation, "Sampler with
 * the REST API"). Work: { shots: 1024, layers: 1 }.
 *
 * The primitive takes circuits in the machine's own instructions only; `transpile` writes them from the machine's
 * description, for machines with cz or cx (Heron); those with ecr (Eagle) are refused. Samples are numbers: bit 2^k is
 * the classical bit c[k], so that written as a bit string c[0] is the LAST character (big-endian).
 *
 * No request of this module has ever reached IBM. Not confirmed in a primary source: the layout of `/results` (results,
 * data, c, samples, num_bits), the address that cancels (from qiskit-ibm-runtime's client), and that a register of all of
 * the machine's qubits is read as its physical ones. No current price page of IBM was seen: pass the price of the
 * contract as `ibm/pay-as-you-go`.
 */
import type { Platform } from '@qurriculum/problems';
import { toOpenQasm } from '@qurriculum/quantum';
import { qubitRefusal } from '../../quantum/qubit-problem.ts';
import { readWork } from '../../solve-clock.ts';
import type { JobResult, JobStatus, Json, RemoteService } from '../job.ts';
import { RemoteError } from '../remote-error.ts';
import { createRemoteSolver, type RemoteOptions, type RemoteSolver } from '../remote-solver.ts';
import {
  type Fields,
  fieldsOf,
  listField,
  numberField,
  numbersOf,
  optionalNumber,
  textField,
} from '../response-fields.ts';
import { createIbmAccount, type IbmAccount, type IbmAccountOptions } from './ibm-account.ts';
import { bitsToValues, qaoaJob } from './qaoa-job.ts';
import { type Machine, type PhysicalCircuit, transpile } from './transpile.ts';

export interface IbmOptions extends IbmAccountOptions, RemoteOptions {
  /** Name of the machine. Default: the environment's IBM_QUANTUM_BACKEND. */
  readonly backend?: string;
}

const BACKEND = 'IBM_QUANTUM_BACKEND';
/** Heron r2, the largest in general service. */
const MOST_QUBITS = 156;
const DEFAULT_WORK = { shots: 1024, layers: 1 };
/** Seconds of setting up that IBM's documentation names for a job, and between two shots unless the machine says. */
const USUAL_SETUP = 2;
const USUAL_DELAY = 250e-6;
const MICRO = 1e-6;

const STATES: readonly (readonly [string, JobStatus['state']])[] = [
  ['Queued', 'queued'],
  ['Running', 'running'],
  ['Completed', 'completed'],
  // Also "Cancelled - Ran too long".
  ['Cancelled', 'cancelled'],
  ['Failed', 'failed'],
];

export function createIbmSolver(platform: Platform, options: IbmOptions = {}): RemoteSolver {
  const account = createIbmAccount(platform, options);
  const backend = (): string => options.backend ?? platform.environment(BACKEND) ?? '';
  return createRemoteSolver(platform, ibmService(account, backend), options);
}

function ibmService(account: IbmAccount, backend: () => string): RemoteService {
  return {
    name: 'ibm',
    kind: 'quantum-remote',
    description: "Runs QAOA on IBM's superconducting machines, over the network; needs an account and costs money.",
    missing: () => [...account.missing(), ...(backend() === '' ? [BACKEND] : [])],
    secrets: account.secrets,
    refuses: (problem) => qubitRefusal(problem, MOST_QUBITS),
    async prepare(problem, solveOptions) {
      const { shots, layers } = readWork('ibm', solveOptions.work, DEFAULT_WORK);
      const { machine, delay } = await describe(account, backend(), solveOptions.signal);
      const { circuit, angles } = qaoaJob(problem, layers);
      const physical = transpile(circuit, machine);
      const { gammas, betas } = angles;
      return {
        offer: 'ibm/pay-as-you-go',
        use: { tasks: 1, shots, qpuSeconds: USUAL_SETUP + shots * delay },
        context: { backend: backend(), shots, qubits: circuit.qubits, swaps: physical.swaps, gammas, betas },
        async send(signal) {
          const pub = [physicalProgram(physical), null, shots];
          const json = { program_id: 'sampler', backend: backend(), params: { pubs: [pub], version: 2 } };
          const accepted = await account.call({ method: 'POST', path: 'jobs', json, repeatable: false, signal });
          return textField(fieldsOf(accepted, 'IBM jobs'), 'id', 'IBM jobs');
        },
      };
    },
    async status(id, _, signal) {
      return readStatus(await account.call({ method: 'GET', path: jobPath(id), signal }));
    },
    async cancel(id) {
      // 409: it has ended already.
      await account.call({ method: 'POST', path: `${jobPath(id)}/cancel`, accept: [409] });
    },
    async collect(problem, id, context, signal) {
      const results = await account.call({ method: 'GET', path: `${jobPath(id)}/results`, signal });
      const metrics = await account.call({ method: 'GET', path: `${jobPath(id)}/metrics`, signal });
      return { ...readSamples(results, context, bitsToValues(problem)), ...readMetrics(metrics) };
    },
  };
}

const jobPath = (id: string): string => `jobs/${encodeURIComponent(id)}`;

async function describe(
  account: IbmAccount,
  name: string,
  signal?: AbortSignal,
): Promise<{ readonly machine: Machine; readonly delay: number }> {
  const where = 'IBM backend';
  const path = `backends/${encodeURIComponent(name)}/configuration`;
  const fields = fieldsOf(await account.call({ method: 'GET', path, signal }), where);
  const qubits = numberField(fields, 'n_qubits', where);
  const couplingMap = listField(fields, 'coupling_map', where).map((pair): [number, number] => {
    const [a, b] = numbersOf(pair, `${where} coupling_map`);
    if ([a, b].every((qubit) => Number.isInteger(qubit) && qubit >= 0 && qubit < qubits)) return [a, b];
    throw new RemoteError(
      'BAD_RESPONSE',
      `${where}: expected couplings of ${qubits} qubits, got ${a}, ${b}; report it.`,
    );
  });
  const basisGates = listField(fields, 'basis_gates', where).map(String);
  const delay = (optionalNumber(fields, 'default_rep_delay') ?? USUAL_DELAY / MICRO) * MICRO;
  return { machine: { qubits, couplingMap, basisGates }, delay };
}

/** OpenQASM 3 on a register of all of the machine's qubits; c[k] is where qubit k of the problem ended. */
function physicalProgram({ circuit, places }: PhysicalCircuit): string {
  const measurements = places.map((qubit, k) => `c[${k}] = measure q[${qubit}];`);
  return toOpenQasm(circuit)
    .replace(`bit[${circuit.qubits}] c;`, `bit[${places.length}] c;`)
    .replace('c = measure q;', measurements.join('\n'));
}

function readStatus(answer: unknown): JobStatus {
  const fields = fieldsOf(answer, 'IBM job');
  const status = textField(fields, 'status', 'IBM job');
  const known = STATES.find(([word]) => status.startsWith(word));
  if (!known) {
    const words = STATES.map(([word]) => word).join(', ');
    throw new RemoteError('BAD_RESPONSE', `IBM job: expected a status of ${words}, got ${status}; report it.`);
  }
  const reason = fieldsOf(fields['state'] ?? {}, 'IBM job state')['reason'];
  return { state: known[1], ...(typeof reason === 'string' ? { reason } : {}) };
}

/** Samples as hexadecimal numbers of `num_bits` bits, bit 2^k for c[k]. */
function readSamples(
  answer: unknown,
  context: Json,
  values: (bits: ArrayLike<number>) => Int32Array,
): Pick<JobResult, 'reads' | 'asked' | 'info'> {
  const where = 'IBM results';
  const [first] = listField(fieldsOf(answer, where), 'results', where);
  const data = fieldsOf(fieldsOf(first, where)['data'], `${where} data`);
  const register = fieldsOf(data['c'], `${where} c`);
  const { shots, qubits } = context as Fields;
  const size = numberField({ qubits }, 'qubits', 'ibm handle');
  if (numberField(register, 'num_bits', where) !== size) throw malformed(size, `${String(register['num_bits'])} bits`);
  const counts = new Map<string, number>();
  for (const sample of listField(register, 'samples', where)) {
    if (typeof sample !== 'string' || !/^0x[\da-f]+$/i.test(sample)) throw malformed(size, String(sample));
    counts.set(sample, (counts.get(sample) ?? 0) + 1);
  }
  const reads = Array.from(counts, ([sample, occurrences]) => {
    const number = BigInt(sample);
    if (number >> BigInt(size) !== 0n) throw malformed(size, sample);
    const bits = Array.from({ length: size }, (_, k) => Number((number >> BigInt(k)) & 1n));
    return { values: values(bits), occurrences };
  });
  return { reads, asked: numberField({ shots }, 'shots', 'ibm handle'), info: { ...(context as Fields) } };
}

function malformed(size: number, got: string): RemoteError {
  const text = `IBM results: expected samples of ${size} bits as 0x..., got ${got}; report it with the date.`;
  return new RemoteError('BAD_RESPONSE', text);
}

/** Billed seconds, and the seconds between creation and start. */
function readMetrics(answer: unknown): Pick<JobResult, 'qpuSeconds' | 'queueSeconds'> {
  const metrics = fieldsOf(answer, 'IBM metrics');
  const usage = fieldsOf(metrics['usage'] ?? {}, 'IBM metrics usage');
  const times = fieldsOf(metrics['timestamps'] ?? {}, 'IBM metrics timestamps');
  const queued = (Date.parse(String(times['running'])) - Date.parse(String(times['created']))) / 1000;
  return {
    qpuSeconds: optionalNumber(usage, 'quantum_seconds') ?? optionalNumber(usage, 'seconds'),
    queueSeconds: queued >= 0 ? queued : undefined,
  };
}
