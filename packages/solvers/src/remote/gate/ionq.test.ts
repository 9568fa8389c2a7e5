import { bruteForce, randomBqm } from '@qurriculum/problems/testing';
import { createCircuit, gate, type Operation, runCircuit } from '@qurriculum/quantum';
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
import { createIonQSolver, toIonQ } from './ionq.ts';

const SECRET = 'ionq-key-0123456789';

interface Sent {
  readonly type: string;
  readonly shots: number;
  readonly input: { readonly qubits: number; readonly gateset: string; readonly circuit: readonly Step[] };
}
interface Step {
  readonly gate: string;
  readonly target: number;
  readonly control?: number;
  readonly rotation?: number;
}

function simulate({ type, input }: Sent): Record<string, number> {
  expect(type).toBe('ionq.circuit.v1');
  expect(input.gateset).toBe('qis');
  const operations = input.circuit.map((step): Operation => {
    if (step.gate === 'cnot') return gate('cx', [step.control!, step.target]);
    return gate(step.gate as 'h' | 'rx' | 'rz', [step.target], ...(step.rotation === undefined ? [] : [step.rotation]));
  });
  const { re, im } = runCircuit(createCircuit(input.qubits, operations));
  return Object.fromEntries(Array.from(re, (a, x) => [`${x}`, a * a + im[x] * im[x]]));
}

async function startIonQ(): Promise<StandIn> {
  const results = new Map<string, unknown>();
  const standIn: StandIn = {
    server: await startVendor(answer),
    queuedPolls: 0,
    end: 'completed',
    reason: '',
    cancelled: [],
    started: 0,
  };
  function answer({ method, path, headers, body }: SeenRequest): Reply {
    if (headers['authorization'] !== `apiKey ${SECRET}`) return { status: 401 };
    const [, , id, what] = path.split('/');
    if (method === 'POST') {
      standIn.started++;
      const name = `11111111-0000-4000-8000-00000000000${standIn.started}`;
      results.set(name, simulate(JSON.parse(body)));
      return { json: { id: name, status: 'submitted' } };
    }
    if (method === 'PUT') {
      standIn.cancelled.push(id);
      return { json: { id, status: 'canceled' } };
    }
    if (what === 'results') return { json: results.get(id) };
    if (standIn.queuedPolls-- > 0) return { json: { id, status: 'submitted' } };
    const status = standIn.end === 'cancelled' ? 'canceled' : standIn.end;
    const failure = standIn.reason ? { error: standIn.reason } : undefined;
    return { json: { id, status, failure, execution_duration_ms: 1500 } };
  }
  return standIn;
}

const paid: RemoteOptions = {
  limits: { amount: 100, priceAgeDays: 30 },
  prices: { 'ionq/qpu.aria-1': { currency: 'USD', perShot: 0.03, date: '2024-11-20', source: 'test' } },
};
let ionq: StandIn;
beforeEach(async () => {
  ionq = await startIonQ();
});
afterEach(() => ionq.server.close());
const create = (platform: FakePlatform, options: RemoteOptions) =>
  createIonQSolver(platform, { endpoint: ionq.server.url, ...options });

describe('ionq: faults', () => {
  remoteFaults({
    secret: SECRET,
    standIn: () => ionq,
    create,
    platform: () => fakePlatform({ IONQ_API_KEY: SECRET }),
    bare: () => fakePlatform(),
    paid,
  });
});

describe('ionq', () => {
  it.each(['SPIN', 'BINARY'] as const)(
    'finds the optimum of %s models far more often than by chance',
    async (vartype) => {
      const problem = randomBqm(7, vartype, 2);
      const set = await create(fakePlatform({ IONQ_API_KEY: SECRET }), paid).solve(problem);
      const best = set.samples.filter(({ energy }) => energy === bruteForce(problem)!.energy);
      const share = best.reduce((sum, { occurrences }) => sum + occurrences, 0) / 1024;
      expect(share).toBeGreaterThan(2 / 2 ** 7);
      expect(set.cost).toMatchObject({ qpuSeconds: 1.5, money: { amount: 30.72, currency: 'USD' } });
    },
  );

  it('refuses gates that it has no words for, and states that cannot be', async () => {
    expect(() => toIonQ(gate('ch', [0, 1]))).toThrow(/expected h, cx/);
    const one = create(fakePlatform({ IONQ_API_KEY: SECRET }), paid);
    const problem = randomBqm(3, 'SPIN', 1);
    const handle = await one.submit(problem);
    for (const answer of [{ 8: 1 }, { '-1': 1 }, { 0: 2 }, { x: 1 }, { 0: 'all' }]) {
      ionq.server.faults.push({ json: { status: 'completed' } }, { json: answer });
      await expect(one.resume(problem, handle)).rejects.toMatchObject({ code: 'BAD_RESPONSE' });
    }
  });
});
