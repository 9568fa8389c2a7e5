import { toVartype } from '@qurriculum/problems';
import { bruteForce, randomBqm, randomPlan } from '@qurriculum/problems/testing';
import { createRandom } from '@qurriculum/random';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RemoteOptions } from '../remote-solver.ts';
import { remoteFaults, type StandIn } from '../testing/remote-faults.ts';
import { chimera } from '../testing/topologies.ts';
import {
  type FakePlatform,
  fakePlatform,
  type Reply,
  type SeenRequest,
  startVendor,
} from '../testing/vendor-server.ts';
import { createDWaveQpuSolver } from './dwave-qpu.ts';
import { embedModel, torqueCompensation, unembed } from './embedded-model.ts';
import { findEmbedding } from './embedding.ts';

const SECRET = 'DEV-0123456789abcdef';
const graph = chimera(3);
const QUBITS = Array.from(graph.qubits, (qubit) => 3 * qubit + 5);
const COUPLERS = Array.from(graph.first, (a, k) => [QUBITS[a], QUBITS[graph.second[k]]]);

/** SAPI on this machine, written against Node's Buffer: its own decoding, and annealing of the qubits it is sent. */
async function startSapi(): Promise<StandIn> {
  const answers = new Map<string, unknown>();
  const cancelled: string[] = [];
  const answer = ({ method, path, headers, body }: SeenRequest): Reply => {
    if (headers['x-auth-token'] !== SECRET) return { status: 401 };
    if (path === '/solvers/remote/') return { json: [description] };
    if (method === 'POST') {
      standIn.started++;
      const id = `job-${standIn.started}`;
      answers.set(id, anneal(JSON.parse(body)));
      return { json: { id, status: 'PENDING' } };
    }
    const [, , id, what] = path.split('/');
    if (method === 'DELETE') {
      cancelled.push(id);
      return { json: { id, status: 'CANCELLED' } };
    }
    if (what === 'answer') return { json: { id, status: 'COMPLETED', type: 'ising', answer: answers.get(id) } };
    if (standIn.queuedPolls-- > 0) return { json: { id, status: 'PENDING' } };
    return { json: { id, status: standIn.end.toUpperCase(), error_message: standIn.reason } };
  };
  const standIn: StandIn = {
    server: await startVendor(answer),
    queuedPolls: 0,
    end: 'completed',
    reason: '',
    cancelled,
    started: 0,
  };
  return standIn;
}

const description = {
  id: 'Advantage_test',
  status: 'ONLINE',
  properties: {
    supported_problem_types: ['ising', 'qubo'],
    qubits: QUBITS,
    couplers: COUPLERS,
    h_range: [-4, 4],
    j_range: [-1, 1],
    extended_j_range: [-2, 1],
    default_annealing_time: 20,
    problem_timing_data: { typical_programming_time: 14_000 },
  },
};

interface Sent {
  readonly type: string;
  readonly data: { readonly lin: string; readonly quad: string };
  readonly params: { readonly num_reads: number };
}

function doubles(text: string): number[] {
  const buffer = Buffer.from(text, 'base64');
  return Array.from({ length: buffer.length / 8 }, (_, k) => buffer.readDoubleLE(8 * k));
}

function anneal({ type, data, params }: Sent): unknown {
  expect(type).toBe('ising');
  const h = doubles(data.lin);
  const active = h.flatMap((value, k) => (Number.isNaN(value) ? [] : [k]));
  const inside = COUPLERS.filter(([a, b]) => active.includes(QUBITS.indexOf(a)) && active.includes(QUBITS.indexOf(b)));
  const J = doubles(data.quad);
  expect(J).toHaveLength(inside.length);
  expect(Math.max(...active.map((k) => Math.abs(h[k])))).toBeLessThanOrEqual(4);
  expect(Math.min(0, ...J)).toBeGreaterThanOrEqual(-2);
  expect(Math.max(0, ...J)).toBeLessThanOrEqual(1);
  const near = new Map<number, [number, number][]>(active.map((k) => [k, []]));
  for (const [k, [a, b]] of inside.entries()) {
    near.get(QUBITS.indexOf(a))!.push([QUBITS.indexOf(b), J[k]]);
    near.get(QUBITS.indexOf(b))!.push([QUBITS.indexOf(a), J[k]]);
  }
  const random = createRandom(5);
  const bytesPerRead = Math.ceil(active.length / 8);
  const solutions = Buffer.alloc(params.num_reads * bytesPerRead);
  for (let read = 0; read < params.num_reads; read++) {
    const spins = new Map(active.map((k) => [k, random.chance(0.5) ? 1 : -1]));
    for (let sweep = 0; sweep < 60; sweep++) {
      for (const k of active) {
        const field = h[k] + near.get(k)!.reduce((sum, [other, value]) => sum + value * spins.get(other)!, 0);
        const rise = -2 * spins.get(k)! * field;
        if (rise <= 0 || random.chance(Math.exp(-rise * (sweep / 5)))) spins.set(k, -spins.get(k)!);
      }
    }
    for (const [at, k] of active.entries()) {
      if (spins.get(k) === 1) solutions[read * bytesPerRead + (at >> 3)] |= 0x80 >> (at & 7);
    }
  }
  const ints = Buffer.alloc(4 * active.length);
  for (const [at, k] of active.entries()) ints.writeInt32LE(QUBITS[k], 4 * at);
  return {
    format: 'qp',
    active_variables: ints.toString('base64'),
    energies: Buffer.alloc(8 * params.num_reads).toString('base64'),
    solutions: solutions.toString('base64'),
    timing: { qpu_access_time: 31_250 },
  };
}

