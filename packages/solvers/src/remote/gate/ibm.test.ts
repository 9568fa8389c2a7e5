import { bruteForce, randomBqm } from '@qurriculum/problems/testing';
import { parseOpenQasm, runCircuit } from '@qurriculum/quantum';
import { createRandom } from '@qurriculum/random';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RemoteOptions } from '../remote-solver.ts';
import { remoteFaults, type StandIn } from '../testing/remote-faults.ts';
import {
  type FakePlatform,
  fakePlatform,
  type Reply,
  type SeenRequest,
  startVendor,
} from '../testing/vendor-server.ts';
import { createIbmSolver } from './ibm.ts';

const SECRET = 'ibm-key-0123456789';
const ENVIRONMENT = {
  QISKIT_IBM_TOKEN: SECRET,
  QISKIT_IBM_INSTANCE: 'crn:v1:test',
  IBM_QUANTUM_BACKEND: 'ibm_test',
};
const LINE = Array.from({ length: 7 }, (_, q) => [q, q + 1]);
const CONFIGURATION = {
  n_qubits: 8,
  basis_gates: ['cz', 'id', 'rz', 'sx', 'x'],
  coupling_map: [...LINE, ...LINE.map(([a, b]) => [b, a])],
  default_rep_delay: 250,
};

/** The program's samples by our simulator, after its measurements were moved to the end of the register. */
function sample(program: string, shots: number): { samples: string[]; num_bits: number } {
  const places = Array.from(program.matchAll(/c\[\d+\] = measure q\[(\d+)\];/g), ([, q]) => Number(q));
  const { circuit } = parseOpenQasm(program.replace(/c\[\d+\] = measure q\[\d+\];\n?/g, ''));
  for (const { gate, qubits } of circuit.operations) {
    expect(CONFIGURATION.basis_gates).toContain(gate);
    if (qubits.length === 2) expect(Math.abs(qubits[0] - qubits[1])).toBe(1);
  }
  const { re, im } = runCircuit(circuit);
  const random = createRandom(2);
  const samples = Array.from({ length: shots }, () => {
    let left = random.nextDouble();
    let x = 0;
    while (x < re.length - 1 && left >= re[x] ** 2 + im[x] ** 2) left -= re[x] ** 2 + im[x++] ** 2;
    // Bit 2^k of the number is c[k].
    return `0x${places.reduce((sum, place, k) => sum + (((x >> place) & 1) << k), 0).toString(16)}`;
  });
  return { samples, num_bits: places.length };
}

interface IbmStandIn extends StandIn {
  tokens: number;
  /** Tokens that are refused although they have not ended. */
  readonly revoked: Set<string>;
}

async function startIbm(): Promise<IbmStandIn> {
  const results = new Map<string, unknown>();
  const standIn: IbmStandIn = {
    server: await startVendor(answer),
    queuedPolls: 0,
    end: 'completed',
    reason: '',
    cancelled: [],
    started: 0,
    tokens: 0,
    revoked: new Set(),
  };
  function answer({ method, path, headers, body }: SeenRequest): Reply {
    if (path === '/identity/token') {
      const form = new URLSearchParams(body);
      expect(form.get('grant_type')).toBe('urn:ibm:params:oauth:grant-type:apikey');
      if (form.get('apikey') !== SECRET) return { status: 400 };
      standIn.tokens++;
      return { json: { access_token: `token-${standIn.tokens}`, token_type: 'Bearer', expires_in: 3600 } };
    }
    const token = `${headers['authorization']}`.replace('Bearer ', '');
    if (token !== `token-${standIn.tokens}` || standIn.revoked.has(token)) return { status: 401, text: token };
    if (headers['service-crn'] !== 'crn:v1:test' || !headers['ibm-api-version']) return { status: 403 };
    if (path === '/backends/ibm_test/configuration') return { json: CONFIGURATION };
    if (method === 'POST' && path === '/jobs') {
      const { program_id, backend, params } = JSON.parse(body);
      expect([program_id, backend, params.version]).toEqual(['sampler', 'ibm_test', 2]);
      const [[program, parameters, shots]] = params.pubs;
      expect(parameters).toBeNull();
      standIn.started++;
      results.set(`job-${standIn.started}`, { results: [{ data: { c: sample(program, shots) } }] });
      return { json: { id: `job-${standIn.started}`, backend } };
    }
    return job(standIn, results, path);
  }
  return standIn;
}

