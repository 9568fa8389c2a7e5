/**
 * `braket`: QAOA as OpenQASM 3 on the gate machines of Amazon Braket. Work: { shots: 1024, layers: 1 }.
 *
 * The caller hands in a client of the calls used, which signs and repeats requests and owns the credentials;
 * `platform/braket-node` makes one of `@aws-sdk/client-braket`. No call of this module has ever reached AWS. Not confirmed
 * in a primary source: the file `results.json` under the task's S3 directory, its fields `measurements` and
 * `measuredQubits`, and `paradigm.qubitCount` in a device's capabilities.
 */
import { type Platform, problemHash } from '@qurriculum/problems';
import { toOpenQasm } from '@qurriculum/quantum';
import { createRandom, mixSeed } from '@qurriculum/random';
import { qubitRefusal } from '../../quantum/qubit-problem.ts';
import { readWork } from '../../solve-clock.ts';
import type { JobResult, JobStatus, Json } from '../job.ts';
import { RemoteError } from '../remote-error.ts';
import { createRemoteSolver, type RemoteOptions, type RemoteSolver } from '../remote-solver.ts';
import { type Fields, fieldsOf, listField, numberField, numbersOf, textField, wordField } from '../response-fields.ts';
import { bitsToValues, qaoaJob } from './qaoa-job.ts';

/** The calls of Braket and S3 that are used. */
export interface BraketClient {
  createQuantumTask(input: {
    readonly action: string;
    readonly clientToken: string;
    readonly deviceArn: string;
    readonly shots: number;
    readonly outputS3Bucket: string;
    readonly outputS3KeyPrefix: string;
  }): Promise<unknown>;
  getQuantumTask(input: { readonly quantumTaskArn: string }): Promise<unknown>;
  cancelQuantumTask(input: { readonly quantumTaskArn: string; readonly clientToken: string }): Promise<unknown>;
  /** The device, with `deviceStatus` and `deviceCapabilities`, a text of JSON. Needed where `qubits` is not given. */
  getDevice?(input: { readonly deviceArn: string }): Promise<unknown>;
  /** The text of an object in S3. */
  readObject(bucket: string, key: string): Promise<string>;
  /** Environment variables that are missing. Default: none. */
  missing?(): readonly string[];
  /** Values that must never be shown. Default: none. */
  secrets?(): readonly string[];
}

/** A machine of Braket, and where its results go. */
export interface BraketDevice {
  readonly client: BraketClient;
  /** `arn:aws:braket:REGION::device/qpu/VENDOR/NAME`. */
  readonly deviceArn: string;
  /** How many qubits the device has. Default: asked of it before a job is sent. */
  readonly qubits?: number;
  readonly outputBucket: string;
  readonly outputPrefix: string;
}

export interface BraketOptions extends BraketDevice, RemoteOptions {}

/** More than any gate machine on Braket has; the device itself is asked before a job is sent. */
const MOST_QUBITS = 128;
const DEFAULT_WORK = { shots: 1024, layers: 1 };
const STATES: Readonly<Record<string, JobStatus['state']>> = {
  CREATED: 'queued',
  QUEUED: 'queued',
  RUNNING: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLING: 'running',
  CANCELLED: 'cancelled',
};