const paid: RemoteOptions = {
  limits: { amount: 1, priceAgeDays: 30 },
  prices: { 'dwave/qpu': { currency: 'USD', perQpuSecond: 0.5, date: '2024-11-20', source: 'test' } },
};

let sapi: StandIn;
beforeEach(async () => {
  sapi = await startSapi();
});
afterEach(() => sapi.server.close());
const create = (platform: FakePlatform, options: RemoteOptions) =>
  createDWaveQpuSolver(platform, { endpoint: sapi.server.url, ...options });

describe('dwave-qpu: faults', () => {
  remoteFaults({
    secret: SECRET,
    standIn: () => sapi,
    create,
    platform: () => fakePlatform({ DWAVE_API_TOKEN: SECRET }),
    bare: () => fakePlatform(),
    paid,
  });
});

describe('dwave-qpu', () => {
  const platform = () => fakePlatform({ DWAVE_API_TOKEN: SECRET });

  it('solves SPIN, BINARY and small constrained models through chains', async () => {
    for (const problem of [randomBqm(8, 'SPIN', 1), randomBqm(9, 'BINARY', 2, 0.4)]) {
      const set = await create(platform(), paid).solve(problem, { seed: 2, work: { reads: 200 } });
      expect(set.samples[0].energy).toBe(bruteForce(problem)!.energy);
      expect(set.cost.qpuSeconds).toBeCloseTo(0.03125, 12);
      expect(set.cost.money).toEqual({ amount: 0.03125 / 2, currency: 'USD' });
      expect(set.samples.reduce((sum, sample) => sum + sample.occurrences, 0)).toBe(200);
    }
    expect(create(platform(), paid).refuses(randomPlan(3, 1))).toBeNull();
  });

  it('says when reads are missing, when an answer was cut, and when nothing fits', async () => {
    const problem = randomBqm(5, 'SPIN', 1);
    const one = create(platform(), paid);
    const handle = await one.submit(problem);
    const whole = anneal({ ...JSON.parse(sapi.server.seen.at(-1)!.body), params: { num_reads: 40 } }) as object;
    sapi.server.faults.push({ json: { status: 'COMPLETED' } }, { json: { answer: whole } });
    expect(await one.resume(problem, handle)).toMatchObject({ stoppedEarly: true, workDone: { shots: 40 } });
    const cut = { ...whole, solutions: 'AAAA' };
    sapi.server.faults.push({ json: { status: 'COMPLETED' } }, { json: { answer: cut } });
    await expect(one.resume(problem, handle)).rejects.toMatchObject({ code: 'BAD_RESPONSE' });
    await expect(one.submit(randomBqm(80, 'SPIN', 1, 1))).rejects.toMatchObject({ code: 'DOES_NOT_FIT' });
  });
});

describe('chains', () => {
  it('carry the model: whole chains cost what the model costs, scaled, plus a constant', async () => {
    const model = toVartype(randomBqm(6, 'BINARY', 7), 'SPIN');
    const chains = (await findEmbedding(model, graph, createRandom(1)))!;
    const { fields, couplings, scale, chainStrength } = embedModel(model, graph, chains, {
      field: [-4, 4],
      coupling: [-2, 1],
    });
    expect(chainStrength).toBeCloseTo(torqueCompensation(model), 12);
    const cost = (spins: readonly number[]): number => {
      const qubit = new Map(chains.flatMap((chain, v) => Array.from(chain, (q) => [q, spins[v]] as const)));
      let sum = 0;
      for (const [q, s] of qubit) sum += fields[q] * s;
      for (const [k, i] of graph.first.entries()) {
        const [a, b] = [qubit.get(i), qubit.get(graph.second[k])];
        if (a !== undefined && b !== undefined) sum += couplings[k] * a * b;
      }
      return sum;
    };
    const energy = (s: readonly number[]): number =>
      s.reduce((sum, value, i) => {
        let row = model.linear[i] * value;
        for (let k = model.rowStart[i]; k < model.rowStart[i + 1]; k++) {
          row += (model.bias[k] * value * s[model.neighbour[k]]) / 2;
        }
        return sum + row;
      }, 0);
    const all = Array.from({ length: 64 }, (_, x) => Array.from({ length: 6 }, (__, i) => (x & (1 << i) ? 1 : -1)));
    const gaps = all.map((s) => cost(s) - scale * energy(s));
    for (const gap of gaps) expect(gap).toBeCloseTo(gaps[0], 9);
  });

  it('are repaired by majority or by energy', () => {
    const model = randomBqm(2, 'SPIN', 1, 1);
    const chains = [Int32Array.of(0, 1, 2), Int32Array.of(3)];
    const spins = [1, 1, -1, -1];
    expect(unembed(model, chains, spins, 'majority')).toEqual({ spins: Int32Array.of(1, -1), broken: 1 });
    // With the other fixed, the better of both signs.
    const field = model.linear[0] - model.bias[0];
    expect(unembed(model, chains, spins, 'minimise-energy').spins[0]).toBe(field > 0 ? -1 : 1);
  });
});