function job(standIn: IbmStandIn, results: ReadonlyMap<string, unknown>, path: string): Reply {
  const [, , id, what] = path.split('/');
  if (what === 'cancel') {
    standIn.cancelled.push(id);
    return { status: 204 };
  }
  if (what === 'results') return { json: results.get(id) };
  if (what === 'metrics') return { json: { usage: { quantum_seconds: 3 } } };
  if (standIn.queuedPolls-- > 0) return { json: { id, status: 'Queued' } };
  const status = { completed: 'Completed', failed: 'Failed', cancelled: 'Cancelled - Ran too long' }[standIn.end];
  return { json: { id, status, state: { status, reason: standIn.reason || undefined } } };
}

const paid: RemoteOptions = {
  limits: { amount: 100, priceAgeDays: 30 },
  prices: { 'ibm/pay-as-you-go': { currency: 'USD', perQpuSecond: 1.6, date: '2024-11-20', source: 'test' } },
};
let ibm: IbmStandIn;
beforeEach(async () => {
  ibm = await startIbm();
});
afterEach(() => ibm.server.close());
const create = (platform: FakePlatform, options: RemoteOptions) =>
  createIbmSolver(platform, {
    endpoint: ibm.server.url,
    identityEndpoint: `${ibm.server.url}identity/token`,
    ...options,
  });

describe('ibm: faults', () => {
  remoteFaults({
    secret: SECRET,
    standIn: () => ibm,
    create,
    platform: () => fakePlatform(ENVIRONMENT),
    bare: () => fakePlatform(),
    paid,
  });
});

describe('ibm', () => {
  it.each(['SPIN', 'BINARY'] as const)(
    'finds the optimum of %s models far more often than by chance',
    async (vartype) => {
      const problem = randomBqm(6, vartype, 2);
      const set = await create(fakePlatform(ENVIRONMENT), paid).solve(problem);
      const best = set.samples.filter(({ energy }) => energy === bruteForce(problem)!.energy);
      expect(best.reduce((sum, { occurrences }) => sum + occurrences, 0) / 1024).toBeGreaterThan(2 / 2 ** 6);
      expect(set.cost.qpuSeconds).toBe(3);
      expect(set.cost.money!.amount).toBeCloseTo(4.8, 9);
    },
  );

  it('takes the last character of a bit string, the least bit of the number, as the first variable', async () => {
    const one = create(fakePlatform(ENVIRONMENT), paid);
    const problem = randomBqm(5, 'BINARY', 1);
    const handle = await one.submit(problem);
    const data = { c: { samples: ['0x3', '0x3', '0x10'], num_bits: 5 } };
    ibm.server.faults.push({ json: { status: 'Completed' } }, { json: { results: [{ data }] } });
    const { samples, stoppedEarly } = await one.resume(problem, handle);
    expect(samples.find(({ occurrences }) => occurrences === 2)!.values).toEqual(Int32Array.of(1, 1, 0, 0, 0));
    expect(samples.find(({ occurrences }) => occurrences === 1)!.values).toEqual(Int32Array.of(0, 0, 0, 0, 1));
    expect(stoppedEarly).toBe(true);
    for (const wrong of [
      { samples: ['0x20'], num_bits: 5 },
      { samples: ['3'], num_bits: 5 },
      { samples: [], num_bits: 4 },
    ]) {
      ibm.server.faults.push({ json: { status: 'Completed' } }, { json: { results: [{ data: { c: wrong } }] } });
      await expect(one.resume(problem, handle)).rejects.toMatchObject({ code: 'BAD_RESPONSE' });
    }
  });

  it('exchanges its key again when an hour is over and when a token is revoked, and shows neither', async () => {
    const fake = fakePlatform(ENVIRONMENT);
    const one = create(fake, paid);
    const handle = await one.submit(randomBqm(4, 'SPIN', 1));
    expect(ibm.tokens).toBe(1);
    await fake.wait(3600);
    expect((await one.poll(handle)).state).toBe('completed');
    expect(ibm.tokens).toBe(2);
    ibm.revoked.add('token-2');
    expect((await one.poll(handle)).state).toBe('completed');
    expect(ibm.tokens).toBe(3);
    ibm.revoked.add('token-3').add('token-4');
    await expect(one.poll(handle)).rejects.toThrow(/^(?!.*token-4).*\[redacted\]/);
  });

  it('refuses a machine that is too small before anything is sent', async () => {
    const one = create(fakePlatform(ENVIRONMENT), paid);
    await expect(one.submit(randomBqm(9, 'SPIN', 1))).rejects.toMatchObject({ code: 'DOES_NOT_FIT' });
    expect(ibm.started).toBe(0);
  });
});