export function createBraketSolver(platform: Platform, options: BraketOptions): RemoteSolver {
  const { client, deviceArn } = options;
  return createRemoteSolver(
    platform,
    {
      name: 'braket',
      kind: 'quantum-remote',
      description: 'Runs QAOA on a gate machine of Amazon Braket, over the network; needs an account and costs money.',
      missing: () => client.missing?.() ?? [],
      secrets: () => client.secrets?.() ?? [],
      refuses: (problem) => qubitRefusal(problem, options.qubits ?? MOST_QUBITS),
      async prepare(problem, solveOptions) {
        const { shots, layers } = readWork('braket', solveOptions.work, DEFAULT_WORK);
        const { circuit, angles } = qaoaJob(problem, layers);
        if (options.qubits === undefined) await requireDevice(client, deviceArn, circuit.qubits);
        const clientToken = await taskToken(platform, await problemHash(problem));
        const braketSchemaHeader = { name: 'braket.ir.openqasm.program', version: '1' };
        const action = JSON.stringify({ braketSchemaHeader, source: toOpenQasm(circuit) });
        const { outputBucket: outputS3Bucket, outputPrefix: outputS3KeyPrefix } = options;
        return {
          offer: braketOffer(deviceArn),
          use: { tasks: 1, shots, qpuSeconds: 0 },
          context: { deviceArn, shots, qubits: circuit.qubits, gammas: angles.gammas, betas: angles.betas },
          async send(signal) {
            signal?.throwIfAborted();
            const task = { action, clientToken, deviceArn, shots, outputS3Bucket, outputS3KeyPrefix };
            return textField(fieldsOf(await client.createQuantumTask(task), 'Braket'), 'quantumTaskArn', 'Braket');
          },
        };
      },
      async status(quantumTaskArn) {
        const task = fieldsOf(await client.getQuantumTask({ quantumTaskArn }), 'Braket task');
        const reason = task['failureReason'];
        const state = wordField(task, 'status', STATES, 'Braket task');
        return { state, ...(typeof reason === 'string' ? { reason } : {}) };
      },
      async cancel(quantumTaskArn) {
        await client.cancelQuantumTask({ quantumTaskArn, clientToken: await taskToken(platform, quantumTaskArn) });
      },
      async collect(problem, quantumTaskArn, context) {
        const task = fieldsOf(await client.getQuantumTask({ quantumTaskArn }), 'Braket task');
        const directory = textField(task, 'outputS3Directory', 'Braket task');
        const bucket = textField(task, 'outputS3Bucket', 'Braket task');
        const text = await client.readObject(bucket, `${directory}/results.json`);
        return readMeasurements(text, context, bitsToValues(problem));
      },
    },
    options,
  );
}

/** @throws RemoteError DOES_NOT_FIT when the device is off or too small. */
async function requireDevice(client: BraketClient, deviceArn: string, needed: number): Promise<void> {
  const where = 'Braket device';
  const device = fieldsOf((await client.getDevice?.({ deviceArn })) ?? {}, where);
  const status = textField(device, 'deviceStatus', where);
  const capabilities = fieldsOf(parse(textField(device, 'deviceCapabilities', where), where), where);
  const qubits = numberField(fieldsOf(capabilities['paradigm'], where), 'qubitCount', where);
  if (status === 'ONLINE' && qubits >= needed) return;
  throw new RemoteError(
    'DOES_NOT_FIT',
    `braket: expected ${deviceArn} online with ${needed} qubits, got it ${status} with ${qubits}; choose another device.`,
  );
}

/** `arn:...:device/qpu/ionq/Aria-1` is the offer `braket/ionq-aria`. */
export function braketOffer(deviceArn: string): string {
  const [vendor = '', name = ''] = deviceArn.split('/').slice(-2);
  return `braket/${vendor}-${name.replace(/-\d+$/, '')}`.toLowerCase();
}

/** Braket takes a task with the same token once: a new one per submission, of time and problem, so that repeats are safe. */
async function taskToken(platform: Platform, subject: string): Promise<string> {
  const random = createRandom(mixSeed(`${platform.wallTime()} ${platform.now()}`, subject));
  return Array.from({ length: 4 }, () => random.nextUint32().toString(16).padStart(8, '0')).join('');
}

/** One row of bits per shot, column k for `measuredQubits[k]`. */
function readMeasurements(text: string, context: Json, values: (bits: ArrayLike<number>) => Int32Array): JobResult {
  const where = 'Braket results.json';
  const results = fieldsOf(parse(text, where), where);
  const { shots, qubits } = context as Fields;
  const size = numberField({ qubits }, 'qubits', 'braket handle');
  const measured = numbersOf(listField(results, 'measuredQubits', where), `${where} measuredQubits`);
  const reads = listField(results, 'measurements', where).map((row) => {
    const columns = numbersOf(row, `${where} measurements`);
    const bits = new Uint8Array(size).fill(2);
    for (const [k, qubit] of measured.entries()) if (qubit < size) bits[qubit] = columns[k];
    if (columns.length !== measured.length || bits.some((bit) => bit > 1)) throw malformed(where, size);
    return { values: values(bits), occurrences: 1 };
  });
  return { reads, asked: numberField({ shots }, 'shots', 'braket handle'), info: { ...(context as Fields) } };
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RemoteError('BAD_RESPONSE', `${where}: expected JSON, got other text; look at it at AWS.`);
  }
}

function malformed(where: string, size: number): RemoteError {
  return new RemoteError(
    'BAD_RESPONSE',
    `${where}: expected a bit for each of ${size} qubits in every shot, got others; look at the file in S3.`,
  );
}
